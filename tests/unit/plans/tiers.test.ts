import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ruleFromFields, shippedTierRules as rules, TierRules, type Reading } from '@/lib/plans/model'
import { firstLearningDay, fitsBetween, proposeSteps, Quota } from '@/lib/plans/plan'
import { balanced, profileOf } from '@/lib/plans/profile'
import { reached, tierOf } from '@/lib/plans/tiers'
import { sharePosterior } from '@/lib/psychometrics/posterior'
import type { Module } from '@/lib/plans/catalogue'

/** Known to lie at `mean` within `sd`. */
const reading = (mean: number, sd: number, more: Partial<Reading> = {}): Reading => ({
  teacherId: 't',
  part: '1',
  basis: 'scale',
  score: mean,
  posterior: { mean, sd },
  percent: 55,
  areas: [],
  ...more,
})
const tier = (r: Reading) => tierOf(r, rules).tier

describe('a tier of support', () => {
  it('is the plain reading of a result that is far from every line', () => {
    expect(tier(reading(250, 30))).toBe('intensif')
    expect(tier(reading(430, 20))).toBe('terbimbing')
    expect(tier(reading(520, 40))).toBe('mandiri')
    expect(tier(reading(650, 40))).toBe('penggerak')
  })

  it('offers more support from the chance at which leaving it out does more harm, and says the chance', () => {
    // Missing one in need is twice as bad: from 33 of 100 on.
    const near = tierOf(reading(420, 60), rules)
    expect([near.tier, near.near]).toEqual(['intensif', true])
    expect(near.because).toBe(
      'Peluang kemampuan Anda di bawah batas Terbimbing: sekitar 37 dari 100. Dampingan lebih banyak ditawarkan mulai 33 dari 100.',
    )
    expect(tier(reading(430, 60))).toBe('terbimbing')
    expect(tierOf(reading(420, 60), { ...rules, loss: 1 }).tier).toBe('terbimbing')
    expect(tierOf(reading(380, 5), rules)).toMatchObject({ tier: 'intensif', near: false })
  })

  it('keeps the kind reading as a setting, and rules from before the choice read as they did', () => {
    const kind = { ...rules, reading: 'kind' as const }
    expect(tierOf(reading(390, 60), kind)).toMatchObject({ tier: 'terbimbing', near: true })
    const { reading: _r, loss: _l, ...before } = rules
    expect(TierRules.parse(before).reading).toBe('kind')
  })

  it('states what a rule costs: of 100 in need how many are reached, of 100 reached how many are in need', () => {
    const all = [reading(300, 50), reading(420, 60), reading(560, 60)]
    const [intensive] = reached(all, rules)
    const below = [0.97725, 0.36944, 0.00383]
    expect(intensive!.offered).toBe(2)
    expect(intensive!.ofNeed).toBeCloseTo((100 * (below[0]! + below[1]!)) / (below[0]! + below[1]! + below[2]!), 2)
    expect(intensive!.ofOffered).toBeCloseTo((100 * (below[0]! + below[1]!)) / 2, 2)
    const [kind] = reached(all, { ...rules, reading: 'kind' })
    expect(kind!.offered).toBe(1)
    expect(kind!.ofNeed!).toBeLessThan(intensive!.ofNeed!)
  })

  it('asks for near certainty before it gives duties towards others', () => {
    expect(tier(reading(550, 60))).toBe('mandiri')
    expect(tier(reading(580, 60))).toBe('penggerak')
  })

  it('adds one step of support for many thin areas, but never the first tier by itself', () => {
    const thin = ['1.1', '1.2', '1.3'].map((code) => ({ code, percent: 10, items: 20 }))
    expect(tier(reading(520, 30, { areas: thin }))).toBe('terbimbing')
    expect(tier(reading(450, 10, { areas: thin }))).toBe('terbimbing')
    expect(tier(reading(650, 30, { areas: thin }))).toBe('penggerak')
  })

  it('never gives more support to a higher score, all else equal', () => {
    const place = (r: Reading) => rules.tiers.findIndex((t) => t.key === tier(r))
    fc.assert(
      fc.property(
        fc.double({ min: 200, max: 800, noNaN: true }),
        fc.double({ min: 0, max: 200, noNaN: true }),
        fc.double({ min: 1, max: 150, noNaN: true }),
        (a, d, se) => {
          expect(place(reading(Math.min(800, a + d), se))).toBeGreaterThanOrEqual(place(reading(a, se)))
        },
      ),
    )
  })

  it('reads raw percents by their own lines, the people of the same test and the few items counted in', () => {
    const peers = { mean: 0.55, variance: 0.034, error: 0.024, n: 200 }
    const raw = (percent: number, items: number) => {
      const { mean, sd } = sharePosterior(percent / 100, items, peers)
      return reading(percent, 0, { basis: 'raw', percent, posterior: { mean: 100 * mean, sd: 100 * sd } })
    }
    expect(raw(30, 10).posterior.mean).toBeGreaterThan(40)
    expect(tier(raw(10, 40))).toBe('intensif')
    expect(tier(raw(30, 10))).toBe('terbimbing')
    // Nobody else took it yet: the own answers and a stand-in for the others.
    expect(sharePosterior(0, 10, { mean: 0.5, variance: 0, error: 0, n: 1 }).mean).toBeGreaterThan(0.1)
  })
})

