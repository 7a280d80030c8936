import type { Actor } from '@/lib/access/model'
import { ofHouse } from './of-house'
import { ofItems, ofPublication, ofSupport, ofTests } from './of-office'
import { ofExpert } from './of-expert'
import { ofRegion, ofRooms, ofSchool } from './of-others'
import { inOrder, type Waiting } from './model'
import { atOnce, noted } from './recent'

export type { Waiting } from './model'

/** What waits for whoever looks: facts, each with its reason, its age and one step. Nothing is kept; what is done is gone at the next look. */

/** How old the numbers beside the navigation may be before they are counted again. */
const FRESH_MS = 60_000
const keyOf = (actor: Actor): string => `counts:${JSON.stringify([actor.userId, actor.seatId, actor.grants])}`

function countsOf(list: Waiting[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const w of list) counts.set(w.place, (counts.get(w.place) ?? 0) + w.n)
  return counts
}

/** Everything that waits for this actor, the most urgent first; empty for whoever has nothing of the kind. */
export async function waitingFor(actor: Actor, now: Date): Promise<Waiting[]> {
  const lists = await Promise.all([
    ofTests(actor, now),
    ofItems(actor, now),
    ofSupport(actor, now),
    ofPublication(actor),
    ofHouse(actor, now),
    ofRegion(actor, now),
    ofSchool(actor, now),
    ofRooms(actor, now),
    ofExpert(actor, now),
  ])
  const list = inOrder(lists.flat())
  noted(keyOf(actor), FRESH_MS, now, countsOf(list))
  return list
}

/** How much waits at each place of the navigation, as it was a minute ago or at the last look; nothing for whoever came with a card. */
export function waitingCounts(actor: Actor, now: Date): Promise<Map<string, number>> {
  if (!actor.userId) return Promise.resolve(new Map())
  return atOnce(keyOf(actor), FRESH_MS, now, async () => countsOf(await waitingFor(actor, now)))
}
