import { normalCdf, normalQuantile } from './distributions'
import { problem, value, type Outcome } from './problem'

/** |z| above which a change is called one: 95 % one-sided. */
const CERTAIN = 1.645

export type ChangeWord = 'up' | 'unclear' | 'down'

/**
 * Reliable change of one person on a raw score (Jacobson & Truax 1991, Journal of Consulting and Clinical Psychology 59, 12–19):
 * `se` = sd·√(1 − reliability), `sDiff` = √(2·se²), `rc` = (after − before)/sDiff; the change is reliable when |rc| > 1.96.
 * Scores and sd in one unit. Problem: out-of-range (sd not above 0, reliability outside 0 ≤ r < 1, scores not finite).
 */
export function reliableChange(
  before: number,
  after: number,
  sd: number,
  reliability: number,
): Outcome<{ difference: number; se: number; sDiff: number; rc: number; reliable: boolean }> {
  if (!(sd > 0 && Number.isFinite(sd))) return problem('out-of-range', `A standard deviation of ${sd} is not above 0.`)
  if (!(reliability >= 0 && reliability < 1)) return problem('out-of-range', `A reliability of ${reliability} is not from 0 to below 1.`)
  if (!Number.isFinite(before) || !Number.isFinite(after))
    return problem('out-of-range', `The scores ${before} and ${after} are no numbers.`)
  const se = sd * Math.sqrt(1 - reliability)
  const sDiff = Math.sqrt(2 * se * se)
  const rc = (after - before) / sDiff
  return value({ difference: after - before, se, sDiff, rc, reliable: Math.abs(rc) > 1.96 })
}

/**
 * Growth of one person between two scores on a linked scale (WLE, not EAP): z = (θ₂ − θ₁)/√(SE₁² + SE₂²), P(improved) = Φ(z),
 * and a word: 'up' or 'down' only when |z| > 1.645. Problem: out-of-range (an se below 0 or both 0, a score not finite).
 */
export function individualGrowth(
  before: { theta: number; se: number },
  after: { theta: number; se: number },
): Outcome<{ z: number; pImproved: number; word: ChangeWord }> {
  const se = Math.hypot(before.se, after.se)
  if (!(before.se >= 0 && after.se >= 0 && se > 0 && Number.isFinite(se)))
    return problem('out-of-range', `Standard errors of ${before.se} and ${after.se} give no error of the difference.`)
  const z = (after.theta - before.theta) / se
  if (!Number.isFinite(z)) return problem('out-of-range', `The scores ${before.theta} and ${after.theta} are no numbers.`)
  return value({ z, pImproved: normalCdf(z), word: z > CERTAIN ? 'up' : z < -CERTAIN ? 'down' : 'unclear' })
}

/**
 * Growth of a group mean: SE² = SE₁² + SE₂² − 2·covariance + linkingError² (Kolen & Brennan 2014, ch. 7; covariance of the two
 * means when the same people return), with its 95 % interval and two-sided p. All in one unit, covariance in its square.
 * Problem: out-of-range (negative or not finite input, or a variance not above 0).
 */
export function groupGrowth(
  before: { mean: number; se: number },
  after: { mean: number; se: number },
  linkingError: number,
  covariance = 0,
): Outcome<{ difference: number; se: number; low: number; high: number; p: number }> {
  const difference = after.mean - before.mean
  const variance = before.se ** 2 + after.se ** 2 - 2 * covariance + linkingError ** 2
  if (!(before.se >= 0 && after.se >= 0 && linkingError >= 0))
    return problem('out-of-range', `An error of ${before.se}, ${after.se} or ${linkingError} (link) is below 0.`)
  if (!(variance > 0 && Number.isFinite(variance) && Number.isFinite(difference)))
    return problem('out-of-range', `A difference of ${difference} with variance ${variance} cannot be judged.`)
  const se = Math.sqrt(variance)
  const reach = normalQuantile(0.975) * se
  return value({ difference, se, low: difference - reach, high: difference + reach, p: 2 * normalCdf(-Math.abs(difference) / se) })
}
