import type { Dispersion } from './dispersion'

/** Reach of the interval of a gap: 99 %, as `dispersion` tells it. */
const STRICT = 2.576

/**
 * A gap's change with what is not known of the later unit: were the unit off by e^s, every later deviation would be, too, and the later variance
 * by 2s of itself. `unitError`: standard error of the logarithm of the ratio of units. A later gap that is not told from zero stays as it is.
 */
export function withUnitError(gap: Dispersion, unitError: number): Dispersion {
  const variance = gap.after ** 2
  const own = (gap.high + gap.before) ** 2 - variance
  if (!(variance > 0 && own > 0)) return gap
  const reach = Math.hypot(own, STRICT * 2 * variance * unitError)
  const since = (v: number) => Math.sqrt(Math.max(0, v)) - gap.before
  return { ...gap, low: since(variance - reach), high: since(variance + reach) }
}
