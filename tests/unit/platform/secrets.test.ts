import { mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cardCode } from '@/lib/access/card'
import { knownDevice, markAfterLogin } from '@/lib/access/device'
import { newSecret, secretIn, tokenWith } from '@/lib/access/session-cookie'
import { readToken, signTicket, signToken, readTicket } from '@/lib/delivery/token'
import { config, derivedKey, settle } from '@/lib/platform/config'
import { loadSecrets, rotateSecret } from '@/lib/platform/secrets'

const NAMES = ['NEXTAUTH_SECRET', 'NEXTAUTH_SECRET_PREVIOUS', 'PETAGURU_SEAL_SECRET'] as const
const forget = () => settle(Object.fromEntries(NAMES.map((n) => [n, undefined])))
let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'petaguru-secrets-'))
  forget()
})
afterEach(() => {
  rmSync(dir, { recursive: true })
  forget()
})
const restart = (now?: number) => {
  forget()
  loadSecrets(dir, { make: true, ...(now ? { now } : {}) })
}

describe('a new secret for logins', () => {
  it('leaves everybody logged in, devices known, and cards, packets, codes and tickets good', async () => {
    restart()
    const old = config().NEXTAUTH_SECRET
    const sid = newSecret()
    const made = {
      session: await tokenWith(sid),
      device: markAfterLogin(null, 'akun'),
      card: cardCode(derivedKey('card'), 'kursi', 1),
      packet: derivedKey('packet'),
      release: derivedKey('release'),
      token: signToken('upaya', 'ponsel-0001'),
      ticket: signTicket('kursi', 1),
    }
    rotateSecret(dir)
    restart()
    expect(config().NEXTAUTH_SECRET).not.toBe(old)
    expect(await secretIn(made.session)).toBe(sid)
    expect(knownDevice(made.device, 'akun')).not.toBeNull()
    expect(cardCode(derivedKey('card'), 'kursi', 1)).toBe(made.card)
    expect([derivedKey('packet'), derivedKey('release')]).toEqual([made.packet, made.release])
    expect([readToken(made.token)?.attemptId, readTicket(made.ticket)?.seatId]).toEqual(['upaya', 'kursi'])
    // What is made from now on does not need the old one.
    const fresh = await tokenWith(sid)
    settle({ NEXTAUTH_SECRET_PREVIOUS: undefined })
    expect(await secretIn(fresh)).toBe(sid)
    expect(await secretIn(made.session)).toBeNull()
  })
  it('retires the one before after a month', async () => {
    restart()
    const session = await tokenWith(newSecret())
    rotateSecret(dir)
    const at = Date.now()
    utimesSync(join(dir, 'secret.previous'), at / 1000, at / 1000)
    restart(at + 29 * 86_400_000)
    expect(await secretIn(session)).not.toBeNull()
    restart(at + 31 * 86_400_000)
    expect(await secretIn(session)).toBeNull()
  })
  it('given by the environment, the retired one still seals where nothing else is said', () => {
    settle({ NEXTAUTH_SECRET: 'rahasia-lama-0123456789' })
    const card = cardCode(derivedKey('card'), 'kursi', 1)
    settle({ NEXTAUTH_SECRET: 'rahasia-baru-0123456789' })
    settle({ NEXTAUTH_SECRET_PREVIOUS: 'rahasia-lama-0123456789' })
    loadSecrets(dir, { make: true })
    expect(cardCode(derivedKey('card'), 'kursi', 1)).toBe(card)
    settle({ NEXTAUTH_SECRET_PREVIOUS: undefined })
    settle({ PETAGURU_SEAL_SECRET: undefined })
    loadSecrets(dir, { make: true })
    expect(cardCode(derivedKey('card'), 'kursi', 1)).toBe(card)
  })
})
