import { describe, expect, it } from 'vitest'
import { judged } from '../unit/calibration/flagged'

/** Flags of sound tests and wrong keys found: the long form, whose table stands in `docs/measurement.md`. */

describe.each([10, 20, 26])('the flags of a test of %s items', (items) => {
  it.each([120, 360])('are false on at most five of a hundred sound tests of %s people', (people) => {
    const sound = judged({ items, people, tests: 150, fault: 'none', seed: items + people })
    console.log(
      `${items} items, ${people} people: ${sound.testsFlagged} of 150 sound tests flagged; plain gate calls ${(100 * sound.plainWeak).toFixed(1)} % of sound items weak`,
    )
    expect(sound.testsFlagged).toBeLessThanOrEqual(13)
  })
  it.each([120, 360])('find a wrong key as often as they say, with %s people', (people) => {
    const wrong = judged({ items, people, tests: 60, fault: 'key', seed: 7 * items + people })
    console.log(
      `${items} items, ${people} people: wrong key found ${(100 * wrong.found).toFixed(0)} %, said ${(100 * wrong.saidKey).toFixed(0)} %`,
    )
    expect(wrong.found).toBeGreaterThanOrEqual(wrong.saidKey - 0.13)
  })
})
