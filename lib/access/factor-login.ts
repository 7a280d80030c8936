import { factorRequired } from './factor-policy'
import { passwordRetired, stageOf, type Stage } from './factor-rule'
import { factorCount } from './factor-store'
import { findUserById } from './store'

/** What an account still owes after its password or its login at belajar.id: its factor, the setting up of one, or nothing. */
export async function stageFor(userId: string): Promise<Stage> {
  const [user, has] = await Promise.all([findUserById(userId), factorCount(userId)])
  return stageOf(has, await factorRequired(user?.grants ?? []))
}

/** Whether a passkey has taken the place of this account's password. */
export async function isRetired(userId: string): Promise<boolean> {
  const [user, has] = await Promise.all([findUserById(userId), factorCount(userId)])
  return passwordRetired(has, user?.grants ?? [])
}
