import { describe, expect, it } from 'vitest'
import { normal, seeded } from '@/lib/platform/random'
import { jointPosterior } from '@/lib/psychometrics/joint'
import { combine, type RunOfPart } from '@/lib/scoring/combined'
import { shippedRules } from '@/lib/standards/rules-model'
import { reliability, tell } from './said'

/** Two parts of the same people as one standing, against what is true. */

const [CORRELATION, ERROR] = [0.7, 80]
const trueShare = 100 ** 2 / (100 ** 2 + ERROR ** 2)

const run = (part: string, other: string, known: boolean): [string, RunOfPart] => [
  part,
  {
    thetaCut: 0,
    sigma: 1,
    cutError: 0,
    createdAt: new Date('2026-01-01'),
    latent: {
      cycles: { '2510': { mean: -0.3, meanError: 0, n: 900 } },
      own: { sd: 1, logSdError: 0.02 },
      sd: 1,
      logSdError: 0.02,
      answers: 900,
      areaVariance: 0,
      kin: 3,
      beside: known
        ? [
            {
              part: other,
              n: 900,
              correlation: CORRELATION,
              observed: { sd: 100 / Math.sqrt(trueShare), otherSd: 100 / Math.sqrt(trueShare), correlation: CORRELATION * trueShare },
              reliability: trueShare,
              otherReliability: trueShare,
            },
          ]
        : [],
    },
  },
]

const kept = (score: number) => ({
  attemptId: '',
  runId: '',
  cycleCode: '2510',
  theta: 0,
  se: 0,
  scale: score,
  scaleSe: ERROR,
  posteriorMean: 470 + trueShare * (score - 470),
  posteriorSd: 100 * Math.sqrt(1 - trueShare),
  mastery: 0,
  masteryLow: 0,
  masteryHigh: 0,
  items: 20,
  fit: null,
})

function people(n: number, seed: number) {
  const random = seeded(seed)
  return Array.from({ length: n }, (_, subject) => {
    const a = normal(random)
    const b = CORRELATION * a + Math.sqrt(1 - CORRELATION ** 2) * normal(random)
    const truth = [470 + 100 * a, 470 + 100 * b] as const
    const scores = truth.map((t) => t + ERROR * normal(random))
    return { subject, truth, abilities: new Map([['4', kept(scores[0]!)] as const, ['1', kept(scores[1]!)] as const]) }
  })
}

describe('The combined standing', () => {
  const rules = {
    ...shippedRules,
    weights: { '4': 0.7, '1': 0.3, '2': 0, '3': 0 },
    composite: { rule: 'compensatory-floor' as const, floor: 450 },
  }
  const runs = (known: boolean) => new Map([run('4', '1', known), run('1', '4', known)])

  it('has a chance that is true in every tenth, where the product of single chances is not', () => {
    const all = people(1_500, 3)
    const events = (known: boolean) =>
      all.map(({ subject, truth, abilities }) => {
        const found = combine(abilities, rules, known ? runs(true) : new Map())!
        return { said: found.pAbove, so: 0.7 * truth[0] + 0.3 * truth[1] >= 500 && Math.min(...truth) >= 450, subject }
      })
    const now = reliability(events(true)).filter((t) => t && t.n > 60)
    for (const t of now) expect(Math.abs(t!.said - t!.observed), tell([t])).toBeLessThanOrEqual(3 + 2 * t!.error)
    const off = (tenths: ReturnType<typeof reliability>) =>
      Math.max(...tenths.flatMap((t) => (t && t.n > 60 ? [Math.abs(t.said - t.observed)] : [])))
    expect(off(reliability(events(false)))).toBeGreaterThan(10)
  })
  it('has a range that holds the truth of eight in ten', () => {
    const all = people(700, 4)
    const held = all.filter(({ truth, abilities }) => {
      const found = combine(abilities, rules, runs(true))!
      const sum = 0.7 * truth[0] + 0.3 * truth[1]
      return found.low80 <= sum && sum <= found.high80
    }).length
    expect(Math.abs(held / all.length - 0.8)).toBeLessThan(0.04)
  })
  it('says how reliable it is, by Mosier, and nothing of it where nobody was met in both parts', () => {
    const [{ abilities }] = people(1, 5) as [ReturnType<typeof people>[number]]
    const r = CORRELATION * trueShare
    const expected = 1 - ((0.49 + 0.09) * (1 - trueShare)) / (0.49 + 0.09 + 2 * 0.21 * r)
    expect(combine(abilities, rules, runs(true))!.reliability).toBeCloseTo(expected, 9)
    expect(combine(abilities, rules, runs(false))!.reliability).toBeNull()
    expect(combine(abilities, rules)!.reliability).toBeNull()
  })
  it('leaves every part as it is where the parts have nothing to do with each other', () => {
    const part = { posterior: { mean: 520, sd: 40 }, population: { mean: 470, sd: 100 } }
    const other = { posterior: { mean: 430, sd: 60 }, population: { mean: 480, sd: 90 } }
    const none = jointPosterior(
      [part, other],
      [
        [1, 0],
        [0, 1],
      ],
    )
    if (!none.ok) throw new Error(none.problem.detail)
    expect(none.value.means[0]).toBeCloseTo(520, 9)
    expect(Math.sqrt(none.value.covariance[1]![1]!)).toBeCloseTo(60, 9)
    const alike = jointPosterior(
      [part, other],
      [
        [1, 0.8],
        [0.8, 1],
      ],
    )
    if (!alike.ok) throw new Error(alike.problem.detail)
    expect(alike.value.means[0]).toBeLessThan(520)
    expect(alike.value.means[1]).toBeGreaterThan(430)
    expect(jointPosterior([], [])).toMatchObject({ ok: false, problem: { code: 'empty' } })
  })
})
