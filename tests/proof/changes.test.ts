import { afterAll, describe, expect, it } from 'vitest'
import { chances, changesOf, ranges, reliability, tell } from '../unit/growth/changes'
import { keepFindings, type Finding } from './claims'

/** Single changes, said against true: the long form, whose findings stand in `docs/measurement.md`. */

const chance: Finding[] = []
const words: Finding[] = []
const held: Finding[] = []
let runs = 0

/**
 * Share of events that are so, with the standard error that it has over provinces if what is said is true: people of one share its link, and a
 * province whose link is off says the same to everybody. Around the share itself a single province would seem to know it exactly.
 */
const overProvinces = (where: string, said: number, events: readonly { so: boolean; province: number }[]): Finding => {
  const off = new Map<number, number>()
  for (const e of events) off.set(e.province, (off.get(e.province) ?? 0) + Number(e.so) - said / 100)
  return {
    where: `${where}, in ${off.size} provinces`,
    said,
    observed: (100 * events.filter((e) => e.so).length) / events.length,
    error: (100 * Math.sqrt([...off.values()].reduce((s, x) => s + x * x, 0))) / events.length,
    n: events.length,
  }
}

describe.each([0.15, 0.5])('single changes that differ by %s logits', (spread) => {
  it.each([10, 20, 26])('are told truly after tests of %s items', (items) => {
    const all = changesOf({ items, teachers: items === 10 ? 400 : 1_500, provinces: items === 10 ? 60 : 25, spread })
    const where = `${items} items, gains differ by ${spread}`
    const tenths = reliability(chances(all))
    console.log(`${where}, chance of a rise: ${tell(tenths)}`)
    for (const [k, t] of tenths.entries()) if (t && t.n > 200) chance.push({ where: `${where}, ${10 * k}–${10 * k + 10}`, ...t })
    const share = (100 * ranges(all).filter(Boolean).length) / Math.max(1, ranges(all).length)
    console.log(`${where}, 80 % range holds the truth: ${share.toFixed(1)} % of ${ranges(all).length}`)
    const ranged = all.flatMap((c) => (c.held === null ? [] : [{ so: c.held, province: c.province }]))
    if (ranged.length > 1_000) held.push(overProvinces(where, 80, ranged))
    for (const how of ['before', 'word'] as const)
      for (const word of ['up', 'down'] as const) {
        const told = all.filter((c) => c[how] === word).map((c) => ({ so: c.gain > 0 === (word === 'up'), province: c.province }))
        console.log(`${where}, ${how} ${word}: ${told.length} of ${all.length}, true of ${told.filter((t) => t.so).length}`)
        // A word is promised to be true of nine in ten.
        if (how === 'word' && told.length > 100) words.push(overProvinces(`${where}, “${word === 'up' ? 'naik' : 'turun'}”`, 90, told))
      }
    runs++
  })
})

it('single changes keep what was found of them', () => {
  expect(runs).toBe(6)
  for (const f of words) expect(f.observed, f.where).toBeGreaterThan(87 - 2 * f.error)
  for (const f of held) expect(f.observed, f.where).toBeGreaterThan(77 - 2 * f.error)
})

afterAll(() => {
  if (runs < 6) return
  keepFindings('change-chance', chance)
  keepFindings('change-words', words)
  keepFindings('change-range', held)
})
