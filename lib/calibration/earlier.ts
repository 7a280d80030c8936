import type { CalibrationRow } from './store'

/**
 * The calibration before this one, which drift is measured from: of the same instrument and model, with the newest data older than its
 * own; of several on the same data the newest. Null for the first one, and for a linked record, whose link tells what moved.
 */
export function earlier<C extends EarlierFacts>(c: C, all: readonly C[]): C | null {
  if (c.linked || !c.dataUntil) return null
  const before = all.filter(
    (o) =>
      o.instrumentId === c.instrumentId &&
      o.state === 'done' &&
      o.converged &&
      !o.linked &&
      o.settings.model === c.settings.model &&
      o.dataUntil &&
      o.dataUntil < c.dataUntil!,
  )
  return before.sort((a, b) => b.dataUntil!.getTime() - a.dataUntil!.getTime() || b.createdAt.getTime() - a.createdAt.getTime())[0] ?? null
}
type EarlierFacts = Pick<CalibrationRow, 'instrumentId' | 'state' | 'converged' | 'linked' | 'dataUntil' | 'createdAt' | 'settings'>
