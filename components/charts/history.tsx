import { ChartFigure, Words, XAxis, YAxis } from './frame'
import {
  CHAR,
  clamp,
  digits,
  drawable,
  extent,
  lanes,
  linear,
  named,
  path,
  plot,
  range,
  shorten,
  show,
  ticks,
  widen,
  W,
  type Box,
} from './scale'

const known = (x: number | null): x is number => x !== null && Number.isFinite(x)

/** A label leaves the way of the line to the next point: under a rising line, over a falling one. */
const aside = (next: number | undefined, value: number): number => (next === undefined ? 0 : next > value ? 8 : -8)

/** One value over the cycles, with its interval where it is known. */
export function History({
  label,
  caption,
  yName,
  ...given
}: {
  label: string
  caption: string
  yName: string
  points: { name: string; value: number; low: number | null; high: number | null }[]
}) {
  const points = drawable(given.points, 'value')
  const empty = points.length === 0
  const values = points.flatMap((p) => [p.value, p.low, p.high]).filter(known)
  const decimals = digits(values)
  const span = empty ? ([0, 1] as [number, number]) : widen(extent(values), 4)
  const across = linear([0, Math.max(1, points.length - 1)], [plot.left + 22, plot.right - 32])
  const x = (i: number) => (points.length === 1 ? (plot.left + plot.right) / 2 : across(i))
  const names = lanes(
    points.map((p, i) => ({ x: x(i), text: shorten(p.name, 18) })),
    [2, W - 2],
  )
  const rows = Math.max(1, ...names.map((n) => n.row + 1))
  const box: Box = { ...plot, bottom: plot.bottom + 14 - (rows - 1) * 13 }
  const y = linear(span, [box.bottom - 4, box.top])
  const gap = points.length > 1 ? across(1) - across(0) : W
  return (
    <ChartFigure
      label={label}
      caption={caption}
      empty={empty}
      numbers={[
        {
          head: ['Siklus', yName, 'Rentang'],
          rows: points.map((p) => [p.name, show(p.value, decimals), known(p.low) && known(p.high) ? range(p.low, p.high, decimals) : '–']),
        },
      ]}
    >
      <YAxis box={box} ticks={named(ticks(span, 4), y)} name={yName} />
      <XAxis box={box} ticks={points.map((p, i) => ({ at: x(i), name: p.name, words: names[i]! }))} />
      <path d={path(points.map((p, i) => [x(i), y(p.value)]))} className="fill-none stroke-leaf" strokeWidth="1.4" />
      {points.map((p, i) => (
        <g key={i}>
          {known(p.low) && known(p.high) && (
            <path d={`M${x(i) - 4} ${y(p.low)}h8m-4 0V${y(p.high)}m-4 0h8`} className="fill-none stroke-leaf" strokeWidth="1.2" />
          )}
          <circle cx={x(i)} cy={y(p.value)} r={4} className="fill-leaf stroke-card" />
          {gap > show(p.value, decimals).length * CHAR + 12 && (
            <Words x={x(i) + 8} y={clamp(y(p.value) + aside(points[i + 1]?.value, p.value), box.top + 2, box.bottom - 8)}>
              {show(p.value, decimals)}
            </Words>
          )}
        </g>
      ))}
    </ChartFigure>
  )
}
