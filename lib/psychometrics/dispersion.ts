import { problem, value, type Outcome } from './problem'

/** One person twice, in a school (`cluster`) of an area. */
export type Placed = { before: number; after: number; cluster: string; area: string }

/** True standard deviations between groups at both times, and the change with its 99 % interval (zero inside: not to be told from none). */
export type Dispersion = { groups: number; before: number; after: number; change: number; low: number; high: number }

const ROUNDS = 400
/** 99 %: the headline, asked twice for each of four competencies, must not cry wolf. */
const STRICT = 2.576
const mean = (x: readonly number[]) => x.reduce((s, v) => s + v, 0) / x.length
const variance = (x: readonly number[]) => x.reduce((s, v) => s + (v - mean(x)) ** 2, 0) / (x.length - 1)
const root = (x: number) => Math.sqrt(Math.max(0, x))

type School = { n: number; before: number; after: number; squares: [number, number] }
type Areas = School[][]

function areasOf(people: readonly Placed[]): Areas {
  const areas = new Map<string, Map<string, School>>()
  for (const p of people) {
    const schools = areas.get(p.area) ?? areas.set(p.area, new Map()).get(p.area)!
    const s = schools.get(p.cluster) ?? { n: 0, before: 0, after: 0, squares: [0, 0] as [number, number] }
    s.n++
    s.before += p.before
    s.after += p.after
    s.squares[0] += p.before ** 2
    s.squares[1] += p.after ** 2
    schools.set(p.cluster, s)
  }
  return [...areas.values()].map((m) => [...m.values()])
}

/** Variance of area means less their sampling variance by school. */
function betweenAreas(areas: Areas, at: 'before' | 'after', noise: number): number {
  return variance(areas.map((schools) => areaMean(schools, at))) - noise
}
const areaMean = (schools: School[], at: 'before' | 'after') =>
  schools.reduce((s, x) => s + x[at], 0) / schools.reduce((s, x) => s + x.n, 0)

function noiseOf(areas: Areas, at: 'before' | 'after'): number {
  return mean(
    areas.map((schools) => {
      const n = schools.reduce((s, x) => s + x.n, 0)
      const m = areaMean(schools, at)
      const G = schools.length
      return G < 2 ? 0 : ((G / (G - 1)) * schools.reduce((s, x) => s + (x[at] - x.n * m) ** 2, 0)) / (n * n)
    }),
  )
}

/** Between schools of one area, by the unbalanced analysis of variance (Searle 1971): (MSB − MSW)/n₀. */
function betweenSchools(areas: Areas, at: 'before' | 'after'): number {
  let [between, within, schoolCount, people, size] = [0, 0, 0, 0, 0]
  const k = at === 'before' ? 0 : 1
  for (const schools of areas) {
    const n = schools.reduce((s, x) => s + x.n, 0)
    const m = areaMean(schools, at)
    for (const x of schools) {
      between += x.n * (x[at] / x.n - m) ** 2
      within += x.squares[k] - x[at] ** 2 / x.n
    }
    size += n - schools.reduce((s, x) => s + x.n ** 2, 0) / n
    schoolCount += schools.length
    people += n
  }
  const df = schoolCount - areas.length
  return (between / df - within / (people - schoolCount)) / (size / df)
}

/**
 * Is the gap closing? Standard deviation of true means between areas, and between schools within areas, at two times for the
 * same people. Areas are fixed (all of them are there), schools are resampled within areas: 400 bootstrap rounds give the error
 * of the change in variance, which is then told in standard deviations. A common linking error moves everybody alike and cancels. `random`: uniform on [0, 1).
 * Between areas is null below three of them. Problem: too-few (no area with two schools, or not more people than schools).
 */
export function dispersion(people: readonly Placed[], random: () => number): Outcome<{ areas: Dispersion | null; schools: Dispersion }> {
  const areas = areasOf(people)
  const schoolCount = areas.reduce((s, a) => s + a.length, 0)
  if (!areas.some((a) => a.length > 1) || people.length <= schoolCount) return problem('too-few', 'An area with schools is needed.')
  const noise = { before: noiseOf(areas, 'before'), after: noiseOf(areas, 'after') }
  const found = {
    areas: { before: betweenAreas(areas, 'before', noise.before), after: betweenAreas(areas, 'after', noise.after) },
    schools: { before: betweenSchools(areas, 'before'), after: betweenSchools(areas, 'after') },
  }
  // Changes are judged as variances: a square root near zero has no honest error.
  const changes = { areas: [] as number[], schools: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    const drawn = areas.map((schools) => schools.map(() => schools[Math.floor(random() * schools.length)]!))
    changes.areas.push(betweenAreas(drawn, 'after', 2 * noise.after) - betweenAreas(drawn, 'before', 2 * noise.before))
    changes.schools.push(betweenSchools(drawn, 'after') - betweenSchools(drawn, 'before'))
  }
  const shaped = (key: 'areas' | 'schools', groups: number): Dispersion => {
    const { before, after } = found[key]
    const reach = STRICT * Math.sqrt(variance(changes[key]))
    const sinceBefore = (change: number) => root(Math.max(0, before) + change) - root(before)
    return {
      groups,
      before: root(before),
      after: root(after),
      change: root(after) - root(before),
      low: sinceBefore(after - before - reach),
      high: sinceBefore(after - before + reach),
    }
  }
  return value({
    areas: areas.length < 3 ? null : shaped('areas', areas.length),
    schools: shaped('schools', schoolCount),
  })
}
