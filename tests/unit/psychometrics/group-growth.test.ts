import { describe, expect, it } from 'vitest'
import { clusterRegression } from '@/lib/psychometrics/cluster-regression'
import { dispersion } from '@/lib/psychometrics/dispersion'
import { tQuantile } from '@/lib/psychometrics/distributions'
import { expectedByErrorAlone, groupChange, priorOf } from '@/lib/psychometrics/group-growth'
import { linkShift, shiftMethods } from '@/lib/psychometrics/shift'
import { normal, seeded } from '@/lib/platform/random'
import { someItems } from './simulate'

describe('Regression with errors shared inside schools', () => {
  it('is the mean with its ordinary error when every person is a school', () => {
    const y = [3, 5, 4, 8, 10]
    const fit = clusterRegression(y.map((v, i) => ({ y: v, x: [1], cluster: String(i) })))
    if (!fit.ok) throw new Error(fit.problem.detail)
    expect(fit.value.beta[0]).toBeCloseTo(6, 12)
    // s² = 34/4, variance of the mean 8.5/5
    expect(fit.value.covariance[0]![0]).toBeCloseTo(1.7, 12)
    expect(fit.value.df).toBe(4)
  })
  it('knows that two people who always answer alike are one piece of evidence', () => {
    const random = seeded(3)
    const y = Array.from({ length: 40 }, () => normal(random))
    const once = clusterRegression(y.map((v, i) => ({ y: v, x: [1], cluster: String(i) })))
    const twice = clusterRegression([...y, ...y].map((v, i) => ({ y: v, x: [1], cluster: String(i % 40) })))
    if (!once.ok || !twice.ok) throw new Error('two ordinary fits')
    expect(twice.value.covariance[0]![0]).toBeCloseTo(once.value.covariance[0]![0]!, 2)
  })
  it('refuses columns that depend on each other, and one school alone', () => {
    const rows = [1, 2, 3, 4].map((y, i) => ({ y, x: [1, 1], cluster: String(i) }))
    expect(clusterRegression(rows)).toMatchObject({ problem: { code: 'singular' } })
    expect(clusterRegression(rows.map((r) => ({ ...r, x: [1], cluster: 'a' })))).toMatchObject({ problem: { code: 'too-few' } })
  })
  it("takes Student's t for few schools and the normal for many", () => {
    expect(tQuantile(0.975, 14)).toBeCloseTo(2.1448, 4)
    expect(tQuantile(0.975, 1e6)).toBeCloseTo(1.96, 3)
  })
})

describe('Regression to the mean', () => {
  const random = seeded(11)
  const people = Array.from({ length: 4_000 }, (_, i) => {
    const truth = 500 + (i % 2 ? 30 : -30) + 80 * normal(random)
    const measure = () => truth + 60 * normal(random)
    return { before: measure(), seBefore: 60, after: measure(), seAfter: 60, cluster: String(i), stratum: i % 2 ? 'a' : 'b' }
  })
  const prior = priorOf(people)

  it('finds the true spread behind the errors', () => {
    expect(Math.sqrt(prior.within)).toBeGreaterThan(74)
    expect(Math.sqrt(prior.within)).toBeLessThan(86)
  })
  it('makes those who scored low rise without any gain, and the correction says that nothing happened', () => {
    const low = people.filter((p) => p.before < 420)
    const found = groupChange(
      low.map((p) => ({ change: p.after - p.before, expected: expectedByErrorAlone(p, prior), cluster: p.cluster })),
      0,
    )
    if (!found.ok) throw new Error(found.problem.detail)
    expect(found.value.raw.low).toBeGreaterThan(25)
    expect(found.value.corrected.low).toBeLessThan(0)
    expect(found.value.corrected.high).toBeGreaterThan(0)
  })
  it('leaves a whole population as it is: what some are expected to rise others are expected to fall', () => {
    const sum = people.reduce((s, p) => s + expectedByErrorAlone(p, prior), 0)
    expect(sum / people.length).toBeCloseTo(0, 0)
  })
})

describe('The gap between kabupaten', () => {
  const draw = (seed: number, closing: number) => {
    const random = seeded(seed)
    const gauss = () => normal(random)
    return Array.from({ length: 12 }, (_, a) => ({ a, mean: 50 * gauss() })).flatMap(({ a, mean }) =>
      Array.from({ length: 10 }, (_, s) => ({ s, school: 30 * gauss() })).flatMap(({ s, school }) =>
        Array.from({ length: 12 }, () => ({
          before: mean + school + 90 * gauss(),
          after: (1 - closing) * mean + school + 90 * gauss(),
          area: `a${a}`,
          cluster: `a${a}s${s}`,
        })),
      ),
    )
  }
  it('is the spread of true means, not of measured ones, and is found closing when it closes', () => {
    const found = dispersion(draw(5, 0.6), seeded(1))
    if (!found.ok) throw new Error(found.problem.detail)
    const { areas, schools } = found.value
    expect(areas!.high).toBeLessThan(0)
    expect(schools.before).toBeGreaterThan(20)
    expect(schools.before).toBeLessThan(40)
  })
  it('is rarely called changed when it is the same', () => {
    const rounds = Array.from({ length: 40 }, (_, s) => dispersion(draw(100 + s, 0), seeded(s)))
    for (const key of ['areas', 'schools'] as const) {
      const called = rounds.filter((d) => d.ok && (d.value[key]!.low > 0 || d.value[key]!.high < 0))
      expect([key, called.length <= 6]).toEqual([key, true])
    }
  })
  it('is told between areas from three of them on, between schools where one area has two, and of one school not at all', () => {
    const of = (is: (p: ReturnType<typeof draw>[number]) => boolean) => dispersion(draw(1, 0).filter(is), seeded(1))
    const one = of((p) => p.area === 'a0')
    expect(one).toMatchObject({ value: { areas: null, schools: { groups: 10 } } })
    expect(of((p) => p.cluster === 'a0s1')).toMatchObject({ problem: { code: 'too-few' } })
  })
})

describe('Links of equal slopes', () => {
  it('agree in all four methods when nothing drifts', () => {
    const items = someItems(8, 'rasch')
    const anchors = items.map((from) => ({ from, to: { ...from, d: from.d.map((d) => d - 0.4) } }))
    for (const method of shiftMethods) {
      const found = linkShift(
        anchors,
        method,
        anchors.map(() => 1),
      )
      if (!found.ok) throw new Error(found.problem.detail)
      expect(found.value.A).toBe(1)
      expect(found.value.B).toBeCloseTo(0.4, 5)
    }
  })
  it('refuse weights that do not fit', () => {
    const [from] = someItems(1, 'rasch')
    expect(linkShift([{ from: from!, to: from! }], 'weighted', [])).toMatchObject({ problem: { code: 'out-of-range' } })
  })
})
