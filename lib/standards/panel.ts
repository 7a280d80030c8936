import { angoff, type AngoffResult } from '@/lib/psychometrics/angoff'
import { bookmarkCut, bookmarkLocations, type BookmarkLocation } from '@/lib/psychometrics/bookmark'
import { itemErrorBySpread, wholeError, type PanelError } from '@/lib/psychometrics/panel-error'
import { likenessOf } from '@/lib/psychometrics/cluster-mean'
import { shareOf, shareSums, shareTogether, type Measured, type ShareSums } from '@/lib/psychometrics/place-share'
import { expectedShare } from '@/lib/psychometrics/information'
import { thetaErrorOfShare, type CalibratedItem } from '@/lib/calibration/calibrated-item'
import { BOOKMARK_CONVENTION, BOOKMARK_RP } from './panel-model'

/** The arithmetic of a panel: no tables, no clock. */
export type Judgement = { judgeId: string; round: number; itemVersionId: string | null; value: number }

/**
 * A letter for each judge, so that a discussion can name a judgement without naming the person. The order comes from the random
 * end of the ids, not from the list of names.
 */
export function judgeLetters(ids: readonly string[]): Map<string, string> {
  const backwards = (id: string) => [...id].reverse().join('')
  const sorted = [...ids].sort((a, b) => (backwards(a) < backwards(b) ? -1 : 1))
  return new Map(sorted.map((id, i) => [id, i < 26 ? String.fromCharCode(65 + i) : `A${String.fromCharCode(65 + (i % 26))}`]))
}

/** Judges × targets after `round`: what a judge left alone in round 2 keeps the value of round 1; null where there is none. */
export function ratingsAfter(
  judgeIds: readonly string[],
  targets: readonly (string | null)[],
  judgements: readonly Judgement[],
  round: 1 | 2,
): (number | null)[][] {
  const known = new Map<string, number>()
  for (const j of [...judgements].sort((a, b) => a.round - b.round))
    if (j.round <= round) known.set(`${j.judgeId}|${j.itemVersionId}`, j.value)
  return judgeIds.map((judge) => targets.map((target) => known.get(`${judge}|${target}`) ?? null))
}

/**
 * How many judges beside `own` there are, and how many of them are done with a round: in round 1 who judged everything, in round 2 who took
 * up anything again, because what is left alone counts there too.
 */
export function othersDone(
  judgeIds: readonly string[],
  own: string,
  targets: number,
  judgements: readonly Judgement[],
  round: 1 | 2,
): { total: number; done: number } {
  const others = judgeIds.filter((id) => id !== own)
  const given = (id: string) => judgements.filter((j) => j.judgeId === id && j.round === round).length
  return { total: others.length, done: others.filter((id) => given(id) >= (round === 1 ? targets : 1)).length }
}

export type Spread = { n: number; mean: number; sd: number; min: number; max: number; median: number }

export function spreadOf(values: readonly (number | null)[]): Spread | null {
  const list = values.filter((v): v is number => v !== null).sort((a, b) => a - b)
  const n = list.length
  if (!n) return null
  const mean = list.reduce((s, v) => s + v, 0) / n
  const sd = n > 1 ? Math.sqrt(list.reduce((s, v) => s + (v - mean) ** 2, 0) / (n - 1)) : 0
  return { n, mean, sd, min: list[0]!, max: list[n - 1]!, median: (list[(n - 1) >> 1]! + list[n >> 1]!) / 2 }
}

/** The cut of a panel as a share of full credit (0–1), each item weighing one point as everywhere in the product. */
export type PanelResult = {
  judges: { judgeId: string; share: number; theta: number | null; rated: number }[]
  share: number
  sd: number
  /** Judges and items together; `error` holds the two parts. */
  se: number
  error: PanelError
  /** Mean rating of every item; empty for bookmarks. */
  itemMeans: { id: string; mean: number }[]
  theta: number | null
  thetaSe: number | null
  icc: number | null
  variance: AngoffResult['variance']
}

/** Judges without any rating are left out; null while there are not two, or while an item was rated by nobody. */
export function angoffPanel(
  judgeIds: readonly string[],
  items: readonly string[],
  judgements: readonly Judgement[],
  round: 1 | 2,
): PanelResult | null {
  const rows = ratingsAfter(judgeIds, items, judgements, round)
  const used = judgeIds.flatMap((judgeId, i) => (rows[i]!.some((r) => r !== null) ? [{ judgeId, row: rows[i]! }] : []))
  const found = angoff(used.map((u) => u.row))
  if (!found.ok) return null
  const r = found.value
  const n = items.length
  // A discussion brings judges together without making them know more: round 2 is never surer than what they said independently.
  const first = round === 2 ? angoffPanel(judgeIds, items, judgements, 1) : null
  const error = { judges: Math.max(r.se / n, first?.error.judges ?? 0), items: itemErrorBySpread(r.items.map((i) => i.mean)) }
  return {
    judges: used.map((u, i) => ({ judgeId: u.judgeId, share: r.judges[i]!.cut / n, theta: null, rated: r.judges[i]!.n })),
    share: r.mean / n,
    sd: r.sd / n,
    se: wholeError(error),
    error,
    itemMeans: items.map((id, i) => ({ id, mean: r.items[i]!.mean })),
    theta: null,
    thetaSe: null,
    icc: r.icc2k,
    variance: r.variance,
  }
}

