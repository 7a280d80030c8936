import { allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { remeasurementIn } from './remeasured-store'

export type Remeasured = { code: string; name: string; baseName: string }

/**
 * The re-measurement that a choice of the map is, or holds: its people are others than those of the cycle before, so that only pairs of the
 * same people compare the two. Null where the choice is none. Throws `Forbidden`.
 */
export async function remeasured(actor: Actor, cycleOrSeries: string | null): Promise<Remeasured | null> {
  allow(actor, 'map:read')
  return cycleOrSeries ? remeasurementIn(cycleOrSeries) : null
}
