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

/**
 * Takes away from `v` what the rows account for: every row is solved for one cell that no other row has, so that one pass over the cells of `v` does.
 */
function reduce(v: Sparse, rows: ReadonlyMap<number, Sparse>): void {
  for (const [pivot, factor] of [...v]) {
    const row = rows.get(pivot)
    if (!row) continue
    for (const [cell, value] of row) {
      const next = ((v.get(cell) ?? 0) + (P - ((factor * value) % P))) % P
      if (next === 0) v.delete(cell)
      else v.set(cell, next)
    }
  }
}

/** Keys of hidden figures that sums and differences of open ones give exactly, and the open figures that no others give. */
export function determined(
  known: readonly Vector[],
  open: readonly Figure[],
  hidden: readonly Figure[],
): { keys: string[]; basis: Figure[] } {
  const rows = new Map<number, Sparse>()
  /** By cell that no row is solved for: the rows that have it. */
  const having = new Map<number, Set<number>>()
  const note = (cell: number, pivot: number) => {
    const found = having.get(cell) ?? new Set<number>()
    if (found.size === 0) having.set(cell, found)
    found.add(pivot)
  }
  const take = (vector: Vector): boolean => {
    const v = sparse(vector)
    reduce(v, rows)
    if (v.size === 0) return false
    // The cell that the fewest rows have: solving for it fills the least.
    let [pivot, least] = [-1, Infinity]
    for (const cell of v.keys()) {
      const many = having.get(cell)?.size ?? 0
      if (many < least) [pivot, least] = [cell, many]
    }
    const scale = power(v.get(pivot)!, P - 2)
    const row: Sparse = new Map([...v].map(([cell, value]) => [cell, (value * scale) % P]))
    for (const other of having.get(pivot) ?? []) {
      const theirs = rows.get(other)!
      const factor = theirs.get(pivot)!
      for (const [cell, value] of row) {
        const next = ((theirs.get(cell) ?? 0) + (P - ((factor * value) % P))) % P
        if (next === 0) {
          theirs.delete(cell)
          if (cell !== pivot) having.get(cell)?.delete(other)
        } else {
          theirs.set(cell, next)
          note(cell, other)
        }
      }
    }
    having.delete(pivot)
    for (const cell of row.keys()) if (cell !== pivot) note(cell, pivot)
    rows.set(pivot, row)
    return true
  }
  for (const k of known) take(k)
  const basis = open.filter((f) => take(f.vector))
  const told = new Map<string, boolean>()
  const keys = hidden.flatMap((h) => {
    const name = h.vector.map(([c, t]) => `${c}*${t}`).join()
    const found = told.get(name)
    if (found !== undefined) return found ? [h.key] : []
    const v = sparse(h.vector)
    reduce(v, rows)
    told.set(name, v.size === 0)
    return v.size === 0 ? [h.key] : []
  })
  return { keys, basis }
}

/** So many people on each side a hidden number must be able to lie. */
export const OPEN_TO_EACH_SIDE = 5

type Bounded = { keys: string[]; n: number; vector: Vector; low: number; high: number; by: Set<string> }

/** Hidden groups that are bounded too narrowly, each with the open figures that bound it. */
export type Narrow = { key: string; by: string[] }[]
const enoughAbove = (n: number) => n + OPEN_TO_EACH_SIDE
const enoughBelow = (n: number) => Math.max(1, n - OPEN_TO_EACH_SIDE)
/** A programme meets its limits to a millionth. */
const NEARLY = 1e-6
const highEnough = (g: Bounded) => g.high >= enoughAbove(g.n) - NEARLY
const lowEnough = (g: Bounded) => g.low <= enoughBelow(g.n) + NEARLY

/** So many groups that are bounded too narrowly are enough to go on with; none is only answered when all were looked at. */
const ENOUGH = 40

/** A way in which everybody could be spread over the elementary cells. */
type Spread = Float64Array
const sumOf = (v: Vector, x: Spread) => v.reduce((s, [c, t]) => s + t * x[c]!, 0)

type Term = readonly [column: number, times: number]
const text = (terms: readonly Term[]) =>
  terms.map(([c, t]) => `${t < 0 ? '-' : '+'} ${Math.abs(t) === 1 ? '' : `${Math.abs(t)} `}x${c}`).join(' ')

/**
 * Cells that stand in the same rows and the same groups as one column: nothing asks for them apart. Answers columns with one of their cells,
 * and rows and groups over columns.
 */
