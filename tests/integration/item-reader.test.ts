import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readItemFile } from '@/lib/instruments/item-file'
import { readerLimits, readItemFileApart } from '@/lib/instruments/item-reader'
import type { ReadFile } from '@/lib/items/formats/read'

/** Question files of strangers are read in a process of their own, so that no file holds the one that answers phones. */
const folder = mkdtempSync(join(tmpdir(), 'petaguru-reader-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>
const program = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return relative('scripts', join(folder, name)).replace(/\.ts$/, '')
}
const gift = (n: number) => Array.from({ length: n }, (_, i) => `::b${i}:: Berapakah ${i} + 1? {=${i + 1} ~${i} ~${i + 2}}`).join('\n\n')

describe('a question file', () => {
  it('is read apart word for word as it would be here, refusals included', async () => {
    for (const text of [gift(3), '<quiz><question type="essay"></question></quiz>', '<a>'.repeat(60_000), ''])
      expect(await readItemFileApart(bytes(text))).toEqual(await readItemFile(bytes(text)))
  })
  it('costs this process little of what reading it costs: waiting, and taking over what was read', async () => {
    const text = bytes(gift(3_000))
    /** CPU time, which others on this machine do not change. */
    const cost = async (read: () => Promise<ReadFile>) => {
      const before = process.cpuUsage()
      const { items } = await read()
      const { user, system } = process.cpuUsage(before)
      return { items: items.length, ms: (user + system) / 1000 }
    }
    const here = await cost(() => readItemFile(text))
    const apart = await cost(() => readItemFileApart(text))
    console.log(`3,000 items cost this process ${here.ms.toFixed(0)} ms of CPU here, ${apart.ms.toFixed(0)} ms apart`)
    expect([here.items, apart.items]).toEqual([3_000, 3_000])
    expect(apart.ms).toBeLessThan(here.ms / 2)
    expect((await readItemFileApart(bytes(gift(5_001)))).refused).toMatch(/lebih dari 5\.000 butir/)
  })
  it('that takes too long, too much memory or ends its reader is refused in words, and a third one at once waits', async () => {
    const hangs = program('hangs.ts', `process.stdin.resume(); setInterval(() => undefined, 1000)`)
    const ends = program('ends.ts', `process.exit(3)`)
    const eats = program('eats.ts', `const all = []; for (;;) all.push(new Array(1e5).fill(Math.random()))`)
    const with_ = (name: string, limits = {}) => readItemFileApart(bytes('x'), { program: name, limits: { ...readerLimits, ...limits } })
    const slow = [with_(hangs, { ms: 1_500 }), with_(hangs, { ms: 1_500 })]
    expect((await with_(ends)).refused).toMatch(/sedang dibaca/)
    for (const read of await Promise.all(slow)) expect(read.refused).toMatch(/belum selesai dibaca/)
    expect((await with_(ends)).refused).toMatch(/berhenti, sehingga ditolak/)
    expect((await with_(eats, { heapMb: 64 })).refused).toMatch(/terlalu besar untuk dibaca/)
  })
})
