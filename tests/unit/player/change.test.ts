import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Steps, codes, toggle } from '@/components/player/change'
import type { ResponseValue } from '@/lib/items/model'

describe('steps of an answer that come faster than the phone can write', () => {
  it('build on each other, whenever the writing of each ends', () => {
    const step = fc.record({ code: fc.constantFrom('A', 'B', 'C', 'D'), late: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (taps) => {
        const steps = new Steps()
        const open: ResponseValue[] = []
        let last: ResponseValue = null
        const ticked = new Set<string>()
        for (const { code, late } of taps) {
          last = steps.ask('butir', toggle(code, 0))
          open.push(last)
          if (!ticked.delete(code)) ticked.add(code)
          if (!late) for (const value of open.splice(0)) steps.written('butir', value, true)
        }
        expect(codes(last)).toEqual([...ticked].sort())
      }),
    )
  })

  it('do not build on a step that could not be written, because nobody saw it', () => {
    const steps = new Steps(new Map([['butir', ['A']]]))
    steps.written('butir', steps.ask('butir', toggle('B', 0)), false)
    expect(steps.ask('butir', toggle('C', 0))).toEqual(['A', 'C'])
  })

  it('leave other items alone', () => {
    const steps = new Steps()
    steps.ask('satu', toggle('A', 0))
    expect(steps.ask('dua', toggle('B', 0))).toEqual(['B'])
  })

  it('add nothing where the most allowed stand, and replace where only one may stand', () => {
    expect(toggle('C', 2)(['A', 'B'])).toEqual(['A', 'B'])
    expect(toggle('B', 1)(['A'])).toEqual(['B'])
    expect(toggle('A', 1)(['A'])).toBeNull()
  })
})
