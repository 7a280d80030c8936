import { geoMercator } from 'd3-geo'
import { formatCount } from '@/lib/platform/format'

export type Knot = { code: string; name: string; lat: number; lon: number; learners: number }
export type Line = { from: string; to: string; pairs: number }

const WIDTH = 360
const HEIGHT = 340

/** The network as a map: a circle for every kabupaten/kota, a line where tutors of one help teachers of another; width is the number of pairs. */
export function NetworkMap({ knots, lines }: { knots: Knot[]; lines: Line[] }) {
  const points = { type: 'MultiPoint' as const, coordinates: knots.map((k) => [k.lon, k.lat]) }
  const projection = geoMercator().fitExtent(
    [
      [40, 30],
      [WIDTH - 60, HEIGHT - 30],
    ],
    points,
  )
  const at = new Map(knots.map((k) => [k.code, projection([k.lon, k.lat]) ?? [0, 0]]))
  const inside = new Map(lines.filter((l) => l.from === l.to).map((l) => [l.from, l.pairs]))
  const most = Math.max(1, ...lines.map((l) => l.pairs))
  const across = lines.filter((l) => l.from !== l.to).sort((a, b) => a.pairs - b.pairs)
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="h-auto w-full"
      role="img"
      aria-label={`Jaringan tutor: ${formatCount(lines.reduce((s, l) => s + l.pairs, 0))} pasangan, ${formatCount(across.reduce((s, l) => s + l.pairs, 0))} di antaranya lintas kabupaten/kota. Angkanya ada pada tabel.`}
    >
      {across.map((l) => {
        const [a, b] = [at.get(l.from)!, at.get(l.to)!]
        return (
          <line
            key={`${l.from}${l.to}`}
            x1={a[0]}
            y1={a[1]}
            x2={b[0]}
            y2={b[1]}
            className="stroke-indigo"
            strokeWidth={0.5 + (4 * l.pairs) / most}
            strokeOpacity={0.45}
            strokeLinecap="round"
          />
        )
      })}
      {knots.map((k) => {
        const [x, y] = at.get(k.code)!
        const r = 3 + 9 * Math.sqrt((inside.get(k.code) ?? 0) / most)
        return (
          <g key={k.code}>
            <circle cx={x} cy={y} r={r} className="fill-leaf stroke-card" strokeWidth={1} />
            <text x={x} y={y! - r - 2} textAnchor="middle" className="fill-ink text-[8px]">
              {k.name}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
