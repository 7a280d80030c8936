import { changePosterior, latentOfPairs, type Twice, type TwiceLatent } from '@/lib/psychometrics/change'
import { chanceBelow } from '@/lib/psychometrics/posterior'
import { groupBy } from '@/lib/platform/group'

/** What one person may be told of the own change. Pure. */

/** A word is said from this chance of its being true on; below it nothing is certain. */
export const WORD_FROM = 0.9

/**
 * A link with a larger error, points, tells nothing of a single person: everybody's change hangs on it at once, and one that is off by
 * more than it knows would call hundreds fallen together.
 */
export const LINK_UP_TO = 8

export type PersonWord = 'up' | 'unclear' | 'down'

/** Fewer people measured twice do not tell their own spread; below the second number nobody's do. */
const [OWN_SHAPE_FROM, ANY_SHAPE_FROM] = [100, 30]

/** Without anybody to go by: one unit of spread in both tests, nearly the same order of people. */
const UNIT = { sdBefore: 100, sdAfter: 100, correlation: 0.9 }

/**
 * The people behind each instrument's pairs. A small instrument takes spread and correlation from all instruments of the competency, each
 * about its own means.
 */
export function populationsOfChange<P extends Twice & { instrumentId: string }>(pairs: readonly P[]): Map<string, TwiceLatent> {
  const mean = (list: readonly P[], f: (p: P) => number) => list.reduce((s, p) => s + f(p), 0) / list.length
  const groups = [...groupBy(pairs, (p) => p.instrumentId)]
  const centred = groups.flatMap(([, own]) => {
    const [first, second] = [mean(own, (p) => p.before), mean(own, (p) => p.after)]
    return own.map((p) => ({ ...p, before: p.before - first, after: p.after - second }))
  })
  const all: TwiceLatent = centred.length >= ANY_SHAPE_FROM ? latentOfPairs(centred) : { before: 0, after: 0, n: centred.length, ...UNIT }
  return new Map(groups.map(([id, own]) => [id, own.length >= OWN_SHAPE_FROM ? latentOfPairs(own) : latentOfPairs(own, all)]))
}

/** A link as single persons need it: its jackknife error, and the error of each anchor that carries it, in one unit. */
export type LinkOfPersons = { error: number; anchors: readonly number[] }

/**
 * The error of a link as one person's chance has to carry it: never below what the errors of its anchors alone leave of their mean, for the
 * jackknife of a few anchors is often small by luck; and with Student's variance df/(df − 2), for it is itself estimated. Three anchors
 * or fewer hardly tell their own error, so it is tripled.
 */
export function carriedLinkError({ error, anchors }: LinkOfPersons): number {
  const least = Math.sqrt(anchors.reduce((s, e) => s + e * e, 0)) / Math.max(anchors.length, 1)
  const df = anchors.length - 1
  return Math.max(error, least) * (df > 2 ? Math.sqrt(df / (df - 2)) : 3)
}

/** One person's change: its posterior, the chance of having risen, and the word, points. */
export function personChange(pair: Twice, latent: TwiceLatent, linkError: number) {
  const posterior = changePosterior(pair, latent, linkError)
  const pImproved = 1 - chanceBelow(posterior, 0)
  const word: PersonWord = pImproved >= WORD_FROM ? 'up' : pImproved <= 1 - WORD_FROM ? 'down' : 'unclear'
  return { ...posterior, pImproved, word }
}