/** The ordered item book of these items, easiest first; items whose chance of success never reaches two thirds are left out and counted. */
export function bookOf(items: readonly CalibratedItem[]): { pages: BookmarkLocation[]; leftOut: number } {
  const usable = items.filter((i) => bookmarkLocations([i], BOOKMARK_RP).ok)
  const book = bookmarkLocations(usable, BOOKMARK_RP)
  return { pages: book.ok ? book.value : [], leftOut: items.length - usable.length }
}

/** Bookmarks → θ by the convention → share of full credit on the calibrated items; null while there are not two bookmarks. */
export function bookmarkPanel(
  judgeIds: readonly string[],
  pages: readonly BookmarkLocation[],
  items: readonly CalibratedItem[],
  judgements: readonly Judgement[],
  round: 1 | 2,
): PanelResult | null {
  const marks = ratingsAfter(judgeIds, [null], judgements, round)
  const used = judgeIds.flatMap((judgeId, i) => (marks[i]![0] === null ? [] : [{ judgeId, page: marks[i]![0]! }]))
  const found = bookmarkCut(
    used.map((u) => u.page),
    pages,
    BOOKMARK_CONVENTION,
  )
  if (!found.ok) return null
  const { mean, sd, se, judges } = found.value
  // How much θ one unit of share is worth at the cut: errors cross over by the slope of the same curve.
  const unit = thetaErrorOfShare(items, mean, 1)
  if (unit === null) return null
  const first = round === 2 ? bookmarkPanel(judgeIds, pages, items, judgements, 1) : null
  // The page says between which two items the judge stands, not where: the error of a place that may lie anywhere between them.
  const gaps = used.map((u) => (u.page > 1 ? pages[u.page - 1]!.location - pages[u.page - 2]!.location : 0))
  const between = Math.sqrt(gaps.reduce((s, g) => s + (g * g) / 12, 0) / gaps.length)
  const error = { judges: Math.max(se / unit, first?.error.judges ?? 0), items: between / unit }
  return {
    judges: used.map((u, i) => ({ judgeId: u.judgeId, share: expectedShare(items, judges[i]!), theta: judges[i]!, rated: 1 })),
    share: expectedShare(items, mean),
    sd: sd / unit,
    se: wholeError(error),
    error,
    itemMeans: [],
    theta: mean,
    thetaSe: wholeError(error) * unit,
    icc: null,
    variance: null,
  }
}

/** Whether an authority may set this cut: not further from the panel's than one standard error. */
export const withinOneError = (share: number, result: { share: number; se: number }): boolean =>
  Math.abs(share - result.share) <= result.se + 1e-9

/** Per cent limits of ±1 SE for a form with two decimals, rounded inwards so that every allowed number is accepted. */
export const decisionLimits = (result: { share: number; se: number }): [number, number] => [
  Math.ceil(Math.max(0, result.share - result.se) * 10_000 - 1e-7) / 100,
  Math.floor(Math.min(1, result.share + result.se) * 10_000 + 1e-7) / 100,
]

/**
 * What a cut would mean for the people measured so far, percent at or above it: at the cut, one standard error of it lower and higher, and the
 * 95 % range of the share from people, by schools, and the cut together; null where nothing carries that. Every person counts by what
 * the test leaves open: counting single scores spreads people further apart than they are, and jumps where a raw score lies.
 */
export type Impact = { n: number; share: number; lower: number; upper: number; range: [low: number, high: number] | null }

/** Impact of a cut and its error, in the unit in which `people` are measured. */
export function impactOn(people: readonly Measured[], cut: number, error: number): Impact {
  const [at, lower, upper] = [...shareSums(people, [cut, cut - error, cut + error]).values()]
    .reduce((all, place) => all.map((sums, i) => [...sums, place[i]!]), [[], [], []] as ShareSums[][])
    .map(shareTogether) as [ShareSums, ShareSums, ShareSums]
  const ofThisPanel = { ...at, slopes: new Map([...at.slopes].map(([key, { slope }]) => [key, { slope, cutError: error }])) }
  const { n, share, low, high } = shareOf(ofThisPanel, likenessOf(at.schools))
  return {
    n,
    share,
    lower: shareOf(lower, null).share,
    upper: shareOf(upper, null).share,
    range: low === null || high === null ? null : [low, high],
  }
}
