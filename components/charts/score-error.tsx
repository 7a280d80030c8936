import { ChartFigure, XAxis, YAxis } from './frame'
import { drawable, extent, linear, named, path, plot, show, digits, ticks, widen } from './scale'

/** The standard error of measurement at every raw score. */
export function ScoreError({ label, caption, ...given }: { label: string; caption: string; points: { score: number; sem: number }[] }) {
  const points = drawable(given.points, 'score', 'sem').sort((a, b) => a.score - b.score)
  const across = extent(points.map((p) => p.score))
  const tall = widen([0, Math.max(0.1, ...points.map((p) => p.sem))], 4)
  const x = linear(across, [plot.left + 4, plot.right - 4])
  const y = linear(tall, [plot.bottom, plot.top])
  const scores = digits(points.map((p) => p.score))
  return (
    <ChartFigure
      label={label}
      caption={caption}
      empty={points.length === 0}
      numbers={[{ head: ['Skor mentah', 'Galat baku'], rows: points.map((p) => [show(p.score, scores), show(p.sem)]) }]}
    >
      <YAxis box={plot} ticks={named(ticks(tall, 4), y)} name="Galat baku pengukuran (poin skor)" />
      <XAxis box={plot} ticks={named(ticks(across, 6), x)} name="Skor mentah" />
      <path d={path(points.map((p) => [x(p.score), y(p.sem)]))} className="fill-none stroke-leaf" strokeWidth="1.6" />
      {points.length <= 61 &&
        points.map((p) => <circle key={p.score} cx={x(p.score)} cy={y(p.sem)} r={points.length > 30 ? 1.6 : 2.4} className="fill-leaf" />)}
    </ChartFigure>
  )
}
