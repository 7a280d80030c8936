import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, it } from 'vitest'
import { MemoryJournal, openJournal } from '@/lib/delivery/journal.client'

const entry = (value: string) => ({ kind: 'answer' as const, item: '01990278-0000-7000-8000-000000000001', value, at: 1 })

describe('the journal on the phone', () => {
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory()
  })

  it('numbers entries without gaps, also when two taps write at once', async () => {
    const journal = await openJournal('a', 0)
    const written = await Promise.all(['A', 'B', 'C', 'D'].map((v) => journal.append(entry(v))))
    expect(written.map((w) => w.seq).sort()).toEqual([1, 2, 3, 4])
  })
  it('is all there after the tab was killed, with what is still to be sent', async () => {
    const before = await openJournal('a', 0)
    await before.append(entry('A'))
    await before.append(entry('B'))
    await before.acknowledge(1)
    const after = await openJournal('a', 0)
    expect((await after.all()).map((e) => e.value)).toEqual(['A', 'B'])
    expect((await after.pending()).map((e) => e.value)).toEqual(['B'])
  })
  it('keeps two teachers on one phone apart', async () => {
    const [one, two] = [await openJournal('a', 0), await openJournal('b', 0)]
    await one.append(entry('A'))
    await two.append(entry('B'))
    expect((await one.all()).map((e) => e.value)).toEqual(['A'])
    expect((await two.all()).map((e) => e.value)).toEqual(['B'])
  })
  it('never numbers below what the server has from this device, even when the browser forgot everything', async () => {
    const journal = await openJournal('a', 41)
    expect((await journal.append(entry('A'))).seq).toBe(42)
    expect((await journal.pending()).map((e) => e.seq)).toEqual([42])
  })
  it('does not take an acknowledgement back', async () => {
    const journal = await openJournal('a', 0)
    await journal.append(entry('A'))
    await journal.acknowledge(1)
    await journal.acknowledge(0)
    expect(await journal.ack()).toBe(1)
  })
  it('goes on in memory and says so when the browser refuses storage', async () => {
    globalThis.indexedDB = {
      open: () => {
        throw new Error('private mode')
      },
    } as unknown as IDBFactory
    const journal = await openJournal('a', 3)
    expect(journal).toBeInstanceOf(MemoryJournal)
    expect(journal.durable).toBe(false)
    expect((await journal.append(entry('A'))).seq).toBe(4)
    expect(await journal.pending()).toHaveLength(1)
  })
})
