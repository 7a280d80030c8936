import { clusterMean, personMean, type ClusterSums } from './cluster-mean'
import { estimate, type Estimate } from './cluster-regression'
import { tQuantile } from './distributions'
import { groupChange, type Change, type GroupChange } from './group-growth'
import { addErrors, type KnownError } from './link-error'
import { value, type Outcome } from './problem'

/**
 * Mean change of a group with the error of its link: sampling and measurement from the differences by school, the link on top, and the
 * degrees of freedom of both together (Satterthwaite), so that a link of few anchors widens the interval as far as it must.
 * Problem: too-few below two persons.
 */
export function linkedChange(people: readonly Change[], link: KnownError): Outcome<GroupChange> {
  const own = groupChange(people, 0)
  if (!own.ok) return own
  const widened = (e: Estimate, of: (c: Change) => number): Estimate => {
    const { se, df } = addErrors([bySchool(people, of) ?? e, link])
    return estimate(e.value, se, df)
  }
  const { raw, corrected } = own.value
  return value({ ...own.value, raw: widened(raw, (c) => c.change), corrected: widened(corrected, (c) => c.change - c.expected) })
}

/** CR2 of a mean with its Satterthwaite df, never below the error of independent persons; null below five schools, where it is no better than a guess. */
function bySchool(people: readonly Change[], of: (c: Change) => number): KnownError | null {
  const schools = new Map<string, ClusterSums>()
  for (const p of people) {
    const y = of(p)
    const own = schools.get(p.cluster) ?? { n: 0, sum: 0, squares: 0 }
    schools.set(p.cluster, { n: own.n + 1, sum: own.sum + y, squares: own.squares + y * y })
  }
  const { se, df } = clusterMean([...schools.values()], null)
  const { se: single } = personMean(
    [...schools.values()].reduce((a, b) => ({ n: a.n + b.n, sum: a.sum + b.sum, squares: a.squares + b.squares })),
  )
  return se === null || df === null ? null : { se: Math.max(se, single ?? 0), df }
}

/** The change that would be found at 5 % with 80 % chance, two-sided, by the error and the degrees of freedom of the interval itself. */
export const seenFrom = ({ se, df }: KnownError): number => (tQuantile(0.975, df) + tQuantile(0.8, df)) * se

/** A group of which the interval is known: its error and degrees of freedom, the link's included. */
export type KnownGroup = KnownError & { n: number; clusters: number }

/** The part of a known group's error that is not the link's, with the degrees of freedom that make both together the interval's own. */
function samplingOf(known: KnownGroup, link: KnownError): KnownError {
  const variance = Math.max(0, known.se ** 2 - link.se ** 2)
  const doubt = known.se ** 4 / known.df - link.se ** 4 / link.df
  return { se: Math.sqrt(variance), df: doubt > 0 ? variance ** 2 / doubt : Math.max(1, known.clusters - 1) }
}

/**
 * The error that a mean change of `n` persons would have, told from a group that is known: its sampling error (its interval's without the
 * link's) grows with the root of the ratio of sizes, its degrees of freedom shrink as its schools do, and the link stays. For the group's own
 * number it is the interval's error itself.
 */
export function errorFor(n: number, known: KnownGroup, link: KnownError): KnownError {
  const own = samplingOf(known, link)
  const schools = Math.max(2, Math.min(n, (known.clusters * n) / known.n))
  return addErrors([{ se: own.se * Math.sqrt(known.n / n), df: Math.max(1, (own.df * schools) / known.clusters) }, link])
}

/** Fewest persons whose mean change of this size would be seen; null where the link alone is too uncertain for it. */
export function neededFor(change: number, known: KnownGroup, link: KnownError): number | null {
  const seen = (n: number) => seenFrom(errorFor(n, known, link)) <= change
  const most = 1_000_000
  if (!seen(most)) return null
  let [low, high] = [2, most]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (seen(middle)) high = middle
    else low = middle + 1
  }
  return low
}
