import loadHighs from 'highs'
import type { Vector } from './joint'

/**
 * The audit of a publication: what somebody finds who holds everything that is open, earlier snapshots included, and solves. It shares
 * nothing with the code that decided what to hide, so that it can find it wrong. Pure arithmetic; HiGHS solves the bounds.
 */

type Figure = { key: string; n: number; vector: Vector }

/** Another prime than the deciding one's: products of two residues stay exact in a double. */
const P = 33_554_393

const power = (x: number, e: number): number => {
  let [out, base, left] = [1, x, e]
  while (left > 0) {
    if (left % 2 === 1) out = (out * base) % P
    base = (base * base) % P
    left = Math.floor(left / 2)
  }
  return out
}

type Sparse = Map<number, number>

const sparse = (v: Vector): Sparse => {
  const out: Sparse = new Map()
  for (const [cell, times] of v) out.set(cell, (((out.get(cell) ?? 0) + times) % P) + (times < 0 ? P : 0))
  for (const [cell, value] of out) {
    const left = value % P
    if (left === 0) out.delete(cell)
    else out.set(cell, left)
  }
  return out
}

/** Takes away from `v` what the rows, by their lowest cell, account for. */
function reduce(v: Sparse, rows: ReadonlyMap<number, Sparse>): number | null {
  for (;;) {
    let lowest = Infinity
    for (const cell of v.keys()) if (cell < lowest && rows.has(cell)) lowest = cell
    if (lowest === Infinity) break
    const factor = v.get(lowest)!
    for (const [cell, value] of rows.get(lowest)!) {
      const next = ((v.get(cell) ?? 0) + (P - ((factor * value) % P))) % P
      if (next === 0) v.delete(cell)
      else v.set(cell, next)
    }
  }
  let pivot: number | null = null
  for (const cell of v.keys()) if (pivot === null || cell < pivot) pivot = cell
  return pivot
}

/** Keys of hidden figures that sums and differences of open ones give exactly, and the open figures that no others give. */
export function determined(
  known: readonly Vector[],
  open: readonly Figure[],
  hidden: readonly Figure[],
): { keys: string[]; basis: Figure[] } {
  const rows = new Map<number, Sparse>()
  const take = (vector: Vector): boolean => {
    const v = sparse(vector)
    const pivot = reduce(v, rows)
    if (pivot === null) return false
    const scale = power(v.get(pivot)!, P - 2)
    rows.set(pivot, new Map([...v].map(([cell, value]) => [cell, (value * scale) % P])))
    return true
  }
  for (const k of known) take(k)
  const basis = open.filter((f) => take(f.vector))
  const told = new Map<string, boolean>()
  const keys = hidden.flatMap((h) => {
    const name = h.vector.map(([c, t]) => `${c}*${t}`).join()
    const known = told.get(name) ?? reduce(sparse(h.vector), rows) === null
    told.set(name, known)
    return known ? [h.key] : []
  })
  return { keys, basis }
}

/** So many people on each side a hidden number must be able to lie. */
export const OPEN_TO_EACH_SIDE = 5

type Bounded = { keys: string[]; n: number; vector: Vector; low: number; high: number; by: Set<string> }

/** Hidden groups that are bounded too narrowly, each with the open figures that bound it. */
export type Narrow = { key: string; by: string[] }[]
const highEnough = (g: Bounded) => g.high >= g.n + OPEN_TO_EACH_SIDE
const lowEnough = (g: Bounded) => g.low <= Math.max(1, g.n - OPEN_TO_EACH_SIDE)

/** So many groups that are bounded too narrowly are enough to go on with; none is only answered when all were looked at. */
const ENOUGH = 40

/** A way in which everybody could be spread over the elementary cells. */
type Spread = Float64Array
const sumOf = (v: Vector, x: Spread) => v.reduce((s, [c, t]) => s + t * x[c]!, 0)

/**
 * Bounds of hidden numbers, by linear programmes over how many people each of `cells` elementary cells may hold. One that is asked again
 * remembers the spreads that it has found and first tries whether they still agree with what is open.
 */
export function boundsOf(cells: number, known: readonly Vector[]) {
  const found: Spread[] = []
  const term = (v: Vector) => v.map(([c, t]) => `${t < 0 ? '-' : '+'} ${Math.abs(t) === 1 ? '' : `${Math.abs(t)} `}x${c}`).join(' ')
  const always = known.map((k, i) => `k${i}: ${term(k)} = 0`)
  /**
   * Keys of hidden groups whose number the open ones bound more narrowly than `OPEN_TO_EACH_SIDE`. Everybody knows that a hidden group holds
   * somebody, so that below it is bounded by one.
   */
  return async (basis: readonly Figure[], hidden: readonly Figure[]): Promise<Narrow> => {
    const highs = await loadHighs({})
    const groups = new Map<string, Bounded>()
    for (const h of hidden) {
      if (h.vector.some(([, t]) => t < 0)) continue
      const name = h.vector.map(([c]) => c).join()
      const same = groups.get(name)
      if (same) same.keys.push(h.key)
      else groups.set(name, { keys: [h.key], n: h.n, vector: h.vector, low: h.n, high: h.n, by: new Set() })
    }
    const all = [...groups.values()]
    const learn = (x: Spread) => {
      for (const g of all) {
        const value = sumOf(g.vector, x)
        g.low = Math.min(g.low, value)
        g.high = Math.max(g.high, value)
      }
    }
    for (const x of found) if (basis.every((f) => Math.abs(sumOf(f.vector, x) - f.n) < 1e-6)) learn(x)
    const rows = [...always, ...basis.map((f, i) => `o${i}: ${term(f.vector)} = ${f.n}`)].join('\n')
    const push = (direction: 'Maximize' | 'Minimize', g: Bounded) => {
      const solved = highs.solve(`${direction}\nobj: ${term(g.vector)}\nSubject To\n${rows}\nEnd`)
      if (solved.Status === 'Unbounded' || solved.Status === 'Primal infeasible or unbounded') {
        g.high = Infinity
        return
      }
      if (solved.Status !== 'Optimal') throw new Error(`The bounds of hidden numbers could not be solved: ${solved.Status}`)
      const columns = solved.Columns as Record<string, { Primal?: number }>
      const x = Float64Array.from({ length: cells }, (_, c) => columns[`x${c}`]?.Primal ?? 0)
      found.push(x)
      learn(x)
      for (const row of solved.Rows as { Name?: string; Dual?: number }[])
        if (row.Name?.startsWith('o') && Math.abs(row.Dual ?? 0) > 1e-7) g.by.add(basis[Number(row.Name.slice(1))]!.key)
    }
    const tight: Bounded[] = []
    for (const g of all) {
      if (!highEnough(g)) push('Maximize', g)
      if (!lowEnough(g)) push('Minimize', g)
      if (highEnough(g) && lowEnough(g)) continue
      tight.push(g)
      if (tight.length === ENOUGH) break
    }
    return tight.flatMap((g) => g.keys.map((key) => ({ key, by: [...g.by] })))
  }
}
