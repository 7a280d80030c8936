import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shippedTierRules, type Reading, type TierRules } from '@/lib/plans/model'
import type { Module } from '@/lib/plans/catalogue'
import { alternativesFor, modulesOf, proposeSteps } from '@/lib/plans/plan'
import { helpsIn, profileOf, whyArea } from '@/lib/plans/profile'
import { tierOf } from '@/lib/plans/tiers'

/** One function says what a person's strengths and needs are; result, plan, tutor and the head's page repeat it. */

const codes = ['1.1', '1.2', '1.3', '1.4', '1.5']
const area = (code: string) =>
  fc.record({ code: fc.constant(code), items: fc.integer({ min: 2, max: 30 }), share: fc.integer({ min: 0, max: 12 }) }).map((a) => ({
    code: a.code,
    items: a.items,
    percent: (100 * a.share) / 12,
  }))
const anyReading: fc.Arbitrary<Reading> = fc
  .record({
    basis: fc.constantFrom('scale' as const, 'raw' as const),
    points: fc.double({ min: 200, max: 800, noNaN: true }),
    se: fc.double({ min: 5, max: 120, noNaN: true }),
    percent: fc.double({ min: 0, max: 100, noNaN: true }),
    areas: fc.tuple(...codes.map(area)),
  })
  .map(({ basis, points, se, percent, areas }) => ({
    teacherId: 't',
    part: '1',
    basis,
    score: basis === 'scale' ? points : percent,
    posterior: basis === 'scale' ? { mean: points, sd: se } : { mean: percent, sd: se / 6 },
    percent,
    areas,
  }))
/** Rules of offices that think otherwise: every certainty, balance and line, in order. */
const anyRules: fc.Arbitrary<TierRules> = fc
  .record({
    reading: fc.constantFrom('loss' as const, 'kind' as const),
    loss: fc.double({ min: 0.1, max: 20, noNaN: true }),
    sure: fc.double({ min: 0.5, max: 0.99, noNaN: true }),
    leadSure: fc.double({ min: 0.5, max: 0.99, noNaN: true }),
    weakBelow: fc.integer({ min: 10, max: 90 }),
    weakMany: fc.integer({ min: 0, max: 4 }),
    balance: fc.double({ min: 0, max: 20, noNaN: true }),
    froms: fc.array(fc.integer({ min: 0, max: 800 }), { minLength: 3, maxLength: 3 }),
  })
  .map(({ froms, ...r }) => {
    const sorted = [0, ...froms.sort((a, b) => a - b)]
    return { ...shippedTierRules, ...r, tiers: shippedTierRules.tiers.map((t, i) => ({ ...t, from: sorted[i]! })) }
  })

const lesson = (code: string, target: string): Module => ({
  code,
  title: `Modul ${code}`,
  outcome: '',
  targets: [`${target}.1`],
  mode: 'komunitas',
  hours: 4,
  sessions: 2,
  provider: '',
  cost: 0,
  steps: [],
  evidence: '',
  reflection: '',
})
const catalogue = codes.flatMap((c, i) => [lesson(`M-${i}A`, c), lesson(`M-${i}B`, c)])
const title = (code: string) => `Area ${code}`

describe('what a result says of a person', () => {
  it('contradicts itself on no screen: result, plan, tutor and the head’s page say one thing, under any rule', () => {
    fc.assert(
      fc.property(anyReading, fc.oneof(fc.constant(shippedTierRules), anyRules), (reading, rules) => {
        const profile = profileOf(reading, rules)
        const found = tierOf(reading, rules)
        const of = (list: { code: string }[]) => list.map((a) => a.code)
        const [strong, needs, unclear] = [of(profile.strengths), of(profile.needs), of(profile.unclear)]
        // Each area is said to be one thing.
        expect([...strong, ...needs, ...unclear].sort()).toEqual([...codes].sort())
        // The plan names the same needs as the result, and works on no strength while anything else needs work.
        expect([...found.thin].sort()).toEqual([...needs].sort())
        expect(of(profile.work).filter((c) => strong.includes(c))).toEqual([])
        // No 25 % is a strength, no 75 % a need, whatever the total draws them to.
        for (const a of profile.strengths) expect(a.percent).toBeGreaterThanOrEqual(rules.weakBelow)
        for (const a of [...profile.needs, ...profile.work]) expect(a.percent).toBeLessThan(rules.weakBelow)
        // The tutor's page calls nobody strong where the result does not.
        expect(Object.keys(helpsIn(reading, rules)).filter((c) => !strong.includes(c))).toEqual([])
        // "Standar tercapai" and the tier of most support never meet, nor "Menuju standar" and duties towards others.
        const place = rules.tiers.findIndex((t) => t.key === found.tier)
        const above = rules.tiers.findLastIndex((t, i) => i < 3 && t.from <= 500)
        if (profile.standing === 'above') expect(place).toBeGreaterThanOrEqual(above)
        if (profile.standing === 'below') expect(rules.tiers[place]!.from).toBeLessThan(500)
        // Reasons of steps and of alternatives repeat what the result says of their area.
        const chosen = modulesOf(reading, found, rules, catalogue, null).map((c) => ({ ...c, part: '1' }))
        const others = alternativesFor(
          { code: chosen[0]?.code ?? '1.1' },
          profile,
          catalogue,
          { modules: new Set(), codes: new Set() },
          null,
        )
        const said = [
          ...proposeSteps(chosen, title, '2026-01-26', '2026-12-01', 3).map((s) => ({ code: s.code, why: s.why })),
          ...others.map((o) => ({ code: o.code, why: whyArea(title(o.code), o.state) })),
        ]
        for (const { code, why } of said) {
          if (why.includes('adalah area penguatan')) expect(needs).toContain(code)
          if (why.includes('kekuatan Anda;')) expect(strong).toContain(code)
          if (why.includes('belum dapat memastikan')) expect(unclear).toContain(code)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('calls neither a strength nor a need what two items cannot tell', () => {
    const reading: Reading = {
      teacherId: 't',
      part: '1',
      basis: 'raw',
      score: 55,
      posterior: { mean: 55, sd: 8 },
      percent: 55,
      areas: [
        { code: '1.1', percent: 75, items: 2 },
        { code: '1.2', percent: 25, items: 2 },
        { code: '1.3', percent: 5, items: 20 },
        { code: '1.4', percent: 95, items: 20 },
      ],
    }
    const { strengths, needs, unclear } = profileOf(reading, shippedTierRules)
    expect([strengths, needs, unclear].map((l) => l.map((a) => a.code))).toEqual([['1.4'], ['1.3'], ['1.2', '1.1']])
  })

  it('finds no strength in a quarter right and no need in three quarters, however far the rest lies', () => {
    const of = (percent: number, total: number) =>
      profileOf(
        {
          teacherId: 't',
          part: '1',
          basis: 'raw',
          score: total,
          posterior: { mean: total, sd: 5 },
          percent: total,
          areas: [{ code: '1.1', percent, items: 4 }],
        },
        { ...shippedTierRules, balance: 20 },
      )
    expect(of(25, 97).strengths).toEqual([])
    expect(of(75, 5).needs).toEqual([])
    expect(of(75, 5).work).toEqual([])
  })
})
