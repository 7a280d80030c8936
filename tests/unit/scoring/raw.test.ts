import { describe, expect, it } from 'vitest'
import { levelOf, Rules, shippedRules } from '@/lib/standards/rules-model'
import { rawScores, type ScoredItem } from '@/lib/scoring/raw'
import { apportion, buildRoster, ROSTER, waveOneSubjects, waveTwoRegions } from '@/prisma/seed/people'
import { normal, seeded } from '@/lib/platform/random'

const item = (id: string, nodeCode: string, domainCode: string): ScoredItem => ({
  itemVersionId: id,
  nodeCode,
  domainCode,
  scoring: { type: 'single', key: 'A' },
})

describe('raw scores', () => {
  it('add up in total, per indicator and per domain; what was not answered earns nothing', () => {
    const rows = rawScores(
      [item('1', '1.1.1', 'P1'), item('2', '1.1.2', 'P1'), item('3', '1.2.1', 'P2'), item('4', '1.2.2', 'P1')],
      new Map([
        ['1', 'A'],
        ['2', 'B'],
        ['3', 'A'],
      ]),
    )
    const find = (scope: string, code: string) => rows.find((r) => r.scope === scope && r.scopeCode === code)
    expect(find('total', '')).toMatchObject({ raw: 2, max: 4, percent: 50, items: 4 })
    expect(find('indicator', '1.1')).toMatchObject({ raw: 1, max: 2, percent: 50 })
    expect(find('indicator', '1.2')).toMatchObject({ raw: 1, max: 2 })
    expect(find('domain', 'P1')).toMatchObject({ raw: 1, max: 3 })
  })
})

describe('levels', () => {
  it('begin at their cut and not a hair below', () => {
    expect([0, 39.99, 40, 54.999, 55, 75, 100].map((p) => levelOf(shippedRules, p).name)).toEqual([
      'Perlu pendampingan',
      'Perlu pendampingan',
      'Berkembang',
      'Berkembang',
      'Kompeten',
      'Mahir',
      'Mahir',
    ])
  })
  it('ship as valid rules whose weights add up to one', () => {
    expect(Rules.parse(shippedRules)).toEqual(shippedRules)
    expect(Object.values(shippedRules.weights).reduce((a, b) => a + b)).toBe(1)
  })
})

describe('the simulated province', () => {
  const build = () => {
    const random = seeded(20251018)
    return buildRoster(random, () => normal(random))
  }
  const roster = build()
  it('has the exact numbers of both waves and of the roster', () => {
    const count = (wave: 1 | 2, by: (t: (typeof roster.teachers)[number]) => string) => {
      const sums: Record<string, number> = {}
      for (const t of roster.teachers) if (t.wave === wave) sums[by(t)] = (sums[by(t)] ?? 0) + 1
      return sums
    }
    expect(count(1, (t) => t.subject)).toEqual(waveOneSubjects)
    expect(Object.values(waveOneSubjects).reduce((a, b) => a + b)).toBe(2674)
    expect(count(2, (t) => t.school.region)).toEqual(waveTwoRegions)
    expect(Object.values(waveTwoRegions).reduce((a, b) => a + b)).toBe(6762)
    expect(roster.teachers).toHaveLength(ROSTER)
    expect(roster.teachers.filter((t) => t.wave === 1 && t.school.region === '18.71')).toHaveLength(888 + 175)
  })
  it('is the same person by person from the same seed, with unique identifiers', () => {
    expect(build().teachers[4711]).toEqual(roster.teachers[4711])
    expect(new Set(roster.teachers.map((t) => t.id)).size).toBe(ROSTER)
    expect(new Set(roster.teachers.map((t) => t.nuptk)).size).toBe(ROSTER)
    expect(new Set(roster.schools.map((s) => s.npsn)).size).toBe(roster.schools.length)
  })
  it('splits totals so that parts add up', () => expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3]))
})
