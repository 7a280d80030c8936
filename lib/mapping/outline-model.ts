import { geoMercator, geoPath } from 'd3-geo'
import type { Boundaries } from './boundary'
import { centreOf, cornersOf, hexagons, labels } from './mosaic'

/** Where each kabupaten/kota lies in a picture: our mosaic, or the office's own boundaries. Pure; for screens and files alike. */

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

/** The box of the mosaic: left, top, width and height. */
export const mosaicBox = [left, top, right - left, bottom - top].map((v) => v * SIDE) as [number, number, number, number]

/** The corners of every hexagon, for an ornament. */
export const mosaicHexagons = hexagons.map((h) => ({ ...h, points: points(h) }))

const mosaicPath = (code: string): string =>
  hexagons
    .filter((h) => h.code === code)
    .map((h) => `M${points(h).replaceAll(' ', 'L')}Z`)
    .join('')

function mosaicLabel(code: string): [number, number] {
  const [x, y] = centreOf(labels[code]!)
  return [x * SIDE, y * SIDE]
}

const WIDTH = 300
const HEIGHT = 280

/** A kabupaten/kota as a path, and where its name stands. */
export type Shape = { d: string; at: [number, number] }
export type Outline = { box: [number, number, number, number]; shapeOf: (code: string) => Shape; drawn: boolean }

/** The outline of the province; a place that the boundaries do not know keeps its hexagons. */
export function outlineOf(geometry: Boundaries | null): Outline {
  const path = geometry ? geoPath(geoMercator().fitSize([WIDTH, HEIGHT], geometry)) : null
  return {
    drawn: geometry !== null,
    box: geometry ? [0, 0, WIDTH, HEIGHT] : mosaicBox,
    shapeOf: (code) => {
      const feature = geometry?.features.find((f) => f.properties.code === code)
      return path && feature ? { d: path(feature) ?? '', at: path.centroid(feature) } : { d: mosaicPath(code), at: mosaicLabel(code) }
    },
  }
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
/** A name short enough for the picture. */
export const shortName = (name: string): string => short[name] ?? name
/** The two towns are small: their names are written smaller. */
export const isTown = (code: string): boolean => code === '18.71' || code === '18.72'
