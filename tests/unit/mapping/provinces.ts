import { type Measured, type Population } from '@/lib/mapping/share'
import type { ClusterSums } from '@/lib/psychometrics/cluster-mean'
import { normalCdf } from '@/lib/psychometrics/distributions'
import { expectedShare } from '@/lib/psychometrics/information'
import { equalNodes, normalWeights } from '@/lib/psychometrics/nodes'
import type { ItemParameters } from '@/lib/psychometrics/parameters'
import type { Responses } from '@/lib/psychometrics/responses'
import { normal } from '@/lib/platform/random'
import { measureRows } from '@/lib/scoring/measure'
import { sumScoreDistribution } from '@/lib/psychometrics/sum-scores'

/**
 * Simulated provinces of which the truth is known: kabupaten of unlike level, spread and likeness within schools, schools of unlike size, and a
 * test that leaves much open. Items are of one slope, so that a person's measures are a function of the sum score and are looked up.
 */

/** Schools of the fifteen kabupaten: from two, whose error is borrowed, to more than any real one has of a subject. */
export const SCHOOLS = [2, 3, 4, 4, 5, 6, 8, 9, 12, 16, 20, 28, 35, 45, 60] as const

/** A test with its measures by sum score, θ: posterior mean and deviation under N(0, `sd`²), and mastery by WLE, percent. */
export type Test = {
  items: ItemParameters[]
  sd: number
  mean: number[]
  error: number[]
  mastery: number[]
  raw: number[]
  cumulative: Float64Array[]
}

const [FROM, STEP, STEPS] = [-6, 0.02, 601]

export function someTest(length: number, sd: number): Test {
  const items = Array.from({ length }, (_, j): ItemParameters => ({
    id: `i${j}`,
    model: 'pcm',
    categories: 2,
    a: 1,
    d: [1.3 - (2.6 * j) / (length - 1) - 0.1],
    c: 0,
  }))
  const cells = new Int8Array((length + 1) * length)
  for (let r = 0; r <= length; r++) for (let j = 0; j < r; j++) cells[r * length + j] = 1
  const data: Responses = { ids: items.map((i) => i.id), persons: length + 1, items: length, cells, categories: items.map(() => 2) }
  const calibrated = items.map((i) => ({ ...i, codes: [0, 1] }))
  const measured = measureRows(data, calibrated, { thetaCut: 0, sigma: 1 }, calibrated, () => ({
    mean: 0,
    sd,
    meanError: 0,
    logSdError: 0,
  }))
  return {
    items,
    sd,
    mean: measured.map((m) => (m!.posteriorMean - 500) / 100),
    error: measured.map((m) => m!.posteriorSd / 100),
    mastery: measured.map((m) => m!.mastery),
    raw: measured.map((_, r) => (100 * r) / length),
    cumulative: Array.from({ length: STEPS }, (_, k) => {
      const found = sumScoreDistribution(items, FROM + STEP * k)
      let sum = 0
      return Float64Array.from(found, (p) => (sum += p))
    }),
  }
}

export function scoreOf(test: Test, theta: number, random: () => number): number {
  const at = Math.min(STEPS - 1, Math.max(0, Math.round((theta - FROM) / STEP)))
  const row = test.cumulative[at]!
  const u = random()
  let r = 0
  while (r < row.length - 1 && u >= row[r]!) r++
  return r
}

export type Kabupaten = { key: string; mean: number; sd: number; schools: { key: string; scores: number[] }[] }

export type Wanted = {
  /** Deviation of the kabupaten's true means, θ; 0: all alike. */
  between: number
  /** Mean number of tested people of a school. */
  size: number
  test: Test
  /** Schools of each kabupaten, those of `SCHOOLS` unless said. */
  schools?: readonly number[]
}

/** A province: likeness within schools .05 to .2, deviations within kabupaten that differ by a fifth either way. */
export function someProvince(random: () => number, { between, size, test, schools = SCHOOLS }: Wanted): Kabupaten[] {
  return schools.map((count, k) => {
    const [mean, sd, icc] = [between * normal(random), 0.8 + 0.4 * random(), 0.05 + 0.15 * random()]
    return {
      key: `k${k}`,
      mean,
      sd,
      schools: Array.from({ length: count }, (_, j) => {
        const school = mean + sd * Math.sqrt(icc) * normal(random)
        // Sizes as real ones: many small, few large.
        const n = 1 + Math.floor(-(size - 0.5) * Math.log(1 - random()))
        return {
          key: `k${k}s${j}`,
          scores: Array.from({ length: n }, () => scoreOf(test, school + sd * Math.sqrt(1 - icc) * normal(random), random)),
        }
      }),
    }
  })
}

/** Sums of any measure that the score gives, school by school. */
export const sumsBy = (k: Kabupaten, value: readonly number[]): ClusterSums[] =>
  k.schools.map(({ scores }) => {
    let [sum, squares] = [0, 0]
    for (const r of scores) {
      sum += value[r]!
      squares += value[r]! ** 2
    }
    return { n: scores.length, sum, squares }
  })

/** Everybody's kept posterior in points, told from a cut that may itself be wrong. */
export function measuredOf(province: readonly Kabupaten[], test: Test, cut: number, cutError: number): Measured[] {
  const population: Population = { instrument: 'one', mean: 500 - 100 * cut, sd: 100 * test.sd, cutError: 100 * cutError }
  return province.flatMap((k) =>
    k.schools.flatMap((s) =>
      s.scores.map((r) => ({
        place: k.key,
        school: s.key,
        mean: 500 + 100 * (test.mean[r]! - cut),
        sd: 100 * Math.hypot(test.error[r]!, cutError),
        population,
      })),
    ),
  )
}

/** Percent of a kabupaten's people who truly stand at or above a line (θ). */
export const trueShare = (k: Kabupaten, line: number): number => 100 * normalCdf((k.mean - line) / k.sd)

const NODES = equalNodes(121)

/** Mean mastery of a kabupaten's people, percent, as it truly is. */
export function trueMastery(k: Kabupaten, test: Test, curve: Float64Array): number {
  const w = normalWeights(NODES, k.mean, k.sd)
  return 100 * curve.reduce((s, x, q) => s + x * w[q]!, 0)
}
export const curveOf = (test: Test): Float64Array => Float64Array.from(NODES, (theta) => expectedShare(test.items, theta))
