import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { familyOf, keyOf, type Asked, type Atom, type Reach } from '@/lib/mapping/family'
import { publishJointly } from '@/lib/mapping/joint'
import { solved } from './solve'

const decide = (atoms: Atom[], reaches: Reach[] = []) => {
  const family = familyOf(atoms, reaches, 'raw')
  return { ...family, published: publishJointly(family.sizes.length, family.known, family.candidates, 10) }
}
type Sketch = Partial<Omit<Atom, 'now'>> & { latest?: boolean; measured?: boolean }
const atom = ({ latest = true, measured = false, ...a }: Sketch): Atom => ({
  regionId: 'R1',
  level: 'SMA',
  subjectId: 'MTK',
  schoolId: 'K1',
  status: null,
  cycle: 'A',
  now: { latest, measured },
  before: [],
  indicators: [],
  n: 1,
  ...a,
})
const group = (g: Partial<Asked>) =>
  keyOf({ basis: 'raw', cycle: '', level: '', subject: '', status: '', place: '', indicator: '', reach: '', ...g })

describe('groups that are decided together', () => {
  it('are all published where none is small', () => {
    const atoms = ['R1', 'R2'].flatMap((regionId) =>
      ['SMA', 'SMK'].flatMap((level) =>
        ['MTK', 'BIO'].map((subjectId) => atom({ regionId, level, subjectId, schoolId: regionId + level, n: 12 })),
      ),
    )
    const { candidates, published } = decide(atoms)
    expect(published.size).toBe(candidates.length)
  })
  it('keep the few of SLB hidden that all levels less SMA less SMK would give away', () => {
    const atoms = ['R1', 'R2', 'R3'].flatMap((regionId) => [
      atom({ regionId, level: 'SMA', schoolId: `${regionId}a`, n: 40 }),
      atom({ regionId, level: 'SMK', schoolId: `${regionId}k`, n: 30 }),
      atom({ regionId, level: 'SLB', schoolId: `${regionId}l`, n: regionId === 'R1' ? 4 : 20 }),
    ])
    const { published } = decide(atoms)
    expect(published.has(group({ place: 'R1' }))).toBe(true)
    expect(published.has(group({ place: 'R1', level: 'SLB' }))).toBe(false)
    expect(published.has(group({ place: 'R1', level: 'SMA' })) && published.has(group({ place: 'R1', level: 'SMK' }))).toBe(false)
    // The four are no difference of kabupaten either: another one of SLB goes with them.
    expect(published.has(group({ level: 'SLB' }))).toBe(true)
    expect(['R2', 'R3'].filter((place) => published.has(group({ place, level: 'SLB' })))).toHaveLength(1)
  })
  it('keep a wave of few hidden behind its series, and those who are not measured behind those who are', () => {
    const atoms = [
      atom({ cycle: 'A', n: 6 }),
      atom({ cycle: 'B', n: 60 }),
      atom({ regionId: 'R2', schoolId: 'K2', cycle: 'A', n: 50 }),
      atom({ regionId: 'R2', schoolId: 'K2', cycle: 'B', n: 40 }),
      atom({ regionId: 'R3', schoolId: 'K3', cycle: 'A', n: 30 }),
      atom({ regionId: 'R3', schoolId: 'K3', cycle: 'B', n: 30 }),
    ]
    const { published } = decide(atoms)
    expect(published.has(group({ place: 'R1' }))).toBe(true)
    expect(published.has(group({ place: 'R1', cycle: 'B' }))).toBe(false)
    const unlike = decide([
      atom({ measured: true, n: 30 }),
      atom({ measured: false, subjectId: 'BIO', n: 5 }),
      atom({ regionId: 'R2', schoolId: 'K2', measured: true, n: 30 }),
      atom({ regionId: 'R2', schoolId: 'K2', measured: false, subjectId: 'BIO', n: 25 }),
    ]).published
    expect(unlike.has(group({ place: 'R1' }))).toBe(true)
    expect(unlike.has(group({ place: 'R1', basis: 'mastery' }))).toBe(false)
  })
  it('count what an office alone may add up: its own levels and kabupaten', () => {
    const atoms = ['R1', 'R2', 'R3'].flatMap((regionId) =>
      ['SD', 'SMP', 'SMA'].map((level) =>
        atom({ regionId, level, schoolId: regionId + level, n: level === 'SMA' && regionId === 'R1' ? 3 : 25 }),
      ),
    )
    const { published } = decide(atoms, [{ key: 'own', within: (a) => a.level !== 'SMA' && a.regionId !== 'R3' }])
    expect(published.has(group({ place: 'R1' }))).toBe(true)
    expect(published.has(group({ place: 'R1', reach: 'own' }))).toBe(false)
    expect(published.has(group({ place: 'R2' }))).toBe(true)
  })
  it('never let whoever adds and subtracts all that is published find a hidden one', () => {
    const few = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 40 }))
    const drawn = fc.array(fc.array(few, { minLength: 12, maxLength: 12 }), { minLength: 3, maxLength: 4 })
    fc.assert(
      fc.property(drawn, (counts) => {
        const atoms = counts
          .flatMap((row, r) =>
            row.map((n, i) =>
              atom({
                regionId: `R${r}`,
                level: ['SMA', 'SMK', 'SLB'][i % 3]!,
                subjectId: i < 6 ? 'MTK' : 'BIO',
                schoolId: `K${r}${i % 3}${i % 2}`,
                status: i % 2 ? 'PNS' : 'PPPK',
                cycle: i % 4 < 2 ? 'A' : 'B',
                latest: i % 5 !== 0,
                measured: i >= 3,
                indicators: i < 6 ? ['4.1', '4.2'] : ['4.1'],
                n,
              }),
            ),
          )
          .filter((a) => a.n > 0)
        const mine: Reach['within'] = (a) => a.regionId === 'R0' && a.level !== 'SLB'
        const { candidates, published } = decide(atoms, [{ key: 'own', within: mine }])
        const people = atoms.flatMap((a) => Array.from({ length: a.n }, () => a))
        const of = (key: string) => {
          const [basis, cycle, level, subject, status, place, indicator, own] = key.split('|')
          return people.filter(
            (a) =>
              (basis === 'raw' || a.now!.measured) &&
              (cycle ? a.cycle === cycle : a.now!.latest) &&
              (!level || a.level === level) &&
              (!subject || a.subjectId === subject) &&
              (!status || a.status === status) &&
              (!place || a.regionId === place || `school:${a.schoolId}` === place) &&
              (!indicator || a.indicators.includes(indicator)) &&
              (!own || mine(a)),
          )
        }
        const readings = candidates.map((c) => ({ of: 'n', people: of(c.key), hidden: !published.has(c.key), where: c.key }))
        for (const r of readings) if (!r.hidden) expect(r.people.length).toBeGreaterThanOrEqual(10)
        expect(candidates.every((c, i) => c.n === readings[i]!.people.length)).toBe(true)
        expect(solved(readings)[0]?.examples ?? []).toEqual([])
      }),
      { numRuns: 25 },
    )
  })
})
