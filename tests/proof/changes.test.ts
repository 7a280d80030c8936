import { describe, expect, it } from 'vitest'
import { chances, changesOf, ranges, reliability, tell } from '../unit/growth/changes'

/** Single changes, said against true: the long form, whose table stands in `docs/measurement.md`. */

describe.each([0.15, 0.5])('single changes that differ by %s logits', (spread) => {
  it.each([10, 20, 26])('are told truly after tests of %s items', (items) => {
    const all = changesOf({ items, teachers: items === 10 ? 400 : 1_500, provinces: items === 10 ? 60 : 25, spread })
    const tenths = reliability(chances(all))
    console.log(`${items} items, spread ${spread}, chance of a rise: ${tell(tenths)}`)
    const held = ranges(all)
    const share = (100 * held.filter(Boolean).length) / Math.max(1, held.length)
    console.log(`${items} items, spread ${spread}, 80 % range holds the truth: ${share.toFixed(1)} % of ${held.length}`)
    if (held.length > 1_000) expect(share).toBeGreaterThan(77)
    for (const how of ['before', 'word'] as const)
      for (const word of ['up', 'down'] as const) {
        const told = all.filter((c) => c[how] === word)
        const right = told.filter((c) => c.gain > 0 === (word === 'up')).length
        console.log(`${items} items, spread ${spread}, ${how} ${word}: ${told.length} of ${all.length}, true of ${right}`)
        // A word is promised to be true of nine in ten; people of one province share its link, so errors are those of provinces.
        const [t] = reliability(told.map((c) => ({ said: 0.999, so: c.gain > 0 === (word === 'up'), subject: c.province }))).slice(9)
        if (how === 'word' && t && t.n > 100) expect(t.observed, tell([t])).toBeGreaterThan(87 - 2 * t.error)
      }
    for (const t of tenths) if (t && t.n > 200) expect(Math.abs(t.said - t.observed), tell([t])).toBeLessThanOrEqual(3 + 2 * t.error)
  })
})
