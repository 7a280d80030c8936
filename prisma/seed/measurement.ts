import { analyseInstrument } from '@/lib/calibration/analyse-instrument'
import { addCalibration, performCalibration, type Compute } from '@/lib/calibration/calibration-service'
import { makePublic, performScoreRun, prepareScoreRun } from '@/lib/scoring/run-service'
import { runById } from '@/lib/scoring/run-store'
import { latestForms } from '@/lib/instruments/inside'
import { sql } from '@/lib/platform/db'
import { writePanels } from './panels'

/** Computed in place: a script has nothing else to answer meanwhile. */
export const computeHere: Compute = (input, heard) => Promise.resolve(analyseInstrument(input, heard))

/**
 * Calibrates both waves of every instrument that enough people took, lets simulated panels set two cuts, scores everybody
 * on the scale of the first wave and releases it, by the same use cases that the screens start. Instruments with too few people keep raw scores.
 */
export async function writeMeasurement(say: (words: string) => void): Promise<void> {
  const waves: [string, Date][] = [
    ['2510', new Date('2025-11-10T02:00:00Z')],
    ['2512', new Date('2026-01-12T02:00:00Z')],
  ]
  const instruments = [...new Map((await latestForms()).map((f) => [f.instrumentId, f])).values()]
  const leads: string[] = []
  for (const instrument of instruments) {
    let lead: string | null = null
    for (const [wave, at] of waves) {
      const added = await addCalibration({ id: instrument.instrumentId, competencyCode: instrument.competencyCode }, [wave], null, at)
      if (!added.ok) continue
      const end = await performCalibration(added.value, computeHere, () => at)
      if (end.state === 'done') lead ??= added.value
    }
    if (lead) leads.push(lead)
  }
  await writePanels(new Date('2025-11-24T02:00:00Z'))
  let released = 0
  for (const lead of leads) {
    const run = await prepareScoreRun(lead, new Date('2026-01-19T02:00:00Z'))
    if (!run.ok) continue
    await performScoreRun(run.value)
    const row = await runById(run.value)
    if (row?.state === 'draft') {
      await makePublic(row, null, new Date('2026-01-26T02:00:00Z'))
      released++
    }
  }
  await sql(`ANALYZE ability`)
  say(`${released} dari ${instruments.length} instrumen dikalibrasi dan dirilis pada skala 200–800`)
}
