import { formatCount } from '@/lib/platform/format'
import { ChartFigure, XAxis, YAxis } from './frame'
import { Legend, looks } from './marks'
import { digits, drawable, extent, linear, named, path, plot, show, ticks, widen } from './scale'

const [cell, trend] = [looks[0]!, looks[1]!]

/** The part of a line that lies in the picture, as two points, or none. */
function inside({ slope, intercept }: { slope: number; intercept: number }, across: [number, number], up: [number, number]) {
  const ends =
    slope === 0
      ? intercept >= up[0] && intercept <= up[1]
        ? across
        : null
      : ([(up[0] - intercept) / slope, (up[1] - intercept) / slope].sort((a, b) => a - b) as [number, number])
  if (!ends) return null
  const [from, to] = [Math.max(across[0], ends[0]), Math.min(across[1], ends[1])]
  return from < to ? [from, to].map((x) => ({ x, y: slope * x + intercept })) : null
}

/** Pairs of values counted in cells: the larger the dot, the more of them; with a line to compare with. */
export function Scatter({
  label,
  caption,
  xName,
  yName,
  line,
  ...given
}: {
  label: string
  caption: string
  xName: string
  yName: string
  cells: { x: number; y: number; n: number }[]
  line?: { slope: number; intercept: number }
}) {
  const cells = drawable(given.cells, 'x', 'y', 'n')
    .filter((c) => c.n > 0)
    .sort((a, b) => b.n - a.n)
  const empty = cells.length === 0
  const across = empty ? ([0, 1] as [number, number]) : widen(extent(cells.map((c) => c.x)))
  const up = empty ? ([0, 1] as [number, number]) : widen(extent(cells.map((c) => c.y)))
  const x = linear(across, [plot.left + 6, plot.right])
  const y = linear(up, [plot.bottom - 4, plot.top])
  const most = Math.max(1, ...cells.map((c) => c.n))
  const shown = line && Number.isFinite(line.slope) && Number.isFinite(line.intercept) ? inside(line, across, up) : null
  const lineName =
    line && line.slope === 1 && line.intercept === 0
      ? 'garis y = x'
      : `garis y = ${show(line?.slope ?? 0)}x ${(line?.intercept ?? 0) < 0 ? '−' : '+'} ${show(Math.abs(line?.intercept ?? 0))}`
  const [dx, dy] = [digits(cells.map((c) => c.x)), digits(cells.map((c) => c.y))]
  return (
    <ChartFigure
      label={label}
      caption={caption}
      empty={empty}
      numbers={[{ head: [xName, yName, 'n'], rows: cells.map((c) => [show(c.x, dx), show(c.y, dy), formatCount(c.n)]) }]}
      legend={
        <Legend
          entries={[
            { name: `luas titik menurut banyaknya (terbesar ${formatCount(most)})`, look: cell, line: false },
            ...(shown ? [{ name: lineName, look: trend, point: false }] : []),
          ]}
        />
      }
    >
      <YAxis box={plot} ticks={named(ticks(up), y)} name={yName} />
      <XAxis box={plot} ticks={named(ticks(across), x)} name={xName} />
      {cells.map((c, i) => (
        <circle
          key={i}
          cx={x(c.x)}
          cy={y(c.y)}
          r={Math.round((0.8 + 5 * Math.sqrt(c.n / most)) * 10) / 10}
          className="fill-leaf/60 stroke-card"
          strokeWidth="0.5"
        />
      ))}
      {shown && (
        <path
          d={path(shown.map((p) => [x(p.x), y(p.y)]))}
          className="fill-none stroke-indigo"
          strokeWidth="1.6"
          strokeDasharray={trend.dash}
        />
      )}
    </ChartFigure>
  )
}
