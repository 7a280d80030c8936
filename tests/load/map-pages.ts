/** Every page of officials that reads a snapshot, timed at the service: what the server does before it draws. */
import type { Actor, Grant } from '@/lib/access/model'
import { parseMapFilter } from '@/lib/mapping/model'
import { mapPage, publicPreview, regionView, schoolView } from '@/lib/mapping/service'
import { sql } from '@/lib/platform/db'
import { quantile } from './machine'

export type PageTimes = Record<string, { p50: number; p95: number; first: number; times: number }>

/** Filters that an official tries one after the other; each is met once new and then again. */
const AGAIN = 3

const official = (role: Grant['role'], regionId: string | null): Actor => ({
  userId: null,
  seatId: null,
  teacherId: null,
  name: role,
  grants: [{ role, regionId, schoolId: null, levelCodes: [] }],
})

/** Times of every page by its name, ms, over offices, parts, levels, subjects and places. */
export async function pagesOf(snapshotId: string): Promise<PageTimes> {
  const subjects = await sql<{ code: string }>(`SELECT code FROM subject ORDER BY sort LIMIT 6`)
  const places = await sql<{ id: string; code: string }>(
    `SELECT id, kemendagri_code AS code FROM region WHERE kind <> 'provinsi' AND id IN (SELECT region_id FROM snapshot_roster WHERE snapshot_id = $1) ORDER BY kemendagri_code LIMIT 12`,
    [snapshotId],
  )
  const schools = await sql<{ id: string; region: string }>(
    `SELECT DISTINCT ON (region_id) school_id AS id, region_id AS region FROM snapshot_roster WHERE snapshot_id = $1 AND region_id = ANY($2::uuid[]) AND n > 0 ORDER BY region_id, school_id`,
    [snapshotId, places.map((p) => p.id)],
  )
  const bgtk = official('bgtk', null)
  const officials = [bgtk, official('dinas-provinsi', null), ...places.slice(0, 6).map((p) => official('dinas-kabupaten', p.id))]
  const filters = ['1', '2', '3', '4'].flatMap((bagian) => [
    { bagian },
    ...['SD', 'SMP', 'SMA', 'SMK'].map((jenjang) => ({ bagian, jenjang })),
    ...subjects.map((s) => ({ bagian, mapel: s.code })),
  ])
  const looks: [string, () => Promise<unknown>][] = []
  for (const tampilan of ['peta', 'tabel', 'sebaran', 'indikator'])
    for (const who of officials)
      for (const f of who === bgtk ? filters : filters.slice(0, 6))
        looks.push([`map: ${tampilan}`, () => mapPage(who, parseMapFilter({ ...f, tampilan }))])
  for (const place of places)
    for (const bagian of ['1', '4'])
      looks.push(['kabupaten and its schools', () => regionView(bgtk, place.code, parseMapFilter({ bagian }))])
  for (const school of schools) looks.push(['school', () => schoolView(bgtk, school.id, { q: '', ids: null, page: 1 })])
  looks.push(['public page', () => publicPreview(bgtk, '')])
  const found = new Map<string, { first: number[]; all: number[] }>()
  for (let round = 0; round < AGAIN; round++)
    for (const [name, look] of looks) {
      const began = performance.now()
      await look()
      const took = performance.now() - began
      const kept = found.get(name) ?? { first: [], all: [] }
      if (round === 0) kept.first.push(took)
      kept.all.push(took)
      found.set(name, kept)
    }
  const sorted = (x: number[]) => x.toSorted((a, b) => a - b)
  return Object.fromEntries(
    [...found].map(([name, { first, all }]) => [
      name,
      { p50: quantile(sorted(all), 0.5), p95: quantile(sorted(all), 0.95), first: quantile(sorted(first), 0.95), times: all.length },
    ]),
  )
}
