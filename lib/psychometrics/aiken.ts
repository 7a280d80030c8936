import { normalQuantile } from './distributions'
import { problem, value, type Outcome } from './problem'

/** Aiken's V of one item: `v` in 0..1, `n` judges, `p` exact right tail, `low`/`high` the score interval of V. */
export type AikenResult = { v: number; n: number; p: number; low: number; high: number }

/**
 * Content validity of one item from `ratings` (one integer low..high a judge).
 * V = Σ(r − low) / (n(c − 1)), c = high − low + 1; p = P(V or more) when every judge picks a category at random
 * (Aiken 1985, Educational and Psychological Measurement 45, 131–142, by exact convolution); the two-sided `confidence`
 * interval is the score interval of Penfield & Giacobbi 2004 (Measurement in Physical Education and Exercise Science 8, 213–225).
 * Problems: empty; out-of-range (scale, confidence, or a rating outside the scale or not an integer).
 */
export function aikenV(ratings: readonly number[], low: number, high: number, confidence = 0.9): Outcome<AikenResult> {
  const n = ratings.length
  if (!n) return problem('empty', 'There are no ratings.')
  if (!Number.isInteger(low) || !Number.isInteger(high) || high <= low)
    return problem('out-of-range', `A rating scale from ${low} to ${high} has no two integer categories.`)
  if (!(confidence > 0 && confidence < 1)) return problem('out-of-range', `A confidence of ${confidence} is not between 0 and 1.`)
  const wrong = ratings.findIndex((r) => !Number.isInteger(r) || r < low || r > high)
  if (wrong >= 0) return problem('out-of-range', `Rating ${ratings[wrong]} of judge ${wrong + 1} is not an integer from ${low} to ${high}.`)
  const sum = ratings.reduce((s, r) => s + r - low, 0)
  const steps = n * (high - low)
  const v = sum / steps
  return value({ v, n, p: rightTail(sum, n, high - low + 1), ...scoreInterval(v, steps, normalQuantile(0.5 + confidence / 2)) })
}

/** P(S ≥ sum) of the sum S of n independent uniforms on 0 … categories − 1. */
function rightTail(sum: number, n: number, categories: number): number {
  let density = [1]
  for (let judge = 0; judge < n; judge++) {
    const next = new Array<number>(density.length + categories - 1).fill(0)
    density.forEach((d, s) => {
      for (let k = 0; k < categories; k++) next[s + k]! += d / categories
    })
    density = next
  }
  // From the small end, so that the tail keeps its digits; the whole distribution is exactly 1.
  let tail = 0
  for (let s = density.length - 1; s >= sum; s--) tail += density[s]!
  return sum === 0 ? 1 : Math.min(1, tail)
}

function scoreInterval(v: number, steps: number, z: number): { low: number; high: number } {
  const centre = 2 * steps * v + z * z
  const reach = z * Math.sqrt(4 * steps * v * (1 - v) + z * z)
  const scale = 2 * (steps + z * z)
  return { low: Math.max(0, Math.min(v, (centre - reach) / scale)), high: Math.min(1, Math.max(v, (centre + reach) / scale)) }
}

/** 'keep' if the exact test is significant (p < alpha) and the lower limit of the 90 % interval is at least `floor`; else 'revise'. */
export function aikenDecision(result: AikenResult, alpha = 0.05, floor = 0.5): 'keep' | 'revise' {
  return result.p < alpha && result.low >= floor ? 'keep' : 'revise'
}
