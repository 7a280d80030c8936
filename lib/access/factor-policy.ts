import { demonstrationIsOpen } from './demonstration'
import { refuse, type Result } from '@/lib/platform/result'
import { hasFactor, mustHaveFactor, passwordRetired, stageOf, type FactorCount, type Stage } from './factor-rule'
import { factorCount } from './factor-store'
import type { Grant } from './model'
import { policyInForce } from './policy-service'

/** Whether an account with these roles must have a second factor here and now. */
export const factorRequired = async (grants: Grant[]): Promise<boolean> =>
  mustHaveFactor(await policyInForce(), await demonstrationIsOpen(), grants)

/** The refusal to take the last factor away where one is asked for; null where it may go. */
export async function mustKeepFactor(grants: Grant[], after: FactorCount): Promise<Result<never> | null> {
  if (hasFactor(after) || !(await factorRequired(grants))) return null
  return refuse('last', 'Ini satu-satunya faktor kedua Anda, dan peran Anda mewajibkannya. Pasang yang baru dulu, lalu hapus yang ini.')
}

/** What follows the right password (or a login at belajar.id) of this account, and whether its password is retired. */
export async function afterPassword(userId: string, grants: Grant[]): Promise<{ stage: Stage; retired: boolean }> {
  const has = await factorCount(userId)
  return { stage: stageOf(has, await factorRequired(grants)), retired: passwordRetired(has, grants) }
}
