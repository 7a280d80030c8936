import type { GainPopulation } from '@/lib/psychometrics/change'
import { priorByLatent, type Prior } from '@/lib/psychometrics/group-growth'
import { groupBy } from '@/lib/platform/group'
import { populationsOfChange, type Deviations } from './person-change'
import * as store from './store'

/** What everybody who was measured twice says of one person or one group: worked out once for all readers. */

export type Everybody = {
  /** Who is behind single changes, by instrument. */
  gains: Map<string, GainPopulation>
  /** Whom a first score falls back to, by instrument. */
  priors: Map<string, Prior>
}

/** The links that a comparison rests on, with the true deviations of both tests, points. */
export type LinkedTest = { instrumentId: string; runId: string; deviations: Deviations }

const known = new Map<string, Promise<Everybody>>()

/**
 * Populations and priors of a comparison, whoever asks: two offices read the same expectation of the same person. The released runs that
 * they rest on do not change, so each process works them out once.
 */
export function everybody(base: string, later: string, part: string, links: readonly LinkedTest[]): Promise<Everybody> {
  const key = JSON.stringify([base, later, part, ...links.map((l) => l.runId).sort()])
  const standing = known.get(key)
  if (standing) return standing
  const found = store
    .pairRows({
      base,
      later,
      part,
      instrumentIds: links.map((l) => l.instrumentId),
      scope: null,
      schoolId: null,
      teacherId: null,
    })
    .then((pairs) => {
      const deviations = new Map(links.map((l) => [l.instrumentId, l.deviations]))
      return { gains: populationsOfChange(pairs, deviations), priors: priorsOf(pairs, deviations) }
    })
  known.set(key, found)
  found.catch(() => known.delete(key))
  return found
}

/** The prior of first scores of each instrument, people falling back to their kabupaten. Pure. */
export const priorsOf = (
  pairs: readonly { instrumentId: string; before: number; seBefore: number; regionCode: string }[],
  deviations: ReadonlyMap<string, Deviations>,
): Map<string, Prior> =>
  new Map(
    [...groupBy(pairs, (p) => p.instrumentId)].flatMap(([id, own]) => {
      const found = deviations.get(id)
      if (!found) return []
      const people = own.map((p) => ({ before: p.before, seBefore: p.seBefore, stratum: p.regionCode }))
      return [[id, priorByLatent(people, found.before)] as const]
    }),
  )
