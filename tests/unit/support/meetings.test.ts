import { beforeEach, describe, expect, it } from 'vitest'
import { dropRefused, putLog, readOutbox, sendOutbox, type DraftLog } from '@/lib/support/meetings.client'

let kept: Map<string, string>
let full = false
const store = {
  getItem: (k: string) => kept.get(k) ?? null,
  setItem: (k: string, v: string) => {
    if (full) throw new Error('QuotaExceededError')
    kept.set(k, v)
  },
}
beforeEach(() => {
  kept = new Map()
  full = false
})
const log = (id: string): DraftLog => ({ id, pairingId: 'p', heldOn: '2026-02-11', minutes: 60, topic: 'Turunan', note: '', writtenAt: 1 })
const says =
  (body: unknown, status = 200) =>
  () =>
    Promise.resolve(new Response(JSON.stringify(body), { status }))

describe('a meeting log on the phone', () => {
  it('waits while nobody answers, and leaves only when the server names it', async () => {
    putLog(store, log('a'))
    putLog(store, log('b'))
    expect(await sendOutbox(store, () => Promise.reject(new Error('offline')))).toBe('away')
    expect(await sendOutbox(store, says({ kept: ['a'], refused: [] }))).toBe('sent')
    expect(readOutbox(store).waiting.map((l) => l.id)).toEqual(['b'])
  })

  it('believes neither a captive portal nor a gateway', async () => {
    putLog(store, log('a'))
    expect(await sendOutbox(store, () => Promise.resolve(new Response('<html>Masuk ke WiFi</html>')))).toBe('away')
    expect(await sendOutbox(store, says({ ok: true }))).toBe('away')
    expect(await sendOutbox(store, says({ kept: ['a'], refused: [] }, 502))).toBe('away')
    expect(readOutbox(store).waiting).toHaveLength(1)
  })

  it('survives a login that ran out', async () => {
    putLog(store, log('a'))
    expect(await sendOutbox(store, says({}, 401))).toBe('login')
    expect(readOutbox(store).waiting).toHaveLength(1)
  })

  it('is set aside with words when the server refuses it, until somebody puts it away', async () => {
    putLog(store, log('a'))
    await sendOutbox(store, says({ kept: [], refused: [{ id: 'a', message: 'Belum disetujui.' }] }))
    expect(readOutbox(store)).toMatchObject({ waiting: [], refused: [{ message: 'Belum disetujui.' }] })
    dropRefused(store, 'a')
    expect(readOutbox(store).refused).toEqual([])
  })

  it('written while another one is under way is not lost', async () => {
    putLog(store, log('a'))
    await sendOutbox(store, () => {
      putLog(store, log('b'))
      return says({ kept: ['a'], refused: [] })()
    })
    expect(readOutbox(store).waiting.map((l) => l.id)).toEqual(['b'])
  })

  it('is never called safe when the phone refuses to store it', () => {
    full = true
    expect(() => putLog(store, log('a'))).toThrow()
  })
})
