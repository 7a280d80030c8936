import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alphaOfInterval } from '@/lib/psychometrics/krippendorff'
import { agreementOf, severityOf } from '@/lib/rating/agreement'
import { agree, resolve } from '@/lib/rating/resolve'
import { normal, seeded } from '@/lib/platform/random'
import type { PairRow } from '@/lib/rating/store'

describe('the score of an extended response', () => {
  it('waits for two raters', () => {
    expect(resolve([], 5)).toEqual({ state: 'waiting' })
    expect(resolve([[2, 1]], 5)).toEqual({ state: 'waiting' })
  })
  it('is the mean of two raters who agree', () => {
    expect(
      resolve(
        [
          [2, 2, 1],
          [2, 1, 1],
        ],
        5,
      ),
    ).toEqual({ state: 'resolved', share: 0.9, method: 'two' })
  })
  it('asks a third where totals lie more than a fifth of full credit apart, or one criterion two levels apart', () => {
    expect(agree([2, 2, 1], [1, 1, 1], 5)).toBe(false)
    expect(agree([2, 0], [0, 2], 4)).toBe(false)
    expect(agree([3, 3, 3, 3], [2, 2, 3, 3], 12)).toBe(true)
    expect(
      resolve(
        [
          [2, 2],
          [0, 1],
        ],
        4,
      ),
    ).toEqual({ state: 'disputed' })
  })
  it('is the mean of all three where a third had to judge', () => {
    const pair = [
      [2, 2],
      [0, 1],
    ]
    expect(resolve([...pair, [2, 1]], 4)).toEqual({ state: 'resolved', share: 8 / 3 / 4, method: 'third' })
    expect(
      resolve(
        [
          [2, 2],
          [0, 0],
          [1, 1],
        ],
        4,
      ),
    ).toEqual({ state: 'resolved', share: 0.5, method: 'third' })
  })
  it('errs less as the mean of three than as that of the nearer two, whoever is severe', () => {
    const random = seeded(5)
    const top = 12
    let [three, nearer, n] = [0, 0, 0]
    while (n < 2_000) {
      const truth = top * (0.15 + 0.7 * random())
      const severe = [normal(random), normal(random), normal(random)]
      const rate = (k: number) => {
        const total = Math.round(Math.min(top, Math.max(0, truth + 0.8 * severe[k]! + 1.6 * normal(random))))
        return [0, 1, 2, 3].map((c) => Math.floor((total + c) / 4))
      }
      const [a, b, c] = [rate(0), rate(1), rate(2)]
      if (agree(a, b, top)) continue
      const found = resolve([a, b, c], top)
      if (found.state !== 'resolved') throw new Error('unresolved')
      const totals = [a, b, c].map((r) => r.reduce((x, y) => x + y, 0)) as [number, number, number]
      const near = Math.abs(totals[2] - totals[0]) <= Math.abs(totals[2] - totals[1]) ? totals[0] : totals[1]
      three += (found.share * top - truth) ** 2
      nearer += ((near + totals[2]) / 2 - truth) ** 2
      n++
    }
    expect(Math.sqrt(three / n)).toBeLessThan(0.9 * Math.sqrt(nearer / n))
  })
  it('does not depend on who of the pair came first, and never leaves the range of the ratings that count', () => {
    const points = fc.array(fc.nat(3), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(points, points, points, (a, b, c) => {
        const one = resolve([a, b, c], 9)
        expect(resolve([b, a, c], 9)).toEqual(one)
        if (one.state !== 'resolved') return
        const totals = [a, b, c].map((p) => p.reduce((x, y) => x + y, 0))
        expect(one.share * 9).toBeGreaterThanOrEqual(Math.min(...totals) - 1e-9)
        expect(one.share * 9).toBeLessThanOrEqual(Math.max(...totals) + 1e-9)
      }),
    )
  })
})

