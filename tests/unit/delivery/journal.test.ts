import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { PhoneJournal as Journal } from '@/lib/delivery/journal.client'

const entry = (value: string) => ({
  kind: 'answer' as const,
  item: '01990278-0000-7000-8000-000000000001',
  value,
  at: 1,
  run: 'r',
  mono: 1,
  wall: 1,
  sure: true,
  inTime: true,
})

/** A page load: modules anew, as after a killed tab. */
async function page(): Promise<typeof Journal> {
  vi.resetModules()
  return (await import('@/lib/delivery/journal.client')).PhoneJournal
}
const refusing = () => {
  throw new DOMException('no room', 'QuotaExceededError')
}

describe('the journal on the phone', () => {
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory()
    vi.useRealTimers()
  })

  it('numbers entries without gaps, also when taps write at once', async () => {
    const journal = await (await page()).open('a', 0)
    const written = await Promise.all(['A', 'B', 'C', 'D'].map((v) => journal.append(entry(v))))
    expect(written.map((w) => w.seq).sort()).toEqual([1, 2, 3, 4])
  })
  it('is all there after the tab was killed, with what is still to be sent', async () => {
    const before = await (await page()).open('a', 0)
    await before.append(entry('A'))
    await before.append(entry('B'))
    await before.acknowledge(1)
    const after = await (await page()).open('a', 0)
    expect((await after.all()).map((e) => e.value)).toEqual(['A', 'B'])
    expect((await after.pending()).map((e) => e.value)).toEqual(['B'])
    expect((await after.append(entry('C'))).seq).toBe(3)
  })
  it('keeps two teachers on one phone apart', async () => {
    const PhoneJournal = await page()
    const [one, two] = [await PhoneJournal.open('a', 0), await PhoneJournal.open('b', 0)]
    await one.append(entry('A'))
    await two.append(entry('B'))
    expect((await one.all()).map((e) => e.value)).toEqual(['A'])
    expect((await two.all()).map((e) => e.value)).toEqual(['B'])
  })
  it('never numbers below what the server has from this device, even when the browser forgot everything', async () => {
    const journal = await (await page()).open('a', 41)
    expect((await journal.append(entry('A'))).seq).toBe(42)
    expect((await journal.pending()).map((e) => e.seq)).toEqual([42])
  })
  it('does not take an acknowledgement back, and believes none for what it never wrote', async () => {
    const journal = await (await page()).open('a', 0)
    await journal.append(entry('A'))
    await journal.acknowledge(99)
    await journal.acknowledge(0)
    expect(await journal.ack()).toBe(1)
  })
  it('opens the database again when the browser closed it under the living tab', async () => {
    const journal = await (await page()).open('a', 0)
    await journal.append(entry('A'))
    const { withKeep } = await import('@/lib/delivery/keep.client')
    await withKeep(async (db) => db.close())
    expect((await journal.append(entry('B'))).seq).toBe(2)
    expect(journal.durable).toBe(true)
    expect((await journal.all()).map((e) => e.value)).toEqual(['A', 'B'])
  })
  it('goes on over the server when the browser refuses storage: an entry counts once the server has it', async () => {
    globalThis.indexedDB = { open: refusing } as unknown as IDBFactory
    const journal = await (await page()).open('a', 3)
    const asked = vi.fn()
    journal.onWaiting = asked
    expect(journal.durable).toBe(false)
    let safe = false
    const written = journal.append(entry('A')).then((e) => {
      safe = true
      return e
    })
    await new Promise((r) => setTimeout(r, 20))
    expect(safe).toBe(false)
    expect(asked).toHaveBeenCalled()
    expect((await journal.pending()).map((e) => e.seq)).toEqual([4])
    await journal.acknowledge(4)
    expect((await written).seq).toBe(4)
    expect(await journal.pending()).toEqual([])
  })
  it('loses nothing when storage fails in the middle: what was kept stays, the rest goes over the server', async () => {
    const journal = await (await page()).open('a', 0)
    await journal.append(entry('A'))
    const { withKeep } = await import('@/lib/delivery/keep.client')
    await withKeep(async (db) => {
      const real = db.transaction.bind(db)
      Object.assign(db, { transaction: (...a: Parameters<typeof real>) => (a[1] === 'readwrite' ? refusing() : real(...a)) })
    })
    const written = journal.append(entry('B'))
    await vi.waitFor(async () => expect((await journal.pending()).map((e) => e.value)).toEqual(['A', 'B']))
    expect(journal.durable).toBe(false)
    await journal.acknowledge(2)
    expect((await written).seq).toBe(2)
  })
  it('calls a choice not saved when neither the phone nor the server takes it in time', async () => {
    globalThis.indexedDB = { open: refusing } as unknown as IDBFactory
    const journal = await (await page()).open('a', 0)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const written = journal.append(entry('A'))
    const failed = expect(written).rejects.toThrow(/neither/)
    await vi.advanceTimersByTimeAsync(15_001)
    await failed
  })
})
