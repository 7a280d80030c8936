import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { normal, seeded } from '@/lib/platform/random'
import { clusterMean, compareMeans, likenessOf, likenessWithin, type ClusterSums } from '@/lib/psychometrics/cluster-mean'
import { tQuantile } from '@/lib/psychometrics/distributions'

const sumsOf = (schools: number[][]): ClusterSums[] =>
  schools.map((y) => ({ n: y.length, sum: y.reduce((s, v) => s + v, 0), squares: y.reduce((s, v) => s + v * v, 0) }))

/** Schools of unequal size whose teachers resemble each other. */
function someSchools(seed: number, sizes: number[], icc: number, mean = 50, sd = 12): number[][] {
  const random = seeded(seed)
  return sizes.map((n) => {
    const school = mean + sd * Math.sqrt(icc) * normal(random)
    return Array.from({ length: n }, () => school + sd * Math.sqrt(1 - icc) * normal(random))
  })
}

/**
 * CR2 and its Satterthwaite df as Pustejovsky & Tipton (2017, eqs. 6–12) write them: matrices of full size, symmetric roots by
 * eigenvalues, no closed form.
 */
function cr2InFull(schools: number[][]): { se: number; df: number } {
  const y = schools.flat()
  const n = y.length
  const M = 1 / n
  const mean = y.reduce((s, v) => s + v, 0) / n
  const H = Matrix.ones(n, n).mul(M)
  let at = 0
  let variance = 0
  const p: Matrix[] = []
  for (const school of schools) {
    const rows = Array.from({ length: school.length }, (_, i) => at + i)
    at += school.length
    const inner = Matrix.eye(school.length).sub(H.subMatrixRow(rows).subMatrixColumn(rows))
    const eigen = new EigenvalueDecomposition(inner, { assumeSymmetric: true })
    const V = eigen.eigenvectorMatrix
    const root = V.mmul(Matrix.diag(eigen.realEigenvalues.map((v) => 1 / Math.sqrt(v)))).mmul(V.transpose())
    const ones = Matrix.ones(school.length, 1)
    const e = Matrix.columnVector(school.map((v) => v - mean))
    variance += M * M * ones.transpose().mmul(root).mmul(e).get(0, 0) ** 2
    p.push(Matrix.eye(n).sub(H).subMatrixRow(rows).transpose().mmul(root).mmul(ones).mul(M))
  }
  let [trace, squares] = [0, 0]
  p.forEach((a, i) =>
    p.forEach((b, j) => {
      const product = a.transpose().mmul(b).get(0, 0)
      if (i === j) trace += product
      squares += product * product
    }),
  )
  return { se: Math.sqrt(variance), df: (trace * trace) / squares }
}

