import { expectedShare } from './information'
import type { ItemParameters } from './parameters'

/** Standard error of a panel's cut in its two parts, shares of full credit: other judges, and other items of the same kind. */
export type PanelError = { judges: number; items: number }

/** Both parts together (Brennan 2001: independent facets). */
export const wholeError = ({ judges, items }: PanelError): number => Math.hypot(judges, items)

/**
 * What the items leave open in a mean of ratings when nothing is known of how hard they are: the deviation of their mean ratings over the root
 * of their number; 0 below two items.
 */
export function itemErrorBySpread(itemMeans: readonly number[]): number {
  const n = itemMeans.length
  if (n < 2) return 0
  const mean = itemMeans.reduce((s, v) => s + v, 0) / n
  return Math.sqrt(itemMeans.reduce((s, v) => s + (v - mean) ** 2, 0) / (n - 1) / n)
}

/**
 * The same where the items are calibrated: what matters then is not that items differ, but that judges see them harder or easier than they
 * are for whoever stands at the cut. Deviation of rating less expected share at `theta`, over the root of their number.
 */
export function itemErrorAt(ratings: readonly { item: ItemParameters; mean: number }[], theta: number): number {
  return itemErrorBySpread(ratings.map(({ item, mean }) => mean - expectedShare([item], theta)))
}
