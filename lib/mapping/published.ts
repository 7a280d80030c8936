import { createHash } from 'node:crypto'
import type { Scope } from '@/lib/access/model'
import { isWhole, reaching } from '@/lib/access/reach'
import { rulesInForce } from '@/lib/standards/service'
import { familyOf, keyOf, type Asked, type Atom } from './family'
import { publishJointly } from './joint'
import { basisFor } from './model'
import * as store from './store'

/** What is decided about one competency and series: the published groups with how many people each was decided for. */
type Decision = ReadonlyMap<string, number>

/** Decisions that were made, by everything that they follow from: an entry can be forgotten, never wrong. */
const made = new Map<string, Decision>()
const KEPT = 64

type Counted = Awaited<ReturnType<typeof store.atoms>>
/** Countings that are under way: views of one page are decided by one. */
const counting = new Map<string, Promise<Counted>>()
function count(part: string, series: string | null): Promise<Counted> {
  const name = `${part}|${series ?? ''}`
  const running = counting.get(name) ?? store.atoms(part, series).finally(() => counting.delete(name))
  counting.set(name, running)
  return running
}

/** Whether people are within the reach of whoever asks. */
export const inReach = (scope: Scope, a: Atom): boolean =>
  reaching(scope, { regionId: a.regionId, schoolId: a.schoolId, levelCode: a.level }).length > 0

const people = (atoms: readonly { n: number }[]) => atoms.reduce((s, a) => s + a.n, 0)

/** How many are tested, how many of them are measured, and when the last of them handed in. */
export const covered = (atoms: Counted) => ({
  n: people(atoms),
  measured: people(atoms.filter((a) => a.measured)),
  last: atoms.reduce<Date | null>((last, a) => (a.last && (!last || a.last > last) ? a.last : last), null),
})

/**
 * Which groups of one competency and one series may be shown, the one place that says so: to screens, files, the page of a school and
 * every filter alike. `scope` is that of whoever asks; null where a school is held against everybody. Decided for all of them together, and again as soon as anybody is tested, measured
 * or released: the people are counted each time, only the deciding is remembered. `shows` wants the number of people of the figure: one of
 * others than those who were counted is never shown.
 */
export async function publishedGroups(
  part: string,
  series: string | null,
  scope: Scope | null,
): Promise<{ atoms: Counted; shows: (asked: Asked, n: number) => boolean }> {
  const [atoms, { rules }] = await Promise.all([count(part, series), rulesInForce()])
  const facts = JSON.stringify([rules.hideBelow, scope, atoms.map(({ last: _, ...a }) => a)])
  const name = createHash('sha256').update(facts).digest('base64')
  let decided = made.get(name)
  if (!decided) {
    const family = familyOf(
      atoms,
      scope && !isWhole(scope) ? (a) => inReach(scope, a) : () => false,
      basisFor(covered(atoms.filter((a) => a.latest))),
    )
    const published = publishJointly(family.cells, family.known, family.candidates, rules.hideBelow)
    decided = new Map(family.candidates.flatMap((c) => (published.has(c.key) ? [[c.key, c.n] as const] : [])))
    if (made.size >= KEPT) made.delete(made.keys().next().value!)
    made.set(name, decided)
  }
  const found = decided
  return { atoms, shows: (asked, n) => found.get(keyOf(asked)) === n }
}
