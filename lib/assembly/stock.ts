import { covers, ready, type Candidate, type Row, type Spec } from './linear-program'

/**
 * What a bank can carry, before any solver is asked: items of one family and items that exclude each other fill one place of a form together,
 * not one each. Everything here is a bound from above. It never promises a form (reading time, places of keys, shared texts and rows that
 * overlap are weighed by the solver alone), and it never denies one that the solver would find. Pure.
 */

type Stocked = Pick<Candidate, 'id' | 'family'>

/**
 * Groups of which a form takes one item at most. Each member excludes every other, so any such grouping is a true bound; the greedy
 * one keeps families whole.
 */
export function exclusive<T extends Stocked>(items: readonly T[], enemies: Spec['enemies']): T[][] {
  const apart = new Set(enemies.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]))
  const excludes = (a: T, b: T) => (a.family !== null && a.family === b.family) || apart.has(`${a.id} ${b.id}`)
  const groups: T[][] = []
  for (const item of [...items].sort((a, b) => Number(b.family !== null) - Number(a.family !== null))) {
    const own = groups.find((g) => g.every((other) => excludes(other, item)))
    if (own) own.push(item)
    else groups.push([item])
  }
  return groups
}

/** How many places of all forms together these items fill at most. */
function places(items: readonly Candidate[], spec: Spec): number {
  const shared = spec.anchors ? items.filter((c) => c.anchor) : []
  const own = exclusive(
    items.filter((c) => !shared.includes(c)),
    spec.enemies,
  )
  const most = Math.min(spec.most, spec.forms)
  return (
    spec.forms * Math.min(spec.anchors, exclusive(shared, spec.enemies).length) +
    own.reduce((sum, group) => sum + Math.min(spec.forms, most * group.length), 0)
  )
}

/** How many different items a row needs over all forms, at least. */
function needed(row: Row, candidates: readonly Candidate[], spec: Spec): number {
  const anchors = Math.min(spec.anchors, row.count, candidates.filter((c) => c.anchor && covers(row, c)).length)
  return anchors + Math.ceil(((row.count - anchors) * spec.forms) / Math.min(spec.most, spec.forms))
}

/** Rows of which no item answers two, as many asked for as a greedy choice finds. */
function apartFrom(rows: readonly Row[], pool: readonly Candidate[]): Row[] {
  const taken: Row[] = []
  for (const row of [...rows].sort((a, b) => b.count - a.count))
    if (!taken.some((t) => pool.some((c) => covers(t, c) && covers(row, c)))) taken.push(row)
  return taken.sort((a, b) => a.number - b.number)
}

/** What cannot be met, row by row; empty where only the solver can tell. */
export function shortages(candidates: readonly Candidate[], spec: Spec): string[] {
  const pool = ready(candidates, spec)
  const together = (what: string, have: number, filled: number, asked: number) =>
    `${what} ${have} butir siap, tetapi sebagian sekeluarga atau bermusuhan: dari ${asked} tempat yang diminta di ${spec.forms} formulir, paling banyak ${filled} terisi.`
  const out = spec.rows.flatMap((row) => {
    const own = pool.filter((c) => covers(row, c))
    const need = needed(row, pool, spec)
    if (own.length < need) return [`Baris ${row.number} kisi-kisi hanya punya ${own.length} butir siap, butuh ${need}.`]
    const [filled, asked] = [places(own, spec), row.count * spec.forms]
    return filled < asked ? [together(`Baris ${row.number} kisi-kisi punya`, own.length, filled, asked)] : []
  })
  const disjoint = apartFrom(spec.rows, pool)
  const asked = disjoint.reduce((sum, r) => sum + r.count, 0)
  if (asked > spec.length)
    out.push(`Baris ${disjoint.map((r) => r.number).join(', ')} meminta ${asked} butir berlainan, formulir hanya memuat ${spec.length}.`)
  const anchors = exclusive(
    pool.filter((c) => c.anchor),
    spec.enemies,
  ).length
  if (anchors < spec.anchors) out.push(`Hanya ${anchors} butir jangkar siap, butuh ${spec.anchors}.`)
  const distinct = spec.anchors + Math.ceil(((spec.length - spec.anchors) * spec.forms) / Math.min(spec.most, spec.forms))
  if (pool.length < distinct)
    out.push(`Hanya ${pool.length} butir siap, ${spec.forms} formulir berisi ${spec.length} butir membutuhkan ${distinct}.`)
  else if (places(pool, spec) < spec.length * spec.forms)
    out.push(together('Bank punya', pool.length, places(pool, spec), spec.length * spec.forms))
  return out
}

/** Forms that assembly is asked for at once, at most. */
export const MOST_FORMS = 6

/** A blueprint's forms without a common item: nothing else is asked of them, so that the bound holds for every wish. */
const bare = (forms: number, blueprint: { length: number; rows: Row[] }, enemies: Spec['enemies']): Spec => ({
  ...blueprint,
  forms,
  points: [],
  seconds: null,
  words: null,
  anchors: 0,
  most: 1,
  overlap: 0,
  exposure: null,
  enemies,
})

export type Carried = {
  /** Forms without a common item, at most; `MOST_FORMS` may stand for more. */
  forms: number
  /** Why not one more; empty at `MOST_FORMS`. */
  lacks: string[]
}

/** How many forms without a common item a blueprint can give at most. */
export function carried(candidates: readonly Candidate[], blueprint: { length: number; rows: Row[] }, enemies: Spec['enemies']): Carried {
  for (let forms = 1; forms <= MOST_FORMS; forms++) {
    const lacks = shortages(candidates, bare(forms, blueprint, enemies))
    if (lacks.length) return { forms: forms - 1, lacks }
  }
  return { forms: MOST_FORMS, lacks: [] }
}

/** The same for one row alone, and how many of its items a single form can hold. */
export function carriedByRow(
  candidates: readonly Candidate[],
  row: Row,
  enemies: Spec['enemies'],
): { ready: number; together: number; forms: number } {
  const own = candidates.filter((c) => covers(row, c))
  return {
    ready: own.length,
    together: exclusive(own, enemies).length,
    forms: carried(own, { length: row.count, rows: [row] }, enemies).forms,
  }
}
