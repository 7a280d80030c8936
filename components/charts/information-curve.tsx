import { ChartFigure, CutLine, XAxis, YAxis } from './frame'
import { Legend, looks } from './marks'
import { drawable, extent, linear, named, path, plot, show, thin, ticks, W, widen, type Box } from './scale'

const box: Box = { ...plot, right: W - 34 }
const [information, error] = [looks[0]!, looks[1]!]

/** How much a test tells along the scale, and the standard error that follows; errors beyond five times the smallest leave the picture. */
export function InformationCurve({
  label,
  caption,
  cut,
  ...given
}: {
  label: string
  caption: string
  points: { theta: number; information: number; se: number }[]
  cut?: number
}) {
  const points = drawable(given.points, 'theta', 'information').sort((a, b) => a.theta - b.theta)
  const errors = drawable(points, 'se')
  const cap = 5 * Math.min(...errors.map((p) => p.se))
  const seen = errors.filter((p) => p.se <= cap)
  const across = extent(points.map((p) => p.theta))
  const tall = widen([0, Math.max(0.1, ...points.map((p) => p.information))], 4)
  const wide = widen([0, Math.max(0.1, ...seen.map((p) => p.se))], 4)
  const x = linear(across, [box.left, box.right])
  const y = linear(tall, [box.bottom, box.top])
  const z = linear(wide, [box.bottom, box.top])
  return (
    <ChartFigure
      label={label}
      caption={caption}
      empty={points.length === 0}
      numbers={[
        {
          head: ['θ', 'Informasi', 'Galat baku'],
          rows: thin(points, 21).map((p) => [show(p.theta), show(p.information), Number.isFinite(p.se) ? show(p.se) : '–']),
        },
      ]}
      legend={
        <Legend
          entries={[
            { name: 'informasi (sumbu kiri)', look: information, point: false },
            { name: 'galat baku (sumbu kanan)', look: error, point: false },
          ]}
        />
      }
    >
      <YAxis box={box} ticks={named(ticks(tall, 4), y)} name="Informasi" />
      <YAxis box={box} ticks={named(ticks(wide, 4), z)} name="Galat baku (θ)" side="right" />
      <XAxis box={box} ticks={named(ticks(across, 6), x)} name="Kemampuan (θ)" />
      {cut !== undefined && <CutLine x={x(cut)} box={box} />}
      <path d={path(points.map((p) => [x(p.theta), y(Math.max(0, p.information))]))} className="fill-none stroke-leaf" strokeWidth="2" />
      {seen.length > 0 && (
        <path
          d={path(seen.map((p) => [x(p.theta), z(p.se)]))}
          className="fill-none stroke-indigo"
          strokeWidth="1.8"
          strokeDasharray={error.dash}
        />
      )}
    </ChartFigure>
  )
}