describe('the mean of people who sit in schools', () => {
  it('has the error and the degrees of freedom of CR2, worked out in full with matrices', () => {
    for (const [seed, sizes] of [
      [1, [3, 8, 5, 12, 4, 9]],
      [2, [1, 1, 30, 2, 7, 1, 3]],
      [3, [6, 6, 6, 6, 6]],
    ] as const) {
      const schools = someSchools(seed, [...sizes], 0.2)
      const found = clusterMean(sumsOf(schools), null)
      const full = cr2InFull(schools)
      expect(found.se).toBeCloseTo(full.se, 10)
      expect(found.df).toBeCloseTo(full.df, 8)
      expect(found.margin).toBeCloseTo(tQuantile(0.975, full.df) * full.se, 8)
    }
    expect(clusterMean(sumsOf(someSchools(3, [6, 6, 6, 6, 6], 0.2)), null).df).toBeCloseTo(4, 10)
  })

  it('has them under the working model of teachers who are alike, worked out with matrices, beside the variance that is borrowed', () => {
    const [icc, sd, sizes] = [0.2, 11, [2, 9, 4, 17, 1, 6]]
    const schools = sumsOf(someSchools(8, sizes, icc))
    const n = sizes.reduce((a, b) => a + b, 0)
    const w = Matrix.columnVector(sizes.map((x) => x / n))
    const centring = Matrix.eye(sizes.length).sub(Matrix.ones(sizes.length, 1).mmul(w.transpose()))
    const A = centring
      .transpose()
      .mmul(Matrix.diag(sizes.map((x) => (x / n) ** 2 / (1 - x / n))))
      .mmul(centring)
    const T = Matrix.diag(sizes.map((x) => icc + (1 - icc) / x))
    const means = Matrix.columnVector(schools.map((s) => s.sum / s.n))
    const AT = A.mmul(T)
    const wanted = w.transpose().mmul(T).mmul(w).get(0, 0)
    const own = (means.transpose().mmul(A).mmul(means).get(0, 0) * wanted) / AT.trace()
    const df = AT.trace() ** 2 / AT.mmul(AT).trace()
    const borrowed = (sd ** 2 * (1 + (sizes.reduce((a, b) => a + b * b, 0) / n - 1) * icc)) / n
    const weight = df / (df + 4)
    const found = clusterMean(schools, { icc, sd, df: 80 })
    expect(found.se! ** 2).toBeCloseTo(weight * own + (1 - weight) * borrowed, 8)
    expect(found.df).toBeCloseTo(1 / (weight ** 2 / df + (1 - weight) ** 2 / 80), 8)
  })

  it('covers the truth in 95 of 100 also where five to nine schools carry it and kabupaten differ in spread', () => {
    let [covered, n] = [0, 0]
    const random = seeded(77)
    for (let r = 0; r < 400; r++) {
      const places = Array.from({ length: 15 }, (_, k) => {
        const sizes = Array.from({ length: 5 + (k % 5) }, () => 1 + Math.floor(16 * random()))
        return sumsOf(someSchools(9000 + 15 * r + k, sizes, 0.12, 40 + k, 10 + Math.floor(k / 3)))
      })
      const alike = likenessWithin(places)
      for (const [k, place] of places.entries()) {
        const found = clusterMean(place, alike)
        n++
        if (Math.abs(found.mean - (40 + k)) <= found.margin!) covered++
      }
    }
    expect(Math.abs(covered / n - 0.95)).toBeLessThan(0.01)
  })

  it('is not taken for less sure by places that differ in level', () => {
    const places = Array.from({ length: 15 }, (_, k) => sumsOf(someSchools(700 + k, [8, 12, 6, 10, 9, 7], 0.1, 40 + 2 * k)))
    const [within, all] = [likenessWithin(places)!, likenessOf(places.flat())!]
    expect(within.icc).toBeLessThan(0.2)
    expect(all.icc).toBeGreaterThan(0.35)
    expect(within.sd).toBeLessThan(13.5)
  })

  it('borrows how alike teachers of a school are where there are fewer than five schools, and says nothing without that', () => {
    const few = sumsOf(someSchools(4, [20, 10], 0.1))
    expect(clusterMean(few, null)).toMatchObject({ n: 30, clusters: 2, se: null, margin: null, method: null })
    const found = clusterMean(few, { icc: 0.1, sd: 12, df: 40 })
    // Kish: 1 + (500/30 − 1)·0.1
    expect(found.se).toBeCloseTo(12 * Math.sqrt((1 + (500 / 30 - 1) * 0.1) / 30), 12)
    expect(found).toMatchObject({ method: 'borrowed', df: 40 })
  })

  it('finds the likeness that was put in, and none where there is none', () => {
    const many = likenessOf(sumsOf(someSchools(5, new Array<number>(600).fill(12), 0.15)))!
    expect(many.icc).toBeGreaterThan(0.12)
    expect(many.icc).toBeLessThan(0.18)
    expect(many.sd).toBeGreaterThan(11.6)
    expect(many.sd).toBeLessThan(12.4)
    expect(likenessOf(sumsOf(someSchools(6, new Array<number>(600).fill(12), 0)))!.icc).toBeLessThan(0.01)
    expect(likenessOf(sumsOf([[1], [2], [3], [4], [5]]))).toBeNull()
  })

  it('covers the truth in 95 of 100 provinces and calls equal kabupaten different in 5, where sd/√n fails', () => {
    const size = (i: number) => 2 + ((i * 7) % 23)
    let [covered, naive, called] = [0, 0, 0]
    const rounds = 1000
    for (let r = 0; r < rounds; r++) {
      const schools = someSchools(
        1000 + r,
        Array.from({ length: 40 }, (_, i) => size(i)),
        0.12,
      )
      const [own, rest] = [sumsOf(schools.slice(0, 12)), sumsOf(schools.slice(12))]
      const found = clusterMean(own, null)
      if (Math.abs(found.mean - 50) <= found.margin!) covered++
      const sd = Math.sqrt(own.reduce((s, g) => s + g.squares, 0) / found.n - found.mean ** 2)
      if (Math.abs(found.mean - 50) <= (1.96 * sd) / Math.sqrt(found.n)) naive++
      if (compareMeans(found, clusterMean(rest, null))!.p < 0.05) called++
    }
    // Three binomial standard errors of 1,000 rounds around 95 and 5 per cent.
    expect(Math.abs(covered / rounds - 0.95)).toBeLessThan(0.021)
    expect(Math.abs(called / rounds - 0.05)).toBeLessThan(0.021)
    expect(naive / rounds).toBeLessThan(0.8)
  })
})
