import type { DayRegion } from '@/lib/console/day-model'
import { formatCount } from '@/lib/platform/format'
import { outlineOf, shortName } from '@/lib/mapping/outline-model'
import type { Boundaries } from '@/lib/mapping/service'
import { tiles } from '@/lib/mapping/model'

/** "312 dari 330 hadir", or how many are expected where too few sit to be told. */
const words = (r: DayRegion): string =>
  r.here === null ? `${r.name}: ${formatCount(r.seats)} peserta` : `${r.name}: ${formatCount(r.here)} dari ${formatCount(r.seats)} hadir`

/** Where the province is tested today: places with a sitting are filled, the others are outlines. The same figures stand in the table. */
export function DayMap({ regions, geometry }: { regions: readonly DayRegion[]; geometry: Boundaries | null }) {
  const { box, shapeOf } = outlineOf(geometry)
  const codes = Object.keys(tiles)
  const of = new Map(regions.map((r) => [r.code, r]))
  return (
    <svg
      viewBox={box.map((v) => v.toFixed(1)).join(' ')}
      className="h-auto max-h-[62dvh] w-full"
      role="img"
      aria-label={`Peta Lampung. Ada tes di ${regions.length} kabupaten/kota: ${regions.map(words).join('; ')}`}
    >
      {codes.map((code) => {
        const here = of.has(code)
        return (
          <path
            key={code}
            d={shapeOf(code).d}
            fill={here ? 'var(--color-leaf)' : 'transparent'}
            stroke={here ? 'var(--color-paper)' : 'var(--color-edge)'}
            strokeWidth={here ? 0.8 : 0.6}
            strokeDasharray={here ? undefined : '2 2'}
          >
            {here && <title>{words(of.get(code)!)}</title>}
          </path>
        )
      })}
      {regions.map((r) => {
        const [x, y] = shapeOf(r.code).at
        return (
          <g
            key={r.code}
            aria-hidden="true"
            transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
            textAnchor="middle"
            fill="var(--color-ink)"
            stroke="var(--color-card)"
            strokeWidth={2.4}
            strokeLinejoin="round"
            style={{ paintOrder: 'stroke' }}
          >
            <text fontSize={6} y={-1}>
              {shortName(r.name)}
            </text>
            <text fontSize={8} fontWeight="700" y={7}>
              {r.here === null ? '–' : formatCount(r.here)}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
