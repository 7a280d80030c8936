import { scoringItems } from '@/lib/instruments/inside'
import { expectedScore } from '@/lib/psychometrics/parameters'
import { recode } from '@/lib/psychometrics/preparation'
import { MISSING } from '@/lib/psychometrics/responses'
import { attemptData } from '@/lib/calibration/inside'
import { measuredForms } from '@/lib/calibration/calibration-service'
import type { CalibratedItem } from '@/lib/calibration/calibrated-item'
import { matrixOf, versionOf, type Renewal } from '@/lib/calibration/response-matrix'
import { runById, thetasOfRun } from './run-store'
import { runItems } from '@/lib/calibration/items-in-force'

/** Share of credit that an attempt got on one indicator beyond what its measure lets expect, and how fast that expectation rises. */
export type IndicatorResidual = { attemptId: string; code: string; residual: number; slope: number }

const H = 1e-3

/** Categories by attempt and item of a run. */
function recoded(
  attempts: Parameters<typeof matrixOf>[0],
  forms: Parameters<typeof matrixOf>[1],
  use: 'calibration' | 'scoring',
  renewal: Renewal | null,
  items: readonly CalibratedItem[],
): Int8Array {
  const found = recode(matrixOf(attempts, forms, use, renewal).data, items, true)
  if (!found.ok) throw new Error(found.problem.detail)
  return found.value.cells
}

/**
 * Residuals by indicator ('1.2') or, for a subject, content domain ('MTK:ALJ') of the closed attempts of a run's instrument in
 * these cycles. `slope` is per point of the 200–800 scale. Permission is checked by the use cases that call it.
 */
export async function indicatorResiduals(runId: string, cycleCodes: string[], by: 'indicator' | 'domain'): Promise<IndicatorResidual[]> {
  const run = await runById(runId)
  if (!run) return []
  const [attempts, { items, renewal }, thetas] = await Promise.all([
    attemptData(run.instrumentId, cycleCodes),
    runItems(run.calibrationId),
    thetasOfRun(runId),
  ])
  const formIds = [...new Set(attempts.map((a) => a.formId))]
  const [forms, rows] = await Promise.all([measuredForms(formIds, false), Promise.all(formIds.map(scoringItems))])
  const area = new Map(rows.flat().map((r) => [r.itemVersionId, by === 'indicator' ? r.nodeCode.slice(0, 3) : r.domainCode]))
  // As growth compares: what was not reached is missing. Where no answer is kept at all, scores are what is left.
  const kept = attempts.map((a) => Object.keys(a.responses ?? {}).length > 0)
  const [reached, scored] = (['calibration', 'scoring'] as const).map((use) => recoded(attempts, forms, use, renewal, items))
  const perPoint = run.sigma / 100
  return attempts.flatMap((attempt, i) => {
    const theta = thetas.get(attempt.attemptId)
    if (theta === undefined) return []
    const sums = new Map<string, { residual: number; slope: number }>()
    items.forEach((item, j) => {
      const x = (kept[i] ? reached! : scored!)[i * items.length + j]!
      const code = area.get(versionOf(item.id))
      if (x === MISSING || !code) return
      const top = item.categories - 1
      const sum = sums.get(code) ?? { residual: 0, slope: 0 }
      sum.residual += (x - expectedScore(item, theta)) / top
      sum.slope += (perPoint * (expectedScore(item, theta + H) - expectedScore(item, theta - H))) / (2 * H * top)
      sums.set(code, sum)
    })
    return [...sums].map(([code, s]) => ({ attemptId: attempt.attemptId, code, ...s }))
  })
}
