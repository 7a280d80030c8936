import { geoArea } from 'd3-geo'
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
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

/** Checks the office's file against the official areas (km² by Kemendagri code). */
export function readBoundaries(text: string, areas: Map<string, number>): Result<Boundaries> {
  if (Buffer.byteLength(text) > MAX_BYTES)
    return refuse(
      'size',
      'Berkas batas wilayah lebih besar dari 1 MB. Sederhanakan garisnya (misalnya dengan mapshaper), lalu unggah lagi.',
    )
  let data: { type?: string; features?: Feature[]; objects?: Record<string, GeometryCollection> }
  try {
    data = JSON.parse(text) as typeof data
  } catch {
    return refuse('json', 'Berkas ini bukan GeoJSON atau TopoJSON yang utuh.')
  }
  let features: Feature[] = []
  try {
    if (data.type === 'Topology' && data.objects) {
      const first = Object.values(data.objects)[0]!
      features = (feature(data as unknown as Topology, first) as FeatureCollection).features
    } else features = data.features ?? []
  } catch {
    return refuse('topology', 'Susunan TopoJSON ini rusak.')
  }
  const byCode = new Map<string, Feature<Polygon | MultiPolygon, { code: string }>>()
  for (const f of features) {
    const code = codeOf(f)
    if (!code || !areas.has(code)) continue
    if (f.geometry?.type !== 'Polygon' && f.geometry?.type !== 'MultiPolygon') return refuse('geometry', `Wilayah ${code} bukan poligon.`)
    const polygons = f.geometry.type === 'Polygon' ? [f.geometry.coordinates] : f.geometry.coordinates
    if (polygons.some((p) => p.some((ring) => !closed(ring)))) return refuse('ring', `Garis batas wilayah ${code} tidak tertutup.`)
    const sample = polygons[0]![0]![0]!
    if (Math.abs(sample[0]!) < 20 && Math.abs(sample[1]!) > 90)
      return refuse('order', 'Koordinat tertulis lintang lebih dahulu. GeoJSON memerlukan bujur, lalu lintang.')
    const coordinates = polygons.map(rewind)
    byCode.set(code, { type: 'Feature', id: code, properties: { code }, geometry: { type: 'MultiPolygon', coordinates } })
  }
  const missing = [...areas.keys()].filter((c) => !byCode.has(c))
  if (missing.length)
    return refuse('codes', `Ada ${missing.length} wilayah yang tidak ditemukan menurut kode Kemendagri: ${missing.join(', ')}.`)
  for (const [code, f] of byCode) {
    const km2 = geoArea(f) * EARTH_KM2
    const official = areas.get(code)!
    if (Math.abs(km2 - official) / official > AREA_TOLERANCE) {
      return refuse(
        'area',
        `Luas wilayah ${code} dalam berkas ${Math.round(km2)} km², sedangkan luas resminya ${Math.round(official)} km². Selisih lebih dari 3 persen.`,
      )
    }
  }
  return ok({ type: 'FeatureCollection', features: [...byCode.values()] })
}
