import { describe, expect, it } from 'vitest'
import { decideGrowth, groupKey, type PairGroup, type Seat, type Tested } from '@/lib/growth/family'
import { seeded } from '@/lib/platform/random'
import { determined, systemOf, type Reading } from '../mapping/solve'

/** Pairs beside the map's numbers of both cycles: whoever holds all of it and solves must not find few. */

const LIMIT = 10
const seat = (region: string, school: string, level: string, reaches: string[]): Seat => ({
  regionId: region,
  schoolId: `${region}-${school}`,
  level,
  subjectId: null,
  reaches,
  measured: true,
})
const both = (s: Seat): Tested => ({ instrumentId: 'one', first: s, second: s, pair: { tier: 'sedang', dose: '0' } })
const once = (s: Seat): Tested => ({ instrumentId: 'one', first: s, second: null, pair: null })
const newly = (s: Seat): Tested => ({ instrumentId: 'one', first: null, second: s, pair: null })
const many = (n: number, of: (i: number) => Tested): Tested[] => Array.from({ length: n }, (_, i) => of(i))
const group = (kind: PairGroup['kind'], id = '', reach = ''): PairGroup => ({ reach, kind, id })

describe('the number of people who are compared', () => {
  it('is not told where the map beside it would say how few did not come back, and is told of whoever lost nobody or many', () => {
    const at = (region: string) => seat(region, 'a', 'SMA', [])
    const people = [
      ...many(40, () => both(at('few'))),
      ...many(3, () => once(at('few'))),
      ...many(2, () => newly(at('few'))),
      ...many(40, () => both(at('none'))),
      ...many(40, () => both(at('many'))),
      ...many(20, () => once(at('many'))),
      ...many(30, () => newly(at('many'))),
    ]
    const { shown, counted } = decideGrowth(people, LIMIT)
    for (const id of ['few', 'none', 'many']) expect([id, shown(group('region', id))]).toEqual([id, true])
    expect(counted(group('region', 'few'))).toBe(false)
    expect(counted(group('region', 'none'))).toBe(true)
    // With all and two of three kabupaten the third would be found: of all or of one more the number stays untold.
    expect([counted(group('all')), counted(group('region', 'many'))].filter(Boolean)).toHaveLength(1)
  })

  it('of an office beside everybody’s does not tell the few of the other levels', () => {
    const senior = (i: number) => both(seat('x', `s${i % 4}`, 'SMA', ['senior']))
    const junior = (i: number) => both(seat('x', `j${i % 2}`, 'SD', ['junior']))
    const { shown } = decideGrowth([...many(60, senior), ...many(4, junior)], LIMIT)
    expect(shown(group('all'))).toBe(true)
    expect(shown(group('all', '', 'senior'))).toBe(false)
    expect(shown(group('all', '', 'junior'))).toBe(false)
  })

  it('gives nothing away in provinces that are drawn by chance, to whoever holds all offices’ pages and the map', () => {
    for (let draw = 0; draw < 8; draw++) {
      const random = seeded(300 + draw)
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
      const people = many(400, () => {
        const [region, level] = [pick(['r1', 'r2', 'r3', 'r4', 'r5']), pick(['SD', 'SMA', 'SMA', 'SMK'])]
        const reaches = [`kab-${region}`, ...(level === 'SD' ? [] : ['provinsi'])].filter((r) => r === 'provinsi' || level === 'SD')
        const place = seat(region, String(Math.floor(random() * 6)), level, reaches)
        const drawn = random()
        return drawn < 0.08 ? once(place) : drawn < 0.14 ? newly(place) : both(place)
      })
      const decision = decideGrowth(people, LIMIT)
      expect(decision.determined).toEqual([])
      const readings: Reading<Tested>[] = []
      const map: Reading<Tested>[] = []
      const reaches = ['', 'provinsi', ...['r1', 'r2', 'r3', 'r4', 'r5'].map((r) => `kab-${r}`)]
      for (const reach of reaches)
        for (const id of ['', 'r1', 'r2', 'r3', 'r4', 'r5']) {
          const within = people.filter((p) => {
            const at = (p.first ?? p.second)!
            return (!reach || at.reaches.includes(reach)) && (!id || at.regionId === id)
          })
          const pairs = within.filter((p) => p.pair)
          const g = group(id ? 'region' : 'all', id, reach)
          const where = groupKey(g)
          if (pairs.length) readings.push({ of: 'change', people: pairs, hidden: !decision.shown(g), where })
          if (pairs.length) readings.push({ of: 'people', people: pairs, hidden: !decision.counted(g), where })
          for (const cycle of ['first', 'second'] as const) {
            const tested = within.filter((p) => p[cycle])
            const left = tested.filter((p) => !p.pair)
            if (tested.length >= LIMIT) map.push({ of: 'people', people: tested, hidden: false, where: `${cycle} ${where}` })
            if (left.length && left.length < LIMIT)
              map.push({ of: 'people', people: left, hidden: true, where: `left of ${cycle} ${where}` })
          }
        }
      const more = (name: string, of: (p: Seat) => boolean) => {
        for (const cycle of ['first', 'second'] as const) {
          const tested = people.filter((p) => p[cycle] && of(p[cycle]))
          if (tested.length >= LIMIT) map.push({ of: 'people', people: tested, hidden: false, where: `${cycle} ${name}` })
        }
      }
      for (const school of new Set(people.map((p) => (p.first ?? p.second)!.schoolId))) more(school, (at) => at.schoolId === school)
      for (const level of ['SD', 'SMA', 'SMK'])
        for (const id of ['', 'r1', 'r2', 'r3', 'r4', 'r5'])
          more(`${level} ${id}`, (at) => at.level === level && (!id || at.regionId === id))
      for (const school of new Set(people.flatMap((p) => p.first?.schoolId ?? []))) {
        const pairs = people.filter((p) => p.pair && p.first!.schoolId === school)
        const g = group('school', school)
        if (!pairs.length) continue
        readings.push({ of: 'change', people: pairs, hidden: !decision.shown(g), where: groupKey(g) })
        readings.push({ of: 'people', people: pairs, hidden: !decision.counted(g), where: groupKey(g) })
      }
      const found = (list: Reading<Tested>[], of: string) => determined(systemOf(list.filter((r) => r.of === of))).map((h) => h.where)
      // What the map gives away by itself was judged with the map.
      const byMap = new Set(found([...map, ...readings.filter((r) => r.hidden)], 'people'))
      expect(map.filter((r) => r.hidden && !byMap.has(r.where)).length).toBeGreaterThan(5)
      expect(readings.filter((r) => r.hidden).length).toBeGreaterThan(10)
      expect(found(readings, 'change')).toEqual([])
      expect(found([...readings, ...map], 'people').filter((where) => !byMap.has(where))).toEqual([])
    }
  })
})
