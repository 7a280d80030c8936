import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { exportItems, importItems, itemPage, previewItems, saveItem, workshop } from '@/lib/instruments/service'
import { lossKindName, lossName } from '@/lib/items/loss-model'
import { anAccount, openWorld } from './world'

const now = new Date('2026-10-05T02:00:00Z')
const fixture = (name: string) => new Uint8Array(readFileSync(`tests/fixtures/items/${name}`)) as Uint8Array<ArrayBuffer>

const value = <T>(r: { ok: true; value: T } | { ok: false; message: string }): T => {
  if (!r.ok) throw new Error(r.message)
  return r.value
}
let world: Awaited<ReturnType<typeof openWorld>>
let office: Actor
let other: Actor
beforeAll(async () => {
  world = await openWorld()
  office = await anAccount('bgtk')
  other = await anAccount('bgtk')
})
afterAll(() => world.close())

describe('The same file imported again', () => {
  it.each(['I01-same-image-name.xml', 'A05-aiken-nospace.txt', 'I11-duplicates.xml'])('changes nothing: %s', async (name) => {
    const first = value(await importItems(office, 'GEO', fixture(name), {}, now))
    expect(first.saved).toBeGreaterThan(1)
    const items = (await workshop(office, 'GEO'))!.items.length
    const again = value(await importItems(office, 'GEO', fixture(name), {}, now))
    expect(again).toMatchObject({ saved: 0, same: first.saved + first.same })
    expect(again.rows.map((r) => r.code)).toEqual(first.rows.map((r) => r.code))
    expect((await workshop(office, 'GEO'))!.items).toHaveLength(items)
  })
  it('changes nothing either when somebody else sends it, puts it elsewhere, or has gone on with an item of it', async () => {
    const [row] = value(await importItems(office, 'GEO', fixture('A01-aiken-lower.txt'), {}, now)).rows
    const { item } = (await itemPage(office, row!.code!))!
    const draft = {
      code: row!.code!,
      seen: item.version,
      type: 'single',
      indicator: item.nodeCode,
      domain: item.domainCode,
      level: 'L1',
      stem: 'Ibu kota Provinsi Lampung ialah …',
      lines: 'Metro\n* Bandar Lampung',
      rationale: 'Ibu kota sejak 1964.',
    }
    value(await saveItem(office, 'GEO', draft, now))
    const again = value(await importItems(other, 'GEO', fixture('A01-aiken-lower.txt'), { level: 'L3' }, now))
    expect(again).toMatchObject({ saved: 0, same: 1, rows: [{ code: row!.code, outcome: 'Sama, tidak berubah' }] })
    expect((await itemPage(office, row!.code!))!.item.version).toBe(item.version + 1)
  })
  it('gives every question its own picture, through the bank and out again', async () => {
    const rows = value(await importItems(office, 'GEO', fixture('I01b-same-image-options.xml'), {}, now)).rows
    const content = (await itemPage(office, rows[0]!.code!))!.item.content as { options: { body: { media: string }[] }[] }
    expect(new Set(content.options.map((o) => o.body[0]!.media)).size).toBe(3)
    const moodle = value(await exportItems(office, 'GEO', 'moodle'))
    expect(value(await importItems(office, 'GEO', moodle.bytes as Uint8Array<ArrayBuffer>, {}, now)).saved).toBe(0)
  })
})

describe('What was lost on the way into the bank', () => {
  const file = fixture('D18-looks-and-notes.docx')
  it('is shown at each item beside the words of the file, and nothing is written', async () => {
    const { rows, preview } = value(await previewItems(office, file))
    expect(rows.map((r) => r.status)).toEqual(['loss', 'loss'])
    expect(preview.items[0]!.source.filter((p) => p.lost ?? p.look).map((p) => p.v.trim())).toEqual([
      'merah',
      'coret',
      'Menurut data 2024.',
    ])
    expect(preview.items[1]!.content).toMatchObject({ type: 'single' })
  })
  it('is taken one by one or all of a kind; an item with an open loss waits', async () => {
    const { rows } = value(await previewItems(office, file))
    const bring = (accepted: string[]) => importItems(office, 'KIM', file, {}, now, new Set(accepted))
    expect(value(await bring([]))).toMatchObject({ saved: 0, waiting: 2, refused: 0 })
    const [first, second] = rows as [(typeof rows)[0], (typeof rows)[0]]
    const most = first.problems.slice(1).map((p) => lossName(0, p))
    expect(value(await bring(most)).rows.map((r) => r.outcome)).toEqual([
      'Menunggu: 1 kehilangan belum diterima',
      'Menunggu: 1 kehilangan belum diterima',
    ])
    expect(value(await bring([...most, lossKindName(first.problems[0]!)]))).toMatchObject({ saved: 1, waiting: 1 })
    // A loss of one item is no leave for another.
    expect(value(await bring(second.problems.map((p) => lossName(0, p))))).toMatchObject({ saved: 0, waiting: 2 })
    expect(value(await bring(rows.flatMap((r, i) => r.problems.map((p) => lossName(i, p)))))).toMatchObject({ saved: 1, same: 1 })
  })
})
