import { Matrix } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { normal, seeded } from '@/lib/platform/random'
import { clusterMean } from '@/lib/psychometrics/cluster-mean'
import { robustRegression } from '@/lib/psychometrics/robust-regression'

const drawn = (n: number, clusters: number, seed: number) => {
  const random = seeded(seed)
  return Array.from({ length: n }, (_, i) => {
    const cluster = Math.floor(clusters * random() ** 1.5)
    return { y: normal(random), x: [1, normal(random), cluster < 3 ? 1 : 0], cluster: `s${cluster}`, i }
  })
}

/** CR2 and its degrees of freedom with whole matrices, as the papers write them: an independent way to the same numbers. */
function byTheBook(rows: ReturnType<typeof drawn>, c: number) {
  const X = new Matrix(rows.map((r) => r.x))
  const M = new Matrix(X.transpose().mmul(X).to2DArray())
  const inverse = new Matrix(invert(M.to2DArray()))
  const hat = Matrix.eye(rows.length).sub(X.mmul(inverse).mmul(X.transpose()))
  const y = Matrix.columnVector(rows.map((r) => r.y))
  const e = hat.mmul(y)
  const ids = [...new Set(rows.map((r) => r.cluster))]
  const parts = ids.map((id) => {
    const at = rows.flatMap((r, i) => (r.cluster === id ? [i] : []))
    const B = hat.subMatrix(0, rows.length - 1, 0, rows.length - 1).selection(at, at)
    const A = root(B)
    const Xg = X.selection(at, [0, 1, 2])
    const u = A.mmul(Xg).mmul(inverse).getColumnVector(c)
    const p = hat
      .selection(at, [...rows.keys()])
      .transpose()
      .mmul(u)
    const score = u
      .transpose()
      .mmul(e.selection(at, [0]))
      .get(0, 0)
    return { p, score }
  })
  const trace = parts.reduce((s, g) => s + g.p.transpose().mmul(g.p).get(0, 0), 0)
  const doubt = parts.reduce((s, g) => s + parts.reduce((t, h) => t + g.p.transpose().mmul(h.p).get(0, 0) ** 2, 0), 0)
  return { se: Math.sqrt(parts.reduce((s, g) => s + g.score ** 2, 0)), df: trace ** 2 / doubt }
}

/** Gauss–Jordan. */
function invert(a: number[][]): number[][] {
  const n = a.length
  const m = a.map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => Number(i === j))])
  for (let i = 0; i < n; i++) {
    const pivot = m[i]![i]!
    for (let j = 0; j < 2 * n; j++) m[i]![j]! /= pivot
    for (let r = 0; r < n; r++) {
      if (r === i) continue
      const f = m[r]![i]!
      for (let j = 0; j < 2 * n; j++) m[r]![j]! -= f * m[i]![j]!
    }
  }
  return m.map((row) => row.slice(n))
}

/** Inverse square root by Denman–Beavers iteration. */
function root(b: Matrix): Matrix {
  let [y, z] = [b.clone(), Matrix.eye(b.rows)]
  for (let k = 0; k < 60; k++) {
    const [yi, zi] = [new Matrix(invert(y.to2DArray())), new Matrix(invert(z.to2DArray()))]
    ;[y, z] = [Matrix.add(y, zi).mul(0.5), Matrix.add(z, yi).mul(0.5)]
  }
  return z
}

describe('A regression that respects schools', () => {
  it('has the error and the degrees of freedom that whole matrices give', () => {
    const rows = drawn(60, 9, 4)
    const fit = robustRegression(rows)
    if (!fit.ok) throw new Error(fit.problem.detail)
    for (const c of [0, 1, 2]) {
      const book = byTheBook(rows, c)
      expect(fit.value.errors[c]!.se).toBeCloseTo(book.se, 8)
      expect(fit.value.errors[c]!.df).toBeCloseTo(book.df, 6)
    }
  })
  it('is the mean of schools where there is nothing but a mean', () => {
    const rows = drawn(80, 12, 5).map((r) => ({ ...r, x: [1] }))
    const fit = robustRegression(rows)
    if (!fit.ok) throw new Error(fit.problem.detail)
    const sums = [...new Set(rows.map((r) => r.cluster))].map((id) => {
      const own = rows.filter((r) => r.cluster === id)
      return { n: own.length, sum: own.reduce((s, r) => s + r.y, 0), squares: own.reduce((s, r) => s + r.y ** 2, 0) }
    })
    const mean = clusterMean(sums, null)
    expect(fit.value.errors[0]!.se).toBeCloseTo(mean.se!, 10)
    expect(fit.value.errors[0]!.df).toBeCloseTo(mean.df!, 8)
  })
  it('gives a group in three schools three schools’ worth of certainty, among however many others', () => {
    const random = seeded(6)
    const rows = Array.from({ length: 600 }, (_, i) => ({ y: normal(random), x: [1, i % 60 < 3 ? 1 : 0], cluster: `s${i % 60}` }))
    const fit = robustRegression(rows)
    if (!fit.ok) throw new Error(fit.problem.detail)
    expect(fit.value.errors[1]!.df).toBeLessThan(3)
    expect(fit.value.errors[1]!.df).toBeGreaterThan(1.5)
  })
  it('says why it cannot', () => {
    expect(robustRegression([])).toMatchObject({ ok: false, problem: { code: 'empty' } })
    const rows = drawn(30, 5, 1)
    expect(robustRegression(rows.map((r) => ({ ...r, x: [1, 1] })))).toMatchObject({ ok: false, problem: { code: 'singular' } })
    expect(robustRegression(rows.map((r) => ({ ...r, cluster: 'one' })))).toMatchObject({ ok: false, problem: { code: 'too-few' } })
  })
})