function columnsOf(cells: number, rows: readonly Vector[], groups: readonly Vector[]) {
  const names = Array.from({ length: cells }, () => '')
  for (const [i, v] of [...rows, ...groups].entries()) for (const [c, t] of v) names[c] += `${i}*${t};`
  const columns = new Map<string, number>()
  const first: number[] = []
  const columnOf = names.map((name, c) => {
    const found = columns.get(name)
    if (found !== undefined) return found
    columns.set(name, columns.size)
    return first.push(c) - 1
  })
  const over = (v: Vector): Term[] => [...new Map(v.map(([c, t]) => [columnOf[c]!, t] as const))]
  return { first, over }
}

/** Lets whatever else this process does have its turn between two programmes. */
const breath = () => new Promise((done) => setImmediate(done))

/**
 * Bounds of hidden numbers, by linear programmes over how many people each of `cells` elementary cells may hold. One that is asked again
 * remembers the spreads that it has found and first tries whether they still agree with what is open.
 */
export function boundsOf(cells: number, known: readonly Vector[]) {
  const found: Spread[] = []
  /**
   * Keys of hidden groups whose number the open ones bound more narrowly than `OPEN_TO_EACH_SIDE`. Everybody knows that a hidden group holds
   * somebody, so that below it is bounded by one.
   */
  return async (basis: readonly Figure[], hidden: readonly Figure[]): Promise<Narrow> => {
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
    for (const x of found) if (basis.every((f) => Math.abs(sumOf(f.vector, x) - f.n) < NEARLY)) learn(x)
    if (all.every((g) => highEnough(g) && lowEnough(g))) return []
    const highs = await loadHighs({})
    const { first, over } = columnsOf(
      cells,
      [...known, ...basis.map((f) => f.vector)],
      all.map((g) => g.vector),
    )
    const rows = [
      ...known.map((k, i) => [`k${i}`, text(over(k)), 0] as const),
      ...basis.map((f, i) => [`o${i}`, text(over(f.vector)), f.n] as const),
    ].flatMap(([name, terms, n]) => (terms ? [`${name}: ${terms} = ${n}`] : []))
    const terms = new Map(all.map((g) => [g, text(over(g.vector))]))
    /** Solves for one aim; the open figures that hold it back. */
    const push = async (aim: string, more: readonly string[] = []): Promise<{ unbounded: boolean; by: string[] }> => {
      await breath()
      const solved = highs.solve(`${aim}\nSubject To\n${[...rows, ...more].join('\n')}\nEnd`)
      if (solved.Status === 'Unbounded' || solved.Status === 'Primal infeasible or unbounded') return { unbounded: true, by: [] }
      if (solved.Status !== 'Optimal') throw new Error(`The bounds of hidden numbers could not be solved: ${solved.Status}`)
      const columns = solved.Columns as Record<string, { Primal?: number }>
      const x = new Float64Array(cells)
      first.forEach((cell, column) => (x[cell] = columns[`x${column}`]?.Primal ?? 0))
      found.push(x)
      learn(x)
      const by = (solved.Rows as { Name?: string; Dual?: number }[]).flatMap((r) =>
        r.Name?.startsWith('o') && Math.abs(r.Dual ?? 0) > 1e-7 ? [basis[Number(r.Name.slice(1))]!.key] : [],
      )
      return { unbounded: false, by }
    }
    // All at once first: each as far as it needs, so that few are left to be asked one by one.
    const together = async (most: boolean) => {
      for (let before = Infinity; ;) {
        const left = all.filter((g) => !(most ? highEnough(g) : lowEnough(g)))
        if (left.length < 3 || left.length > 0.9 * before) return
        before = left.length
        const aim = `${most ? 'Maximize' : 'Minimize'}\nobj: ${left.map((_, i) => `+ t${i}`).join(' ')}`
        const { unbounded } = await push(
          aim,
          left.flatMap((g, i) => [
            `g${i}: ${terms.get(g)!} - t${i} ${most ? '>=' : '<='} 0`,
            `b${i}: t${i} ${most ? '<=' : '>='} ${most ? enoughAbove(g.n) : enoughBelow(g.n)}`,
          ]),
        )
        if (unbounded) return
      }
    }
    await together(true)
    await together(false)
    const tight: Bounded[] = []
    for (const g of all) {
      for (const most of [true, false]) {
        if (most ? highEnough(g) : lowEnough(g)) continue
        const solved = await push(`${most ? 'Maximize' : 'Minimize'}\nobj: ${terms.get(g)!}`)
        if (solved.unbounded) g.high = Infinity
        for (const key of solved.by) g.by.add(key)
      }
      if (highEnough(g) && lowEnough(g)) continue
      tight.push(g)
      if (tight.length === ENOUGH) break
    }
    return tight.flatMap((g) => g.keys.map((key) => ({ key, by: [...g.by] })))
  }
}
