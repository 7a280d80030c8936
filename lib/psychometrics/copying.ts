import { betaCdf, normalCdf } from './distributions'

/** Options chosen by one person, one an item, in canonical codes (not as shuffled on screen); null = not answered. */
export type OptionRow = readonly (string | null)[]

/** P(option) of a person on an item under honest work; options left out have probability 0. */
export type OptionProbabilities = (person: number, item: number) => Readonly<Record<string, number>>

/** Match of a copier with a source: `matches` observed, `expected` under honest work. `p` is one-sided, null without variance. */
export type MatchTest = { items: number; matches: number; expected: number; omega: number | null; p: number | null }

/**
 * Wollack's (1997) ω, directional: z of the number of identical answers (right or wrong) given the source's answers,
 * ω = (h − Σ P_copier(u_source)) / √Σ P(1 − P), p = P(Z ≥ ω). Items that either left unanswered do not count.
 */
export function omega(rows: readonly OptionRow[], copier: number, source: number, probabilities: OptionProbabilities): MatchTest {
  const pairs = bothAnswered(rows[copier]!, rows[source]!)
  let matches = 0
  let expected = 0
  let variance = 0
  for (const { item, a, b } of pairs) {
    const p = probabilities(copier, item)[b] ?? 0
    if (a === b) matches++
    expected += p
    variance += p * (1 - p)
  }
  if (!(variance > 1e-12)) return { items: pairs.length, matches, expected, omega: null, p: null }
  const z = (matches - expected) / Math.sqrt(variance)
  return { items: pairs.length, matches, expected, omega: z, p: normalCdf(-z) }
}

/**
 * GBT of van der Linden & Sotaridona (2006) in its symmetric form: P(at least this many identical answers) when both work on
 * their own, the number of matches being generalised binomial with Σ_k P_first(k)·P_second(k) per item. Exact. Items that either
 * left unanswered do not count; p = 1 without items.
 */
export function generalizedBinomialTest(
  rows: readonly OptionRow[],
  first: number,
  second: number,
  probabilities: OptionProbabilities,
): { items: number; matches: number; expected: number; p: number } {
  const pairs = bothAnswered(rows[first]!, rows[second]!)
  const chances = pairs.map(({ item }) => {
    // The lower row first, so that the order of the two changes no bit.
    const one = probabilities(Math.min(first, second), item)
    const other = probabilities(Math.max(first, second), item)
    return Object.keys(one)
      .sort()
      .reduce((sum, option) => sum + one[option]! * (other[option] ?? 0), 0)
  })
  const matches = pairs.filter(({ a, b }) => a === b).length
  return {
    items: pairs.length,
    matches,
    expected: chances.reduce((s, p) => s + p, 0),
    p: generalizedBinomialTail(chances, matches),
  }
}

/** P(at least `successes` of independent events with these probabilities), by convolution; exact, O(n²). */
export function generalizedBinomialTail(chances: readonly number[], successes: number): number {
  const f = new Float64Array(chances.length + 1)
  f[0] = 1
  chances.forEach((chance, n) => {
    const p = Math.min(1, Math.max(0, chance))
    for (let s = n + 1; s > 0; s--) f[s] = f[s]! * (1 - p) + f[s - 1]! * p
    f[0]! *= 1 - p
  })
  let tail = 0
  for (let s = chances.length; s >= Math.max(0, successes); s--) tail += f[s]!
  return Math.min(1, tail)
}

/** K-index of a copier and a source. `rate` and `p` are null where the source has no wrong answer or there are no peers. */
export type KIndex = { identicalWrong: number; wrongOfSource: number; peers: number; rate: number | null; p: number | null }

/**
 * K-index (Holland 1996; Lewis & Thayer 1998), directional: P(Bin(w, rate) ≥ m), w wrong answers of the source, m of them given
 * by the copier too, rate = mean share of the source's wrong answers given by peers, the examinees with as many wrong answers as
 * the copier (without copier and source). Unanswered is not wrong. Where no peer shares any wrong answer the rate is
 * ½ / (peers·w + 1) instead of 0, because a few honest peers do not make a match impossible. Few peers, little evidence.
 * @param key the right option of each item.
 */
export function kIndex(rows: readonly OptionRow[], key: readonly string[], copier: number, source: number): KIndex {
  const wrong = (row: OptionRow, j: number): boolean => row[j] !== null && row[j] !== undefined && row[j] !== key[j]
  const wrongs = (row: OptionRow): number => key.filter((_, j) => wrong(row, j)).length
  const theirs = rows[source]!
  const shared = (row: OptionRow): number => key.filter((_, j) => wrong(theirs, j) && row[j] === theirs[j]).length
  const wrongOfSource = wrongs(theirs)
  const level = wrongs(rows[copier]!)
  const peers = rows.filter((row, i) => i !== copier && i !== source && wrongs(row) === level)
  const identicalWrong = shared(rows[copier]!)
  if (!wrongOfSource || !peers.length) return { identicalWrong, wrongOfSource, peers: peers.length, rate: null, p: null }
  const trials = peers.length * wrongOfSource
  const hits = peers.reduce((sum, row) => sum + shared(row), 0)
  const rate = hits ? hits / trials : 0.5 / (trials + 1)
  return { identicalWrong, wrongOfSource, peers: peers.length, rate, p: binomialTail(identicalWrong, wrongOfSource, rate) }
}

/** P(Bin(n, p) ≥ m) through the beta distribution. */
const binomialTail = (m: number, n: number, p: number): number => (m <= 0 || p >= 1 ? 1 : betaCdf(p, m, n - m + 1))

/**
 * Option probabilities from the shares of the options among persons of about the same score: `strata` groups of about equal size
 * (equal scores stay together), each option counted with ½ added, so that none is impossible. Persons without a score get the
 * shares of everyone. Options are those seen on the item.
 * @param scores θ or sum score a person.
 */
export function optionShares(rows: readonly OptionRow[], scores: readonly (number | null)[], strata = 5): OptionProbabilities {
  const sorted = scores.filter((s) => s !== null).sort((a, b) => a - b)
  const rank = new Map<number, number>()
  sorted.forEach((s, at) => rank.has(s) || rank.set(s, at))
  const stratum = rows.map((_, i) => {
    const score = scores[i] ?? null
    return score === null ? strata : Math.floor((strata * rank.get(score)!) / sorted.length)
  })
  const items = rows.reduce((n, row) => Math.max(n, row.length), 0)
  const shares = Array.from({ length: items }, (_, item) => {
    const options = [...new Set(rows.map((row) => row[item] ?? null).filter((o) => o !== null))].sort()
    return Array.from({ length: strata + 1 }, (_, group) => {
      const counts = options.map(
        (option) => rows.filter((row, i) => row[item] === option && (group === strata || stratum[i] === group)).length,
      )
      const total = counts.reduce((s, n) => s + n + 0.5, 0)
      return Object.fromEntries(options.map((option, k) => [option, (counts[k]! + 0.5) / total]))
    })
  })
  return (person, item) => shares[item]?.[stratum[person] ?? strata] ?? {}
}

function bothAnswered(first: OptionRow, second: OptionRow): { item: number; a: string; b: string }[] {
  return first.flatMap((a, item) => {
    const b = second[item] ?? null
    return a === null || b === null ? [] : [{ item, a, b }]
  })
}
