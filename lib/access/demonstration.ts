import { verify } from '@node-rs/argon2'
import { config } from '@/lib/platform/config'
import { inTransaction } from '@/lib/platform/db'
import { exposureOf } from '@/lib/platform/exposure'
import * as store from './demonstration-store'
import { addAudit } from './store'

/** Accounts that a real installation must not have: those of the demonstration, and any that uses its password. */

/** The password of every demonstration account; it stands in the README, so everybody knows it. */
export const KNOWN_PASSWORD = 'petaguru-coba'

/** Passwords are checked so many at a time: each takes 19 MiB for a moment. */
const AT_ONCE = 4

/** Whether a login with this account and password must be refused here: a public door, and a password that everybody knows. */
export const closedToPublic = (account: { demonstration: boolean }, password: string): boolean =>
  (account.demonstration || password === KNOWN_PASSWORD) && exposureOf(config()).because.length > 0

/** Active accounts that are marked as demonstration or open with its password. Some ten milliseconds an account. */
export async function openDemonstrationAccounts(): Promise<{ id: string; email: string }[]> {
  const accounts = await store.activeAccounts()
  const open: { id: string; email: string }[] = []
  for (let i = 0; i < accounts.length; i += AT_ONCE) {
    const some = accounts.slice(i, i + AT_ONCE)
    const known = await Promise.all(
      some.map(async (a) => a.demonstration || (a.passwordHash !== null && (await verify(a.passwordHash, KNOWN_PASSWORD)))),
    )
    open.push(...some.filter((_, n) => known[n]).map(({ id, email }) => ({ id, email })))
  }
  return open
}

/** Whether accounts of the demonstration can log in, by their mark alone. */
export const demonstrationIsOpen = async (): Promise<boolean> => (await store.activeMarked()) > 0

/** Switches all those accounts off and ends their sessions; answers with their e-mail addresses. A second call finds none. */
export async function closeDemonstration(now: Date): Promise<string[]> {
  const open = await openDemonstrationAccounts()
  await inTransaction(async (tx) => {
    for (const account of open) {
      if (!(await store.switchOff(tx, account.id))) continue
      const line = {
        actorId: null,
        actorName: 'Perintah npm start -- --close-demonstration',
        action: 'users:manage',
        object: `user:${account.id}`,
      }
      await addAudit({ ...line, detail: { active: false } }, now, tx)
    }
  })
  return open.map((a) => a.email)
}

export { hasActiveAdministrator, waitingAdministrator } from './demonstration-store'
