import { allow, levelsOf, openNamed, schoolIdsOf } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { settleShown } from '@/lib/delivery/inside'
import { frameworkTitles } from '@/lib/instruments/inside'
import { likenessOf } from '@/lib/psychometrics/cluster-mean'
import { rulesInForce } from '@/lib/standards/service'
import { gathered, toCell, type Group } from './cells'
import { ofSchool } from './family'
import { basisFor, type Basis, type Cell } from './model'
import { covered, publishedGroups } from './published'
import { schoolInReach } from './school-reach'
import * as store from './store'

export type SchoolView = {
  school: { id: string; name: string; npsn: string | null; region: string; level: string }
  teachers: store.NamedScore[]
  /** Each on the newest series in which the school was tested, so that it stands beside others of the same test. */
  parts: { part: string; title: string; series: string | null; basis: Basis; school: Cell; region: Cell; province: Cell }[]
}

/** One school with its teachers by name: for those the matrix allows, and every look is logged. */
export async function schoolView(actor: Actor, schoolId: string): Promise<SchoolView | null> {
  const found = await schoolInReach(actor, schoolId)
  if (!found) return null
  const { school, grants } = found
  // Before anything is read: what a head has seen of a teacher is moved by nothing that arrives later.
  await settleShown({ schoolId }, new Date())
  const [teachers, titles, rules] = await Promise.all([store.namedResults(schoolId, levelsOf(grants)), frameworkTitles(), rulesInForce()])
  await openNamed(actor, 'school-results', 'result:named', `school:${schoolId}`, teachers, (t) => t.teacherId, { role: grants[0]!.role })
  const { hideBelow, hatchBelow } = rules.rules
  // A head sees her own school whatever its size: she sees the teachers by name below. An office sees of a school what its list of schools tells.
  const own = grants.some((g) => g.schoolId === schoolId)
  const parts = await Promise.all(
    ['4', '1', '2', '3'].map(async (part) => {
      const series = await store.seriesOfSchool(part, schoolId)
      const base = { part, subjectId: null, levelCodes: null, cycle: null, series, regionId: null, scope: null }
      const { atoms, shows } = await publishedGroups(part, series, null)
      const basis = basisFor(covered(atoms.filter((a) => a.latest)))
      const sums = await store.schoolSums({ ...base, basis })
      const whole = gathered(sums, () => '').get('')
      const alike = whole ? likenessOf(whole.schools) : null
      const ownGroup = gathered(sums, (r) => r.schoolId).get(schoolId)
      const published = (group: Group | undefined, place: string) =>
        shows({ basis, cycle: '', level: '', subject: '', place, indicator: '', own: false }, group?.n ?? 0)
      // Whoever knows the school takes it away from what stands beside it.
      const beside = (group: Group | undefined, place: string) => {
        const rest = (group?.n ?? 0) - (ownGroup?.n ?? 0)
        return !published(group, place) || (rest > 0 && rest < hideBelow)
      }
      const cell = (name: string, group: Group | undefined, hidden: boolean, single = false) =>
        toCell({ code: '', name, group, hidden, roster: 0 }, hatchBelow, alike, single)
      const region = gathered(sums, (r) => r.regionId).get(school.regionId)
      return {
        part,
        title: titles.get(part)?.title ?? part,
        series,
        basis,
        school: cell('Sekolah', ownGroup, !own && !published(ownGroup, ofSchool(schoolId)), true),
        region: cell(school.region.shortName, region, beside(region, school.regionId)),
        province: cell('Provinsi', whole, beside(whole, '')),
      }
    }),
  )
  return {
    school: { id: school.id, name: school.name, npsn: school.npsn, region: school.region.name, level: school.level.name },
    teachers,
    parts,
  }
}

/** The schools that somebody heads: one as a rule, two where a head also fills in at another; by name. */
export async function ownSchools(actor: Actor): Promise<{ id: string; name: string }[]> {
  const ids = schoolIdsOf(allow(actor, 'school:read'))
  return (await store.schoolNames(ids)).map(({ id, name }) => ({ id, name }))
}

/** The school of a head of school: the one that is asked for, else the first. Null where the head has none, or not this one. */
export async function ownSchool(actor: Actor, schoolId?: string): Promise<SchoolView | null> {
  const ids = schoolIdsOf(allow(actor, 'school:read'))
  const id = schoolId ? ids.find((i) => i === schoolId) : ids[0]
  return id ? schoolView(actor, id) : null
}
