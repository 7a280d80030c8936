import { calibrate, type CalibrationOptions } from './calibrate'
import { chiSquareTail } from './distributions'
import { problem, value, type Outcome } from './problem'
import { MISSING, type Responses } from './responses'

export type IrtDif = {
  id: string
  chi2: number
  df: number
  p: number
  /** Mean location in the focal group minus the reference group, θ units; positive: harder for the focal group. */
  shift: number
}

/**
 * IRT likelihood-ratio DIF (Thissen, Steinberg & Wainer 1993): for each item, twice the gain in log-likelihood when its
 * parameters may differ between the groups while all other items anchor the scale; the focal mean and variance are free.
 * The item with free parameters is fitted as two items, each missing in the other group. All groups but the reference
 * are pooled as focal. An item that one group answered alike cannot be compared and is listed as skipped. Problems as in
 * `calibrate`.
 */
export function irtLikelihoodRatio(
  data: Responses,
  groups: readonly string[],
  reference: string,
  options: Pick<CalibrationOptions, 'model' | 'nodes' | 'tolerance' | 'priors'>,
): Outcome<{ items: IrtDif[]; skipped: { id: string; reason: string }[] }> {
  const focal = groups.map((g) => (g === reference ? 'reference' : 'focal'))
  if (!focal.includes('reference') || !focal.includes('focal'))
    return problem('too-few', `There must be persons in ${reference} and outside it.`)
  const of = { of: focal, order: ['reference', 'focal'] }
  const base = calibrate(data, { ...options, groups: of })
  if (!base.ok) return base
  if (!base.value.converged) return problem('not-converged', 'The model with equal parameters did not converge.')
  const out: IrtDif[] = []
  const skipped: { id: string; reason: string }[] = []
  for (const item of base.value.items) {
    const split = splitItem(data, data.ids.indexOf(item.id), focal)
    const start = base.value.items.flatMap((i) => (i.id === item.id ? [i, { ...i, id: `${i.id} (focal)` }] : [i]))
    const free = calibrate(split, { ...options, groups: of, start })
    if (!free.ok) return free
    if (!free.value.converged) {
      skipped.push({ id: item.id, reason: 'The model with its parameters free did not converge.' })
      continue
    }
    const chi2 = Math.max(0, 2 * (free.value.logLik - base.value.logLik))
    const df = free.value.freeParameters - base.value.freeParameters
    const location = (id: string) => {
      const b = free.value.items.find((i) => i.id === id)?.b
      return b ? b.reduce((s, v) => s + v, 0) / b.length : null
    }
    const [here, there] = [location(item.id), location(`${item.id} (focal)`)]
    if (df < 1 || here === null || there === null) {
      skipped.push({ id: item.id, reason: 'One group answered it alike.' })
      continue
    }
    out.push({ id: item.id, chi2, df, p: chiSquareTail(chi2, df), shift: there - here })
  }
  return value({ items: out, skipped })
}

/** The data with item j only for the reference group, and a copy of it only for the focal group at the end. */
function splitItem(data: Responses, j: number, focal: readonly string[]): Responses {
  const items = data.items + 1
  const cells = new Int8Array(data.persons * items)
  for (let i = 0; i < data.persons; i++) {
    const isFocal = focal[i] === 'focal'
    cells.set(data.cells.subarray(i * data.items, (i + 1) * data.items), i * items)
    const x = data.cells[i * data.items + j]!
    cells[i * items + j] = isFocal ? MISSING : x
    cells[i * items + data.items] = isFocal ? x : MISSING
  }
  return {
    ids: [...data.ids, `${data.ids[j]} (focal)`],
    persons: data.persons,
    items,
    cells,
    categories: [...data.categories, data.categories[j]!],
  }
}
