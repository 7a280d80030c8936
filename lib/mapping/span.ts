/** The largest prime below 2²⁶: products of two residues stay exact in a double. What is a sum of published figures modulo it is one in whole numbers but for odd chance. */
const P = 67_108_859

const mod = (x: number): number => {
  const r = x - P * Math.floor(x / P)
  return r >= P ? r - P : r < 0 ? r + P : r
}

function inverse(a: number): number {
  let [r, s, x, y] = [P, a, 0, 1]
  while (s !== 0) {
    const q = Math.floor(r / s)
    ;[r, s] = [s, r - q * s]
    ;[x, y] = [y, x - q * y]
  }
  return mod(x)
}

/**
 * What is left of a figure when all published ones are taken away as far as they go, cells in rising order; equal remainders up to a factor
 * mean: one gives the other. Few cells are left of most figures, however many there are.
 */
export type Residual = { at: Int32Array; value: Float64Array }

/** Numbers of rows that wait, lowest first. */
class Waiting {
  private heap: number[] = []
  put(x: number): void {
    let i = this.heap.push(x) - 1
    for (let up = (i - 1) >> 1; i > 0 && this.heap[up]! > x; up = (i - 1) >> 1) {
      this.heap[i] = this.heap[up]!
      i = up
    }
    this.heap[i] = x
  }
  take(): number | undefined {
    const [first] = this.heap
    const last = this.heap.pop()
    if (last === undefined || !this.heap.length) return first
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= this.heap.length) break
      if (child + 1 < this.heap.length && this.heap[child + 1]! < this.heap[child]!) child++
      if (this.heap[child]! >= last) break
      this.heap[i] = this.heap[child]!
      i = child
    }
    this.heap[i] = last
    return first
  }
}

/** The span of published figures over elementary cells, and which remainders must never fall into it. Pure arithmetic. */
export class Span {
  /** Published figures, each with one at its first cell and nothing at the first cells of those before it. */
  private readonly rows: Residual[] = []
  /** By cell: the row that begins with it. */
  private readonly rowAt: Int32Array
  private readonly work: Float64Array
  /** Protected remainders by their proportion, and by the cells that they have. */
  private readonly guarded = new Map<string, Residual>()
  private readonly having = new Map<number, Set<string>>()

  constructor(cells: number) {
    this.rowAt = new Int32Array(cells).fill(-1)
    this.work = new Float64Array(cells)
  }

  residual(terms: Iterable<readonly [cell: number, times: number]>): Residual {
    const touched: number[] = []
    for (const [cell, times] of terms) {
      touched.push(cell)
      this.work[cell] = mod(this.work[cell]! + times)
    }
    return this.reduced(touched)
  }

  /** What the rows leave of the work sheet, which is clean again afterwards. */
  private reduced(touched: number[]): Residual {
    const { work, rowAt, rows } = this
    const waiting = new Waiting()
    for (const cell of touched) if (rowAt[cell]! >= 0) waiting.put(rowAt[cell]!)
    for (let r = waiting.take(); r !== undefined; r = waiting.take()) {
      const { at, value } = rows[r]!
      const factor = work[at[0]!]!
      if (factor === 0) continue
      for (let k = 0; k < at.length; k++) {
        const cell = at[k]!
        if (work[cell] === 0) {
          touched.push(cell)
          // A row has nothing where an earlier one begins.
          if (rowAt[cell]! > r) waiting.put(rowAt[cell]!)
        }
        work[cell] = mod(work[cell]! - mod(factor * value[k]!))
      }
    }
    const at = Int32Array.from(new Set(touched.filter((cell) => work[cell] !== 0))).sort()
    const value = Float64Array.from(at, (cell) => work[cell]!)
    for (const cell of touched) work[cell] = 0
    return { at, value }
  }

  isZero(v: Residual): boolean {
    return v.at.length === 0
  }

  private scaled(v: Residual): Residual {
    const scale = inverse(v.value[0]!)
    return { at: v.at, value: v.value.map((x) => mod(x * scale)) }
  }

  private static nameOf = (v: Residual): string => `${v.at.join()}:${v.value.join()}`

  /** Whether publishing a figure with this remainder would let a protected one be worked out. */
  betrays(v: Residual): boolean {
    return this.guarded.size > 0 && v.at.length > 0 && this.guarded.has(Span.nameOf(this.scaled(v)))
  }

  /** A remainder that must never become a sum of published figures. */
  protect(v: Residual): void {
    if (v.at.length === 0) return
    const own = this.scaled(v)
    const name = Span.nameOf(own)
    if (this.guarded.has(name)) return
    this.guarded.set(name, own)
    for (const cell of own.at) {
      const names = this.having.get(cell) ?? new Set<string>()
      if (names.size === 0) this.having.set(cell, names)
      names.add(name)
    }
  }

  /** Publishes a figure by its remainder. */
  take(v: Residual): void {
    if (v.at.length === 0) return
    const row = this.scaled(v)
    const [pivot] = row.at
    this.rowAt[pivot!] = this.rows.push(row) - 1
    for (const name of [...(this.having.get(pivot!) ?? [])]) {
      const old = this.guarded.get(name)!
      this.guarded.delete(name)
      for (const cell of old.at) this.having.get(cell)!.delete(name)
      const touched = [...old.at]
      old.at.forEach((cell, k) => (this.work[cell] = old.value[k]!))
      this.protect(this.reduced(touched))
    }
  }
}
