import { demonstrationIsOpen } from './demonstration'
import { refuse, type Result } from '@/lib/platform/result'
import { hasFactor, mustHaveFactor, seesNames, type FactorCount } from './factor-rule'
import { remembered } from '@/lib/platform/together'
import type { Grant } from './model'
import { policyInForce } from './policy-service'
import { config } from '@/lib/platform/config'

/** A few seconds old at most: it is asked with every page. */
const openDemonstration = remembered((_: string | undefined) => demonstrationIsOpen(), 3_000)

/** Whether an account with these roles must have a second factor here and now. */
export async function factorRequired(grants: Grant[]): Promise<boolean> {
  return seesNames(grants) && mustHaveFactor(await policyInForce(), await openDemonstration(config().DATABASE_URL), grants)
}

/** The refusal to take the last factor away where one is asked for; null where it may go. */
export async function mustKeepFactor(grants: Grant[], after: FactorCount): Promise<Result<never> | null> {
  if (hasFactor(after) || !(await factorRequired(grants))) return null
  return refuse('last', 'Ini satu-satunya faktor kedua Anda, dan peran Anda mewajibkannya. Pasang yang baru dulu, lalu hapus yang ini.')
}
