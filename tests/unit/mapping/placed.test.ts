import { describe, expect, it } from 'vitest'
import { normal, seeded } from '@/lib/platform/random'
import { bandsOf, edgesOf, betweenPlaces, placed, quantileOf } from '@/lib/mapping/placed'

/** Places of unlike level measured by a short test: how people are truly spread, and what is said of it. */

const [WITHIN, BETWEEN, ERROR] = [0.8, 0.4, 0.8]
const percent = (x: number) => 100 / (1 + Math.exp(-x))

function province(seed: number) {
  const random = seeded(seed)
  const total = WITHIN ** 2 + BETWEEN ** 2
  const reliability = total / (total + ERROR ** 2)
  return Array.from({ length: 15 }, (_, r) => ({ key: `r${r}`, level: BETWEEN * normal(random) })).flatMap(({ key, level }, r) =>
    Array.from({ length: r < 3 ? 25 : 160 }, () => {
      const truth = level + WITHIN * normal(random)
      const score = truth + ERROR * normal(random)
      // What a person's own result says: drawn to all who took the test.
      const [middle, sd] = [reliability * score, Math.sqrt(total * (1 - reliability))]
      return { key, truth: percent(truth), score: percent(score), low: percent(middle - 1.2816 * sd), high: percent(middle + 1.2816 * sd) }
    }),
  )
}

const shareAbove = (list: readonly number[], line: number) => list.filter((v) => v >= line).length / list.length

describe('The spread of people', () => {
  it('holds as many at both ends as truly are there, where single scores hold half again as many', () => {
    const people = province(1)
    const bands = bandsOf(edgesOf(placed(people)))
    expect(bands.reduce((s, b) => s + b.n, 0)).toBe(people.length)
    const said = bands.filter((b) => b.from >= 75).reduce((s, b) => s + b.n, 0) / people.length
    const truly = shareAbove(
      people.map((p) => p.truth),
      75,
    )
    expect(Math.abs(said - truly)).toBeLessThan(0.015)
    expect(
      shareAbove(
        people.map((p) => p.score),
        75,
      ),
    ).toBeGreaterThan(1.4 * truly)
  })
  it('stands where each place stands: medians and tenths are true, also of strong and weak places', () => {
    const people = province(2)
    const all = placed(people)
    let [said, bare] = [0, 0]
    for (const key of new Set(people.map((p) => p.key))) {
      const own = all.filter((p) => p.key === key)
      const truths = people
        .filter((p) => p.key === key)
        .map((p) => p.truth)
        .sort((a, b) => a - b)
      const truly = (q: number) => truths[Math.floor(q * truths.length)]!
      for (const q of [0.1, 0.5, 0.9]) said += Math.abs(quantileOf(own, edgesOf(own), q) - truly(q)) / 45
      const scores = people
        .filter((p) => p.key === key)
        .map((p) => p.score)
        .sort((a, b) => a - b)
      for (const q of [0.1, 0.5, 0.9]) bare += Math.abs(scores[Math.floor(q * scores.length)]! - truly(q)) / 45
    }
    expect(said).toBeLessThan(3)
    expect(bare).toBeGreaterThan(1.8 * said)
  })
  it('between places is told without the noise of their means, and as none where there is none', () => {
    const random = seeded(4)
    const drawn = (sd: number) =>
      Array.from({ length: 400 }, () => ({ mean: 50 + sd * normal(random) + 3 * normal(random), standardError: 3 }))
    expect(Math.abs(betweenPlaces(drawn(4))! - 4)).toBeLessThan(0.6)
    expect(betweenPlaces([48, 50, 52].map((mean) => ({ mean, standardError: 4 })))).toBe(0)
    expect(betweenPlaces([{ mean: 50, standardError: 1 }])).toBeNull()
  })
})
