import { normalCdf } from '@/lib/psychometrics/distributions'
import { SCALE_CUT } from '@/lib/scoring/model'
import type { Taken } from './build-store'
import { keyOf } from './family'
import type { Gathered } from './gather'

/**
 * Groups that are large enough and whose figure would still tell what none may tell: of one school, or of everybody in them. Pure. They
 * are hidden like small ones, and nothing that is shown gives their figure away (`joint.ts`). Decision 073.
 */

/**
 * A group of which one school is more than four fifths is that school's figure under another name: were the others ten points apart from
 * it, the group's figure would lie within two points of the school's own, nearer than its error.
 */
export const DOMINANT = 0.8

/** A share that rounds to none or all says of everybody what each of them is, percent. */
const NONE_OR_ALL = 0.5

/** Width of the bands in which the spread is told, percent: all in one is as good as a figure of each. */
const BAND = 5

/**
 * Whether one school is most of a group. Where everybody of the school is in it, the school is left to its own figure, if that is one of
 * people enough.
 */
function dominated(
  bySchool: readonly (readonly [id: string, n: number])[],
  whole: ReadonlyMap<string, number>,
  hideBelow: number,
): boolean {
  const n = bySchool.reduce((sum, [, own]) => sum + own, 0)
  const [id, most] = bySchool.reduce((a, x) => (x[1] > a[1] ? x : a))
  return most > DOMINANT * n && (most < hideBelow || most < (whole.get(id) ?? 0))
}

/** Whether everybody of a group stands in one band, or all or none are competent as far as their tests tell. */
function alike(basis: Gathered['slice']['basis'], people: readonly Taken[]): boolean {
  const bands = new Set(people.map((p) => Math.min(100 / BAND - 1, Math.floor((basis === 'raw' ? p.raw : p.mastery!) / BAND))))
  if (bands.size === 1) return true
  if (basis === 'raw' || people.some((p) => p.mean === null || !p.sd)) return false
  const share = (100 * people.reduce((s, p) => s + normalCdf((p.mean! - SCALE_CUT) / p.sd!), 0)) / people.length
  return share < NONE_OR_ALL || share > 100 - NONE_OR_ALL
}

/** Keys of the telling groups among those of `hideBelow` people or more. `skip`: indicators that are told of the same people as the total. */
export function tellingKeys(gathered: ReadonlyMap<string, Gathered>, hideBelow: number, skip: ReadonlySet<string>): Set<string> {
  const found = new Set<string>()
  const wholes = new Map<string, Map<string, number>>()
  for (const { slice: x, places } of gathered.values())
    if (!x.reach && !x.level && !x.subject && !x.status && !x.indicator)
      wholes.set(`${x.basis}|${x.cycle}`, new Map([...places.values()].flatMap((schools) => [...schools].map(([id, s]) => [id, s.n]))))
  for (const { slice, places, people } of gathered.values()) {
    if (skip.has(slice.indicator)) continue
    const byPlace = new Map<string, Taken[]>([['', people]])
    for (const p of people) {
      const own = byPlace.get(p.regionId)
      if (own) own.push(p)
      else byPlace.set(p.regionId, [p])
    }
    const schoolsOf = (place: string) =>
      (place === '' ? [...places.values()] : [places.get(place)!]).flatMap((schools) => [...schools].map(([id, x]) => [id, x.n] as const))
    for (const place of ['', ...places.keys()]) {
      const schools = schoolsOf(place)
      if (schools.reduce((sum, [, n]) => sum + n, 0) < hideBelow) continue
      const own = byPlace.get(place) ?? []
      if (
        dominated(schools, wholes.get(`${slice.basis}|${slice.cycle}`) ?? new Map(), hideBelow) ||
        (own.length > 0 && alike(slice.basis, own))
      )
        found.add(keyOf({ ...slice, place }))
    }
  }
  return found
}
