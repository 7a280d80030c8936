import * as calibrations from './store'
import { linkBehind } from './link-store'
import type { CalibratedItem } from './calibrated-item'
import { renewed, type Renewal } from './response-matrix'

const finished = new Map<string, Promise<CalibratedItem[]>>()

/** The items of a finished calibration as the engine takes them. The record never changes, so each process reads it once. */
export function calibratedItems(calibrationId: string): Promise<CalibratedItem[]> {
  let found = finished.get(calibrationId)
  if (!found) {
    found = calibrations.itemParameters(calibrationId).then((rows) => rows.map((p) => ({ ...p, categories: p.d.length + 1 })))
    finished.set(calibrationId, found)
    found.catch(() => finished.delete(calibrationId))
  }
  return found
}

/** The items that carry the cut and the percents: those of the first calibration behind a chain of links. */
export async function referenceItems(calibrationId: string): Promise<CalibratedItem[]> {
  let base = calibrationId
  for (let link = await linkBehind(base); link; link = await linkBehind(base)) base = link.baseCalibrationId
  return calibratedItems(base)
}

/** What people are measured with by a calibration: its items, and those that are others for the people of the later cycles. */
export type RunItems = { items: CalibratedItem[]; renewal: Renewal | null }

const measuring = new Map<string, Promise<RunItems>>()

/**
 * The items of a calibration; of a linked one also the common items that did not carry the link, as new items of its later cycles. Never
 * changes, so each process reads it once: many attempts that close are measured a few at a time.
 */
export function runItems(calibrationId: string): Promise<RunItems> {
  let found = measuring.get(calibrationId)
  if (!found) {
    found = readRunItems(calibrationId)
    measuring.set(calibrationId, found)
    found.catch(() => measuring.delete(calibrationId))
  }
  return found
}

async function readRunItems(calibrationId: string): Promise<RunItems> {
  const [items, link] = await Promise.all([calibratedItems(calibrationId), linkBehind(calibrationId)])
  const freed = link?.report?.freed ?? []
  const later = link && freed.length ? await calibrations.calibrationById(link.calibrationId) : null
  if (!later) return { items, renewal: null }
  return {
    items: [...items, ...freed.map((i) => ({ ...i, id: renewed(i.id) }))],
    renewal: { cycles: new Set(later.cycleCodes), ids: new Set(freed.map((i) => i.id)) },
  }
}
