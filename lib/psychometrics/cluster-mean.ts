import { betaCdf, tQuantile } from './distributions'

/** What a mean needs to know of one school's people: how many, the sum of their values and of their squares. */
export type ClusterSums = { n: number; sum: number; squares: number }

/** How alike people of one school are: the intraclass correlation with the standard deviation of persons, and the df it rests on. */
export type Likeness = { icc: number; sd: number; df: number }

/**
 * A mean of people who sit in schools, with its standard error, the degrees of freedom of that error and its 95 % half-width; all null
 * where nothing carries an error. `method`: 'cr2' from the schools of this group, 'borrowed' with the
 * likeness of a larger group, 'persons' for one school.
 */
export type ClusterMean = {
  n: number
  clusters: number
  mean: number
  se: number | null
  df: number | null
  margin: number | null
  method: 'cr2' | 'borrowed' | 'persons' | null
}

/** Below this many schools a group's own schools say too little about how much schools differ. */
export const FEWEST_CLUSTERS = 5

/**
 * Mean with the bias-reduced linearised variance CR2 and Satterthwaite degrees of freedom (Bell & McCaffrey 2002; Pustejovsky & Tipton
 * 2017), in closed form for a mean: with w = nⱼ/n and Sⱼ the sum of school j's deviations, V = Σ Sⱼ²/(1 − wⱼ) / n² and
 * 1/df = Σ wⱼ² + (Σ qⱼ)² − Σ qⱼ², q = w²/(1 − w). Below five schools the likeness of a larger group is borrowed: the variance of persons
 * times Kish's design effect 1 + (Σ nⱼ²/n − 1)·ICC, with the df of what was borrowed.
 */
export function clusterMean(groups: readonly ClusterSums[], borrowed: Likeness | null): ClusterMean {
  const held = groups.filter((g) => g.n > 0)
  const n = held.reduce((s, g) => s + g.n, 0)
  const mean = n ? held.reduce((s, g) => s + g.sum, 0) / n : 0
  const bare = { n, clusters: held.length, mean, se: null, df: null, margin: null, method: null }
  if (held.length >= FEWEST_CLUSTERS) {
    let [variance, squared, q, q2] = [0, 0, 0, 0]
    for (const g of held) {
      const w = g.n / n
      variance += (g.sum - g.n * mean) ** 2 / (1 - w)
      squared += w * w
      q += (w * w) / (1 - w)
      q2 += ((w * w) / (1 - w)) ** 2
    }
    const se = Math.sqrt(variance) / n
    const df = 1 / (squared + q * q - q2)
    return { ...bare, se, df, margin: tQuantile(0.975, df) * se, method: 'cr2' }
  }
  if (!borrowed || !n) return bare
  const effect = 1 + (held.reduce((s, g) => s + g.n * g.n, 0) / n - 1) * borrowed.icc
  const se = borrowed.sd * Math.sqrt(effect / n)
  return { ...bare, se, df: borrowed.df, margin: tQuantile(0.975, borrowed.df) * se, method: 'borrowed' }
}

/**
 * Likeness within schools by one-way analysis of variance (Donner 1986), never below 0: ICC = (MSB − MSW)/(MSB + (n₀ − 1)·MSW). Null
 * below five schools or without a school of two people.
 */
export function likenessOf(groups: readonly ClusterSums[]): Likeness | null {
  const held = groups.filter((g) => g.n > 0)
  const k = held.length
  const n = held.reduce((s, g) => s + g.n, 0)
  if (k < FEWEST_CLUSTERS || n <= k) return null
  const mean = held.reduce((s, g) => s + g.sum, 0) / n
  const between = held.reduce((s, g) => s + g.n * (g.sum / g.n - mean) ** 2, 0) / (k - 1)
  const within =
    Math.max(
      0,
      held.reduce((s, g) => s + g.squares - (g.sum * g.sum) / g.n, 0),
    ) /
    (n - k)
  const typical = (n - held.reduce((s, g) => s + g.n * g.n, 0) / n) / (k - 1)
  const school = Math.max(0, (between - within) / typical)
  const total = school + within
  return total > 0 ? { icc: school / total, sd: Math.sqrt(total), df: k - 1 } : null
}

/**
 * Two means of different people compared: difference a − b, its error, Satterthwaite df of the sum of both variances, and the two-sided
 * p by Student's t. Null where one of them has no error.
 */
export function compareMeans(a: ClusterMean, b: ClusterMean): { difference: number; se: number; df: number; p: number } | null {
  if (a.se === null || b.se === null || a.df === null || b.df === null) return null
  const variance = a.se ** 2 + b.se ** 2
  if (!(variance > 0)) return null
  const df = variance ** 2 / (a.se ** 4 / a.df + b.se ** 4 / b.df)
  const t = (a.mean - b.mean) / Math.sqrt(variance)
  return { difference: a.mean - b.mean, se: Math.sqrt(variance), df, p: betaCdf(df / (df + t * t), df / 2, 0.5) }
}

/** The mean of the people of one school: they are its own, so that the error is that of persons, sd/√n with n − 1 df. */
export function personMean({ n, sum, squares }: ClusterSums): ClusterMean {
  const bare = { n, clusters: 1, mean: n ? sum / n : 0, se: null, df: null, margin: null, method: null }
  if (n < 2) return bare
  const se = Math.sqrt(Math.max(0, squares - (sum * sum) / n) / (n - 1) / n)
  return { ...bare, se, df: n - 1, margin: tQuantile(0.975, n - 1) * se, method: 'persons' }
}
