import { allow, openNamed } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import * as store from './store'

export type { TeacherListRow, SeatingRow } from './store'

/** Reference rows are public; nothing personal is in them. */
export const regions = store.regions
export const subjects = store.subjects
export const levels = store.levels
export const schoolById = store.schoolById
export const schoolByNpsn = store.schoolByNpsn
/** Names of schools by id. */
export const schoolNames = async (ids: string[]): Promise<Map<string, string>> =>
  new Map(ids.length ? (await store.schoolsById(ids)).map((s) => [s.id, s.name]) : [])

let simulated: { yes: boolean; until: number } | undefined
/** Whether this installation shows invented people; looked up at most once a minute, because every page says it. */
export async function showsSimulatedData(): Promise<boolean> {
  if (!simulated || simulated.until < Date.now()) simulated = { yes: await store.hasSimulated(), until: Date.now() + 60_000 }
  return simulated.yes
}

export async function roster(actor: Actor, filter: { q: string; regionId: string | null; subjectId: string | null; page: number }) {
  allow(actor, 'roster:read')
  const take = 50
  const found = await store.literallyOrLike((wide) => store.teacherPage({ ...filter, take, skip: (filter.page - 1) * take, wide }))
  const rows = await openNamed(actor, 'roster', 'roster:read', 'roster', found, (t) => t.id, { detail: { page: filter.page, q: filter.q } })
  return { rows, total: rows[0]?.total ?? 0, pages: Math.max(1, Math.ceil((rows[0]?.total ?? 0) / take)) }
}

/** Teachers for a sitting: by filter, or exactly those of a pasted list of NUPTK/NIP (one a line, spaces and apostrophes dropped). */
export async function teachersForSeating(
  actor: Actor,
  filter: { regionId?: string; levelCode?: string; subjectId?: string; npsn?: string; identifiers?: string },
): Promise<{ teachers: store.SeatingRow[]; missing: string[] }> {
  allow(actor, 'roster:read')
  const wanted = [
    ...new Set(
      (filter.identifiers ?? '')
        .split(/[\n;,]+/)
        .map((v) => v.replace(/[\s'’.]/g, ''))
        .filter(Boolean),
    ),
  ]
  if (wanted.length) {
    const found = await store.seatingByIdentifiers(wanted)
    const known = new Set(found.map((f) => f.value))
    const unique = new Map(found.map(({ value: _value, ...f }) => [f.teacherId, f]))
    return { teachers: [...unique.values()], missing: wanted.filter((w) => !known.has(w)) }
  }
  const none = (v?: string) => (v ? v : null)
  return {
    teachers: await store.seatingByFilter({
      regionId: none(filter.regionId),
      levelCode: none(filter.levelCode),
      subjectId: none(filter.subjectId),
      npsn: none(filter.npsn),
    }),
    missing: [],
  }
}

export { linkByNumber, linkedTeacher, type LinkedTeacher } from './account-link-service'
export { correctTeacher } from './record-service'
/** For use cases above that check permission themselves. */
export { applyBatch, batchList, batchView, cleanedFile, importFile, undoImport, uploadRoster } from './import-service'
export { templateWorkbook } from './template'
