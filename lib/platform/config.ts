import { createHmac } from 'node:crypto'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const Environment = z.object({
  DATABASE_URL: z.url().optional(),
  DATABASE_OWNER_URL: z.url().optional(),
  NEXTAUTH_SECRET: z.string().min(16).optional(),
  NEXTAUTH_URL: z.url().optional(),
  PETAGURU_DATA: z.string().default('.data'),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  HOST: z.string().default('localhost'),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
})

/** The environment, parsed once per call; a wrong value is a sentence, not a stack trace. */
export function config() {
  const parsed = Environment.safeParse(process.env)
  if (!parsed.success) {
    const words = parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')
    throw new Error(`Pengaturan lingkungan tidak dapat dibaca (${words}).`)
  }
  const e = parsed.data
  return { ...e, dataDir: resolve(e.PETAGURU_DATA), mediaDir: join(resolve(e.PETAGURU_DATA), 'media') }
}

const keys = new Map<string, Buffer>()

/** A key for one purpose, derived from the installation's secret. 32 bytes. */
export function derivedKey(purpose: 'card' | 'attempt' | 'ticket' | 'release' | 'packet' | 'audit'): Buffer {
  const secret = process.env['NEXTAUTH_SECRET']
  if (!secret) throw new Error('NEXTAUTH_SECRET is not set; npm start generates and keeps one.')
  const name = `${purpose}:${secret}`
  let key = keys.get(name)
  if (!key) keys.set(name, (key = createHmac('sha256', secret).update(`petaguru:${purpose}`).digest()))
  return key
}
