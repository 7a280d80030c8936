import { factorCount } from './factor-store'
import { isRetired } from './factor-login'
import { pendingSession } from './session'

/** What a login in this browser waits for, and with what the account could go on; null when none waits. */
export async function factorsWaitedFor() {
  const waiting = await pendingSession()
  if (!waiting) return null
  const [has, retired] = await Promise.all([factorCount(waiting.userId), isRetired(waiting.userId)])
  return { pending: waiting.pending, name: waiting.name, passkeys: has.passkeys, totp: has.totp && !retired }
}
