import { describe, expect, it } from 'vitest'
import { chanceBelow } from '@/lib/psychometrics/posterior'
import { carriedLinkError, personChange, populationsOfChange } from '@/lib/growth/person-change'
import { changeWord } from '@/components/growth/words'
import { chances, changesOf, reliability, tell } from './changes'

/** What one person is told of the own change, against what is true; the long form: `tests/proof/changes.test.ts`. */

const latent = { before: 500, after: 510, sdBefore: 100, sdAfter: 100, correlation: 0.9, n: 400 }

describe('the change of one person', () => {
  it('was called a fall by two scores and their errors alone where most had risen; now a fall is one', () => {
    const all = changesOf({ items: 10, teachers: 400, provinces: 8, spread: 0.15 })
    const fell = all.filter((c) => c.before === 'down')
    expect(fell.length).toBeGreaterThan(30)
    expect(fell.filter((c) => c.gain > 0).length / fell.length).toBeGreaterThan(0.4)
    const now = all.filter((c) => c.word === 'down')
    expect(now.filter((c) => c.gain > 0).length).toBeLessThanOrEqual(Math.ceil(0.13 * now.length))
  })

  it('is told with a chance that is true in every tenth, and in words only where these are true of nine in ten', () => {
    const all = changesOf({ items: 26, teachers: 800, provinces: 10, spread: 0.5 })
    for (const t of reliability(chances(all)))
      if (t && t.n > 50) expect(Math.abs(t.said - t.observed), tell([t])).toBeLessThanOrEqual(3 + 2 * t.error)
    for (const word of ['up', 'down'] as const) {
      const told = all.filter((c) => c.word === word)
      expect(told.length).toBeGreaterThan(20)
      const right = told.filter((c) => c.gain > 0 === (word === 'up')).length / told.length
      expect(right).toBeGreaterThan(0.87)
    }
  })

  it('takes both errors, the link’s and the people’s own change in', () => {
    const told = (after: number, link: number) => personChange({ before: 480, seBefore: 40, after, seAfter: 40 }, latent, link)
    expect(told(560, 0).mean).toBeGreaterThan(0)
    expect(told(560, 0).mean).toBeLessThan(80)
    expect(told(560, 30).sd).toBeGreaterThan(told(560, 0).sd)
    expect(told(560, 0).pImproved).toBeCloseTo(1 - chanceBelow(told(560, 0), 0), 12)
  })

  it('carries a link at least as uncertain as its anchors are, and is not told at all where that is wide', () => {
    expect(carriedLinkError({ error: 1, anchors: Array(16).fill(20) as number[] })).toBeCloseTo(5 * Math.sqrt(15 / 13), 9)
    expect(carriedLinkError({ error: 7, anchors: Array(16).fill(20) as number[] })).toBeCloseTo(7 * Math.sqrt(15 / 13), 9)
    expect(carriedLinkError({ error: 4, anchors: [5, 5] })).toBe(12)
  })

  it('has one population for all readers; a small instrument takes its spread from the others', () => {
    const pairs = [...Array(200).keys()].map((i) => ({
      instrumentId: i < 190 ? 'large' : 'small',
      before: 400 + (i % 20) * 10,
      seBefore: 40,
      after: 410 + ((i * 7) % 20) * 10,
      seAfter: 40,
    }))
    const found = populationsOfChange(pairs)
    expect(found.get('small')!.n).toBe(10)
    expect(Math.abs(found.get('small')!.sdBefore - found.get('large')!.sdBefore)).toBeLessThan(10)
    expect(populationsOfChange([{ instrumentId: 'new', before: 450, seBefore: 40, after: 470, seAfter: 40 }]).get('new')).toMatchObject({
      sdBefore: 100,
      correlation: 0.9,
    })
  })

  it('of personality is no rise and no fall, on no screen', () => {
    expect(changeWord({ low: 3, high: 9 }, '2')).toBe('bergeser')
    expect(changeWord({ low: -9, high: -3 }, '2')).toBe('bergeser')
    expect(changeWord({ low: 3, high: 9 }, '1')).toBe('naik')
  })
})
