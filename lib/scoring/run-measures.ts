import type { CalibratedItem } from '@/lib/calibration/calibrated-item'
import { tooFew } from '@/lib/calibration/reach-model'
import { matrixOf, reachOf, versionOf, type MeasuredItem, type Renewal } from '@/lib/calibration/response-matrix'
import type { ResponseValue } from '@/lib/items/model'
import type { Latent } from '@/lib/psychometrics/posterior'
import { contrasts, gapPosterior, gapVariance, type Contrast } from '@/lib/psychometrics/area-gaps'
import { recode } from '@/lib/psychometrics/preparation'
import { MISSING, type Responses } from '@/lib/psychometrics/responses'
import type { Rules } from '@/lib/standards/rules-model'
import { measureRows, type Measure, type Transformation } from './measure'
import { SCALE_CUT, SCALE_SD } from './model'

/** The measures of attempts in one run, by the rules that the run was begun with. */

export type Taken = {
  formId: string
  seed: number
  cycleCode: string
  responses: Record<string, ResponseValue> | null
  rated: Record<string, number> | null
}

export type RunWith = {
  run: Transformation
  items: readonly CalibratedItem[]
  renewal: Renewal | null
  reference: readonly CalibratedItem[]
  forms: ReadonlyMap<string, readonly MeasuredItem[]>
  /** What scores make of items after the last answer. */
  notReached: Rules['notReached']
}

/** A run whose people are known: how far areas differ within them (variance, θ units). */
type Known = RunWith & { areaVariance: number }

/** Each row's areas against the rest of its test, at its own posterior mean. */
export function contrastsOf(
  data: Responses,
  found: readonly (Measure | null)[],
  w: Pick<RunWith, 'run' | 'items' | 'forms'>,
): Map<string, Contrast>[] {
  const recoded = recode(data, w.items, true)
  if (!recoded.ok) throw new Error(recoded.problem.detail)
  const area = new Map([...w.forms.values()].flat().map((i) => [i.itemVersionId, i.area ?? null]))
  const areaOf = w.items.map((i) => area.get(versionOf(i.id)) ?? null)
  return found.map((m, i) => {
    if (!m) return new Map<string, Contrast>()
    const theta = w.run.thetaCut + ((m.posteriorMean - SCALE_CUT) * w.run.sigma) / SCALE_SD
    return contrasts(recoded.value, w.items, i, theta, areaOf)
  })
}

/** What is known of each area against the rest, points. */
const gapsOf = (own: ReadonlyMap<string, Contrast>, w: Known): Measure['areas'] =>
  Object.fromEntries(
    [...own].flatMap(([code, c]) => {
      if (!c) return []
      const { mean, sd } = gapPosterior(c, w.areaVariance)
      const points = SCALE_SD / w.run.sigma
      return [[code, { mean: points * mean, sd: points * sd }]]
    }),
  )

/** The responses as scores take them, and which rows were answered far enough to be measured at all. */
export function takenRows(taken: readonly Taken[], w: Pick<RunWith, 'forms' | 'renewal' | 'notReached'>) {
  const { data } = matrixOf(taken, w.forms, w.notReached === 'wrong' ? 'scoring' : 'calibration', w.renewal)
  const enough = taken.flatMap((a, i) => (tooFew(reachOf(w.forms.get(a.formId)!, a.responses ?? {}, a.seed)) ? [] : [i]))
  return { data, enough }
}

/**
 * One measure an attempt; null where fewer than half of its items were answered, or fewer than half of what counts is calibrated: the
 * anchors of a form not yet linked would be another, shorter test.
 */
export function measuresOf(
  taken: readonly Taken[],
  w: Known,
  latentOf: (cycleCode: string) => Latent,
  rows = takenRows(taken, w),
): (Measure | null)[] {
  const latent = (i: number) => latentOf(taken[i]!.cycleCode)
  const { data } = rows
  const enough = new Set(rows.enough)
  const found = measureRows(data, w.items, w.run, w.reference, latent)
  // Where scores count what was not reached as wrong, growth still leaves it out.
  const reached =
    w.notReached === 'wrong'
      ? measureRows(matrixOf(taken, w.forms, 'calibration', w.renewal).data, w.items, w.run, w.reference, latent)
      : found
  const contrasted = contrastsOf(data, found, w)
  return found.map((m, i) => {
    const scored = data.cells.subarray(i * data.items, (i + 1) * data.items).reduce((n, x) => n + (x === MISSING ? 0 : 1), 0)
    if (!m || !enough.has(i) || m.items * 2 < scored) return null
    const own = reached[i] ?? m
    return { ...m, reachedScale: own.scale, reachedSe: own.scaleSe, areas: gapsOf(contrasted[i]!, w) }
  })
}

/** How far areas differ within the people of a run, beyond error (variance, θ units); asked of those who were answered far enough. */
export function areaVarianceOf(
  taken: readonly Taken[],
  w: RunWith,
  latentOf: (cycleCode: string) => Latent,
  rows: ReturnType<typeof takenRows>,
): number {
  const found = measureRows(rows.data, w.items, w.run, w.reference, (i) => latentOf(taken[i]!.cycleCode))
  const enough = new Set(rows.enough)
  return gapVariance(contrastsOf(rows.data, found, w).flatMap((own, i) => (enough.has(i) ? [...own.values()] : [])))
}
