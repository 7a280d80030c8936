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

type Row = { pivot: number; at: Int32Array; value: Float64Array }

/** What is left of a figure when all published ones are taken away as far as they go; equal remainders mean: one gives the other. */
export type Residual = Float64Array

/** The span of published figures over elementary cells, and which remainders must never fall into it. Pure arithmetic. */
export class Span {
  private readonly rows: Row[] = []
  private guarded: Residual[] = []

  constructor(private readonly cells: number) {}

  residual(terms: readonly (readonly [cell: number, times: number])[]): Residual {
    const v = new Float64Array(this.cells)
    for (const [i, times] of terms) v[i] = mod(v[i]! + times)
    for (const row of this.rows) this.reduce(v, row)
    return v
  }

  isZero(v: Residual): boolean {
    return v.every((x) => x === 0)
  }

  /** Whether publishing a figure with this remainder would let a protected one be worked out. */
  betrays(v: Residual): boolean {
    const lead = v.findIndex((x) => x !== 0)
    return this.guarded.some((s) => {
      const factor = s[lead]!
      if (factor === 0) return false
      for (let i = 0; i < v.length; i++) if (mod(s[i]! * v[lead]!) !== mod(v[i]! * factor)) return false
      return true
    })
  }

  /** A remainder that must never become a sum of published figures. */
  protect(v: Residual): void {
    if (!this.betrays(v)) this.guarded.push(v)
  }

  /** Publishes a figure by its remainder. */
  take(v: Residual): void {
    const pivot = v.findIndex((x) => x !== 0)
    if (pivot < 0) return
    const scale = inverse(v[pivot]!)
    const at: number[] = []
    for (let i = 0; i < v.length; i++) if (v[i] !== 0) at.push(i)
    const row = { pivot, at: Int32Array.from(at), value: Float64Array.from(at, (i) => mod(v[i]! * scale)) }
    this.rows.push(row)
    for (const s of this.guarded) this.reduce(s, row)
  }

  private reduce(v: Residual, row: Row): void {
    const factor = v[row.pivot]!
    if (factor === 0) return
    for (let k = 0; k < row.at.length; k++) {
      const i = row.at[k]!
      v[i] = mod(v[i]! - mod(factor * row.value[k]!))
    }
  }
}