describe('agreement of raters', () => {
  it('gives the interval α of Krippendorff’s published example', () => {
    // Krippendorff 2011, Computing Krippendorff's Alpha-Reliability: four observers, twelve units, values missing.
    const _ = null
    const observers = [
      [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
      [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
      [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
      [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
    const units = observers[0]!.map((__, u) => observers.map((o) => o[u]).filter((x): x is number => typeof x === 'number'))
    const found = alphaOfInterval(units)
    expect(found.ok && Number(found.value.alpha.toFixed(3))).toBe(0.849)
    expect(found.ok && found.value.n).toBe(11)
  })
  it('is 1 for raters who always agree, near 0 for chance, and says when there is nothing to agree about', () => {
    expect(
      alphaOfInterval([
        [1, 1],
        [2, 2],
        [5, 5],
      ]),
    ).toMatchObject({ ok: true, value: { alpha: 1 } })
    expect(
      alphaOfInterval([
        [3, 3],
        [3, 3],
      ]),
    ).toMatchObject({ ok: false, problem: { code: 'constant' } })
    expect(alphaOfInterval([[3], []])).toMatchObject({ ok: false, problem: { code: 'empty' } })
    const chance = alphaOfInterval(Array.from({ length: 900 }, (_, i) => [i % 3, Math.floor(i / 3) % 3]))
    expect(chance.ok && Math.abs(chance.value.alpha)).toBeLessThan(0.01)
  })
  it('is the mean over all pairs of ratings, and its error that of leaving out one unit at a time', () => {
    const apart = (list: number[]) => list.flatMap((x) => list.map((y) => (x - y) ** 2)).reduce((a, b) => a + b, 0)
    const direct = (units: number[][]) => {
      const all = units.flat()
      const expected = apart(all) / (all.length * (all.length - 1))
      return 1 - units.reduce((s, u) => s + apart(u) / (u.length - 1), 0) / all.length / expected
    }
    const unit = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(unit, { minLength: 3, maxLength: 12 }), fc.integer({ min: -500, max: 500 }), (units, shift) => {
        const found = alphaOfInterval(units.map((u) => u.map((x) => x + shift)))
        if (new Set(units.flat()).size === 1) return expect(found.ok).toBe(false)
        expect(found.ok && found.value.alpha).toBeCloseTo(direct(units), 9)
        const without = units.map((_, i) => units.filter((__, j) => j !== i))
        const se = found.ok ? found.value.se : null
        if (without.some((w) => new Set(w.flat()).size === 1)) return expect(se).toBeNull()
        const alphas = without.map(direct)
        const mean = alphas.reduce((a, b) => a + b, 0) / alphas.length
        expect(se).toBeCloseTo(Math.sqrt(((alphas.length - 1) / alphas.length) * alphas.reduce((s, a) => s + (a - mean) ** 2, 0)), 7)
      }),
    )
  })
  const pair = (first: number, second: number, raters: [string, string] = ['a', 'b']): PairRow => ({
    itemCode: 'X-001',
    first: [first],
    second: [second],
    firstRater: raters[0],
    secondRater: raters[1],
  })
  it('hides figures of fewer than ten pairs', () => {
    expect(agreementOf([pair(1, 1), pair(2, 1)], 4)).toMatchObject({ pairs: 2, exact: null, alpha: null })
    expect(severityOf([pair(1, 1)], 'a')).toEqual({ pairs: 1, mean: null, se: null })
  })
  it('counts the same total and what needs no third rater', () => {
    const pairs = [...Array.from({ length: 8 }, (_, i) => pair(i % 4, i % 4)), pair(0, 1), pair(0, 3)]
    expect(agreementOf(pairs, 4)).toMatchObject({ pairs: 10, exact: 0.8, within: 0.9 })
  })
  it('says how much milder a rater is than the partners on the same responses, whichever place they had', () => {
    const pairs = Array.from({ length: 12 }, (_, i) => (i % 2 ? pair(2, 1) : pair(1, 2, ['b', 'a'])))
    expect(severityOf(pairs, 'a')).toMatchObject({ pairs: 12, mean: 1, se: 0 })
    expect(severityOf(pairs, 'b')).toMatchObject({ mean: -1 })
  })
})
