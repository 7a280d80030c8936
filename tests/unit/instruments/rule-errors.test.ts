import { describe, expect, it } from 'vitest'
import { ruleErrors, validityOf } from '@/lib/instruments/validity'
import { seeded } from '@/lib/platform/random'

describe('the rule of content validity', () => {
  const all = Array.from({ length: 18 }, (_, i) => ({ n: i + 3, ...ruleErrors(i + 3) }))
  it('keeps an item that is rated by chance in at most five of a hundred cases, with 3 to 20 experts', () => {
    for (const e of all) expect(e.keptByChance, `${e.n} experts`).toBeLessThanOrEqual(0.05)
  })
  it('sends fewer relevant items back the more experts there are, and says how many', () => {
    expect(all[0]!.relevantSentBack).toBeGreaterThan(0.3)
    expect(all.at(-1)!.relevantSentBack).toBeLessThan(0.05)
  })
  it('errs as often as it says when it is tried', () => {
    const random = seeded(3)
    const tried = Array.from({ length: 20_000 }, () => validityOf(Array.from({ length: 5 }, () => 1 + Math.floor(5 * random()))).decision)
    expect(tried.filter((d) => d === 'keep').length / tried.length).toBeCloseTo(ruleErrors(5).keptByChance, 2)
  })
})
