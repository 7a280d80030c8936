import {
  clusterMean,
  likenessWithin,
  personMean,
  type ClusterMean,
  type ClusterSums,
  type Likeness,
} from '@/lib/psychometrics/cluster-mean'
import { normalCdf, tQuantile } from './distributions'
import { pooledSpreads } from './posterior'

/**
 * Shares of people at or above a line (“persen kompeten”) by place, with the error that they have. Pure. A person's kept chance rests on the
 * population of everybody who took the test: averaged, it draws the share of a strong place down and that of a weak one up. Here every place
 * has a population of its own (a latent regression with the place as covariate), and its people are read under that. Decision 064.
 */

/** The population on which a kept posterior rests: that of an instrument and cycle, in the unit of the scale; `cutError` of the instrument's cut. */
export type Population = { instrument: string; mean: number; sd: number; cutError: number }

/** A measured person: the kept posterior as it is kept (with the error of the cut in it), where, and under which population. */
export type Measured = { place: string; school: string; mean: number; sd: number; population: Population }

/** What the answers alone say of a person, in deviations of the population from its mean: middle and error variance; the line is read on the same scale. */
type Told = { school: string; y: number; v: number; population: Population }

/** No answers say less than this many population variances, and none more than that: keeps all-right and all-wrong rows finite. */
const [SUREST, LEAST_SURE] = [1e-4, 50]

/** Takes the population and the error of the cut out of a kept posterior; both are common to all and no news of the person. */
function told({ school, mean, sd, population }: Measured): Told {
  const s2 = Math.max(sd ** 2 - population.cutError ** 2, SUREST * population.sd ** 2) / population.sd ** 2
  const v = s2 < 1 ? Math.min(LEAST_SURE, s2 / (1 - s2)) : LEAST_SURE
  return { school, y: ((mean - population.mean) / population.sd) * (1 + v), v, population }
}

/** A place's own population: mean and deviation in deviations of the whole, and how far the deviation rests on the place itself (0–1). */
export type Place = { mean: number; sd: number; own: number }

/** Variances within a place are never taken below this share of the whole's. */
const LEAST_VARIANCE = 0.05
/** Spreads of places are taken to differ by a tenth at least (deviation of their logarithm): a dozen places often show nothing of how they differ. */
const LEAST_UNLIKE = 0.1
const ROUNDS = 60

/** Mean and deviation of a place's true values by maximum likelihood, its error variances taken as known; with the error of the logarithm of the deviation. */
function fitted(people: readonly Told[]): { mean: number; sd: number; logSdError: number } {
  let [mean, variance] = [0, 1]
  let squared = 0
  for (let round = 0; round < ROUNDS; round++) {
    let [sum, weighted] = [0, 0]
    for (const { y, v } of people) {
      const w = 1 / (v + variance)
      sum += w
      weighted += w * y
    }
    mean = weighted / sum
    let above = 0
    squared = 0
    for (const { y, v } of people) {
      const w = 1 / (v + variance)
      squared += w * w
      above += w * w * ((y - mean) ** 2 - v)
    }
    const next = Math.max(LEAST_VARIANCE, above / squared)
    const moved = Math.abs(next - variance)
    variance = next
    if (moved < 1e-6) break
  }
  return { mean, sd: Math.sqrt(variance), logSdError: 1 / Math.sqrt(2 * variance ** 2 * squared) }
}

/** Values of people whose mean is a share, school by school, and how the share moves with the cut, by instrument: all that an interval needs. */
export type ShareSums = {
  n: number
  schools: ClusterSums[]
  /** Percent that the people's sum loses for one unit of the cut, by instrument. */
  slopes: Map<string, { slope: number; cutError: number }>
}

/** Sums of a value of people, school by school. */
function bySchool(people: readonly Told[], value: (p: Told, i: number) => number): ClusterSums[] {
  const schools = new Map<string, ClusterSums>()
  people.forEach((p, i) => {
    const x = value(p, i)
    const sums = schools.get(p.school) ?? { n: 0, sum: 0, squares: 0 }
    sums.n++
    sums.sum += x
    sums.squares += x * x
    schools.set(p.school, sums)
  })
  return [...schools.values()]
}

/** Variance of a mean of these people for one of variance one, schools taken as wholes (Kish). */
const meanFactor = (people: readonly Told[], icc: number): number => {
  const n = people.length
  return (1 + (bySchool(people, () => 0).reduce((s, g) => s + g.n * g.n, 0) / n - 1) * icc) / n
}

/**
 * Each person's part in the share at or above `line`, percent: the chance under the place's population, plus what the person adds
 * to the estimate of that population (influence function). Their mean is the share, and their spread by school holds both: chances alone
 * would leave out that the population is itself an estimate, and their error would be too small by nearly the reliability of the test.
 */
