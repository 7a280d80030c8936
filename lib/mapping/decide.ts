import { familyOf, type Atom, type Reach } from './family'
import { groupBy } from '@/lib/platform/group'
import { publishJointly, type Candidate, type Vector } from './joint'
import { basisFor } from './model'
import { boundsOf, determined } from './secrecy'

/** Which groups of one part a snapshot shows. Pure. */

const people = (atoms: readonly Atom[]) => atoms.reduce((s, a) => s + a.n, 0)

type Known = { key: string; n: number; of: string; vector: Vector }

export type Decided = {
  /** The groups that are shown, with how many people each was decided for. */
  shown: Map<string, number>
  /** For whoever looks whether it holds: what is open, of this snapshot and earlier ones, and what must not be found from it. */
  cells: number
  known: readonly Vector[]
  open: Known[]
  hidden: Known[]
  /** Few who came or went between two figures of a group. */
  moved: Known[]
  candidates: Candidate[]
}

const difference = (a: Vector, b: Vector): [number, number][] => {
  const times = new Map<number, number>()
  for (const [c, t] of a) times.set(c, (times.get(c) ?? 0) + t)
  for (const [c, t] of b) times.set(c, (times.get(c) ?? 0) - t)
  return [...times].filter(([, t]) => t !== 0)
}

/**
 * Decides all groups of a part together, beside what was `published` before (keys by snapshot, in the order of `Atom.before`). `never`: keys
 * that are hidden whatever their number. `telling`: keys whose figure must not be found either.
 */
export function decide(
  atoms: readonly Atom[],
  reaches: readonly Reach[],
  published: readonly ReadonlySet<string>[],
  hideBelow: number,
  telling: ReadonlySet<string> = new Set(),
): (never?: ReadonlySet<string>) => Decided {
  const latest = atoms.filter((a) => a.now?.latest)
  const first = basisFor({ n: people(latest), measured: people(latest.filter((a) => a.now!.measured)) })
  const { sizes, known, candidates, before } = familyOf(atoms, reaches, first)
  // People of an elementary cell, counted by one of its three sides.
  const count = (v: Vector) => v.reduce((s, [c, t]) => s + Math.abs(t) * sizes[c]!, 0)
  const open: Decided['open'] = []
  const shut: Decided['hidden'] = []
  const now = new Map(candidates.map((c) => [c.key, c]))
  before.forEach((groups, k) => {
    for (const [key, g] of groups) {
      const name = `${key}@${k}`
      if (!published[k]!.has(key)) shut.push({ key: name, ...g })
      else open.push({ key: name, ...g })
    }
  })
  // Who came or went between two figures of one group are a group too.
  const moved: Decided['hidden'] = before.flatMap((groups, k) =>
    [...groups].flatMap(([key, g]) => {
      const same = now.get(key)
      if (!same || !published[k]!.has(key)) return []
      const vector = difference(
        same.cells.map((c) => [c, 1] as const),
        g.vector,
      )
      const n = count(vector)
      return n > 0 && n < hideBelow ? [{ key: `${key}@${k}/moved`, n, of: g.of, vector }] : []
    }),
  )
  const told = { open, shut: [...shut.filter((s) => s.n < hideBelow), ...moved] }
  const asVector = (c: (typeof candidates)[number]) => ({ key: c.key, n: c.n, of: c.of, vector: c.cells.map((i) => [i, 1] as const) })
  return (never = new Set()) => {
    const chosen = publishJointly(sizes.length, known, candidates, hideBelow, told, { never, telling })
    return {
      shown: new Map(candidates.flatMap((c) => (chosen.has(c.key) ? [[c.key, c.n] as const] : []))),
      cells: sizes.length,
      known,
      open: [...open, ...candidates.filter((c) => chosen.has(c.key)).map(asVector)],
      hidden: candidates.filter((c) => !chosen.has(c.key)).map(asVector),
      moved,
      candidates,
    }
  }
}

/** By what a group is narrowed; a school is a place and a level. */
function narrowedBy(key: string): string[] {
  const [, cycle, level, subject, status, place, indicator, reach] = key.split('|')
  const said = { cycle, level, subject, status, place, indicator, reach }
  const own = Object.entries(said).flatMap(([name, value]) => (value ? [name] : []))
  return place!.startsWith('school:') ? [...own, 'school'] : own
}
const breadthOf = (key: string): number => narrowedBy(key).filter((d) => d !== 'reach').length

/** Rounds in which neighbours are hidden before less is told. */
const SIBLING_ROUNDS = 8

/**
 * The same, looked at by the audit and decided again until no hidden group is given away and none of the few is bounded too narrowly: each
 * time the smallest shown neighbour in every line of such a group is hidden as well, and where there are too few people for that, less is told. Answers what the audit found in the end.
 */
