import { describe, expect, it } from 'vitest'
import { judged } from './flagged'

/** Flags of sound tests and of tests with a known fault: the quick form of `tests/proof/flags.test.ts`. */

describe('the flags of a test', () => {
  it('stay silent on nearly all tests without any fault, though the plain gate calls sound items weak', () => {
    const sound = judged({ items: 10, people: 120, tests: 12, fault: 'none', seed: 11 })
    expect(sound.plainWeak).toBeGreaterThan(0.02)
    // Five in a hundred promised; of 12 tests three are more than chance allows (p < 0.02).
    expect(sound.testsFlagged).toBeLessThanOrEqual(2)
  })

  it('say how often they find a wrong key with this many people, and do', () => {
    const small = judged({ items: 10, people: 100, tests: 10, fault: 'key', seed: 2 })
    const large = judged({ items: 10, people: 500, tests: 3, fault: 'key', seed: 3 })
    expect(Math.abs(small.found - small.saidKey)).toBeLessThan(0.25)
    expect(large.found).toBeGreaterThanOrEqual(small.found)
    expect(large.saidKey).toBeGreaterThan(small.saidKey)
  })

  it('are the same for the same test', () => {
    const once = judged({ items: 10, people: 120, tests: 1, fault: 'none', seed: 5 })
    expect(judged({ items: 10, people: 120, tests: 1, fault: 'none', seed: 5 })).toEqual(once)
  })
})