function partsOf(people: readonly Told[], { mean, sd, own }: Place, line: number): ShareSums {
  const [n, variance] = [people.length, sd * sd]
  const chance = new Float64Array(n)
  const [moves, spreads] = [new Float64Array(n), new Float64Array(n)]
  const slopes: ShareSums['slopes'] = new Map()
  let [byMean, bySd, weight, squared] = [0, 0, 0, 0]
  people.forEach(({ y, v, population }, i) => {
    const precision = 1 / v + 1 / variance
    const middle = (y / v + mean / variance) / precision
    const at = (line - population.mean) / population.sd
    const u = (middle - at) * Math.sqrt(precision)
    const density = Math.exp(-0.5 * u * u) / Math.sqrt(2 * Math.PI)
    chance[i] = normalCdf(u)
    byMean += (density * Math.sqrt(precision)) / variance / precision
    bySd += ((-2 * density) / variance) * (((mean - middle) / precision) * Math.sqrt(precision) + u / (2 * precision))
    const w = 1 / (v + variance)
    weight += w
    squared += w * w
    moves[i] = w * (y - mean)
    spreads[i] = w * w * (y - mean) ** 2 - w
    const kept = slopes.get(population.instrument) ?? { slope: 0, cutError: population.cutError }
    kept.slope += (100 * density * Math.sqrt(precision)) / population.sd
    slopes.set(population.instrument, kept)
  })
  // What a place's deviation takes from the others errs as well: own·v in all, of which the place itself would show own²·v.
  const [perMean, perSd] = [byMean / weight, (Math.sqrt(own) * bySd) / squared / (2 * variance)]
  const shift = (perMean * moves.reduce((s, x) => s + x, 0) + perSd * spreads.reduce((s, x) => s + x, 0)) / n
  const parts = chance.map((p, i) => 100 * (p + perMean * moves[i]! + perSd * spreads[i]! - shift))
  return { n, schools: bySchool(people, (_, i) => parts[i]!), slopes }
}

/**
 * Sums of every place for every line. The deviation within a place is drawn to that of the others by its own error; its mean is its own, as
 * the mean on the map is.
 */
export function shareSums(people: readonly Measured[], lines: readonly number[]): Map<string, ShareSums[]> {
  const byPlace = new Map<string, Told[]>()
  for (const p of people) {
    const own = byPlace.get(p.place)
    if (own) own.push(told(p))
    else byPlace.set(p.place, [told(p)])
  }
  const places = [...byPlace].map(([key, own]) => ({ key, told: own }))
  const found = places.map((p) => fitted(p.told))
  const alike = likenessWithin(places.map((p, i) => bySchool(p.told, ({ y }) => y - found[i]!.mean)))
  // How far a place's mean errs: the people of a place lie that much closer to its own mean than to the true one.
  const errors = places.map(({ told: own }) => (alike ? alike.sd ** 2 * meanFactor(own, alike.icc) : 0))
  const spreads = pooledSpreads(
    found.map((f, i) => ({ ...f, sd: Math.sqrt(f.sd ** 2 + errors[i]!) })),
    LEAST_UNLIKE,
  )
  return new Map(
    places.map((p, i) => {
      const { sd, own } = spreads[i]!
      // Read around a mean that errs, people would be spread by its error once more.
      const place = { mean: found[i]!.mean, sd: Math.sqrt(Math.max(LEAST_VARIANCE, sd ** 2 - errors[i]!)), own }
      return [p.key, lines.map((line) => partsOf(p.told, place, line))]
    }),
  )
}

/** Sums of several places as one: the share of all is the mean of the shares by people. */
export function shareTogether(parts: readonly ShareSums[]): ShareSums {
  const slopes: ShareSums['slopes'] = new Map()
  for (const p of parts)
    for (const [key, { slope, cutError }] of p.slopes) slopes.set(key, { slope: slope + (slopes.get(key)?.slope ?? 0), cutError })
  return { n: parts.reduce((s, p) => s + p.n, 0), schools: parts.flatMap((p) => p.schools), slopes }
}

/**
 * A share in percent. `se`, `df`: of the people, schools taken as wholes. `cutError`: how far one standard error of the cut moves it.
 * `margin`: half of the 95 % interval of both together; `low`, `high` its ends, never beyond 0 and 100.
 * All null where nothing carries an error. In a comparison of places the cut is the same on both sides: compare by `se` and `df` alone.
 */
export type Share = {
  n: number
  share: number
  se: number | null
  df: number | null
  cutError: number
  margin: number | null
  low: number | null
  high: number | null
  method: ClusterMean['method']
}

/** The share of a place. `borrowed`: likeness within schools of the whole view (`likenessWithin` of all its places); `single`: one school for itself. */
export function shareOf(sums: ShareSums, borrowed: Likeness | null, single = false): Share {
  const found = single && sums.schools.length === 1 ? personMean(sums.schools[0]!) : clusterMean(sums.schools, borrowed)
  const share = Math.min(100, Math.max(0, found.mean))
  const cutError = Math.sqrt([...sums.slopes.values()].reduce((s, x) => s + ((x.slope / Math.max(1, sums.n)) * x.cutError) ** 2, 0))
  const bare = { n: sums.n, share, se: found.se, df: found.df, cutError, method: found.method }
  if (found.se === null || found.df === null) return { ...bare, margin: null, low: null, high: null }
  const whole = Math.hypot(found.se, cutError)
  // Satterthwaite once more: the error of the cut is taken as known.
  const df = whole > 0 ? whole ** 4 / (found.se ** 4 / found.df || Number.MIN_VALUE) : found.df
  const margin = tQuantile(0.975, Math.min(df, 1e9)) * whole
  return { ...bare, margin, low: Math.max(0, share - margin), high: Math.min(100, share + margin) }
}
