import { describe, expect, it } from 'vitest'
import { thetaAtShare, type CalibratedItem } from '@/lib/calibration/calibrated-item'
import { normal, seeded } from '@/lib/platform/random'
import { sharePopulation, sharePosterior } from '@/lib/psychometrics/posterior'
import { expectedShare } from '@/lib/psychometrics/information'
import { itemErrorAt, itemErrorBySpread } from '@/lib/psychometrics/panel-error'
import { angoffPanel, impactOn, type Judgement } from '@/lib/standards/panel'
import { placedOn } from '@/lib/standards/placed'

/** Where a panel's cut lies, and how well it is known, held against panels whose borderline teacher is known. */

const item = (id: string, b: number): CalibratedItem => ({ id, model: 'pcm', categories: 2, a: 1, d: [-b], c: 0, codes: [0, 1] })
/** The form that the panel rates is half a logit easier than the other form of the instrument. */
const rated = Array.from({ length: 26 }, (_, j) => item(`a${j}`, -1.6 + (2.7 * j) / 25))
const others = Array.from({ length: 20 }, (_, j) => item(`b${j}`, -0.6 + (2.7 * j) / 19))
const BORDERLINE = 0.3

type Panel = { judges: number; severity: number; misread: number; noise: number; conformity?: number }

function judged(seed: number, w: Panel) {
  const random = seeded(seed)
  // What all judges get wrong about an item together: it is not averaged away by more judges.
  const misread = rated.map(() => w.misread * normal(random))
  const ids = Array.from({ length: w.judges }, (_, j) => `j${j}`)
  const held = (v: number) => Math.min(1, Math.max(0, v))
  const first: Judgement[] = ids.flatMap((judgeId) => {
    const severity = w.severity * normal(random)
    return rated.map((r, i) => ({
      judgeId,
      round: 1,
      itemVersionId: r.id,
      value: held(expectedShare([r], BORDERLINE) + misread[i]! + severity + w.noise * normal(random)),
    }))
  })
  const mean = new Map(
    rated.map((r) => [r.id, first.filter((j) => j.itemVersionId === r.id).reduce((s, j) => s + j.value, 0) / ids.length]),
  )
  const second = first.map((j) => ({ ...j, round: 2, value: j.value + (w.conformity ?? 0) * (mean.get(j.itemVersionId!)! - j.value) }))
  const panel = (round: 1 | 2) =>
    angoffPanel(
      ids,
      rated.map((r) => r.id),
      [...first, ...second],
      round,
    )!
  return { panel, placed: placedOn(panel(2), [...others, ...rated]) }
}

