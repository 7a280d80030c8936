import { describe, expect, it } from 'vitest'
import { Z80 } from '@/lib/psychometrics/classification'
import { held, reaching, reliability, simulated, tell } from '../unit/scoring/said'

/** Said against observed, in every tenth of what is said: the long form, whose tables stand in `docs/measurement.md`. */

const instruments = [
  { items: 10, people: 150, subjects: 600 },
  { items: 20, people: 250, subjects: 400 },
  { items: 26, people: 350, subjects: 300 },
]
const truths = [
  { name: 'items of one slope, as the model has them', slopes: false, skewed: false },
  { name: 'items whose slopes differ by a third', slopes: true, skewed: false },
  { name: 'slopes that differ, and a population with a long lower tail', slopes: true, skewed: true },
]

describe.each(truths)('the chance of having reached a line: $name', ({ slopes, skewed }) => {
  it.each(instruments)('is true within 3 points in every tenth with $items items', ({ items, people, subjects }) => {
    const all = simulated({ items, people, subjects, seed: 1000 + items, slopes, skewed })
    const missed: string[] = []
    for (const line of [400, 500]) {
      const now = reliability(reaching(all, [line], 'now'))
      console.log(`${items} items, line ${line}, before: ${tell(reliability(reaching(all, [line], 'before')))}`)
      console.log(`${items} items, line ${line}, now:    ${tell(now)}`)
      // A tenth with a standard error of its own is allowed that much more, so that the verdict is not one on luck.
      for (const t of now) if (t && Math.abs(t.said - t.observed) > 3 + t.error) missed.push(`${line}: ${tell([t])}`)
    }
    const ranges = held(all, Z80)
    console.log(`${items} items, 80 % range holds, by tenth of the posterior mean: ${ranges.map((r) => r.toFixed(1)).join(' | ')}`)
    expect(missed).toEqual([])
  })
})
