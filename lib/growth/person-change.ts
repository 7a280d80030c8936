import { gainPopulation, gainPosterior, type GainPopulation, type Twice } from '@/lib/psychometrics/change'
import type { KnownError } from '@/lib/psychometrics/link-error'
import { groupBy } from '@/lib/platform/group'

/** What one person may be told of the own change. Pure. */

/** A word is said from this chance of its being true on; below it nothing is certain. */
export const WORD_FROM = 0.9

export type PersonWord = 'up' | 'unclear' | 'down'

/** Fewer people measured twice do not tell how much their gains differ; they take it from all instruments of the competency. */
const OWN_SHAPE_FROM = 100

/** True deviations of the people of an instrument in both tests, points. */
export type Deviations = { before: number; after: number }

/**
 * The people behind each instrument's pairs. A small instrument takes the spread of gains from all instruments of the competency, each about
 * its own means.
 */
export function populationsOfChange<P extends Twice & { instrumentId: string }>(
  pairs: readonly P[],
  deviations: ReadonlyMap<string, Deviations>,
): Map<string, GainPopulation> {
  const mean = (list: readonly P[], f: (p: P) => number) => list.reduce((s, p) => s + f(p), 0) / list.length
  const groups = [...groupBy(pairs, (p) => p.instrumentId)].filter(([id]) => deviations.has(id))
  const centred = groups.flatMap(([, own]) => {
    const [first, second] = [mean(own, (p) => p.before), mean(own, (p) => p.after)]
    return own.map((p) => ({ ...p, before: p.before - first, after: p.after - second }))
  })
  const typical = (f: (d: Deviations) => number) =>
    Math.sqrt(groups.reduce((s, [id, own]) => s + own.length * f(deviations.get(id)!) ** 2, 0) / Math.max(1, centred.length))
  const all = centred.length ? gainPopulation(centred, { before: typical((d) => d.before), after: typical((d) => d.after) }) : null
  return new Map(
    groups.map(([id, own]) => {
      if (own.length >= OWN_SHAPE_FROM || !all) return [id, gainPopulation(own, deviations.get(id)!)]
      const [before, after, n] = [mean(own, (p) => p.before), mean(own, (p) => p.after), own.length]
      const spreads = all.spreads.map((s) => ({ ...s, latent: { ...s.latent, before, after, n } }))
      return [id, { spreads, meanError: all.meanError * Math.sqrt(centred.length / n) }]
    }),
  )
}

/** One person's change: its posterior, the chance of having risen, and the word, points. */
export function personChange(pair: Twice, population: GainPopulation, link: KnownError) {
  const { mean, sd, above: pImproved } = gainPosterior(pair, population, link)
  const word: PersonWord = pImproved >= WORD_FROM ? 'up' : pImproved <= 1 - WORD_FROM ? 'down' : 'unclear'
  return { mean, sd, pImproved, word }
}
