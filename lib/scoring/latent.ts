import type { CalibratedItem } from '@/lib/calibration/calibrated-item'
import { latentOfGroups, pooledSpread, type Latent, type Spread } from '@/lib/psychometrics/posterior'
import { recode } from '@/lib/psychometrics/preparation'
import { MISSING, type Responses } from '@/lib/psychometrics/responses'
import { populationOf, type Transformation } from './measure'
import type { LatentOfRun } from './model'

/** The populations from which the persons of a run are drawn: the prior of every chance that they read. */

/** A cycle of fewer people has no mean of its own: it is read with the largest. */
const OWN_MEAN_FROM = 30

/**
 * Populations of the persons in `rows` of a response matrix, by cycle, their spread drawn to that of the `kin`. Null where they are too few
 * or too alike to tell anything; they are then read under the population that the calibration defines.
 */
export function latentOfRun(
  data: Responses,
  items: readonly CalibratedItem[],
  cycleOf: readonly string[],
  rows: readonly number[],
  kin: readonly Spread[],
): Omit<LatentOfRun, 'areaVariance'> | null {
  if (rows.length < OWN_MEAN_FROM) return null
  const cells = new Int8Array(rows.length * data.items)
  rows.forEach((row, at) => cells.set(data.cells.subarray(row * data.items, (row + 1) * data.items), at * data.items))
  const recoded = recode({ ...data, persons: rows.length, cells }, items, true)
  if (!recoded.ok) throw new Error(recoded.problem.detail)
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(cycleOf[row]!, (counts.get(cycleOf[row]!) ?? 0) + 1)
  const largest = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0]
  const groupOf = (cycle: string) => (counts.get(cycle)! >= OWN_MEAN_FROM ? cycle : largest)
  const found = latentOfGroups(
    recoded.value,
    items,
    rows.map((row) => groupOf(cycleOf[row]!)),
  )
  if (!found.ok) return null
  const { sd, logSdError } = [...found.value.values()][0]!
  const own = { sd, logSdError }
  return {
    cycles: Object.fromEntries(
      [...counts].map(([cycle, n]) => {
        const { mean, meanError } = found.value.get(groupOf(cycle))!
        return [cycle, { mean, meanError, n }]
      }),
    ),
    own,
    ...pooledSpread(own, kin),
    answers: middleAnswers(recoded.value),
    kin: kin.length,
  }
}

/** Median number of answers to an item. */
function middleAnswers(data: Responses): number {
  const counts = Array.from({ length: data.items }, (_, j) => {
    let n = 0
    for (let i = 0; i < data.persons; i++) if (data.cells[i * data.items + j] !== MISSING) n++
    return n
  })
  return counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)]!
}

/** The population of each cycle of a run. A cycle that came after it is read as the run's largest; without any, as the calibration says. */
export function populations(latent: Omit<LatentOfRun, 'areaVariance'> | null, t: Transformation): (cycleCode: string) => Latent {
  const unit = populationOf(t)
  if (!latent) return () => unit
  const { sd, logSdError, answers } = latent
  const all = new Map(
    Object.entries(latent.cycles).map(([code, { mean, meanError }]) => [code, { mean, meanError, sd, logSdError, answers }]),
  )
  const largest = Object.entries(latent.cycles).reduce((a, b) => (b[1].n > a[1].n ? b : a))[0]
  return (code) => all.get(code) ?? all.get(largest)!
}
