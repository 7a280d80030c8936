import { beforeEach, describe, expect, it } from 'vitest'
import {
  adoptFormer,
  adoptOwnerless,
  dropRefused,
  putAnswer,
  putLog,
  readOutbox,
  sendLockedOutboxes,
  sendOutbox,
  takeBack,
  type DraftLog,
} from '@/lib/tutoring/meetings.client'

let kept: Map<string, string>
let full = false
const store = {
  get length() {
    return kept.size
  },
  key: (i: number) => [...kept.keys()][i] ?? null,
  removeItem: (k: string) => void kept.delete(k),
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
const log = (id: string): DraftLog => ({
  id,
  pairingId: 'p',
  heldOn: '2026-02-11',
  startsMinute: 780,
  minutes: 60,
  topic: 'Turunan',
  note: '',
  writtenAt: 1,
  revision: 1,
})
const says =
  (body: unknown, status = 200) =>
  () =>
    Promise.resolve(new Response(JSON.stringify(body), { status }))

describe('a meeting log on the phone', () => {
  it('waits while nobody answers, and leaves only when the server names it', async () => {
    putLog(store, 'ani', 'karcis-ani', log('a'))
    putLog(store, 'ani', 'karcis-ani', log('b'))
    expect(await sendOutbox(store, 'ani', () => Promise.reject(new Error('offline')))).toBe('away')
    expect(await sendOutbox(store, 'ani', says({ kept: ['a'], refused: [] }))).toBe('sent')
    expect(readOutbox(store, 'ani').waiting.map((l) => l.id)).toEqual(['b'])
  })

  it('believes neither a captive portal nor a gateway', async () => {
    putLog(store, 'ani', 'karcis-ani', log('a'))
    expect(await sendOutbox(store, 'ani', () => Promise.resolve(new Response('<html>Masuk ke WiFi</html>')))).toBe('away')
    expect(await sendOutbox(store, 'ani', says({ ok: true }))).toBe('away')
    expect(await sendOutbox(store, 'ani', says({ kept: ['a'], refused: [] }, 502))).toBe('away')
    expect(readOutbox(store, 'ani').waiting).toHaveLength(1)
  })

  it('survives a login that ran out', async () => {
    putLog(store, 'ani', 'karcis-ani', log('a'))
    expect(await sendOutbox(store, 'ani', says({}, 401))).toBe('login')
    expect(readOutbox(store, 'ani').waiting).toHaveLength(1)
  })

  it('is set aside with words when the server refuses it, until somebody puts it away', async () => {
    putLog(store, 'ani', 'karcis-ani', log('a'))
    await sendOutbox(store, 'ani', says({ kept: [], refused: [{ id: 'a', message: 'Belum disetujui.' }] }))
    expect(readOutbox(store, 'ani')).toMatchObject({ waiting: [], refused: [{ message: 'Belum disetujui.' }] })
    dropRefused(store, 'ani', 'a')
    expect(readOutbox(store, 'ani').refused).toEqual([])
  })

  it('written while another one is under way is not lost', async () => {
    putLog(store, 'ani', 'karcis-ani', log('a'))
    await sendOutbox(store, 'ani', () => {
      putLog(store, 'ani', 'karcis-ani', log('b'))
      return says({ kept: ['a'], refused: [] })()
    })
    expect(readOutbox(store, 'ani').waiting.map((l) => l.id)).toEqual(['b'])
  })

  it('is never called safe when the phone refuses to store it', () => {
    full = true
    expect(() => putLog(store, 'ani', 'karcis-ani', log('a'))).toThrow()
  })

  it('that is changed while it travels stays until the change is there', async () => {
    putLog(store, 'ani', 'karcis-ani', log('a'))
    await sendOutbox(store, 'ani', () => {
      putLog(store, 'ani', 'karcis-ani', { ...log('a'), minutes: 90, revision: 2 })
      return says({ kept: ['a'], refused: [] })()
    })
    expect(readOutbox(store, 'ani').waiting).toMatchObject([{ minutes: 90 }])
  })
})

describe('a confirmation on the phone', () => {
  const answer = (id: string, given: 'yes' | 'no') => ({ id, meetingId: 'm', revision: 1, answer: given, writtenAt: 1 })
  it('waits without a network, is sent once by its id, and the later of two to one note stands', async () => {
    putAnswer(store, 'ani', 'karcis-ani', answer('x', 'yes'))
    putAnswer(store, 'ani', 'karcis-ani', answer('y', 'no'))
    const bodies: string[] = []
    await sendOutbox(store, 'ani', (body) => {
      bodies.push(body)
      return says({ kept: ['y'], refused: [] })()
    })
    expect(JSON.parse(bodies[0]!)).toMatchObject({ ticket: 'karcis-ani', logs: [], answers: [{ id: 'y', answer: 'no' }] })
    expect(await sendOutbox(store, 'ani', says({}))).toBe('nothing')
  })
})

describe('a note that is taken back on the phone', () => {
  const back = (meetingId: string, revision = 1) => ({ id: `tarik-${meetingId}`, meetingId, revision, writtenAt: 2 })
  const lost = () => Promise.reject(new Error('offline'))
  it('before it was ever sent is gone with that, and the server hears nothing of it', async () => {
    putLog(store, 'ani', 'karcis-ani', log('a'))
    putLog(store, 'ani', 'karcis-ani', { ...log('a'), minutes: 90, revision: 2 })
    takeBack(store, 'ani', 'karcis-ani', back('a', 2))
    expect(await sendOutbox(store, 'ani', lost)).toBe('nothing')
    expect([...kept.keys()]).toEqual([])
  })
  it('after a sending whose answer was lost goes with its withdrawal, because the server may have it', async () => {
    putLog(store, 'ani', 'karcis-ani', log('a'))
    expect(await sendOutbox(store, 'ani', lost)).toBe('away')
    takeBack(store, 'ani', 'karcis-ani', back('a'))
    const bodies: string[] = []
    await sendOutbox(store, 'ani', (body) => {
      bodies.push(body)
      return says({ kept: ['a', 'tarik-a'], refused: [] })()
    })
    expect(JSON.parse(bodies[0]!)).toMatchObject({ logs: [{ id: 'a' }], withdrawals: [{ meetingId: 'a', revision: 1 }] })
    expect([...kept.keys()]).toEqual([])
  })
  it('of the server waits without a network, once, in its newest revision, and for the login of whoever took it back', async () => {
    putLog(store, 'ani', 'karcis-ani', { ...log('a'), revision: 3 })
    takeBack(store, 'ani', 'karcis-ani', back('a', 2))
    takeBack(store, 'ani', 'karcis-ani', { ...back('a', 3), id: 'lagi' })
    expect(readOutbox(store, 'ani').withdrawals).toMatchObject([{ id: 'lagi', revision: 3 }])
    expect(await sendOutbox(store, 'ani', says({ kept: ['a'], refused: [] }))).toBe('login')
    await sendOutbox(store, 'ani', says({ kept: [], refused: [{ id: 'lagi', message: 'Ditulis orang lain.' }] }))
    expect(readOutbox(store, 'ani')).toMatchObject({
      withdrawals: [],
      refused: [{ title: 'Penarikan catatan', message: 'Ditulis orang lain.' }],
    })
  })
  it('is sent also by a phone that is too full to write down that it was tried', async () => {
    putLog(store, 'ani', 'karcis-ani', log('a'))
    full = true
    let posted = 0
    await sendOutbox(store, 'ani', () => {
      posted++
      full = false
      return says({ kept: ['a'], refused: [] })()
    })
    expect([posted, kept.size]).toEqual([1, 0])
  })
  it('taken back while it travels is not taken for gone', async () => {
    putLog(store, 'ani', 'karcis-ani', log('a'))
    await sendOutbox(store, 'ani', () => {
      takeBack(store, 'ani', 'karcis-ani', back('a'))
      return says({ kept: ['a'], refused: [] })()
    })
    expect(readOutbox(store, 'ani').withdrawals).toMatchObject([{ meetingId: 'a' }])
  })
})

describe('a phone that two teachers share', () => {
  it('shows the second nothing of the first, hands it in by the first one’s ticket, and keeps nothing once it is there', async () => {
    putLog(store, 'ani', 'karcis-ani', log('a'))
    expect(readOutbox(store, 'budi').waiting).toEqual([])
    const bodies: string[] = []
    const post = (body: string) => {
      bodies.push(body)
      return says({ kept: ['a'], refused: [] })()
    }
    expect(await sendOutbox(store, 'budi', post)).toBe('nothing')
    await sendLockedOutboxes(store, 'budi', post)
    expect(bodies.map((b) => (JSON.parse(b) as { ticket: string }).ticket)).toEqual(['karcis-ani'])
    expect([...kept.keys()]).toEqual([])
  })
  it('gives notes from before outboxes had owners to whoever has that pair, and to nobody else', () => {
    kept.set('petaguru.pertemuan', JSON.stringify({ waiting: [log('a')], refused: [] }))
    adoptOwnerless(store, 'budi', 'karcis-budi', ['lain'])
    expect(readOutbox(store, 'budi').waiting).toEqual([])
    adoptOwnerless(store, 'ani', 'karcis-ani', ['p'])
    expect(readOutbox(store, 'ani').waiting).toHaveLength(1)
  })
  it('hands over what lies under a record that the owner’s has taken up: seen again by her, sent once, and nothing lost where the phone is full', async () => {
    putLog(store, 'ani-lama', 'karcis-lama', log('a'))
    putLog(store, 'ani-lama', 'karcis-lama', log('b'))
    await sendOutbox(store, 'ani-lama', says({ kept: [], refused: [{ id: 'b', message: 'Tanggalnya belum tiba.' }] }))
    putLog(store, 'budi', 'karcis-budi', log('c'))
    putLog(store, 'ani', 'karcis-ani', log('d'))
    full = true
    expect(() => adoptFormer(store, 'ani', 'karcis-ani', ['ani-lama'])).toThrow()
    expect(readOutbox(store, 'ani-lama').waiting.map((l) => l.id)).toEqual(['a'])
    full = false
    for (let twice = 0; twice < 2; twice++) adoptFormer(store, 'ani', 'karcis-ani', ['ani-lama'])
    expect(readOutbox(store, 'ani')).toMatchObject({ ticket: 'karcis-ani', waiting: [{ id: 'd' }, { id: 'a' }], refused: [{ id: 'b' }] })
    expect(readOutbox(store, 'ani-lama')).toEqual({ ticket: null, waiting: [], answers: [], withdrawals: [], refused: [] })
    expect(readOutbox(store, 'budi').waiting.map((l) => l.id)).toEqual(['c'])
  })
})
