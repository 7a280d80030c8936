import { attemptFacts, closeFinished, type AttemptFacts } from './answer-store'
import { allOrRowByRow, logged, rowByRow, type Tell } from '@/lib/platform/rows'
import { deadlineOf } from './deadline'
import * as store from './store'

/** Minutes that a phone has to hand in by itself after the end before the server closes the attempt for it. */
const GRACE_MS = 3 * 60_000

/**
 * Closes attempts whose finish entry is here and whose time and grace are over, each by itself. Returns how many. Run by the job clock.
 * They are scored by `scoreWaiting` a little later, when every statement that began before the close has ended.
 */
export async function closeExpired(now: Date, tell: Tell = logged): Promise<number> {
  const ids = await store.overdueAttemptIds(new Date(now.getTime() - GRACE_MS))
  if (ids.length === 0) return 0
  const finished = await store.finishedDevices(ids)
  const handedIn = await allOrRowByRow(
    finished,
    (phones) => closeFinished(phones, now),
    (p) => `attempt:${p.attemptId}`,
    tell,
  )
  const over = (facts: AttemptFacts) => {
    const { deadline, paused } = deadlineOf(facts, now)
    return !paused && now.getTime() >= deadline.getTime() + GRACE_MS ? deadline : null
  }
  const timedOut = await rowByRow(
    await allOrRowByRow(ids, attemptFacts, (id) => `attempt:${id}`, tell),
    async (facts) => {
      const deadline = facts.state === 'open' ? over(facts) : null
      return deadline !== null && store.closeAttempt(facts.id, 'timeout', deadline, now)
    },
    (facts) => `attempt:${facts.id}`,
    tell,
  )
  return handedIn.length + timedOut.filter(Boolean).length
}
