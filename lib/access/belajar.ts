import { z } from 'zod'

/** belajar.id hosts of teachers and education offices. */
const HOST = /^((guru|admin)\.)?(paud|sd|smp|sma|smk|slb|dinas|kesetaraan)\.belajar\.id$/

export type Identity = { issuer: string; subject: string }

const Claims = z.object({
  iss: z.url(),
  sub: z.string().min(1).max(255),
  hd: z.string().regex(HOST),
  email: z.string().max(320),
  email_verified: z.literal(true),
})

/**
 * Who a signed ID token speaks of, when it is of belajar.id: the organisation (`hd`) is one of its hosts, the address lies in it and was
 * verified. Null for everybody else. The address is only checked; issuer and subject are the person.
 */
export function belajarIdentity(claims: unknown): Identity | null {
  const parsed = Claims.safeParse(claims)
  if (!parsed.success || !parsed.data.email.toLowerCase().endsWith(`@${parsed.data.hd}`)) return null
  return { issuer: parsed.data.iss, subject: parsed.data.sub }
}
