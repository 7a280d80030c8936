import type { Dispersion } from './dispersion'
import type { UnitTest } from './link-error'

/** Reach of the interval of a gap: 99 %, as `dispersion` tells it. */
const STRICT = 2.576

/**
 * A gap's change in the earlier unit. A unit that is too little off to be told from the same one is off all the same: the later gap is brought
 * to the earlier unit by the ratio that the anchors show, `logRatio` (earlier over later), and the interval holds its standard error: were the unit
 * off by e^s, every later deviation would be, too, and the later variance by 2s of itself. A later gap that is not told from zero stays as it is.
 */
export function withUnitError(gap: Dispersion, { logRatio, se }: Pick<UnitTest, 'logRatio' | 'se'>): Dispersion {
  const found = gap.after ** 2
  const own = (gap.high + gap.before) ** 2 - found
  if (!(found > 0 && own > 0)) return gap
  const scale = Math.exp(2 * logRatio)
  const variance = scale * found
  const reach = Math.hypot(scale * own, STRICT * 2 * variance * se)
  const since = (v: number) => Math.sqrt(Math.max(0, v)) - gap.before
  const after = Math.sqrt(variance)
  return { ...gap, after, change: after - gap.before, low: since(variance - reach), high: since(variance + reach) }
}
