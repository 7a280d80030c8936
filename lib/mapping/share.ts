import { shareSums as sums, type Measured, type Population, type ShareSums } from '@/lib/psychometrics/place-share'
import type { Latent } from '@/lib/psychometrics/posterior'
import { pointsOf, type Transformation } from '@/lib/scoring/measure'
import { SCALE_CUT, SCALE_SD } from '@/lib/scoring/model'

/** Shares of people at or above a line (“persen kompeten”) of the places of a view, in points. How: `lib/psychometrics/place-share.ts`, decision 064. */

export { shareOf, shareTogether, type Measured, type Population, type Share, type ShareSums } from '@/lib/psychometrics/place-share'

/** The population of a run in points. `latent` as the run keeps it, θ. */
export function populationInPoints(latent: Latent, t: Transformation, instrument: string): Population {
  const perTheta = SCALE_SD / t.sigma
  return {
    instrument,
    mean: pointsOf(latent.mean, t),
    sd: perTheta * Math.hypot(latent.sd * Math.exp(latent.logSdError ** 2), latent.meanError),
    cutError: perTheta * (t.cutError ?? 0),
  }
}

/** Sums of every place for every line, points; the competent line unless said. */
export const shareSums = (people: readonly Measured[], lines: readonly number[] = [SCALE_CUT]): Map<string, ShareSums[]> =>
  sums(people, lines)
