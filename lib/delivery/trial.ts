import { allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { incidentsOfSitting } from '@/lib/sittings/inside'
import { sitting } from '@/lib/sittings/service'
import { trialReportOf, type TrialReport } from './trial-model'
import { itemsTried, partsTried, phonesTried } from './trial-store'

/** What the people of the house met at an internal trial; null for any other sitting. */
export async function trialReport(actor: Actor, sittingId: string): Promise<TrialReport | null> {
  allow(actor, 'cycle:manage')
  const found = await sitting(actor, sittingId)
  if (!found?.cycle.trialOfId) return null
  const [parts, items, phones, incidents] = await Promise.all([
    partsTried(sittingId),
    itemsTried(sittingId),
    phonesTried(sittingId),
    incidentsOfSitting(sittingId),
  ])
  return trialReportOf(found._count.seats, parts, items, phones, incidents)
}
