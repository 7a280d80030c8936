import { geoArea } from 'd3-geo'
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { z } from 'zod'
import { ok, refuse, type Result } from '@/lib/platform/result'

/** The door for true boundaries: a GeoJSON or TopoJSON of the office becomes a checked, repaired feature collection. Pure. */
export type Boundaries = FeatureCollection<Polygon | MultiPolygon, { code: string }>

const MAX_BYTES = 1_048_576
const EARTH_KM2 = 6371.0088 ** 2
const AREA_TOLERANCE = 0.03

const CODE_FIELDS = ['kode', 'code', 'kemendagri', 'KODE_KK', 'kdpkab', 'KDPKAB', 'id']

/** "1801", "18.01" and 18.01 are the same Kemendagri code. */
function codeOf(f: Feature): string | null {
  const candidates = [f.id, ...CODE_FIELDS.map((k) => (f.properties as Record<string, unknown> | null)?.[k])]
  for (const c of candidates) {
    const digits = String(c ?? '').replace(/\D/g, '')
    if (digits.length === 4) return `${digits.slice(0, 2)}.${digits.slice(2)}`
  }
  return null
}

const closed = (ring: Position[]) => ring.length >= 4 && ring[0]![0] === ring.at(-1)![0] && ring[0]![1] === ring.at(-1)![1]

/** d3 reads a ring's inside from its winding: a ring wound the wrong way fills the globe, so it is turned. */
function rewind(rings: Position[][]): Position[][] {
  return rings.map((ring, i) => {
    const big = geoArea({ type: 'Polygon', coordinates: [ring] }) > 2 * Math.PI
    const wantBig = i > 0
    return big === wantBig ? ring : [...ring].reverse()
  })
}

/** A megabyte of text holds a hundred and fifty thousand points; a TopoJSON can name its lines again and again. */
const MOST_POINTS = 400_000
const point = z.tuple([z.number().min(90).max(145), z.number().min(-15).max(10)]).rest(z.number())
const ring = z.array(point).min(4)
const Geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).min(1)).min(1) }),
])

/** How many points the lines that a TopoJSON names come to, when they are laid out. */
function pointsNamed(topology: Topology): number {
  const lengths = topology.arcs.map((a) => a.length)
  let points = 0
  const walk = (value: unknown): void => {
    if (typeof value === 'number') points += lengths[value < 0 ? ~value : value] ?? 0
    else if (Array.isArray(value)) for (const v of value) if (points <= MOST_POINTS) walk(v)
  }
  const geometries = (g: { arcs?: unknown; geometries?: { arcs?: unknown }[] }): void => {
    walk(g.arcs)
    for (const inner of g.geometries ?? []) geometries(inner)
  }
  geometries(Object.values(topology.objects)[0] as { arcs?: unknown })
  return points
}

/** The file's features as they come, not yet checked; null when it is none of the two kinds. */
function featuresOf(data: unknown): Feature[] | null {
  if (typeof data !== 'object' || data === null) return null
  const { type, features, objects } = data as { type?: unknown; features?: unknown; objects?: Record<string, GeometryCollection> }
  let found: unknown = features
  if (type === 'Topology') {
    const topology = data as Topology
    if (pointsNamed(topology) > MOST_POINTS) return null
    found = (feature(topology, Object.values(objects!)[0]!) as FeatureCollection).features
  }
  return Array.isArray(found) && found.every((f) => typeof f === 'object' && f !== null) ? (found as Feature[]) : null
}

/** Checks the office's file against the official areas (km² by Kemendagri code). */
export function readBoundaries(text: string, areas: Map<string, number>): Result<Boundaries> {
  if (Buffer.byteLength(text) > MAX_BYTES)
    return refuse(
      'size',
      'Berkas batas wilayah lebih besar dari 1 MB. Sederhanakan garisnya (misalnya dengan mapshaper), lalu unggah lagi.',
    )
  let features: Feature[] | null
  try {
    features = featuresOf(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) return refuse('json', 'Berkas ini bukan GeoJSON atau TopoJSON yang utuh.')
    return refuse('topology', 'Susunan TopoJSON ini rusak: garisnya tidak lengkap atau terlalu bertingkat.')
  }
  if (!features)
    return refuse('features', 'Berkas ini tidak memuat daftar wilayah, atau titiknya terlalu banyak. Sederhanakan, lalu unggah lagi.')
  const byCode = new Map<string, Feature<Polygon | MultiPolygon, { code: string }>>()
  for (const f of features) {
    const code = codeOf(f)
    if (!code || !areas.has(code)) continue
    if (f.geometry?.type !== 'Polygon' && f.geometry?.type !== 'MultiPolygon') return refuse('geometry', `Wilayah ${code} bukan poligon.`)
    const first = (Array.isArray(f.geometry.coordinates) ? f.geometry.coordinates.slice(0, 1).flat(3) : []) as unknown[]
    if (typeof first[0] === 'number' && Math.abs(first[0]) < 20 && Math.abs(Number(first[1])) > 90)
      return refuse('order', 'Koordinat tertulis lintang lebih dahulu. GeoJSON memerlukan bujur, lalu lintang.')
    const geometry = Geometry.safeParse(f.geometry)
    if (!geometry.success)
      return refuse('points', `Titik batas wilayah ${code} tidak lengkap, bukan angka, atau tidak terletak di Indonesia.`)
    const polygons: Position[][][] = geometry.data.type === 'Polygon' ? [geometry.data.coordinates] : geometry.data.coordinates
    if (polygons.some((p) => p.some((ring) => !closed(ring)))) return refuse('ring', `Garis batas wilayah ${code} tidak tertutup.`)
    const coordinates = polygons.map(rewind)
    byCode.set(code, { type: 'Feature', id: code, properties: { code }, geometry: { type: 'MultiPolygon', coordinates } })
  }
  const missing = [...areas.keys()].filter((c) => !byCode.has(c))
  if (missing.length)
    return refuse('codes', `Ada ${missing.length} wilayah yang tidak ditemukan menurut kode Kemendagri: ${missing.join(', ')}.`)
  for (const [code, f] of byCode) {
    const km2 = geoArea(f) * EARTH_KM2
    const official = areas.get(code)!
    if (!(Math.abs(km2 - official) / official <= AREA_TOLERANCE)) {
      return refuse(
        'area',
        `Luas wilayah ${code} dalam berkas ${Math.round(km2)} km², sedangkan luas resminya ${Math.round(official)} km². Selisih lebih dari 3 persen.`,
      )
    }
  }
  return ok({ type: 'FeatureCollection', features: [...byCode.values()] })
}