describe('A panel’s cut', () => {
  it('is placed on the items that the panel rated, not on easier or harder ones of the same instrument', () => {
    const { placed } = judged(1, { judges: 12, severity: 0, misread: 0, noise: 0 })
    expect(placed.theta).toBeCloseTo(BORDERLINE, 9)
    // Over all items of the instrument the same share would have been another standard.
    expect(thetaAtShare([...others, ...rated], placed.share)! - BORDERLINE).toBeGreaterThan(0.3)
  })
  it('leaves out a rated item that is not calibrated together with its ratings, and is not placed on a few of them', () => {
    const { panel } = judged(2, { judges: 6, severity: 0, misread: 0, noise: 0 })
    expect(placedOn(panel(2), rated.slice(6)).theta).toBeCloseTo(BORDERLINE, 9)
    expect(placedOn(panel(2), rated.slice(20)).theta).toBeNull()
  })
  it('has an error that holds the true standard as often as it says, with judges and items in it', () => {
    const rounds = 400
    let [held, byJudges] = [0, 0]
    for (let k = 0; k < rounds; k++) {
      const { placed } = judged(100 + k, { judges: 10, severity: 0.04, misread: 0.12, noise: 0.08, conformity: 0.5 })
      const off = Math.abs(placed.theta! - BORDERLINE)
      const unit = placed.thetaSe! / placed.se
      if (off <= 1.96 * placed.thetaSe!) held++
      if (off <= (1.96 * unit * placed.sd) / Math.sqrt(10)) byJudges++
    }
    expect(held / rounds).toBeGreaterThan(0.92)
    expect(held / rounds).toBeLessThan(0.985)
    // As it was: the spread of the judges after the discussion.
    expect(byJudges / rounds).toBeLessThan(0.85)
  })
  it('is not surer for a discussion that only brings the judges together', () => {
    const { panel } = judged(5, { judges: 8, severity: 0.06, misread: 0, noise: 0.05, conformity: 0.9 })
    expect(panel(2).sd).toBeLessThan(0.2 * panel(1).sd)
    expect(panel(2).error.judges).toBeCloseTo(panel(1).error.judges, 12)
  })
  it('has the items’ part worked out by hand', () => {
    expect(itemErrorBySpread([0.4, 0.6])).toBeCloseTo(0.1, 12)
    expect(itemErrorBySpread([0.4])).toBe(0)
    expect(
      itemErrorAt(
        [
          { item: item('x', 0), mean: 0.6 },
          { item: item('y', 0), mean: 0.4 },
        ],
        0,
      ),
    ).toBeCloseTo(0.1, 12)
  })
  it('reaches as many people as truly stand there, not as many as single scores say', () => {
    const random = seeded(8)
    const people = Array.from({ length: 4_000 }, () => {
      const theta = normal(random)
      const score = theta + 0.9 * normal(random)
      const share = 1 / (1 + 0.81)
      return { theta, score, known: { mean: share * score, sd: Math.sqrt(1 - share) } }
    })
    const cut = 1.2
    const population = { instrument: 'one', mean: 0, sd: 1 }
    const truly = people.filter((p) => p.theta >= cut).length
    const measured = people.map((p, i) => ({ place: '', school: `s${i % 200}`, ...p.known, population: { ...population, cutError: 0 } }))
    const found = impactOn(measured, cut, 0.1)
    expect(Math.abs((found.share * found.n) / 100 - truly)).toBeLessThan(0.12 * truly)
    // One error of the cut moves it on both sides, and the range holds both the cut and the people.
    expect(found.lower).toBeGreaterThan(found.share + 1)
    expect(found.upper).toBeLessThan(found.share - 1)
    const width = (error: number) => (([low, high]) => high! - low!)(impactOn(measured, cut, error).range!)
    expect(width(0.2)).toBeGreaterThan(1.5 * width(0.01))
    expect(people.filter((p) => p.score >= cut).length).toBeGreaterThan(1.4 * truly)
  })
  it('moves with the cut on raw scores as well, which lie on steps', () => {
    const [items, random] = [20, seeded(9)]
    const shares = Array.from({ length: 600 }, () => {
      const p = 1 / (1 + Math.exp(-0.3 - 0.9 * normal(random)))
      let right = 0
      for (let j = 0; j < items; j++) if (random() < p) right++
      return right / items
    })
    const mean = shares.reduce((s, x) => s + x, 0) / shares.length
    const variance = shares.reduce((s, x) => s + (x - mean) ** 2, 0) / (shares.length - 1)
    const peers = { mean, variance, error: shares.reduce((s, x) => s + (x * (1 - x)) / (items - 1), 0) / shares.length, n: shares.length }
    const people = shares.map((x, i) => ({
      place: '',
      school: `s${i % 60}`,
      ...sharePosterior(x, items, peers),
      population: { instrument: 'one', ...sharePopulation(peers), cutError: 0 },
    }))
    // Between 12 and 13 of 20 no single score lies: counted, 0.61 and 0.64 reach the same people.
    expect(shares.filter((x) => x >= 0.61).length).toBe(shares.filter((x) => x >= 0.64).length)
    const { share, lower, upper } = impactOn(people, 0.64, 0.03)
    expect(lower).toBeGreaterThan(share + 2)
    expect(upper).toBeLessThan(share - 2)
  })
})
