import { attemptFacts, closeFinished, type AttemptFacts } from './answer-store'
import { deadlineOf } from './deadline'
import * as store from './store'

/** Minutes that a phone has to hand in by itself after the end before the server closes the attempt for it. */
const GRACE_MS = 3 * 60_000

/**
 * Closes attempts whose finish entry is here and whose time and grace are over. Returns how many. Run by the job clock.
 * They are scored by `scoreWaiting` a little later, when every statement that began before the close has ended.
 */
export async function closeExpired(now: Date): Promise<number> {
  const ids = await store.overdueAttemptIds(new Date(now.getTime() - GRACE_MS))
  if (ids.length === 0) return 0
  let closed = (await closeFinished(await store.finishedDevices(ids), now)).length
  const over = (facts: AttemptFacts) => {
    const { deadline, paused } = deadlineOf(facts, now)
    return !paused && now.getTime() >= deadline.getTime() + GRACE_MS ? deadline : null
  }
  for (const facts of await attemptFacts(ids)) {
    const deadline = facts.state === 'open' ? over(facts) : null
    if (deadline && (await store.closeAttempt(facts.id, 'timeout', deadline, now))) closed++
  }
  return closed
}
