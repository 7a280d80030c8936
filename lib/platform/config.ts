import { createHmac } from 'node:crypto'
import { resolve } from 'node:path'
import { z } from 'zod'

const Environment = z.object({
  DATABASE_URL: z.url().optional(),
  DATABASE_OWNER_URL: z.url().optional(),
  NEXTAUTH_SECRET: z.string().min(16).optional(),
  /** Secrets that are being retired, the latest first, separated by commas: read, and never written with. */
  NEXTAUTH_SECRET_PREVIOUS: z.string().default(''),
  /** Proxies of our own in front of this program, each of which adds its caller to X-Forwarded-For. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** What cards, packets, release codes and tickets are derived from; NEXTAUTH_SECRET where it is not set. */
  PETAGURU_SEAL_SECRET: z.string().min(16).optional(),
  NEXTAUTH_URL: z.url().optional(),
  PETAGURU_DATA: z.string().default('.data'),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  HOST: z.string().default('localhost'),
  /** How many processes make pages beside the one that answers phones. */
  PAGE_PROCESSES: z.coerce.number().int().min(1).max(16).default(1),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  /** Who vouches for belajar.id accounts. Another one is for tests. */
  GOOGLE_ISSUER: z.url().default('https://accounts.google.com'),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().optional(),
})

const retiredSecrets = (list: string): string[] =>
  list
    .split(',')
    .map((s) => s.trim())
    .filter((s) => s.length >= 16)

/** The environment, parsed once per call; a wrong value is a sentence, not a stack trace. */
export function config() {
  const parsed = Environment.safeParse(process.env)
  if (!parsed.success) {
    const words = parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')
    throw new Error(`Pengaturan lingkungan tidak dapat dibaca (${words}).`)
  }
  const e = parsed.data
  return {
    ...e,
    /** The secret in force and those that are being retired. */
    secrets: [...(e.NEXTAUTH_SECRET ? [e.NEXTAUTH_SECRET] : []), ...retiredSecrets(e.NEXTAUTH_SECRET_PREVIOUS)],
    dataDir: resolve(e.PETAGURU_DATA),
  }
}

const keys = new Map<string, Buffer>()

/** What is derived from the secret that stays: paper, sealed files and what is stored under a key must outlive a change of the other. */
type Sealed = 'card' | 'attempt' | 'ticket' | 'meeting' | 'release' | 'packet' | 'factor' | 'audit' | 'document' | 'draft' | 'door'
/** What is derived from the secret of logins, which is changed now and then. */
type Passing = 'device' | 'reset'

function keyFrom(secret: string, purpose: string): Buffer {
  const name = `${purpose}:${secret}`
  let key = keys.get(name)
  if (!key) keys.set(name, (key = createHmac('sha256', secret).update(`petaguru:${purpose}`).digest()))
  return key
}

/** A key for one purpose, derived from the installation's secret that stays. 32 bytes. */
export function derivedKey(purpose: Sealed): Buffer {
  const secret = process.env['PETAGURU_SEAL_SECRET'] || process.env['NEXTAUTH_SECRET']
  if (!secret) throw new Error('NEXTAUTH_SECRET is not set; npm start generates and keeps one.')
  return keyFrom(secret, purpose)
}

/** Keys for a passing purpose: the first is what to sign with; the others, of secrets being retired, are read as well. */
export const passingKeys = (purpose: Passing): Buffer[] => config().secrets.map((secret) => keyFrom(secret, purpose))
