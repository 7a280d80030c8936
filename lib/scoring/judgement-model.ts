import { decision, type Decision } from '@/lib/psychometrics/classification'
import type { Posterior } from '@/lib/psychometrics/posterior'
import { SCALE_CUT, SCALE_SD } from './model'

/** A measure as it is kept: points with their error, and the posterior under the population of its run. */
export type Kept = { scale: number; scaleSe: number; posteriorMean: number | null; posteriorSd: number | null }

/**
 * What is known of the person behind a measure, in points. One that came without its run's population is read among people of one unit
 * (100 points) around the standard, never as if every ability were equally probable.
 */
export function posteriorOf(a: Kept): Posterior {
  if (a.posteriorMean !== null && a.posteriorSd !== null) return { mean: a.posteriorMean, sd: a.posteriorSd }
  const [own, unit] = [1 / a.scaleSe ** 2, 1 / SCALE_SD ** 2]
  return { mean: (a.scale * own + SCALE_CUT * unit) / (own + unit), sd: 1 / Math.sqrt(own + unit) }
}

/** What may be said of one person against 500: chance that the true points reach it, 80 % range, and the state in words. */
export function judge({ mean, sd }: Posterior): Decision {
  const found = decision(mean, Math.max(sd, 1e-9), SCALE_CUT)
  if (!found.ok) throw new Error(found.problem.detail)
  return found.value
}

/** A chance as people read it: nothing is ever said to be certain. */
export function ofHundred(chance: number): string {
  const n = Math.round(100 * chance)
  return n < 1 ? 'kurang dari 1 dari 100' : n > 99 ? 'lebih dari 99 dari 100' : `sekitar ${n} dari 100`
}
