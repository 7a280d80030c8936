import { describe, expect, it } from 'vitest'
import { renameMedia, type Entry } from '@/lib/items/formats/entry'
import { readMoodle } from '@/lib/items/formats/moodle/read'
import { moodleXml } from '@/lib/items/formats/moodle/write'
import { bankEntries, mediaOf, sampleEntries } from './exchange'
import { leftBy } from './samples'

function compare(entries: Entry[], leaving: { code: string; why: string }[]) {
  const media = mediaOf(entries)
  const { xml, left } = moodleXml(entries, media, 'Uji')
  expect(left).toEqual(leaving)
  const leaves = leaving.map((l) => l.code)
  const read = readMoodle(xml)
  expect(read.refused).toBeUndefined()
  const back = new Map(read.items.map((i) => [i.id, i]))
  expect(back.size).toBe(entries.length - leaves.length)
  for (const e of entries.filter((x) => !leaves.includes(x.code))) {
    const item = renameMedia(back.get(e.code)!, (key) => key)
    expect({ code: e.code, status: item.status, problems: item.problems }).toEqual({ code: e.code, status: 'whole', problems: [] })
    expect(item.content, e.code).toEqual(e.content)
    expect(item.scoring, e.code).toEqual(e.scoring)
    expect(item.rationale, e.code).toBe(e.rationale)
    expect(item.stimulus ?? null, e.code).toEqual(e.stimulus)
    expect(item.about, e.code).toEqual(e.about)
  }
}

describe('ours to Moodle XML and back', () => {
  it('loses nothing of what Moodle can hold, and names what it cannot', () => compare(sampleEntries(), leftBy('moodle')))
  it('loses nothing of the whole bank, item by item', () => compare(bankEntries(), []), 60_000)
})
