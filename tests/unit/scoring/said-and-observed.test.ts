import { describe, expect, it } from 'vitest'
import { shippedTierRules, type Reading } from '@/lib/plans/model'
import { helpsIn } from '@/lib/plans/profile'
import { reached, tierOf } from '@/lib/plans/tiers'
import { Z80 } from '@/lib/psychometrics/classification'
import { pooledSpread, posteriors } from '@/lib/psychometrics/posterior'
import { ofHundred } from '@/lib/scoring/judgement-model'
import { someItems } from '../psychometrics/simulate'
import { held, reaching, reliability, simulated, tell, type Simulated } from './said'

/** Chances that are said of a person, against what is true: the quick form of `tests/proof/said-and-observed.test.ts`. */

const off = (all: readonly Simulated[], line: number, how: 'before' | 'now') =>
  reliability(reaching(all, [line], how)).flatMap((t) => (t ? [{ ...t, off: Math.abs(t.said - t.observed) }] : []))
const short = simulated({ items: 10, people: 150, subjects: 60, seed: 77 })
const reading = (p: Simulated): Reading => ({
  teacherId: 't',
  part: '4',
  basis: 'scale',
  score: p.scale,
  posterior: p,
  percent: 55,
  areas: [{ code: 'MTK:ALJ', percent: 95, items: 20 }],
})

describe('the chance of having reached a line, on a subject test of ten items', () => {
  it('is true in every tenth, at both lines that decide, where score and error alone were wrong by ten points and more', () => {
    for (const line of [400, 500]) {
      const now = off(short, line, 'now')
      for (const t of now) expect(t.off, `${line}: ${tell([t])}`).toBeLessThanOrEqual(3 + 2 * t.error)
    }
    expect(Math.max(...off(short, 500, 'before').map((t) => t.off))).toBeGreaterThan(10)
  })

  it('leaves a range that holds eight of ten, low and high in the subject as in its middle', () => {
    for (const share of held(short, Z80)) expect(Math.abs(share - 80)).toBeLessThanOrEqual(5)
  })

  it('makes the stated reach of a rule true: of 100 in need so many are reached, of 100 reached so many are in need', () => {
    const all = short.map(reading)
    for (const rules of [shippedTierRules, { ...shippedTierRules, reading: 'kind' as const }]) {
      const [said] = reached(all, rules)
      const offered = short.map((_, i) => tierOf(all[i]!, rules).tier === 'intensif')
      const need = short.map((p) => p.truth < 400)
      const both = offered.filter((o, i) => o && need[i]).length
      expect(Math.abs(said!.ofNeed! - (100 * both) / need.filter(Boolean).length)).toBeLessThanOrEqual(3)
      expect(Math.abs(said!.ofOffered! - (100 * both) / offered.filter(Boolean).length)).toBeLessThanOrEqual(3)
    }
  })

  it('lets nobody be asked to help who is below the line of competence with more than one chance in ten', () => {
    const asked = short.filter((p) => Object.keys(helpsIn(reading(p), shippedTierRules)).length > 0)
    expect(asked.length).toBeGreaterThan(100)
    expect((100 * asked.filter((p) => p.truth < 500).length) / asked.length).toBeLessThanOrEqual(10)
  })
})

describe('a population', () => {
  it('of few people takes its spread from its kin, of many keeps its own', () => {
    const kin = [1, 1.05, 0.95, 1.02].map((sd) => ({ sd, logSdError: 0.05 }))
    const few = pooledSpread({ sd: 1.6, logSdError: 0.3 }, kin)
    expect(few.sd).toBeLessThan(1.1)
    expect(few.logSdError).toBeLessThan(0.1)
    expect(pooledSpread({ sd: 1.6, logSdError: 0.3 }, kin.slice(0, 1)).sd).toBe(1.6)
    const apart = [0.6, 0.8, 1.3, 1.5].map((sd) => ({ sd, logSdError: 0.03 }))
    expect(pooledSpread({ sd: 1.1, logSdError: 0.02 }, apart).sd).toBeCloseTo(1.1, 2)
  })

  it('that is itself uncertain leaves a person less certain', () => {
    const items = someItems(10, 'rasch')
    const data = { ids: items.map((i) => i.id), persons: 1, items: 10, cells: new Int8Array(10).fill(1), categories: items.map(() => 2) }
    const under = (logSdError: number, meanError: number) => posteriors(data, items, () => ({ mean: 0, sd: 1, meanError, logSdError }))[0]!
    expect(under(0.4, 0.3).sd).toBeGreaterThan(under(0, 0).sd)
    expect(under(0, 0).mean).toBeGreaterThan(0.5)
  })
})

it('a chance is said of a hundred, and never as certain', () => {
  expect([0, 0.004, 0.37, 0.9951, 1].map(ofHundred)).toEqual([
    'kurang dari 1 dari 100',
    'kurang dari 1 dari 100',
    'sekitar 37 dari 100',
    'lebih dari 99 dari 100',
    'lebih dari 99 dari 100',
  ])
})
