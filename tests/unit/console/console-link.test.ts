import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ConsoleLink } from '@/lib/console/console.client'
import type { ConsoleAction, Snapshot } from '@/lib/console/protocol'

/** The console's queue against a network that goes and comes. */
const ID = '0199a000-0000-7000-8000-000000000001'
const first: Snapshot = {
  version: 'a',
  at: 1_776_474_000_000,
  serverNow: 1_776_474_000_000,
  head: {
    id: ID,
    kind: 'room',
    sittingId: ID,
    title: 'Ruang 01',
    sittingName: 'Sesi',
    venueName: 'Tempat',
    cycleName: 'Siklus',
    practice: false,
    simulated: false,
    opensAt: 0,
    closesAt: 0,
    prepared: true,
    codeFrom: 0,
    reach: { sitting: false, venue: 0 },
  },
  rooms: [],
  people: [],
  pauses: [],
  log: [],
  live: {},
}

let stored: Map<string, string>
let pictures: Map<string, string>
let network: 'up' | 'down' | 'stranger'
let posted: ConsoleAction[][]

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  stored = new Map()
  pictures = new Map()
  vi.stubGlobal('navigator', { onLine: true })
  const store = { put: async (path: string, answer: Response) => void pictures.set(path, await answer.text()) }
  const found = (path: string) => (pictures.has(path) ? new Response(pictures.get(path)) : undefined)
  stored.set('petaguru.pemilik', 'akun:pengawas')
  vi.stubGlobal('caches', { delete: async () => pictures.clear(), open: async () => store, match: async (path: string) => found(path) })
  network = 'up'
  posted = []
  const events = { addEventListener: () => undefined, removeEventListener: () => undefined }
  vi.stubGlobal('window', events)
  vi.stubGlobal('document', { ...events, visibilityState: 'visible' })
  vi.stubGlobal('localStorage', { getItem: (k: string) => stored.get(k) ?? null, setItem: (k: string, v: string) => void stored.set(k, v) })
  vi.stubGlobal('fetch', async (_path: string, init?: RequestInit) => {
    if (network === 'down') throw new TypeError('network')
    if (network === 'stranger') return Response.json({ code: 'login', message: 'Masuklah kembali.' }, { status: 401 })
    const at = first.serverNow + Date.now() - 1_000_000
    if (init?.method !== 'POST') return Response.json({ unchanged: true, version: 'a', at, serverNow: at })
    const { actions } = JSON.parse(String(init.body)) as { actions: ConsoleAction[] }
    posted.push(actions)
    const refused = (a: ConsoleAction) => 'note' in a && a.note === 'tolak saja'
    return Response.json({
      at,
      results: actions.map((a) => ({ id: a.id, outcome: refused(a) ? 'refused' : 'done', message: `hasil ${a.kind}` })),
    })
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const opened = () => {
  const link = new ConsoleLink(first, 'pengawas', () => 0.5)
  link.start()
  return link
}
const pause = { kind: 'pause', scope: 'room', target: ID, reason: 'listrik padam' } as const

describe('a console without a network', () => {
  it('keeps what was done with its time, through a closed page, and sends it once the network is back', async () => {
    network = 'down'
    const link = opened()
    await vi.advanceTimersByTimeAsync(20_000)
    link.act(pause)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(link.get()).toMatchObject({ online: false, waiting: [{ kind: 'pause', at: first.serverNow + 20_000 }] })
    expect(link.get().snapshot.at).toBe(first.at)
    link.stop()

    const again = opened()
    network = 'up'
    await vi.advanceTimersByTimeAsync(150_000)
    expect(posted).toHaveLength(1)
    expect(posted[0]).toMatchObject([{ kind: 'pause', at: first.serverNow + 20_000 }])
    expect(again.get()).toMatchObject({ online: true, waiting: [], answers: [{ ok: true, message: 'hasil pause' }] })
    expect(stored.get('petaguru.console.pengawas')).toBe('[]')
    again.stop()
  })
  it('brings nothing back onto a phone that its proctor has left, whatever answer is still under way', async () => {
    const before = opened()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(pictures.size).toBe(1)
    stored.delete('petaguru.pemilik')
    pictures.clear()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(pictures.size).toBe(0)
    before.stop()
  })
  it('shows after a reload what it saw last, by the clock that it believed then, and stamps what is done with it', async () => {
    const before = opened()
    await vi.advanceTimersByTimeAsync(120_000)
    const seen = before.get().snapshot.at
    expect(seen).toBeGreaterThan(first.at)
    before.stop()

    // The page that comes out of the store carries the first picture still, hours later, and the network is away.
    network = 'down'
    await vi.advanceTimersByTimeAsync(3 * 3_600_000)
    const again = opened()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(again.get()).toMatchObject({ online: false })
    expect(seen - again.get().snapshot.at).toBeLessThanOrEqual(30_000)
    expect(again.now()).toBe(first.serverNow + Date.now() - 1_000_000)
    again.act(pause)
    expect(again.get().waiting).toMatchObject([{ kind: 'pause', at: first.serverNow + Date.now() - 1_000_000 }])
    again.stop()

    // Another account of this phone is shown nothing of it.
    const other = new ConsoleLink(first, 'pengganti', () => 0.5)
    other.start()
    await vi.advanceTimersByTimeAsync(1)
    expect(other.get().snapshot.at).toBe(first.at)
    other.stop()
  })
  it('loses nothing of a second tab', async () => {
    network = 'down'
    const [one, two] = [opened(), opened()]
    one.act(pause)
    two.act({ kind: 'incident', scope: 'room', target: ID, about: 'lain', note: 'dari tab kedua' })
    one.stop()
    two.stop()
    const later = opened()
    expect(
      later
        .get()
        .waiting.map((w) => w.kind)
        .sort(),
    ).toEqual(['incident', 'pause'])
    later.stop()
  })
  it('shows a refusal until it is put away, and of what went well only the newest', async () => {
    const link = opened()
    link.act({ kind: 'incident', scope: 'room', target: ID, about: 'lain', note: 'tolak saja' })
    link.act(pause)
    link.act({ ...pause, kind: 'resume' })
    await vi.advanceTimersByTimeAsync(2_000)
    expect(link.get().answers).toMatchObject([
      { ok: true, message: 'hasil resume' },
      { ok: false, message: 'hasil incident' },
    ])
    link.stop()
  })
  it('says when the login has run out, and keeps the queue', async () => {
    network = 'stranger'
    const link = opened()
    link.act(pause)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(link.get()).toMatchObject({ refusal: 'Masuklah kembali.', waiting: [{ kind: 'pause' }] })
    network = 'up'
    await vi.advanceTimersByTimeAsync(120_000)
    expect(link.get()).toMatchObject({ refusal: null, waiting: [], online: true })
    link.stop()
  })
})