describe('an area', () => {
  it('with few items is drawn to the teacher’s own total, with many it stands for itself', () => {
    expect(balanced({ code: 'a', percent: 0, items: 2 }, 60, 4)).toBeCloseTo(40)
    expect(balanced({ code: 'a', percent: 0, items: 96 }, 60, 4)).toBeCloseTo(2.4)
  })
  it('is to be worked on below the line, thinnest first', () => {
    const areas = [
      { code: 'b', percent: 40, items: 20 },
      { code: 'a', percent: 10, items: 20 },
      { code: 'c', percent: 90, items: 20 },
    ]
    expect(profileOf(reading(500, 50, { areas }), rules).work.map((a) => a.code)).toEqual(['a', 'b'])
  })
})

describe('a rule', () => {
  it('comes from the form’s fields as they stand in the address, and a falling line is refused', () => {
    const fields: Record<string, string | string[]> = {
      reading: 'loss',
      loss: '2,0',
      sure: '80',
      leadSure: '90',
      weakBelow: '50',
      weakMany: '3',
      balance: '4',
      learningDay: '3',
    }
    rules.tiers.forEach((t, i) => {
      Object.assign(fields, {
        [`tier-${i}-key`]: t.key,
        [`tier-${i}-name`]: t.name,
        [`tier-${i}-from`]: String(t.from),
        [`tier-${i}-percent`]: String(t.fromPercent),
        [`tier-${i}-words`]: t.words,
        [`tier-${i}-mode`]: t.modes,
        [`tier-${i}-modules`]: String(t.modules),
        ...(t.tutor ? { [`tier-${i}-tutor`]: 'on' } : {}),
      })
    })
    const same = ruleFromFields(fields)
    const sorted = (r: typeof rules) => ({ ...r, tiers: r.tiers.map((t) => ({ ...t, modes: [...t.modes].sort() })) })
    expect(same.success && sorted(same.data)).toEqual(sorted(rules))
    expect(ruleFromFields({ ...fields, 'tier-2-from': '300' }).success).toBe(false)
    expect(TierRules.safeParse(rules).success).toBe(true)
  })
})

describe('the steps of a plan', () => {
  const lesson = (code: string, sessions: number) => ({ code, sessions }) as Module
  const chosen = (list: [string, number][]) =>
    list.map(([code, n]) => ({ module: lesson(code, n), part: '1', code: '1.2', state: 'need' as const }))

  it('begin on the next Hari Belajar Guru', () => {
    expect(firstLearningDay('2026-01-26', 3)).toBe('2026-01-28')
    expect(firstLearningDay('2026-01-28', 3)).toBe('2026-01-28')
    expect(firstLearningDay('2026-01-29', 3)).toBe('2026-02-04')
  })
  it('follow each other week by week without overlap', () => {
    const steps = proposeSteps(
      chosen([
        ['A', 3],
        ['B', 2],
      ]),
      (c) => c,
      '2026-01-26',
      '2026-06-01',
      3,
    )
    expect(steps.map((s) => [s.startsOn, s.dueOn])).toEqual([
      ['2026-01-28', '2026-02-11'],
      ['2026-02-18', '2026-02-25'],
    ])
  })
  it('leave out what could not end before the next test', () => {
    const steps = proposeSteps(
      chosen([
        ['A', 20],
        ['B', 2],
      ]),
      (c) => c,
      '2026-01-26',
      '2026-03-01',
      3,
    )
    expect(steps.map((s) => s.module)).toEqual(['B'])
  })
  it('wait for the first day of a module that is held on certain days, and leave it out when its last day comes too early', () => {
    const on = (text: string) => new Date(`${text}T00:00:00Z`)
    const held = (startsOn: string, endsOn: string) => [
      { module: { ...lesson('A', 3), startsOn: on(startsOn), endsOn: on(endsOn) }, part: '1', code: '1.2', state: 'need' as const },
    ]
    const plan = (startsOn: string, endsOn: string) => proposeSteps(held(startsOn, endsOn), (c) => c, '2026-01-26', '2026-06-01', 3)
    expect(plan('2026-03-02', '2026-03-31').map((s) => [s.startsOn, s.dueOn])).toEqual([['2026-03-04', '2026-03-18']])
    expect(plan('2026-03-02', '2026-03-15')).toEqual([])
    expect(fitsBetween({ ...lesson('A', 3), endsOn: on('2026-01-01') }, '2026-01-26', '2026-06-01')).toBe(false)
    expect(fitsBetween({ ...lesson('A', 3), startsOn: on('2026-07-01') }, '2026-01-26', '2026-06-01')).toBe(false)
  })
  it('are proposed as long as a module has seats, counting those who agreed', () => {
    const quota = new Quota(
      [
        { code: 'A', capacity: 3 },
        { code: 'B', capacity: null },
      ],
      new Map([['A', 1]]),
    )
    expect(quota.isFree('A')).toBe(true)
    quota.take('A')
    quota.take('A')
    expect([quota.isFree('A'), quota.isFree('B')]).toEqual([false, true])
  })
})
