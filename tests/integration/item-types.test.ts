import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { editor, itemPage, previewItem, saveItem } from '@/lib/instruments/service'
import { BankItem, compileItem } from '@/lib/items/bank-item'
import { toLines } from '@/lib/items/lines'
import { itemTypes } from '@/lib/items/model'
import { kindOf } from '@/lib/items/types/kinds'
import { anAccount, openWorld } from './world'

let world: Awaited<ReturnType<typeof openWorld>>
let office: Actor
beforeAll(async () => {
  world = await openWorld()
  office = await anAccount('bgtk')
})
afterAll(() => world.close())

const now = new Date('2026-03-02T01:00:00Z')
/** Samples that are written without a picture or a sound, as the editor's lines say them. */
const written = itemTypes
  .flatMap((t) => kindOf(t).samples)
  .map(({ item }) => BankItem.parse(item))
  .flatMap((item) => {
    const lines = /\.(svg|mp3)/.test(JSON.stringify(item)) ? null : toLines(item)
    return lines === null ? [] : [{ item, lines }]
  })

describe('an item of every type in the editor', () => {
  it.each(written.map(({ item, lines }) => [item.code, item.type, { item, lines }] as const))(
    '%s (%s) is shown as on a phone, saved, and opened again as it was written',
    async (_code, type, { item, lines }) => {
      const draft = {
        type,
        indicator: '4.1.1',
        domain: 'ALJ',
        level: 'L2',
        stem: item.stem,
        lines,
        rationale: 'Karena begitu menurut definisinya.',
      }
      const shown = await previewItem(office, 'MTK', { code: '', ...draft })
      expect(shown).toMatchObject({ ok: true, content: { type } })
      const saved = await saveItem(office, 'MTK', draft, now)
      if (!saved.ok) throw new Error(saved.message)
      const { code } = saved.value
      const page = (await itemPage(office, code))!
      if (type !== 'matching') expect(page.item).toMatchObject(compileItem(item, (name) => name))
      const opened = (await editor(office, 'MTK', code))!
      expect(opened.draft?.type).toBe(type)
      expect(await saveItem(office, 'MTK', { ...opened.draft, code }, now)).toMatchObject({
        ok: true,
        value: { version: 1, changed: false },
      })
    },
  )
})
