import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seeded } from '@/lib/platform/random'
import { formCohorts, type CohortMember } from '@/lib/plans/cohorts'
import { kmBetween } from '@/lib/platform/distance'

const rules = { least: 6, most: 12, maxKm: 60 }
const around = (lat: number, lon: number, many: number, seed: number, name = 'a'): CohortMember[] => {
  const random = seeded(seed)
  return Array.from({ length: many }, (_, i) => ({
    id: `${name}${String(i).padStart(3, '0')}`,
    lat: lat + (random() - 0.5) * 0.2,
    lon: lon + (random() - 0.5) * 0.2,
    regionCode: name,
  }))
}

describe('classes', () => {
  it('keep their size range and their radius, and place everybody once or explain it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }), (seed, many, few) => {
        const people = [...around(-5.4, 105.2, many, seed), ...around(-4.2, 105.4, few, seed + 1, 'b')]
        const { classes, leftovers } = formCohorts(people, rules)
        const place = new Map(people.map((p) => [p.id, p]))
        for (const c of classes) {
          expect(c.members.length).toBeGreaterThanOrEqual(rules.least)
          expect(c.members.length).toBeLessThanOrEqual(rules.most)
          for (const id of c.members) expect(kmBetween(place.get(id)!, c)).toBeLessThanOrEqual(rules.maxKm)
        }
        const all = [...classes.flatMap((c) => c.members), ...leftovers.map((l) => l.id)]
        expect(all.sort()).toEqual(people.map((p) => p.id).sort())
      }),
      { numRuns: 60 },
    )
  })

  it('are formed where people are: two towns, two classes', () => {
    const { classes, leftovers } = formCohorts([...around(-5.4, 105.2, 10, 1), ...around(-4.2, 105.4, 9, 2, 'b')], rules)
    expect(classes.map((c) => c.regions).sort()).toEqual([['a'], ['b']])
    expect(leftovers).toEqual([])
  })

  it('are not opened for a handful, and the handful is told how many are near', () => {
    const { classes, leftovers } = formCohorts([...around(-5.4, 105.2, 10, 1), ...around(-4.2, 105.4, 3, 2, 'b')], rules)
    expect(classes).toHaveLength(1)
    expect(leftovers.map((l) => l.near)).toEqual([3, 3, 3])
  })

  it('do not depend on the order of people', () => {
    const people = [...around(-5.4, 105.2, 25, 3), ...around(-4.9, 105.3, 14, 4, 'b')]
    expect(formCohorts([...people].reverse(), rules)).toEqual(formCohorts(people, rules))
  })
})
