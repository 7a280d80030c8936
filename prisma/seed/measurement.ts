import { addCalibration, performCalibration, type Compute } from '@/lib/calibration/calibration-service'
import { calibrations } from '@/lib/calibration/store'
import { makePublic, performScoreRun, prepareScoreRun } from '@/lib/scoring/run-service'
import { runById } from '@/lib/scoring/run-store'
import { instrumentByCode } from '@/lib/instruments/inside'
import type { Wave } from './waves'

/** When the calibration of each wave was made. */
const CALIBRATED: Record<Wave, Date> = { '2510': new Date('2025-11-10T02:00:00Z'), '2512': new Date('2026-01-12T02:00:00Z') }

/** Calibrates an instrument on one wave, by the same use case that the screens start; not where too few people took it. */
export async function calibrateWave(code: string, wave: Wave, compute: Compute): Promise<string | undefined> {
  const instrument = (await instrumentByCode(code))!
  const at = CALIBRATED[wave]
  const added = await addCalibration(instrument, [wave], null, at)
  if (!added.ok) return added.message
  return (await calibrated(added.value, compute, at)).words
}

/** Performs a calibration; where the computing itself breaks, instead of finding that the data do not serve, the step fails with it. */
export async function calibrated(id: string, compute: Compute, at: Date): ReturnType<typeof performCalibration> {
  let broke: Error | null = null
  const watched: Compute = (input, heard) =>
    compute(input, heard).catch((error: Error) => {
      broke = error
      throw error
    })
  const end = await performCalibration(id, watched, () => at)
  if (broke) throw broke as Error
  return end
}

/**
 * Scores everybody on the scale of the earliest wave that could be calibrated and releases it, by the same use cases that the screens
 * start. An instrument with too few people keeps raw scores.
 */
export async function releaseWave(code: string): Promise<string> {
  const instrument = (await instrumentByCode(code))!
  const lead = (await calibrations(instrument.id)).filter((c) => c.state === 'done').at(-1)
  const run = lead && (await prepareScoreRun(lead.id, new Date('2026-01-19T02:00:00Z')))
  if (!run?.ok) return run?.message ?? 'Tetap dengan skor mentah: pesertanya terlalu sedikit untuk kalibrasi.'
  await performScoreRun(run.value)
  const row = await runById(run.value)
  if (row?.state !== 'draft') return 'Belum dirilis.'
  await makePublic(row, null, new Date('2026-01-26T02:00:00Z'))
  return 'Dirilis pada skala 200–800.'
}
