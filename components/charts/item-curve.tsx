import { formatCount } from '@/lib/platform/format'
import { ChartFigure, CutLine, XAxis, YAxis } from './frame'
import { Legend, looks } from './marks'
import { clamp, drawable, extent, linear, named, path, plot, range, show, thin, ticks } from './scale'

type CurvePoint = { theta: number; expected: number }
type GroupPoint = { theta: number; share: number; n: number; low: number; high: number }

const [model, data] = [{ ...looks[0]!, width: 2 }, looks[1]!]

/** The model's value between the points at which it is given. */
function expectedAt(curve: CurvePoint[], theta: number): number | null {
  const next = curve.findIndex((p) => p.theta >= theta)
  const [a, b] = [curve[next - 1], curve[next]]
  if (!b || (!a && b.theta > theta)) return null
  return a ? a.expected + ((theta - a.theta) / (b.theta - a.theta)) * (b.expected - a.expected) : b.expected
}

/** The share of an item's score that the model expects at every ability, and what groups of people obtained. */
export function ItemCurve({
  label,
  caption,
  ...given
}: {
  label: string
  caption: string
  curve: CurvePoint[]
  points: GroupPoint[]
  cut?: number
}) {
  const curve = drawable(given.curve, 'theta', 'expected').sort((a, b) => a.theta - b.theta)
  const points = drawable(given.points, 'theta', 'share', 'n', 'low', 'high')
  const across = extent([...curve, ...points].map((p) => p.theta))
  const x = linear(across, [plot.left, plot.right])
  const y = linear([0, 1], [plot.bottom, plot.top])
  const share = (v: number) => y(clamp(v, 0, 1))
  const most = Math.max(1, ...points.map((p) => p.n))
  const rows = [
    ...thin(curve).map((p) => ({ theta: p.theta, cells: [show(p.theta), show(p.expected), '–', '–', '–'] })),
    ...points.map((p) => {
      const expected = expectedAt(curve, p.theta)
      return {
        theta: p.theta,
        cells: [show(p.theta), expected === null ? '–' : show(expected), show(p.share), range(p.low, p.high), formatCount(p.n)],
      }
    }),
  ].sort((a, b) => a.theta - b.theta)
  return (
    <ChartFigure
      label={label}
      caption={caption}
      empty={curve.length + points.length === 0}
      numbers={[{ head: ['θ', 'Model', 'Data', 'Rentang 95 persen', 'n'], rows: rows.map((r) => r.cells) }]}
      legend={
        <Legend
          entries={[
            ...(curve.length ? [{ name: 'model', look: model, point: false }] : []),
            ...(points.length ? [{ name: 'data per kelompok, rentang 95 persen; luas titik menurut n', look: data, line: false }] : []),
          ]}
        />
      }
    >
      <YAxis box={plot} ticks={named(ticks([0, 1]), y)} name="Bagian skor yang diperoleh" />
      <XAxis box={plot} ticks={named(ticks(across, 6), x)} name="Kemampuan (θ)" />
      {given.cut !== undefined && <CutLine x={x(given.cut)} box={plot} />}
      {curve.length > 0 && (
        <path d={path(curve.map((p) => [x(p.theta), share(p.expected)]))} className="fill-none stroke-leaf" strokeWidth="2" />
      )}
      {points.map((p, i) => {
        const half = 1.6 + 3.4 * Math.sqrt(Math.max(0, p.n) / most)
        return (
          <g key={i}>
            <line x1={x(p.theta)} x2={x(p.theta)} y1={share(p.low)} y2={share(p.high)} className="stroke-indigo" strokeWidth="1.2" />
            <rect x={x(p.theta) - half} y={share(p.share) - half} width={2 * half} height={2 * half} className="fill-indigo stroke-card" />
          </g>
        )
      })}
    </ChartFigure>
  )
}
