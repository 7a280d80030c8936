import { hash, verify } from '@node-rs/argon2'

/** OWASP's argon2id setting: 19 MiB, two passes, one lane. */
const ARGON = { memoryCost: 19456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, ARGON)

/** A hash nobody has, verified when the account is unknown so that both answers take the same time. */
const decoy = hash('petaguru-decoy', ARGON)

/** Whether this is the password behind a hash; without a hash it takes as long and is not. */
export async function passwordFits(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  const fits = await verify(passwordHash ?? (await decoy), password)
  return fits && passwordHash != null
}
