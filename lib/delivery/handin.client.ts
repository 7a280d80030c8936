import { ServerClock } from './clock.client'
import { PhoneJournal } from './journal.client'
import { changeAttempt, keptAttempts, keptSeats, unsentOf, type KeptAttempt, type KeptSeat } from './keep.client'
import { isOpen, lockOthers } from './locked.client'
import { Sender } from './sender.client'
import { startRequest } from './start-request.client'

/**
 * Hands in what people left on this phone who do not hold it any more: by the attempt's own signed token, in the background of whatever
 * page is open, without showing anything. Once the server has everything, the desk is sealed or goes.
 */
const running = new Map<string, () => void>()

/** One page at a time works on an attempt; the test's own page has the same lock. Released when `work` is done. */
async function alone(key: string, work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work()
  await navigator.locks.request(`petaguru-${key}`, { ifAvailable: true }, (lock) => (lock ? work() : undefined))
}

async function handIn(kept: KeptSeat, attempt: KeptAttempt, clock: ServerClock): Promise<void> {
  const { key } = attempt
  const journal = await PhoneJournal.open(key, 0)
  const current = { ...attempt }
  const change = async (next: Partial<KeptAttempt>) => {
    Object.assign(current, next)
    await changeAttempt(key, next).catch(() => undefined)
  }
  await new Promise<void>((done) => {
    const sender = new Sender(
      {
        token: () => current.token,
        deadline: () => current.deadline,
        start: () => startRequest({ ticket: kept.seat.ticket ?? '', part: current.part }, current, journal, clock),
        onStarted: (reply) => change({ token: reply.token, provisional: false, deadline: reply.clock.deadline }),
        onTokenRefused: () => change({ token: null }),
      },
      journal,
      clock,
      (state) => {
        if (state.reply?.clock.state === 'closed') void change({ closed: true })
        if (!(state.reply || state.handedIn) || state.pending.length > 0) return
        stop()
      },
    )
    const stop = () => {
      sender.stop()
      done()
    }
    running.set(key, stop)
    sender.start()
  })
  running.delete(key)
}

/** Starts handing in whatever lies here of others; what is under way already is left alone. Resolves at once where there is nothing. */
export async function handInLocked(clock: ServerClock = new ServerClock()): Promise<void> {
  if (!('indexedDB' in globalThis)) return
  const locked = new Map((await keptSeats()).filter((k) => !isOpen(k)).map((k) => [k.seat.seatId, k]))
  if (locked.size === 0) return
  const attempts = (await keptAttempts()).filter((a) => locked.has(a.seatId) && !running.has(a.key))
  await Promise.all(
    attempts.map(async (attempt) => {
      if ((await unsentOf(attempt.key)) === 0) return
      await alone(attempt.key, () => handIn(locked.get(attempt.seatId)!, attempt, clock))
      await lockOthers(clock.now()).catch(() => undefined)
    }),
  )
}

/** Whoever comes back to the own test takes over from the background. */
export function stopHandingIn(seatId: string): void {
  for (const [key, stop] of running) if (key.startsWith(`${seatId}.`)) stop()
}
