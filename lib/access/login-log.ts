import { neighbourhood } from '@/lib/platform/client-address'
import { log } from '@/lib/platform/log'
import { deviceWords, type Visit } from './session-model'
import { addLine } from './store'

/**
 * Failed logins in the audit log. The first of a kind is written at once, its repetitions together once a minute, so that whoever
 * guesses cannot fill the log. What was typed is never written: people type passwords into the wrong field.
 */
const GATHER_MS = 60_000
const MOST = 5_000

type Failure = { object: string; reason: 'wrong' | 'wait' | 'expired' | 'retired'; visit: Visit }
const gathered = new Map<string, { failure: Failure; more: number }>()

const write = (f: Failure, count: number, at: Date) =>
  addLine(
    {
      actorId: null,
      actorName: 'Tidak dikenal',
      action: 'login:failed',
      object: f.object,
      count,
      detail: { reason: f.reason, address: f.visit.address, device: deviceWords(f.visit.userAgent) },
    },
    at,
  )

/** Notes a failed login at `object` ("user:…", "seat:…", or "user" and "seat" where nobody is known by what was typed). */
export async function noteFailure(failure: Failure, now = new Date()): Promise<void> {
  // Beyond a number of kinds at once the rest is told together, not one by one and not never.
  const full = gathered.size >= MOST
  const key = full ? 'rest' : `${failure.object}|${failure.reason}|${neighbourhood(failure.visit.address)}`
  const known = gathered.get(key)
  if (known) {
    known.more++
    return
  }
  const noted = full ? { ...failure, object: 'user' } : failure
  gathered.set(key, { failure: noted, more: 0 })
  setTimeout(() => {
    const { more } = gathered.get(key)!
    gathered.delete(key)
    if (more > 0) write(noted, more, new Date()).catch((err: unknown) => log().error({ err }, 'failed logins could not be noted'))
  }, GATHER_MS).unref()
  await write(noted, 1, now)
}
