import { formatCount } from '@/lib/platform/format'
import { ChartFigure, Words } from './frame'
import { clamp, drawable, extent, linear, named, shorten, show, spread, ticks, W, widen } from './scale'

const ROW = 13.5
const TOP = 24
const [BARS, AXIS, TEXT] = [30, 120, 138]

type Item = { id: string; location: number; href?: string }

/** Labels in rows of so many: near their place, in order, never two on one spot. */
function arrange(items: Item[], at: (location: number) => number, perRow: number, rows: number) {
  const sorted = [...items].sort((a, b) => b.location - a.location)
  const wanted = sorted.map((i) => clamp(Math.floor((at(i.location) - TOP) / ROW), 0, rows - 1))
  const row = spread(wanted, 1, [0, rows - 1], perRow).map(Math.floor)
  return sorted.map((item, i) => ({ item, row: row[i]!, column: i - row.indexOf(row[i]!) }))
}

/** People and items on one scale: how many stand where, and which items are as hard as those people are able. */
export function WrightMap({
  label,
  caption,
  cut,
  ...given
}: {
  label: string
  caption: string
  persons: { theta: number; n: number }[]
  items: Item[]
  cut?: number
}) {
  const persons = drawable(given.persons, 'theta', 'n').sort((a, b) => b.theta - a.theta)
  const items = drawable(given.items, 'location')
  const letters = Math.min(14, Math.max(2, ...items.map((i) => i.id.length)))
  const pitch = letters * 7 + 8
  const perRow = Math.max(1, Math.floor((W - TEXT + 8) / pitch))
  const rows = Math.max(22, Math.ceil((items.length / perRow) * 1.3))
  const limit = cut !== undefined && Number.isFinite(cut) ? [cut] : []
  const bottom = TOP + rows * ROW
  const empty = persons.length + items.length === 0
  const span = empty
    ? ([-1, 1] as [number, number])
    : widen(extent([...persons.map((p) => p.theta), ...items.map((i) => i.location), ...limit]), 8)
  const y = linear(span, [bottom, TOP])
  const most = Math.max(1, ...persons.map((p) => p.n))
  const steps = persons.slice(1).map((p, i) => y(p.theta) - y(persons[i]!.theta))
  const thick = clamp(Math.min(16, ...steps.filter((s) => s > 0)) * 0.85, 1, 14)
  const places = arrange(items, y, perRow, rows)
  const rowY = (row: number) => TOP + (row + 0.5) * ROW
  const labels = places.map(({ item, row, column }, i) => {
    const text = (
      <text x={TEXT + column * pitch} y={rowY(row)} dy="0.35em" className={item.href ? 'fill-indigo underline' : 'fill-ink'}>
        {shorten(item.id, 14)}
      </text>
    )
    return item.href ? (
      <a key={i} href={item.href} {...(item.id.length > 14 ? { 'aria-label': item.id } : {})}>
        {text}
      </a>
    ) : (
      <g key={i}>{text}</g>
    )
  })
  const linked = items.some((i) => i.href)
  return (
    <ChartFigure
      label={label}
      caption={caption}
      empty={empty}
      height={bottom + 10}
      {...(linked ? { links: labels } : {})}
      numbers={[
        {
          name: 'Butir, tersukar lebih dulu',
          head: ['Butir', 'Letak (θ)'],
          rows: places.map(({ item }) => [
            item.href ? (
              <a key="id" href={item.href} className="inline-flex min-h-6 items-center text-indigo underline underline-offset-2">
                {item.id}
              </a>
            ) : (
              item.id
            ),
            show(item.location),
          ]),
        },
        { name: 'Peserta', head: ['θ', 'n'], rows: persons.map((p) => [show(p.theta), formatCount(p.n)]) },
      ]}
    >
      <g className="fill-ink">
        <text x={2} y={12}>
          θ
        </text>
        <text x={AXIS - 4} y={12} textAnchor="end">
          Peserta
        </text>
        <text x={TEXT} y={12}>
          Butir
        </text>
      </g>
      {named(ticks(span, 8), y).map((t) => (
        <g key={t.at} className="fill-soft">
          <line x1={BARS} x2={AXIS} y1={t.at} y2={t.at} className="stroke-line" strokeWidth="0.6" />
          <text x={BARS - 4} y={t.at} dy="0.35em" textAnchor="end">
            {t.name}
          </text>
        </g>
      ))}
      {persons.map((p, i) => {
        const length = (Math.max(0, p.n) / most) * (AXIS - BARS)
        return <rect key={i} x={AXIS - length} y={y(p.theta) - thick / 2} width={length} height={thick} className="fill-leaf/50" />
      })}
      <line x1={AXIS} x2={AXIS} y1={TOP} y2={bottom} className="stroke-soft" strokeWidth="0.8" />
      {places.map(({ item, row }, i) => (
        <path key={i} d={`M${AXIS} ${y(item.location)}h3L${TEXT - 3} ${rowY(row)}`} className="fill-none stroke-soft" strokeWidth="0.6" />
      ))}
      {limit.map((at) => (
        <g key={at}>
          <line x1={BARS} x2={TEXT - 2} y1={y(at)} y2={y(at)} className="stroke-manggis" strokeDasharray="4 3" strokeWidth="1.5" />
          <Words x={BARS + 2} y={y(at) - 7} tone="fill-manggis">
            batas
          </Words>
        </g>
      ))}
      {linked ? null : labels}
    </ChartFigure>
  )
}
