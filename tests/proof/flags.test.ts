import { afterAll, describe, expect, it } from 'vitest'
import { judged } from '../unit/calibration/flagged'
import { keepFindings, rate, type Finding } from './claims'

/** Flags of sound tests and wrong keys found: the long form, whose findings stand in `docs/measurement.md`. */

const [SOUND, WRONG] = [150, 60]
const false_: Finding[] = []
const found: Finding[] = []

describe.each([10, 20, 26])('the flags of a test of %s items', (items) => {
  it.each([120, 360])('are false on at most five of a hundred sound tests of %s people', (people) => {
    const sound = judged({ items, people, tests: SOUND, fault: 'none', seed: items + people })
    false_.push(rate(`${items} items, ${people} people`, 5, sound.testsFlagged, SOUND))
    console.log(
      `${items} items, ${people} people: ${sound.testsFlagged} of ${SOUND} sound tests flagged; plain gate calls ${(100 * sound.plainWeak).toFixed(1)} % of sound items weak`,
    )
    expect(sound.testsFlagged).toBeLessThanOrEqual(13)
  })
  it.each([120, 360])('find a wrong key as often as they say, with %s people', (people) => {
    const wrong = judged({ items, people, tests: WRONG, fault: 'key', seed: 7 * items + people })
    found.push(rate(`${items} items, ${people} people`, 100 * wrong.saidKey, Math.round(WRONG * wrong.found), WRONG))
    console.log(
      `${items} items, ${people} people: wrong key found ${(100 * wrong.found).toFixed(0)} %, said ${(100 * wrong.saidKey).toFixed(0)} %`,
    )
    expect(wrong.found).toBeGreaterThanOrEqual(wrong.saidKey - 0.13)
  })
})

afterAll(() => {
  if (false_.length < 6 || found.length < 6) return
  keepFindings('flags', false_)
  keepFindings('flag-power', found)
})
