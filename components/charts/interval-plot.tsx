import { formatCount, formatSigned } from '@/lib/platform/format'
import { ChartFigure, Words, XAxis } from './frame'
import { Marker } from './marks'
import { clamp, drawable, extent, linear, shorten, ticks, W, widen, type Box } from './scale'

const ROW = 34

/** Changes of groups with their intervals around zero; an interval that touches zero is drawn faint. No order of merit: rows stand as given. */
export function IntervalPlot({
  label,
  caption,
  axis,
  ...given
}: {
  label: string
  caption: string
  axis: string
  rows: { name: string; value: number; low: number; high: number; n: number }[]
}) {
  const rows = drawable(given.rows, 'value', 'low', 'high')
  const span = widen(extent([0, ...rows.flatMap((r) => [r.low, r.high])]))
  const box: Box = { left: 12, right: W - 12, top: 6, bottom: 6 + rows.length * ROW + 4 }
  const x = linear(span, [box.left, box.right])
  return (
    <ChartFigure
      label={label}
      caption={caption}
      empty={rows.length === 0}
      height={box.bottom + 42}
      numbers={[
        {
          head: ['Kelompok', 'Perubahan', 'Rentang 95 persen', 'n'],
          rows: rows.map((r) => [
            r.name,
            formatSigned(r.value, 0),
            `${formatSigned(r.low, 0)} … ${formatSigned(r.high, 0)}`,
            formatCount(r.n),
          ]),
        },
      ]}
    >
      <line x1={x(0)} x2={x(0)} y1={box.top} y2={box.bottom} className="stroke-soft" strokeWidth="0.9" />
      <XAxis box={box} ticks={ticks(span, 5).map((v) => ({ at: x(v), name: formatSigned(v) }))} name={axis} />
      {rows.map((r, i) => {
        const top = box.top + i * ROW
        const line = top + 25
        const clear = r.low > 0 || r.high < 0
        return (
          <g key={i}>
            <Words x={box.left} y={top + 11}>
              {shorten(r.name, 31)}
            </Words>
            <Words x={box.right} y={top + 11} anchor="end" tone="fill-soft">
              {`${formatSigned(r.value, 0)} · n ${formatCount(r.n)}`}
            </Words>
            <line
              x1={x(clamp(r.low, ...span))}
              x2={x(clamp(r.high, ...span))}
              y1={line}
              y2={line}
              className={clear ? 'stroke-leaf-dark' : 'stroke-soft'}
              strokeWidth={clear ? 2.4 : 1.4}
            />
            <Marker
              shape={clear ? 'circle' : 'ring'}
              x={x(r.value)}
              y={line}
              r={4}
              fill={clear ? 'fill-leaf-dark' : 'fill-card'}
              stroke={clear ? 'stroke-leaf-dark' : 'stroke-soft'}
            />
          </g>
        )
      })}
    </ChartFigure>
  )
}
