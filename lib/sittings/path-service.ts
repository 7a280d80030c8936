import { z } from 'zod'
import { allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { groupBy } from '@/lib/platform/group'
import { competencyNames } from './model'
import { pathOf, type SittingFacts, type Step } from './path-model'
import * as facts from './path-store'
import { seriesNames } from './setup-store'
import { cycleById } from './store'

/** Where a cycle stands on its way, from what is there now. */

export type { SittingFacts, Step } from './path-model'

const titleOf = (f: { part: string; subject: string | null }): string =>
  f.part === '4' && f.subject ? `${competencyNames[f.part]} ${f.subject}` : competencyNames[f.part]!

/** The steps of a cycle and the facts of its sittings; null when there is none. */
export async function cyclePath(actor: Actor, cycleId: string, now: Date): Promise<{ steps: Step[]; sittings: SittingFacts[] } | null> {
  allow(actor, 'cycle:manage')
  const cycle = z.uuid().safeParse(cycleId).success ? await cycleById(cycleId) : null
  if (!cycle) return null
  const [sittings, missing, sameSeries, published, trial] = await Promise.all([
    facts.factsOfCycle(cycleId),
    facts.partsWithoutForm(cycleId),
    facts.sameSeries(cycleId),
    facts.isPublished(cycle.code),
    facts.trialOf(cycleId),
  ])
  const noFormFor = [...groupBy(missing, titleOf)].map(([title, own]) => ({ title, seats: own.reduce((n, f) => n + f.seats, 0) }))
  const steps = pathOf(
    {
      id: cycleId,
      series: cycle.series,
      sameSeries,
      practice: cycle.practice,
      parts: cycle.parts.map((p) => ({ code: p.competencyCode, minutes: p.minutes })),
      noFormFor,
      sittings,
      trial,
      published,
    },
    now,
  )
  return { steps, sittings }
}

/** What is known of one sitting, to say what it lacks; null when there is none. */
export async function sittingFacts(actor: Actor, sittingId: string): Promise<SittingFacts | null> {
  allow(actor, 'cycle:manage')
  return z.uuid().safeParse(sittingId).success ? facts.factsOfSitting(sittingId) : null
}

/** Series that stand, to choose from. */
export async function seriesKnown(actor: Actor): Promise<string[]> {
  allow(actor, 'cycle:manage')
  return seriesNames()
}
