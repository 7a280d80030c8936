import { geoMercator, geoPath } from 'd3-geo'
import Link from 'next/link'
import { tiles, type Cell } from '@/lib/mapping/model'
import type { Boundaries } from '@/lib/mapping/service'
import { formatNumber } from '@/lib/platform/format'
import { mosaicBox, mosaicLabel, mosaicPath } from './mosaic'
import { cellWords, classes, HIDDEN, NO_DATA, paintOf, type Scale } from './scale'

type Props = { cells: Cell[]; scale: Scale; hrefOf: (code: string) => string; geometry: Boundaries | null }

const WIDTH = 300
const HEIGHT = 280

function Hatch() {
  return (
    <pattern id="arsir" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="5" height="5" fill="none" />
      <line x1="0" y1="0" x2="0" y2="5" stroke="#1C2320" strokeWidth="1.4" strokeOpacity="0.55" />
    </pattern>
  )
}

const short: Record<string, string> = {
  'Tulang Bawang Barat': 'Tulang Bw. Barat',
  'Bandar Lampung': 'B. Lampung',
  'Lampung Selatan': 'Lamp. Selatan',
  'Lampung Tengah': 'Lamp. Tengah',
  'Lampung Timur': 'Lamp. Timur',
  'Lampung Utara': 'Lamp. Utara',
  'Lampung Barat': 'Lamp. Barat',
}

/** The choropleth: our mosaic, or the office's own boundaries where it has loaded them. Server-rendered; every area is a link. */
export function ProvinceMap({ cells, scale, hrefOf, geometry }: Props) {
  const path = geometry ? geoPath(geoMercator().fitSize([WIDTH, HEIGHT], geometry)) : null
  const shape = (code: string): { d: string; at: [number, number] } => {
    const feature = geometry?.features.find((f) => f.properties.code === code)
    return path && feature ? { d: path(feature) ?? '', at: path.centroid(feature) } : { d: mosaicPath(code), at: mosaicLabel(code) }
  }
  return (
    <svg
      viewBox={geometry ? `0 0 ${WIDTH} ${HEIGHT}` : mosaicBox}
      className="h-auto w-full"
      role="group"
      aria-label="Peta kabupaten/kota Lampung; setiap wilayah adalah tautan"
    >
      <defs>
        <Hatch />
      </defs>
      {cells.map((cell) => {
        const { d } = shape(cell.code)
        const paint = paintOf(cell, scale)
        return (
          <a key={cell.code} href={hrefOf(cell.code)} aria-label={cellWords(cell)} className="group outline-none">
            <path
              d={d}
              fill={paint.fill}
              stroke="#FBF8F1"
              strokeWidth={geometry ? 0.8 : 1}
              className="group-hover:opacity-80 group-focus-visible:stroke-indigo group-focus-visible:[stroke-width:3]"
              strokeDasharray={cell.state === 'empty' ? '2 2' : undefined}
            />
            {cell.state === 'hatched' && <path d={d} fill="url(#arsir)" pointerEvents="none" />}
            <title>{cellWords(cell)}</title>
          </a>
        )
      })}
      {cells.map((cell) => {
        const { at } = shape(cell.code)
        const paint = paintOf(cell, scale)
        const city = cell.code === '18.71' || cell.code === '18.72'
        return (
          <g
            key={cell.code}
            pointerEvents="none"
            aria-hidden="true"
            transform={`translate(${at[0].toFixed(1)} ${at[1].toFixed(1)})`}
            textAnchor="middle"
            fill={paint.ink}
            stroke={paint.fill}
            strokeWidth={1.6}
            strokeLinejoin="round"
            style={{ paintOrder: 'stroke' }}
          >
            <text fontSize={city ? 6 : 6.6} y={-1}>
              {short[cell.name] ?? cell.name}
            </text>
            <text fontSize={city ? 6.6 : 7.6} fontWeight="700" y={7}>
              {cell.mean === null ? '–' : formatNumber(cell.mean)}
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
        const paint = paintOf(cell, scale)
        return (
          <Link
            key={cell.code}
            href={hrefOf(cell.code)}
            aria-label={cellWords(cell)}
            style={{
              gridColumn: column + 1,
              gridRow: row + 1,
              background:
                cell.state === 'hatched'
                  ? `repeating-linear-gradient(45deg, ${paint.fill} 0 5px, #1c232033 5px 6px), ${paint.fill}`
                  : paint.fill,
              color: paint.ink,
            }}
            className={`flex aspect-square flex-col items-center justify-center rounded-md p-0.5 text-center leading-tight ${cell.state === 'empty' ? 'border border-dashed border-soft' : ''}`}
          >
            <span className="text-[9px] leading-none">{cell.name}</span>
            <span className="text-sm font-bold tabular-nums">{cell.mean === null ? '–' : formatNumber(cell.mean)}</span>
          </Link>
        )
      })}
    </div>
  )
}

/** What the colours and patterns mean, in words. */
export function Legend({ scale, rules }: { scale: Scale; rules: { hideBelow: number; hatchBelow: number } }) {
  const chip = (fill: string, hatched = false, dashed = false) => (
    <span
      aria-hidden="true"
      className={`mr-1.5 inline-block size-4 rounded-sm align-[-3px] ${dashed ? 'border border-dashed border-soft' : 'border border-ink/20'}`}
      style={{ background: hatched ? `repeating-linear-gradient(45deg, ${fill} 0 3px, #1c2320aa 3px 4px)` : fill }}
    />
  )
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm" aria-label="Keterangan warna">
      {classes.map((c, i) => (
        <li key={c.fill} className="whitespace-nowrap">
          {chip(c.fill)}
          {scale.labels[i]}
        </li>
      ))}
      <li className="whitespace-nowrap">
        {chip('#BFDCA8', true)}
        {rules.hideBelow}–{rules.hatchBelow - 1} guru
      </li>
      <li className="whitespace-nowrap">{chip(HIDDEN.fill)}disembunyikan</li>
      <li className="whitespace-nowrap">{chip(NO_DATA.fill, false, true)}belum ada data</li>
    </ul>
  )
}