export async function decideSafely(
  decideWith: (never: ReadonlySet<string>) => Decided,
  hideBelow: number,
  tell: (words: string) => Promise<void> = async () => undefined,
): Promise<Decided & { determined: string[]; narrow: string[] }> {
  const never = new Set<string>()
  let narrow: ReturnType<typeof boundsOf> | null = null
  /** Groups whose bounds left enough people open. */
  const wide = new Set<string>()
  let breadth = 3
  /** Groups that hiding neighbours did not free, or that have none left. */
  let stuck = new Set<string>()
  for (let round = 1; ; round++) {
    const decided = decideWith(never)
    const few = decided.hidden.filter((h) => h.n < hideBelow)
    // The number of nobody few may be found from all numbers, nor any hidden figure from figures of its kind. How many came or went may be
    // known, not what they scored.
    const counted = determined(decided.known, decided.open, few)
    const solved = (open: Decided['open']) =>
      [...groupBy([...decided.hidden, ...decided.moved], (h) => h.of)].flatMap(
        ([of, shut]) =>
          determined(
            decided.known,
            open.filter((o) => o.of === of),
            shut,
          ).keys,
      )
    // What was published before gives this away by itself: hiding more now takes nothing back.
    const ours = new Set(decided.candidates.map((c) => c.key))
    const earlier = decided.open.filter((o) => !ours.has(o.key))
    const before = earlier.length ? determined(decided.known, earlier, few) : { keys: [], basis: [] }
    const given = new Set(earlier.length ? [...solved(earlier), ...before.keys] : [])
    const told = { keys: [...new Set([...counted.keys, ...solved(decided.open)])].filter((k) => !given.has(k)), basis: counted.basis }
    narrow ??= boundsOf(decided.cells, decided.known)
    // Every round opens less, so that what was wide enough stays so; only the last look is at everybody again.
    const unsure = few.filter((f) => !wide.has(f.key))
    let found = await narrow(told.basis, unsure)
    if (!found.length && unsure.length < few.length) found = await narrow(told.basis, few)
    for (const f of unsure) if (!found.some((b) => b.key === f.key)) wide.add(f.key)
    for (const b of found) wide.delete(b.key)
    const close = few.filter((f) => found.some((b) => b.key === f.key))
    const narrowed = new Set(earlier.length && close.length ? (await narrow(before.basis, close)).map((b) => b.key) : [])
    const bounded = found.filter((b) => !narrowed.has(b.key) && !given.has(b.key))
    const tight = bounded.map((b) => b.key)
    if (!tight.length && !told.keys.length) return { ...decided, determined: told.keys, narrow: tight }
    await tell(`putaran ${round}: ${tight.length} kelompok masih terlalu terbuka`)
    const lines = new Map<string, Candidate[]>()
    for (const c of decided.candidates) for (const w of c.wholes) lines.set(w.line, [...(lines.get(w.line) ?? []), c])
    const byKey = new Map(decided.candidates.map((c) => [c.key, c]))
    // What is hidden once stays hidden, so that every round opens less than the one before.
    for (const h of decided.hidden) never.add(h.key)
    const size = never.size
    const may = (c: Candidate | undefined): c is Candidate => !!c && decided.shown.has(c.key) && !never.has(c.key)
    const open = [...tight, ...told.keys]
    for (const key of open) {
      const own = byKey.get(key)?.wholes ?? []
      const least = own.flatMap((w) => (lines.get(w.line) ?? []).filter(may).sort((a, b) => a.n - b.n)[0] ?? [])
      for (const c of least) never.add(c.key)
      if (!least.length) stuck.add(key)
    }
    // Of what still bounds a group that its neighbours did not free, the least useful goes; what is narrowed once stays.
    for (const { key, by } of bounded) {
      if (!stuck.has(key)) continue
      const binding = new Set(by)
      const least = decided.candidates.findLast((c) => binding.has(c.key) && may(c) && breadthOf(c.key) > 1)
      if (least) never.add(least.key)
    }
    stuck = new Set(open)
    // Where that does not do, nothing is told that is narrowed in the same way or further, then what is narrowed more than once, then at all.
    if (never.size === size || round % SIBLING_ROUNDS === 0) {
      const ways = open.flatMap((key) => (byKey.has(key) ? [narrowedBy(key)] : [])).filter((way) => way.length > 1)
      for (const c of decided.candidates) {
        const own = narrowedBy(c.key)
        if (may(c) && ways.some((way) => way.every((d) => own.includes(d)))) never.add(c.key)
      }
      if (never.size > size) continue
      const most = --breadth
      if (most < 0) return { ...decided, determined: told.keys, narrow: tight }
      for (const c of decided.candidates) if (breadthOf(c.key) > most) never.add(c.key)
    }
  }
}
