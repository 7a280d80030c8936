import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, decideSafely } from '@/lib/mapping/decide'
import { keyOf, type Asked, type Atom } from '@/lib/mapping/family'
import { gather } from '@/lib/mapping/gather'
import { determined } from '@/lib/mapping/secrecy'
import { DOMINANT, tellingKeys } from '@/lib/mapping/telling'
import type { Taken } from '@/lib/mapping/build-store'

/** Groups of people enough whose figure would still tell of one school, or of everybody in them. */
const LIMIT = 10
const group = (g: Partial<Asked>) =>
  keyOf({ basis: 'raw', cycle: '', level: '', subject: '', status: '', place: '', indicator: '', reach: '', ...g })

/** `n` teachers of a school, their percents far apart unless said. */
const teachers = (n: number, of: Partial<Taken> = {}): Taken[] =>
  Array.from({ length: n }, (_, i) => ({
    regionId: 'R1',
    schoolId: 'K1',
    level: 'SMA',
    subjectId: 'MTK',
    status: null,
    cycle: 'A',
    latest: true,
    instrumentId: 'I',
    raw: (i * 37) % 100,
    mastery: null,
    low: null,
    high: null,
    mean: null,
    sd: null,
    ...of,
  }))
const telling = (people: Taken[]) => tellingKeys(gather('1', people, [], []), LIMIT, new Set())

describe('a group of people enough', () => {
  it('tells of one school where that is more than four fifths of a subject, and of none at just four fifths', () => {
    const four = 4 * LIMIT
    const at = (most: number, others: number) =>
      telling([...teachers(most), ...teachers(others, { schoolId: 'K2' }), ...teachers(5, { subjectId: 'BIO' })]).has(
        group({ place: 'R1', subject: 'MTK' }),
      )
    expect(at(four, four / 4)).toBe(false)
    expect(DOMINANT * (four + four / 4)).toBe(four)
    expect(at(four + 1, four / 4)).toBe(true)
  })
  it('leaves a school that is a level of its own to its own figure, but not one that is too small for one', () => {
    const alone = telling([...teachers(20, { level: 'SLB' }), ...teachers(15, { level: 'SLB', subjectId: 'BIO' })])
    expect(alone.has(group({ place: 'R1', level: 'SLB' }))).toBe(false)
    expect(alone.has(group({ place: 'R1', level: 'SLB', subject: 'MTK' }))).toBe(true)
    const small = [...teachers(LIMIT - 1), ...teachers(1, { schoolId: 'K2' })]
    expect(telling(small).has(group({ place: 'R1' }))).toBe(true)
  })
  it('tells of everybody where all stand in one band of five percents', () => {
    const three = (raw: (i: number) => number) =>
      telling(['K1', 'K2', 'K3'].flatMap((schoolId, k) => teachers(5, { schoolId }).map((t, i) => ({ ...t, raw: raw(5 * k + i) }))))
    expect(three((i) => 40 + (i % 5)).has(group({ place: 'R1' }))).toBe(true)
    expect(three((i) => 41 + (i % 5)).has(group({ place: 'R1' }))).toBe(false)
  })
  it('tells of everybody where all are competent or none is, as far as their tests tell', () => {
    const at = (points: number) =>
      telling(
        ['K1', 'K2', 'K3'].flatMap((schoolId) =>
          teachers(5, { schoolId }).map((t, i) => ({ ...t, mastery: 30 + 10 * i, mean: points, sd: 30 })),
        ),
      ).has(group({ basis: 'mastery', place: 'R1' }))
    expect([at(380), at(500), at(620)]).toEqual([true, false, true])
  })
  it('is not named at all while it is small: smallness hides it', () => {
    expect([...telling(teachers(LIMIT - 1))]).toEqual([])
  })
})

const atom = (a: Partial<Atom>): Atom => ({
  regionId: 'R1',
  level: 'SMA',
  subjectId: 'MTK',
  schoolId: 'K1',
  status: null,
  cycle: 'A',
  indicators: [],
  now: { latest: true, measured: false },
  before: [],
  n: 20,
  ...a,
})

describe('a telling group in a publication', () => {
  const atoms = ['R1', 'R2', 'R3'].flatMap((regionId) =>
    ['MTK', 'BIO', 'FIS'].map((subjectId) => atom({ regionId, subjectId, schoolId: `${regionId}${subjectId}` })),
  )
  const told = group({ place: 'R1', subject: 'MTK' })
  it('is hidden with as many others as keep its figure from being found', () => {
    const open = decide(atoms, [], [], LIMIT)()
    expect(open.hidden).toEqual([])
    const kept = decide(atoms, [], [], LIMIT, new Set([told]))()
    expect(kept.shown.has(told)).toBe(false)
    expect(kept.shown.has(group({ place: 'R1' })) && kept.shown.has(group({ subject: 'MTK' }))).toBe(true)
    expect(determined(kept.known, kept.open, kept.hidden).keys).toEqual([])
  })
  it('stays as it is where an earlier publication has told it: hiding would help nobody', () => {
    const before = atoms.map((a) => ({ ...a, before: [{ latest: true, measured: false }] }))
    const first = decide(atoms, [], [], LIMIT)()
    const second = decide(before, [], [new Set(first.shown.keys())], LIMIT, new Set([told]))()
    expect(second.shown.has(told)).toBe(true)
  })
  it('is never found by whoever adds and subtracts all that is shown, for any counts and any telling groups', async () => {
    const counts = fc.array(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 6, maxLength: 6 }), { minLength: 3, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(counts, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), async (rows, picks) => {
        const people = rows.flatMap((row, r) =>
          row.map((n, i) =>
            atom({
              regionId: `R${r}`,
              level: i % 2 ? 'SMA' : 'SMK',
              subjectId: ['MTK', 'BIO', 'FIS'][i % 3]!,
              schoolId: `K${r}${i % 2}`,
              now: { latest: true, measured: i % 4 !== 0 },
              n,
            }),
          ),
        )
        const large = decide(people, [], [], LIMIT)().candidates.filter((c) => c.n >= LIMIT)
        const chosen = new Set(picks.map((p) => large[p % large.length]!.key))
        const found = await decideSafely(decide(people, [], [], LIMIT, chosen), LIMIT)
        expect([...chosen].filter((k) => found.shown.has(k))).toEqual([])
        expect(found.determined).toEqual([])
      }),
      { numRuns: 6 },
    )
  })
})
