import type { Grant, Role } from './model'
import type { Policy } from './policy-model'

/** Who reads names, results or accounts of others: for them a password alone is too little. */
const readers: ReadonlySet<Role> = new Set<Role>(['bgtk', 'dinas-provinsi', 'dinas-kabupaten', 'kepala-sekolah', 'administrator'])

export const seesNames = (grants: Grant[]): boolean => grants.some((g) => readers.has(g.role))

/** Whether this account must have a second factor: those that see names, unless the policy or the demonstration lets them go without. */
export function mustHaveFactor(policy: Pick<Policy, 'secondFactor'>, demonstration: boolean, grants: Grant[]): boolean {
  const required = policy.secondFactor ? policy.secondFactor === 'required' : !demonstration
  return required && seesNames(grants)
}

/** What an account has beside its password. */
export type FactorCount = { passkeys: number; totp: boolean }

export const hasFactor = (has: FactorCount): boolean => has.passkeys > 0 || has.totp

/** What is still missing after the right password: the factor, setting one up, or nothing. */
export type Stage = 'factor' | 'enrol' | null
export const stageOf = (has: FactorCount, must: boolean): Stage => (hasFactor(has) ? 'factor' : must ? 'enrol' : null)

/** Whether the password of this account opens nothing any more, because a passkey stands in its place. */
export const passwordRetired = (has: FactorCount, grants: Grant[]): boolean => has.passkeys > 0 && seesNames(grants)

/** Minutes for which a proof of who is there is good for changing how one proves it. */
export const FRESH_MINUTES = 10
export const isFresh = (at: Date | null, now: Date): boolean =>
  at !== null && at.getTime() <= now.getTime() && now.getTime() - at.getTime() < FRESH_MINUTES * 60_000
