import { formatCount } from '@/lib/platform/format'
import { ChartFigure, XAxis } from './frame'
import { Marker, type Shape } from './marks'
import { clamp, drawable, linear, named, range, shorten, show, ticks, W, type Box } from './scale'

const ROW = 35
const shapes: Record<string, Shape> = { A: 'circle', B: 'square', C: 'diamond' }
const tints = { A: 'fill-leaf-pale', B: 'fill-gold-pale', C: 'fill-manggis-pale' }

/** Differential item functioning of one item for every pair of groups: ETS delta with its interval over the A, B and C bands. */
export function DifPlot({
  label,
  caption,
  ...given
}: {
  label: string
  caption: string
  rows: { name: string; delta: number; low: number; high: number; class: 'A' | 'B' | 'C' | null; n: number }[]
}) {
  const rows = drawable(given.rows, 'delta', 'low', 'high', 'n')
  const reach = clamp(Math.ceil(Math.max(0, ...rows.flatMap((r) => [-r.low, r.high, Math.abs(r.delta)]))), 2, 6)
  const box: Box = { left: 12, right: W - 12, top: 18, bottom: 18 + rows.length * ROW + 4 }
  const x = linear([-reach, reach], [box.left, box.right])
  const at = (v: number) => x(clamp(v, -reach, reach))
  const bands = [
    { from: -reach, to: -1.5, class: 'C' },
    { from: -1.5, to: -1, class: 'B' },
    { from: -1, to: 1, class: 'A' },
    { from: 1, to: 1.5, class: 'B' },
    { from: 1.5, to: reach, class: 'C' },
  ] as const
  return (
    <ChartFigure
      label={label}
      caption={caption}
      empty={rows.length === 0}
      height={box.bottom + 50}
      numbers={[
        {
          head: ['Perbandingan', 'Delta', 'Rentang 95 persen', 'Kelas', 'n'],
          rows: rows.map((r) => [r.name, show(r.delta), range(r.low, r.high), r.class ?? '–', formatCount(r.n)]),
        },
      ]}
    >
      {bands.map((b) => (
        <g key={b.from}>
          <rect x={x(b.from)} y={box.top} width={x(b.to) - x(b.from)} height={box.bottom - box.top} className={tints[b.class]} />
          <text x={(x(b.from) + x(b.to)) / 2} y={12} textAnchor="middle" className="fill-soft">
            {b.class}
          </text>
        </g>
      ))}
      {[-1.5, -1, 1, 1.5].map((v) => (
        <line key={v} x1={x(v)} x2={x(v)} y1={box.top} y2={box.bottom} className="stroke-soft" strokeWidth="0.5" strokeDasharray="2 3" />
      ))}
      <line x1={x(0)} x2={x(0)} y1={box.top} y2={box.bottom} className="stroke-soft" strokeWidth="0.8" />
      <XAxis box={box} ticks={named(ticks([-reach, reach], 6), x)} name="MH D-DIF (delta ETS) bagi kelompok fokus" />
      <g className="fill-soft">
        <text x={2} y={box.bottom + 46}>
          ← lebih sukar
        </text>
        <text x={W - 2} y={box.bottom + 46} textAnchor="end">
          lebih mudah →
        </text>
      </g>
      {rows.map((r, i) => {
        const top = box.top + i * ROW
        const line = top + 26
        return (
          <g key={i}>
            <text x={box.left + 4} y={top + 14} className="fill-ink">
              {shorten(r.name, 29)}
            </text>
            <text x={box.right - 4} y={top + 14} textAnchor="end" className="fill-ink">
              {`${r.class ?? '–'} · n ${formatCount(r.n)}`}
            </text>
            <line x1={at(r.low)} x2={at(r.high)} y1={line} y2={line} className="stroke-ink" strokeWidth="1.4" />
            <Marker shape={r.class ? shapes[r.class]! : 'ring'} x={at(r.delta)} y={line} r={4} fill="fill-ink" stroke="stroke-ink" />
          </g>
        )
      })}
    </ChartFigure>
  )
}
