import { describe, expect, it } from 'vitest'
import { tooFew } from '@/lib/calibration/reach-model'
import { reachOf, type MeasuredItem } from '@/lib/calibration/response-matrix'
import { itemOrder } from '@/lib/delivery/order'
import { shippedTierRules, type Reading } from '@/lib/plans/model'
import { helpsIn, profileOf } from '@/lib/plans/profile'
import { tierOf } from '@/lib/plans/tiers'
import { seeded } from '@/lib/platform/random'
import { measuresOf, type Taken } from '@/lib/scoring/run-measures'
import { Rules, shippedRules } from '@/lib/standards/rules-model'
import { abilities, someItems } from '../psychometrics/simulate'

/** What was not reached, and what was left blank. */

const LENGTH = 20
const items = someItems(LENGTH, 'rasch').map((i) => ({ ...i, codes: [0, 1] }))
const form: MeasuredItem[] = items.map((i) => ({
  itemVersionId: i.id,
  scoring: { type: 'single', key: 'B' },
  stimulusId: null,
  content: { type: 'single', stem: [], options: [] },
}))
const order = (seed: number) =>
  itemOrder(
    form.map((i) => ({ id: i.itemVersionId, stimulusId: null })),
    seed,
  ).map((i) => i.id)
/** Answers of a person who reaches `reached` items in the order that `seed` gives. */
function taken(theta: number, seed: number, reached: number, random: () => number): Taken {
  const responses: Record<string, string> = {}
  for (const id of order(seed).slice(0, reached)) {
    const item = items.find((i) => i.id === id)!
    responses[id] = random() < 1 / (1 + Math.exp(-(item.a * theta + item.d[0]!))) ? 'B' : 'A'
  }
  return { formId: 'f', seed, cycleCode: 'c', responses, rated: null }
}
const run = (people: readonly Taken[], notReached: 'missing' | 'wrong') =>
  measuresOf(
    people,
    { run: { thetaCut: 0, sigma: 1 }, items, renewal: null, reference: items, forms: new Map([['f', form]]), notReached, areaVariance: 0 },
    () => ({ mean: 0, sd: 1, meanError: 0, logSdError: 0 }),
  )
const mean = (x: readonly number[]) => x.reduce((s, v) => s + v, 0) / x.length

describe('a test that was hardly answered', () => {
  const random = seeded(4)
  it('has no measure below half of its items, by either rule, and has one from half on', () => {
    for (const rule of ['missing', 'wrong'] as const) {
      expect(run([taken(0, 1, 0, random), taken(0, 2, 9, random)], rule)).toEqual([null, null])
      expect(run([taken(0, 3, 10, random)], rule)[0]).not.toBeNull()
    }
    expect([tooFew({ items: 10, answered: 4 }), tooFew({ items: 10, answered: 5 }), tooFew({ items: 9, answered: 5 })]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('counts what was answered, not what was opened: one answer at the end reaches everything and measures nothing', () => {
    const last = order(7).at(-1)!
    const one = { formId: 'f', seed: 7, cycleCode: 'c', responses: { [last]: 'B' }, rated: null }
    expect(reachOf(form, one.responses, 7)).toEqual({ items: LENGTH, answered: 1, reached: LENGTH })
    expect(run([one], 'missing')).toEqual([null])
  })

  it('says nothing of the person and offers help all the same', () => {
    const reading: Reading = {
      teacherId: 't',
      part: '4',
      basis: 'raw',
      score: 0,
      posterior: { mean: 20, sd: 10 },
      percent: 0,
      areas: [{ code: 'MTK:ALJ', percent: 0, items: 20 }],
      few: { answered: 2, items: 10 },
    }
    const found = tierOf(reading, shippedTierRules)
    expect(found).toMatchObject({ tier: 'terbimbing', near: false, thin: [] })
    expect(found.because).toContain('Terlalu sedikit jawaban untuk diukur: 2 dari 10 butir dijawab')
    expect(profileOf(reading, shippedTierRules)).toMatchObject({ strengths: [], needs: [], work: [], standing: null })
    expect(helpsIn({ ...reading, percent: 100, posterior: { mean: 99, sd: 1 } }, shippedTierRules)).toEqual({})
  })
})

describe('what was not reached', () => {
  const thetas = abilities(600, 8)
  const people = (reached: number) => {
    const random = seeded(9)
    return thetas.map((theta, i) => taken(theta, i + 1, reached, random))
  }
  const compared = (reached: number, rule: 'missing' | 'wrong') => mean(run(people(reached), rule).map((m) => m!.reachedScale))
  const scored = (reached: number, rule: 'missing' | 'wrong') => mean(run(people(reached), rule).map((m) => m!.scale))

  it('moves no mean that growth compares, whatever the rules say of scores', () => {
    const whole = compared(LENGTH, 'missing')
    for (const rule of ['missing', 'wrong'] as const) expect(Math.abs(compared(LENGTH - 4, rule) - whole)).toBeLessThan(6)
    expect(scored(LENGTH - 4, 'wrong') - whole).toBeLessThan(-50)
  })

  it('is wrong in a score only where the rules say so; rules from before it was said did', () => {
    expect(scored(LENGTH - 4, 'missing')).toBe(compared(LENGTH - 4, 'missing'))
    expect(shippedRules.notReached).toBe('missing')
    const { notReached: _, ...before } = shippedRules
    expect(Rules.parse(before).notReached).toBe('wrong')
  })
})
