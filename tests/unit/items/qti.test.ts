import { describe, expect, it } from 'vitest'
import { mediaIn, renameMedia, type Entry } from '@/lib/items/formats/entry'
import { readQtiPackage } from '@/lib/items/formats/qti/package'
import { qtiPackage } from '@/lib/items/formats/qti/write'
import { bankEntries, mediaOf, sampleEntries } from './exchange'

const bytes = (file: string | Uint8Array<ArrayBuffer>) =>
  typeof file === 'string' ? (new TextEncoder().encode(file) as Uint8Array<ArrayBuffer>) : file

/** Ours → QTI 3.0 → ours. Pictures come back by their path; here they get their own names again. */
function roundTrip(entries: Entry[]) {
  const media = mediaOf(entries)
  const files = qtiPackage(entries, media)
  const read = readQtiPackage(new Map([...files].map(([path, file]) => [path, bytes(file)])))
  const own = (key: string) => key.replace('media/', '')
  return { read: { ...read, items: new Map(read.items.map((i) => [i.id, renameMedia(i, own)])) }, media, files }
}

function compare(entries: Entry[]) {
  const { read, media } = roundTrip(entries)
  expect(read.refused).toBeUndefined()
  expect(read.format).toBe('qti3')
  expect(read.items.size).toBe(entries.length)
  for (const e of entries) {
    const back = read.items.get(e.code)!
    expect({ code: e.code, status: back.status, problems: back.problems }).toEqual({ code: e.code, status: 'whole', problems: [] })
    expect(back.content, e.code).toEqual(e.content)
    expect(back.scoring, e.code).toEqual(e.scoring)
    expect(back.rationale, e.code).toBe(e.rationale)
    expect(back.stimulus ?? null, e.code).toEqual(e.stimulus)
    expect(back.about, e.code).toEqual(e.about)
    for (const key of mediaIn(e.content)) expect(read.media!.get(`media/${key}`)!.bytes).toEqual(media.get(key)!.bytes)
  }
}

describe('ours to QTI 3.0 and back', () => {
  it('loses nothing of any item type', () => compare(sampleEntries()))
  it('loses nothing of the whole bank, item by item', () => {
    const entries = bankEntries()
    expect(entries.length).toBeGreaterThan(300)
    compare(entries)
  }, 60_000)
})
