import { expectedScore, itemInformation, type ItemParameters } from './parameters'
import type { Posterior } from './posterior'
import { MISSING, type Responses } from './responses'

/** How an area of a test stands to the rest of the same test, for one person, the difficulty of its items taken in. */

/** Area minus rest with its error variance, θ units; null where one of the two was not answered. */
export type Contrast = { gap: number; variance: number } | null

/**
 * Contrasts of one row: each area's one-step estimate R/I at `theta` (R = Σ a(x − E), I the information of its answered items) minus that of
 * all other items; variance 1/I_area + 1/I_rest. `areaOf` names the area of each item, null for none.
 */
export function contrasts(
  data: Responses,
  items: readonly ItemParameters[],
  row: number,
  theta: number,
  areaOf: readonly (string | null)[],
): Map<string, Contrast> {
  const sums = new Map<string, { residual: number; information: number }>()
  let [residual, information] = [0, 0]
  items.forEach((item, j) => {
    const x = data.cells[row * data.items + j]!
    if (x === MISSING) return
    const [r, i] = [item.a * (x - expectedScore(item, theta)), itemInformation(item, theta)]
    residual += r
    information += i
    const area = areaOf[j]
    if (area === null || area === undefined) return
    const own = sums.get(area) ?? { residual: 0, information: 0 }
    own.residual += r
    own.information += i
    sums.set(area, own)
  })
  return new Map(
    [...sums].map(([area, own]) => {
      const rest = { residual: residual - own.residual, information: information - own.information }
      if (!(own.information > 1e-6 && rest.information > 1e-6)) return [area, null]
      return [
        area,
        {
          gap: own.residual / own.information - rest.residual / rest.information,
          variance: 1 / own.information + 1 / rest.information,
        },
      ]
    }),
  )
}

/** True variance of the gaps between people and areas, by moments, each weighing by its precision; 0 where error explains them all. */
export function gapVariance(all: readonly Contrast[]): number {
  let [sum, weight] = [0, 0]
  for (const c of all) {
    if (!c) continue
    const w = 1 / c.variance ** 2
    sum += w * (c.gap ** 2 - c.variance)
    weight += w
  }
  return weight > 0 ? Math.max(0, sum / weight) : 0
}

/** What is known of a person's gap, θ units: nothing but 0 where people's areas do not differ at all. */
export const gapPosterior = (c: NonNullable<Contrast>, tau2: number): Posterior => {
  const share = tau2 / (tau2 + c.variance)
  return { mean: share * c.gap, sd: Math.sqrt(share * c.variance) }
}
