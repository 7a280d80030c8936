import { centreOf, cornersOf, hexagons, labels } from '@/lib/mapping/model'

const SIDE = 10
const points = (cell: { column: number; row: number }) =>
  cornersOf(cell)
    .map(([x, y]) => `${(x * SIDE).toFixed(1)},${(y * SIDE).toFixed(1)}`)
    .join(' ')
const centres = hexagons.map(centreOf)
const left = Math.min(...centres.map((c) => c[0])) - 1
const right = Math.max(...centres.map((c) => c[0])) + 1
const top = Math.min(...centres.map((c) => c[1])) - 1.2
const bottom = Math.max(...centres.map((c) => c[1])) + 1.2
export const mosaicBox = [left, top, right - left, bottom - top].map((v) => (v * SIDE).toFixed(1)).join(' ')

/** All hexagons of one kabupaten/kota as one path. */
export const mosaicPath = (code: string): string =>
  hexagons
    .filter((h) => h.code === code)
    .map((h) => `M${points(h).replaceAll(' ', 'L')}Z`)
    .join('')

/** Where the name of a kabupaten/kota stands. */
export function mosaicLabel(code: string): [number, number] {
  const [x, y] = centreOf(labels[code]!)
  return [x * SIDE, y * SIDE]
}

/** The outline of Lampung in hexagons, as an ornament. */
export function Mosaic({ decorative, className }: { decorative: true; className?: string }) {
  const tones = ['#0F5132', '#1F6B45', '#2F855A', '#C9982B', '#1F3A6B']
  return (
    <svg viewBox={mosaicBox} className={className} aria-hidden={decorative}>
      {hexagons.map((h) => (
        <polygon
          key={`${h.column}-${h.row}`}
          points={points(h)}
          fill={tones[(h.column * 7 + h.row * 13) % tones.length]}
          fillOpacity={0.86}
          stroke="#FBF8F1"
          strokeWidth={1.2}
        />
      ))}
    </svg>
  )
}
