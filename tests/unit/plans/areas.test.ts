import { describe, expect, it } from 'vitest'
import { shippedTierRules, type Reading } from '@/lib/plans/model'
import { profileOf, type Profile } from '@/lib/plans/profile'
import { normal, seeded } from '@/lib/platform/random'
import { areaVarianceOf, measuresOf, takenRows, type RunWith, type Taken } from '@/lib/scoring/run-measures'
import type { MeasuredItem } from '@/lib/calibration/response-matrix'

/** Which area of a test is named as thin: against the person's other areas, with the difficulty of its items and its error taken in. */

const AREAS = ['A', 'B', 'C', 'D', 'E']

/** A test of `each` items in every area; area E is hard for everybody. */
function province(each: number, spread: number, people: number, seed: number) {
  const random = seeded(seed)
  const items = AREAS.flatMap((area, k) =>
    Array.from({ length: each }, (_, j) => {
      const b = (k === 4 ? 0.9 : 0) + 1.6 * (random() - 0.5)
      return { id: `${area}${j}`, area, model: 'pcm' as const, categories: 2, a: 1, d: [-b], c: 0, codes: [0, 1] }
    }),
  )
  const form: MeasuredItem[] = items.map((i) => ({
    itemVersionId: i.id,
    scoring: { type: 'single', key: 'B' },
    stimulusId: null,
    content: { type: 'single', stem: [], options: [] },
    area: i.area,
  }))
  const truth = Array.from({ length: people }, () => ({ theta: normal(random), gaps: AREAS.map(() => spread * normal(random)) }))
  const taken = truth.map(({ theta, gaps }, n): Taken => ({
    formId: 'f',
    seed: n + 1,
    cycleCode: 'c',
    rated: null,
    responses: Object.fromEntries(
      items.map((i) => {
        const able = theta + gaps[AREAS.indexOf(i.area)]! + i.d[0]!
        return [i.id, random() < 1 / (1 + Math.exp(-able)) ? 'B' : 'A']
      }),
    ),
  }))
  const w: RunWith = {
    run: { thetaCut: 0.3, sigma: 1 },
    items,
    renewal: null,
    reference: items,
    forms: new Map([['f', form]]),
    notReached: 'missing',
  }
  const population = () => ({ mean: 0, sd: 1, meanError: 0, logSdError: 0 })
  const areaVariance = areaVarianceOf(taken, w, population, takenRows(taken, w))
  const measures = measuresOf(taken, { ...w, areaVariance }, population)
  const profiles = measures.map((m, n): Profile => {
    const right = (area: string) => items.filter((i) => i.area === area && taken[n]!.responses![i.id] === 'B').length
    const total = (100 * AREAS.reduce((s, a) => s + right(a), 0)) / items.length
    const reading: Reading = {
      teacherId: 't',
      part: '4',
      basis: 'scale',
      score: m!.scale,
      posterior: { mean: m!.posteriorMean, sd: m!.posteriorSd },
      percent: total,
      areas: AREAS.map((a) => ({ code: a, percent: (100 * right(a)) / each, items: each, gap: m!.areas[a]! })),
    }
    return profileOf(reading, shippedTierRules)
  })
  return { truth, profiles, areaVariance }
}

describe('a thin area', () => {
  it('is named to at most one in ten whose areas are all alike, however hard the items of one area are', () => {
    for (const each of [2, 4, 5]) {
      const { profiles } = province(each, 0, 1_000, 10 + each)
      const named = profiles.filter((p) => p.needs.length > 0)
      expect(named.length / profiles.length, `${each} items an area`).toBeLessThanOrEqual(0.1)
      // The hard area is not singled out.
      expect(named.filter((p) => p.needs[0]!.code === 'E').length).toBeLessThanOrEqual(0.05 * profiles.length)
    }
  })

  it('where areas differ is truly below the others in nine of ten who are told, and the rest choose', () => {
    const { truth, profiles, areaVariance } = province(6, 1, 1_500, 3)
    expect(areaVariance).toBeGreaterThan(0.4)
    const told = profiles.flatMap((p, i) => (p.needs.length ? [{ area: AREAS.indexOf(p.needs[0]!.code), gaps: truth[i]!.gaps }] : []))
    expect(told.length).toBeGreaterThan(50)
    const right = told.filter(({ area, gaps }) => gaps[area]! < gaps.filter((_, k) => k !== area).reduce((s, g) => s + g, 0) / 4)
    expect(right.length / told.length).toBeGreaterThan(0.9)
    const open = profiles.filter((p) => p.needs.length === 0 && p.unclear.length > 0)
    expect(open.length).toBeGreaterThan(told.length)
  })

  it('and a strength is an area in which the standard is reached, by nine chances in ten', () => {
    const { truth, profiles } = province(6, 0.5, 1_500, 5)
    const told = profiles.flatMap((p, i) => p.strengths.map((a) => truth[i]!.theta + truth[i]!.gaps[AREAS.indexOf(a.code)]! >= 0.3))
    expect(told.length).toBeGreaterThan(200)
    expect(told.filter(Boolean).length / told.length).toBeGreaterThan(0.87)
  })
})
