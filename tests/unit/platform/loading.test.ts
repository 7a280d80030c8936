import { describe, expect, it } from 'vitest'
import { loadingOf, loadingWords } from '@/lib/platform/loading-model'
import { seeded } from '@/lib/platform/random'

const step = (weight: number, state: 'waiting' | 'running' | 'done' | 'failed') => ({ weight, state })

describe('how far a demonstration is loaded', () => {
  it('is told by the work that is done, not by the number of steps', () => {
    expect(loadingOf([step(9, 'done'), step(1, 'waiting')])).toEqual({ percent: 90, waiting: 1, failed: 0 })
    expect(loadingOf([step(1, 'done'), step(9, 'running')])).toEqual({ percent: 10, waiting: 1, failed: 0 })
  })

  it('is never a hundred while anything is missing, and nothing at all once all is there or where nothing was asked for', () => {
    expect(loadingOf([step(100_000, 'done'), step(1, 'waiting')])?.percent).toBe(99)
    expect(loadingOf([step(1, 'done')])).toBeNull()
    expect(loadingOf([])).toBeNull()
  })

  it('names what failed in the line that every page shows', () => {
    expect(loadingWords({ percent: 62, waiting: 3, failed: 0 })).toBe('Data peragaan: 62 persen termuat, sisanya sedang dimuat.')
    expect(loadingWords({ percent: 62, waiting: 3, failed: 1 })).toBe('Data peragaan: 62 persen, 1 langkah gagal.')
  })

  it('draws on from where chance stood when it was broken off', () => {
    const whole = seeded(7)
    const drawn = Array.from({ length: 6 }, whole)
    const first = seeded(7)
    const before = Array.from({ length: 3 }, first)
    expect([...before, ...Array.from({ length: 3 }, seeded(first.state()))]).toEqual(drawn)
  })
})
