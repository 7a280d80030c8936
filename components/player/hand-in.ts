import type { ServerClock } from '@/lib/delivery/clock.client'
import type { PhoneJournal } from '@/lib/delivery/journal.client'
import type { KeptAttempt } from '@/lib/delivery/keep.client'
import type { HandoverPayload, StartRequest } from '@/lib/delivery/model'

/** Holds one tab's right to an attempt: a second tab of the same phone is told, not mixed in. */
export function holdTab(key: string): Promise<boolean> {
  if (!('locks' in navigator)) return Promise.resolve(true)
  return new Promise((done) => {
    void navigator.locks.request(`petaguru-${key}`, { ifAvailable: true }, (lock) => {
      done(lock !== null)
      // Kept until the page goes.
      return lock ? new Promise(() => undefined) : undefined
    })
  })
}

/** The whole journal with the start that the phone would have asked for, for whoever hands it in. */
export async function handoverPayload(
  start: StartRequest,
  { deadline, token }: KeptAttempt,
  journal: PhoneJournal,
  clock: ServerClock,
): Promise<HandoverPayload> {
  const entries = (await journal.all()).map((e) => ({
    seq: e.seq,
    kind: e.kind,
    item: e.item,
    value: e.value,
    at: clock.correct(e, deadline),
  }))
  return { v: 1, start, ...(token ? { token } : {}), entries }
}
