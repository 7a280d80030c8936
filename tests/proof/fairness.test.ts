import { afterAll, describe, expect, it } from 'vitest'
import { compared } from '../unit/calibration/unfair'
import { keepFindings, rate, type Finding } from './claims'

/** Items called unfair in fair tests, and unfair ones that are found: the long form, whose findings stand in `docs/measurement.md`. */

const TESTS = 400
const false_: Finding[] = []
const found: Finding[] = []

describe.each([100, 200, 400])('items of two groups of %s people', (people) => {
  it.each([0, 0.3])('are called different in at most one fair test of twenty, slopes differing by %s', (slopes) => {
    const { testsFlagged } = compared({ items: 20, people, tests: TESTS, shift: 0, slopes, seed: 66 })
    false_.push(rate(`20 items, two groups of ${people}, slopes ${slopes ? 'differ by a third' : 'alike'}`, 5, testsFlagged, TESTS))
    expect(testsFlagged / TESTS).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt(0.0475 / TESTS))
  })
  it.each([0.6, 0.9])('are found where one is harder by %s logits for one of them', (shift) => {
    const unfair = compared({ items: 20, people, tests: TESTS / 4, shift, seed: 67 })
    found.push(rate(`two groups of ${people}, one item of 20 harder by ${shift}: found`, 100, unfair.found, TESTS / 4))
    false_.push(rate(`two groups of ${people}, another item harder by ${shift}`, 5, unfair.testsFlagged, TESTS / 4))
    expect(unfair.testsFlagged / (TESTS / 4)).toBeLessThanOrEqual(0.12)
  })
})

afterAll(() => {
  if (false_.length < 12) return
  keepFindings('unfair', false_)
  keepFindings('unfair-found', found)
})
