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

/** Degrees of freedom for which the borrowed variance counts beside a group's own. */
const BORROWED_COUNTS = 4

/**
 * Mean with the bias-reduced linearised variance CR2 and Satterthwaite degrees of freedom (Bell & McCaffrey 2002; Pustejovsky & Tipton
 * 2017). Working model: people of a school are alike by the `borrowed` intraclass correlation (Imbens & Kolesár 2016), none where nothing is
 * borrowed: then V = Σ Sⱼ²/(1 − nⱼ/n) / n², Sⱼ the sum of school j's deviations. A handful of
 * schools gives a variance that is mostly chance, and its t an interval that is too wide: what is borrowed, the variance of persons times
 * Kish's design effect 1 + (Σ nⱼ²/n − 1)·ICC, counts for four degrees of freedom beside it (moderated variance, Smyth 2004). Below five
 * schools it stands alone, with its own df.
 */
export function clusterMean(groups: readonly ClusterSums[], borrowed: Likeness | null): ClusterMean {
  const held = groups.filter((g) => g.n > 0)
  const n = held.reduce((s, g) => s + g.n, 0)
  const mean = n ? held.reduce((s, g) => s + g.sum, 0) / n : 0
  const bare = { n, clusters: held.length, mean, se: null, df: null, margin: null, method: null }
  const effect = borrowed ? 1 + (held.reduce((s, g) => s + g.n * g.n, 0) / n - 1) * borrowed.icc : 1
  const variance = borrowed ? (borrowed.sd ** 2 * effect) / n : 0
  if (held.length >= FEWEST_CLUSTERS) {
    const own = linearised(held, n, mean, borrowed?.icc ?? 0)
    const weight = borrowed ? own.df / (own.df + BORROWED_COUNTS) : 1
    const se = Math.sqrt(weight * own.se ** 2 + (1 - weight) * variance)
    const df = 1 / (weight ** 2 / own.df + (borrowed ? (1 - weight) ** 2 / borrowed.df : 0))
    return { ...bare, se, df, margin: tQuantile(0.975, df) * se, method: 'cr2' }
  }
  if (!borrowed || !n) return bare
  const se = Math.sqrt(variance)
  return { ...bare, se, df: borrowed.df, margin: tQuantile(0.975, borrowed.df) * se, method: 'borrowed' }
}

/**
 * Standard error and df of a mean, in closed form. With w = nⱼ/n, c = w²/(1 − w) and τ the variance of a school's mean under the working
 * model, Σ cⱼ(ȳⱼ − ȳ)² is a quadratic form with A = diag(c) − wc' − cw' + (Σc)ww'; it is brought to expect Σ w²τ, and
 * df = tr(AT)²/tr(ATAT).
 */
function linearised(held: readonly ClusterSums[], n: number, mean: number, icc: number): { se: number; df: number } {
  let [found, wanted, sum, ct, wct, wwt] = [0, 0, 0, 0, 0, 0]
  let [cct, direct] = [0, 0]
  for (const g of held) sum += (g.n / n) ** 2 / (1 - g.n / n)
  for (const g of held) {
    const w = g.n / n
    const c = (w * w) / (1 - w)
    const tau = icc + (1 - icc) / g.n
    found += c * (g.sum / g.n - mean) ** 2
    wanted += w * w * tau
    ct += c * tau
    wct += w * c * tau
    wwt += w * w * tau
    cct += c * c * tau
    direct += tau * tau * c * (c + 2 * (sum * w * w - 2 * w * c))
  }
  const trace = ct - 2 * wct + sum * wwt
  const squares = direct + 2 * wwt * cct + sum * sum * wwt * wwt + 2 * wct * wct - 4 * sum * wwt * wct
  return { se: Math.sqrt((found * wanted) / trace), df: (trace * trace) / squares }
}

/** Likeness within schools of people of one place. See `likenessWithin`. */
export const likenessOf = (groups: readonly ClusterSums[]): Likeness | null => likenessWithin([groups])

/**
 * Likeness within schools by analysis of variance of schools within places (Donner 1986), never below 0: ICC = (MSB − MSW)/(MSB + (n₀ − 1)·MSW).
 * That places differ does not enter: a mean of one of them does not err by it. Null below five schools or without a school of two people.
 */
export function likenessWithin(places: readonly (readonly ClusterSums[])[]): Likeness | null {
  let [k, df, n, between, inside, typical] = [0, 0, 0, 0, 0, 0]
  for (const place of places) {
    const held = place.filter((g) => g.n > 0)
    const all = held.reduce((s, g) => s + g.n, 0)
    if (!all) continue
    const mean = held.reduce((s, g) => s + g.sum, 0) / all
    k += held.length
    df += held.length - 1
    n += all
    between += held.reduce((s, g) => s + g.n * (g.sum / g.n - mean) ** 2, 0)
    inside += held.reduce((s, g) => s + g.squares - (g.sum * g.sum) / g.n, 0)
    typical += all - held.reduce((s, g) => s + g.n * g.n, 0) / all
  }
  if (k < FEWEST_CLUSTERS || df < FEWEST_CLUSTERS - 1 || n <= k) return null
  const within = Math.max(0, inside) / (n - k)
  const school = Math.max(0, (between / df - within) / (typical / df))
  const total = school + within
  return total > 0 ? { icc: school / total, sd: Math.sqrt(total), df } : null
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
