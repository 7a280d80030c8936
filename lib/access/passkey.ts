import {
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { z } from 'zod'
import { config } from '@/lib/platform/config'
import type { StoredPasskey } from './passkey-store'

/** What a browser may send as the answer of a passkey; its meaning is judged by the library, its size and shape here. */
const text = z.string().max(20_000)
const base = {
  id: text.max(1_400),
  rawId: text.max(1_400),
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).loose().default({}),
}
const attachment = {
  authenticatorAttachment: z
    .enum(['platform', 'cross-platform'])
    .nullish()
    .transform((a) => a ?? undefined),
}
export const Assertion = z.object({
  ...base,
  ...attachment,
  response: z.object({
    clientDataJSON: text,
    authenticatorData: text,
    signature: text,
    userHandle: text.nullish().transform((h) => h ?? undefined),
  }),
})
export const Attestation = z.object({
  ...base,
  ...attachment,
  response: z.object({
    clientDataJSON: text,
    attestationObject: text,
    transports: z.array(z.string().max(20)).max(10).default([]),
  }),
})
export type Assertion = z.infer<typeof Assertion>
export type Attestation = z.infer<typeof Attestation>

/** Whom a passkey is for: the host of NEXTAUTH_URL, and only pages of exactly that origin may ask for it. */
export function relyingParty(): { id: string; origin: string } {
  const { NEXTAUTH_URL, PORT } = config()
  const url = new URL(NEXTAUTH_URL ?? `http://localhost:${PORT}`)
  return { id: url.hostname, origin: url.origin }
}

/** The question that an answer claims to answer; null when there is none to be read. */
export function challengeIn(clientDataJSON: string): string | null {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as { challenge?: unknown }
    return typeof challenge === 'string' && challenge.length <= 200 ? challenge : null
  } catch {
    return null
  }
}

/** The key in a right answer to "make a passkey"; null where the answer is not right: question, origin, host, or no verified user. */
export async function keyIn(answer: Attestation, challenge: string) {
  const { id, origin } = relyingParty()
  const verified = await verifyRegistrationResponse({
    response: answer as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
  }).catch(() => null)
  return verified?.verified ? verified.registrationInfo : null
}

/** What a right answer of this passkey says about it; null where it is not right, or its counter stood still or went back. */
export async function answerOf(answer: Assertion, challenge: string, passkey: StoredPasskey) {
  const { id, origin } = relyingParty()
  const verified = await verifyAuthenticationResponse({
    response: answer as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    credential: { id: passkey.credentialId, publicKey: new Uint8Array(passkey.publicKey), counter: passkey.counter },
    requireUserVerification: true,
  }).catch(() => null)
  return verified?.verified
    ? { counter: verified.authenticationInfo.newCounter, backedUp: verified.authenticationInfo.credentialBackedUp }
    : null
}
