import type { Actor } from '@/lib/access/model'
import { ofHouse } from './of-house'
import { ofItems, ofPublication, ofSupport, ofTests } from './of-office'
import { ofRegion, ofRooms, ofSchool } from './of-others'
import { inOrder, type Waiting } from './model'

export type { Waiting } from './model'

/** What waits for whoever looks: facts, each with its reason, its age and one step. Nothing is kept; what is done is gone at the next look. */

/** Everything that waits for this actor, the most urgent first; empty for whoever has nothing of the kind. */
export async function waitingFor(actor: Actor, now: Date): Promise<Waiting[]> {
  const lists = await Promise.all([
    ofTests(actor, now),
    ofItems(actor),
    ofSupport(actor, now),
    ofPublication(actor),
    ofHouse(actor, now),
    ofRegion(actor, now),
    ofSchool(actor, now),
    ofRooms(actor, now),
  ])
  return inOrder(lists.flat())
}

/** How old the numbers beside the navigation may be. */
const FRESH_MS = 60_000
const kept = globalThis as unknown as { petaguruWaiting?: Map<string, { until: number; value: Promise<Map<string, number>> }> }

/** How much waits at each place of the navigation, a minute old at most. */
export function waitingCounts(actor: Actor, now: Date): Promise<Map<string, number>> {
  if (!actor.userId) return Promise.resolve(new Map())
  const memory = (kept.petaguruWaiting ??= new Map())
  const key = JSON.stringify([actor.userId, actor.grants])
  const known = memory.get(key)
  if (known && known.until > now.getTime()) return known.value
  if (memory.size > 1_000) memory.clear()
  const value = waitingFor(actor, now).then((list) => {
    const counts = new Map<string, number>()
    for (const w of list) counts.set(w.place, (counts.get(w.place) ?? 0) + w.n)
    return counts
  })
  memory.set(key, { until: now.getTime() + FRESH_MS, value })
  value.catch(() => memory.delete(key))
  return value
}
