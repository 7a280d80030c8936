import { allow, levelsOf, openNamed, schoolIdsOf } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { settleShown } from '@/lib/delivery/inside'
import { frameworkTitles } from '@/lib/instruments/inside'
import { coveredBy, inForce, readSchool, readSlice, type ReadCell } from '@/lib/publication/inside'
import { asCell } from './read-cell'
import { basisFor, type Basis, type Cell } from './model'
import { schoolInReach } from './school-reach'
import * as store from './store'

export type SchoolView = {
  school: { id: string; name: string; npsn: string | null; region: string; regionCode: string; level: string }
  teachers: store.NamedScore[]
  /** How many the asked list has on all its pages. */
  found: number
  /** Each on the newest series in which the school was tested, so that it stands beside others of the same test. */
  parts: { part: string; title: string; series: string | null; basis: Basis; school: Cell; region: Cell; province: Cell }[]
}

const hidden = (c: ReadCell): ReadCell => ({
  ...c,
  n: null,
  mean: null,
  se: null,
  margin: null,
  share: null,
  shareMargin: null,
  state: 'hidden',
})

/** Which of a school's teachers are asked for: those whose name holds `q`, of `ids` where they are given, and of those one page. */
export type TeachersAsked = { q: string; ids: ReadonlySet<string> | null; page: number }
/** So many teachers stand on a page. */
export const TEACHERS_A_PAGE = 20

function asked(all: store.NamedScore[], list: TeachersAsked): store.NamedScore[] {
  const q = list.q.trim().toLowerCase()
  return all.filter((t) => (!list.ids || list.ids.has(t.teacherId)) && t.name.toLowerCase().includes(q))
}

/**
 * One school with its teachers by name: for those the matrix allows, and every look is logged. `list`: which of them; null for none, all
 * of them where it is not said.
 */
export async function schoolView(actor: Actor, schoolId: string, list?: TeachersAsked | null): Promise<SchoolView | null> {
  const found = await schoolInReach(actor, schoolId)
  if (!found) return null
  const { school, grants } = found
  // Before anything is read: what a head has seen of a teacher is moved by nothing that arrives later. Where no teacher is shown nothing was seen.
  if (list !== null) await settleShown({ schoolId }, new Date())
  const [all, titles] = await Promise.all([list === null ? [] : store.namedResults(schoolId, levelsOf(grants)), frameworkTitles()])
  const matching = list ? asked(all, list) : all
  const teachers = list ? matching.slice((list.page - 1) * TEACHERS_A_PAGE, list.page * TEACHERS_A_PAGE) : matching
  await openNamed(actor, 'school-results', 'result:named', `school:${schoolId}`, teachers, (t) => t.teacherId, { role: grants[0]!.role })
  // A head sees her own school whatever its size: she sees the teachers by name below. An office sees of a school what its list of schools tells.
  const own = grants.some((g) => g.schoolId === schoolId)
  const snapshots = await inForce()
  const figures = await Promise.all(
    snapshots.map(async (s) => {
      const { open, told } = await readSchool(s, schoolId)
      return { snapshot: s, open, told: own ? open : told }
    }),
  )
  const parts = await Promise.all(
    ['4', '1', '2', '3'].map(async (part) => {
      const title = titles.get(part)?.title ?? part
      const found = figures.findLast((f) => f.open.some((c) => c.part === part)) ?? figures.at(-1)
      const none = (name: string) => asCell('', name, undefined, 0)
      if (!found)
        return {
          part,
          title,
          series: null,
          basis: 'raw' as const,
          school: none('Sekolah'),
          region: none(school.region.shortName),
          province: none('Provinsi'),
        }
      const { snapshot } = found
      const everybody = { part, reach: '', cycle: '', level: '', subject: '', status: '' }
      const basis = basisFor(await coveredBy(snapshot, everybody))
      const slice = await readSlice(snapshot, { ...everybody, basis, indicator: '' })
      const of = (cells: ReadCell[]) => cells.find((c) => c.part === part && c.basis === basis)
      const people = of(found.open)?.n ?? 0
      // Whoever knows the school takes it away from what stands beside it.
      const beside = (name: string, cell: ReadCell | undefined) => {
        const rest = (cell?.n ?? 0) - people
        const few = cell?.n != null && rest > 0 && rest < snapshot.hideBelow
        return { ...asCell('', name, few ? hidden(cell) : cell, 0), compared: null }
      }
      return {
        part,
        title,
        series: snapshot.series,
        basis,
        school: { ...asCell('', 'Sekolah', of(found.told), 0), compared: null },
        region: beside(school.region.shortName, slice.get(school.regionId)),
        province: beside('Provinsi', slice.get('')),
      }
    }),
  )
  return {
    school: {
      id: school.id,
      name: school.name,
      npsn: school.npsn,
      region: school.region.name,
      regionCode: school.region.kemendagriCode,
      level: school.level.name,
    },
    teachers,
    found: matching.length,
    parts,
  }
}

/** The schools that somebody heads: one as a rule, two where a head also fills in at another; by name. */
export async function ownSchools(actor: Actor): Promise<{ id: string; name: string }[]> {
  const ids = schoolIdsOf(allow(actor, 'school:read'))
  return (await store.schoolNames(ids)).map(({ id, name }) => ({ id, name }))
}

/** The school of a head of school: the one that is asked for, else the first. Null where the head has none, or not this one. */
export async function ownSchool(actor: Actor, schoolId?: string, list?: TeachersAsked | null): Promise<SchoolView | null> {
  const ids = schoolIdsOf(allow(actor, 'school:read'))
  const id = schoolId ? ids.find((i) => i === schoolId) : ids[0]
  return id ? schoolView(actor, id, list) : null
}
