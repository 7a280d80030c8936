import { Link } from '@/components/ui/link'
import { tiles, type Cell } from '@/lib/mapping/model'
import { isTown, outlineOf, shortName } from '@/lib/mapping/outline-model'
import { cellWords, figureIn, paintOf, shortFigure, type Scale } from '@/lib/mapping/palette-model'
import type { Boundaries } from '@/lib/mapping/service'
import { groundOf, isHidden } from './ground'

type Props = { cells: Cell[]; scale: Scale; hrefOf: (code: string) => string; geometry: Boundaries | null }

function Patterns() {
  return (
    <defs>
      <pattern id="arsir" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line x1="0" y1="0" x2="0" y2="5" stroke="#1C2320" strokeWidth="1.4" strokeOpacity="0.4" />
      </pattern>
      <pattern id="titik" width="5" height="5" patternUnits="userSpaceOnUse">
        <circle cx="2.5" cy="2.5" r="0.7" fill="#55605A" />
      </pattern>
    </defs>
  )
}

/**
 * The choropleth: our mosaic, or the office's own boundaries where it has loaded them. Server-rendered; every area is a link, and says by
 * `data-kode` which line and card belong to it.
 */
export function ProvinceMap({ cells, scale, hrefOf, geometry }: Props) {
  const { box, shapeOf, drawn } = outlineOf(geometry)
  return (
    <svg
      viewBox={box.map((v) => v.toFixed(1)).join(' ')}
      className="h-auto w-full print:max-h-[88mm]"
      role="group"
      aria-label="Peta kabupaten/kota Lampung; setiap wilayah adalah tautan"
    >
      <Patterns />
      {cells.map((cell) => {
        const { d } = shapeOf(cell.code)
        const pattern = cell.state === 'hatched' && figureIn(cell, scale.pictured) ? 'arsir' : isHidden(cell, scale) ? 'titik' : null
        return (
          <a
            key={cell.code}
            href={hrefOf(cell.code)}
            aria-label={cellWords(cell, scale)}
            data-kode={cell.code}
            data-wilayah=""
            className="group outline-none"
          >
            <path
              d={d}
              fill={paintOf(cell, scale).fill}
              stroke={cell.state === 'shown' || cell.state === 'hatched' ? 'var(--color-paper)' : 'var(--color-edge)'}
              strokeWidth={drawn ? 0.8 : 1}
              className="group-hover:opacity-85 group-focus-visible:stroke-indigo group-focus-visible:[stroke-width:3] group-data-marked:stroke-ink group-data-marked:[stroke-width:2.4]"
              strokeDasharray={cell.state === 'empty' ? '2 2' : undefined}
            />
            {pattern && <path d={d} fill={`url(#${pattern})`} pointerEvents="none" />}
            <title>{cellWords(cell, scale)}</title>
          </a>
        )
      })}
      {cells.map((cell) => {
        const { at } = shapeOf(cell.code)
        const paint = paintOf(cell, scale)
        const town = isTown(cell.code)
        return (
          <g
            key={cell.code}
            pointerEvents="none"
            aria-hidden="true"
            transform={`translate(${at[0].toFixed(1)} ${at[1].toFixed(1)})`}
            textAnchor="middle"
            fill={paint.ink}
            stroke={paint.fill}
            strokeWidth={2}
            strokeLinejoin="round"
            style={{ paintOrder: 'stroke' }}
          >
            <text fontSize={town ? 6 : 6.6} y={-1}>
              {shortName(cell.name)}
            </text>
            <text fontSize={town ? 6.6 : 7.6} fontWeight="700" y={7}>
              {shortFigure(cell, scale)}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

/** The same figures as tiles, for narrow screens: one tile a kabupaten/kota, geography kept. */
export function TileMap({ cells, scale, hrefOf }: Omit<Props, 'geometry'>) {
  return (
    <div className="grid grid-cols-5 grid-rows-5 gap-1" role="group" aria-label="Peta petak kabupaten/kota; setiap petak adalah tautan">
      {cells.map((cell) => {
        const [column, row] = tiles[cell.code] ?? [0, 0]
        return (
          <Link
            key={cell.code}
            href={hrefOf(cell.code)}
            aria-label={cellWords(cell, scale)}
            data-kode={cell.code}
            data-wilayah=""
            style={{ gridColumn: column + 1, gridRow: row + 1, ...groundOf(cell, scale) }}
            className={`flex aspect-square flex-col items-center justify-center rounded-md p-0.5 text-center leading-tight data-marked:outline-3 data-marked:outline-ink ${cell.state === 'empty' ? 'border border-dashed border-soft' : ''}`}
          >
            <span className="text-[9px] leading-none">{cell.name}</span>
            <span className="whitespace-nowrap text-[13px] font-bold tabular-nums">{shortFigure(cell, scale)}</span>
          </Link>
        )
      })}
    </div>
  )
}
