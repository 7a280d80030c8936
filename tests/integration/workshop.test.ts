import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import { assemble } from '@/lib/assembly/solver'
import { freezeForm, instrumentByCode, scoringItems } from '@/lib/instruments/inside'
import {
  exportItems,
  giveTask,
  importItems,
  itemPage,
  keepMedia,
  markItem,
  moveItem,
  previewItem,
  rateRelevance,
  reviewItem,
  saveItem,
  workshop,
} from '@/lib/instruments/service'
import { saveBlueprint, setCheck } from '@/lib/assembly/service'
import { sql } from '@/lib/platform/db'
import { performAssembly } from '@/lib/assembly/inside'
import { assemblyPage, blueprintPage, confirmAssembly, itemReach, leakItem, startAssembly, swapItem } from '@/lib/assembly/service'
import { anAccount, openWorld } from './world'

let world: Awaited<ReturnType<typeof openWorld>>
let office: Actor
let colleague: Actor
let writer: Actor
let peer: Actor
beforeAll(async () => {
  world = await openWorld()
  ;[office, colleague, writer, peer] = await Promise.all([anAccount('bgtk'), anAccount('bgtk'), anAccount('pakar'), anAccount('pakar')])
})
afterAll(() => world.close())

const now = new Date('2026-03-02T01:00:00Z')
const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>
const draft = {
  type: 'single',
  indicator: '4.1.1',
  domain: 'ALJ',
  level: 'L2',
  stem: 'Nilai dari $2 + 3$ adalah …',
  lines: 'empat\n* lima\nenam',
  rationale: 'Dua ditambah tiga sama dengan lima.',
}
/** An expert who was asked to judge the items of mathematics. */
async function validator(): Promise<Actor> {
  const expert = await anAccount('pakar')
  value(await giveTask(office, 'MTK', { userId: expert.userId, kind: 'validate' }, now))
  return expert
}
const value = <T>(r: { ok: true; value: T } | { ok: false; message: string }): T => {
  if (!r.ok) throw new Error(r.message)
  return r.value
}

describe('An item’s way from a task to approval', () => {
  let code = ''
  it('is open to an expert only where a task says so', async () => {
    await expect(saveItem(writer, 'MTK', draft, now)).rejects.toThrow(Forbidden)
    await expect(itemPage(writer, 'MTK-001')).rejects.toThrow(Forbidden)
    value(await giveTask(office, 'MTK', { userId: writer.userId, kind: 'write', count: '1' }, now))
    code = value(await saveItem(writer, 'MTK', draft, now)).code
    expect(code).toBe('MTK-045')
    // One item was asked for and one was written: the task is done, and with it the door for more.
    expect((await workshop(office, 'MTK'))!.tasks[0]!.doneAt).not.toBeNull()
  })
  it('keeps every change as a version and says what is wrong before anything is saved', async () => {
    const wrong = await saveItem(writer, 'MTK', { ...draft, code, lines: 'empat\nlima' }, now)
    expect(wrong).toMatchObject({ ok: false, code: 'lines' })
    expect(value(await saveItem(writer, 'MTK', { ...draft, code }, now))).toMatchObject({ changed: false, version: 1 })
    expect(value(await saveItem(writer, 'MTK', { ...draft, code, seen: 1, lines: 'empat\n* lima\ntujuh' }, now))).toMatchObject({
      version: 2,
    })
    expect((await itemPage(writer, code))!.versions.map((v) => v.version)).toEqual([2, 1])
  })
  it('shows a writer the phone’s view, and the office what resembles it', async () => {
    const seen = await previewItem(office, 'MTK', { code: '', type: 'single', stem: draft.stem, lines: 'empat\n* lima\ntujuh' })
    expect(seen).toMatchObject({ ok: true, near: [{ code }] })
    expect(await previewItem(writer, 'MTK', { code: '', type: 'single', stem: '$\\frac{1$', lines: '* a\nb' })).toMatchObject({ ok: false })
  })
  it('passes peers, five raters and the office, each in its turn', async () => {
    expect(await moveItem(writer, code, 'approved', 'Sudah bagus.', now)).toMatchObject({ ok: false })
    value(await moveItem(writer, code, 'review', 'Siap ditelaah.', now, 2))
    expect(await moveItem(office, code, 'validation', 'Diteruskan.', now, 2)).toMatchObject({ ok: false, code: 'closed' })
    expect(await giveTask(office, 'MTK', { userId: writer.userId, kind: 'review', itemCode: code }, now)).toMatchObject({
      ok: false,
      code: 'own',
    })
    await expect(reviewItem(peer, code, { verdict: 'accept', comment: '' }, now)).rejects.toThrow(Forbidden)
    value(await giveTask(office, 'MTK', { userId: peer.userId, kind: 'review', itemCode: code }, now))
    expect(await reviewItem(peer, code, { verdict: 'revise', comment: '' }, now)).toMatchObject({ ok: false, code: 'comment' })
    value(await reviewItem(peer, code, { verdict: 'accept', comment: '', seen: 2 }, now))
    value(await moveItem(office, code, 'validation', 'Diteruskan.', now, 2))
    const { item } = (await itemPage(office, code))!
    const unasked = rateRelevance(await anAccount('pakar'), { itemVersionId: item.versionId, relevance: 1, comment: '' }, now)
    await expect(unasked).rejects.toThrow(Forbidden)
    for (let n = 0; n < 5; n++)
      value(await rateRelevance(await validator(), { itemVersionId: item.versionId, relevance: n ? 5 : 4, comment: '' }, now))
    value(await moveItem(office, code, 'approved', 'Sesuai berita acara.', now, 2))
    const page = (await itemPage(office, code))!
    expect(page.validity.aiken!.v).toBeCloseTo(0.95)
    expect(page.events.map((e) => e.state ?? e.kind)).toEqual(['draft', 'draft', 'review', 'validation', 'approved'])
  })
  it('begins anew when an approved item is changed', async () => {
    value(await saveItem(office, 'MTK', { ...draft, code, seen: 2, lines: 'empat\n* lima\ndelapan' }, now))
    expect((await itemPage(office, code))!).toMatchObject({ item: { state: 'draft', version: 3 }, validity: { aiken: null } })
  })
})

describe('The bank that comes with the house', () => {
  it('has families for the re-test, and keeps items for practice and items that nobody else has answered out of forms', async () => {
    const items = (await workshop(office, 'MTK'))!.items
    const families = items.flatMap((i) => i.family ?? [])
    expect(families.length).toBeGreaterThanOrEqual(items.length / 3)
    for (const f of new Set(families)) expect(families.filter((x) => x === f)).toHaveLength(2)
    for (const read of ['MTK-001', 'MTK-030']) expect(items.find((i) => i.code === read)).toMatchObject({ state: 'operational' })
    expect(items.find((i) => i.code === 'MTK-043')).toMatchObject({ state: 'review', type: 'matching' })
    const essays = (await workshop(office, 'PED'))!.items.filter((i) => i.type === 'extended')
    expect(essays.map((i) => i.state)).toEqual(['review', 'review'])
  })
})

describe('The check of a whole set', () => {
  const longKeys = async (many: number): Promise<string[]> => {
    const codes: string[] = []
    for (let n = 0; n < many; n++) {
      const lines = `singkat ${n}\npendek ${n}\n* jawaban yang ditulis jauh lebih panjang daripada yang lain ${n}\nringkas ${n}`
      codes.push(value(await saveItem(office, 'EKO', { ...draft, domain: 'MIK', stem: `Soal panjang ${n} …`, lines }, now)).code)
    }
    return codes
  }
  it('finds in a form what no single item shows, links the items at fault, and leaves the bank that comes with the house alone', async () => {
    const whole = (await setCheck(office, 'EKO', ''))!
    expect(whole.sets.map((s) => [s.label.replace(/ \(.*/, ''), s.items])).toEqual([
      ['Semua butir', 44],
      ...['A', 'B', 'C', 'D'].map((l) => [`Formulir ${l}`, 20]),
      ['Latihan', 4],
    ])
    expect(whole.words.filter((f) => f.verdict === 'fault')).toEqual([])
    expect(whole.answers.map((f) => f.verdict)).toEqual(['few'])
    const codes = await longKeys(8)
    const { id } = (await instrumentByCode('EKO'))!
    const formId = value(await freezeForm(id, now, { label: 'L', items: codes }))
    const [form] = await sql<{ code: string }>(`SELECT code FROM form WHERE id = $1`, [formId])
    const found = (await setCheck(office, 'EKO', form!.code))!
    expect(found.chosen).toBe(form!.code)
    const faults = found.words.filter((f) => f.verdict === 'fault')
    expect(faults.map((f) => f.title)).toEqual([
      'Panjang kunci (pilihan ganda)',
      'Panjang yang mencolok (pilihan ganda)',
      'Letak kunci (pilihan ganda)',
    ])
    expect(faults[0]!.items.map((i) => i.code).sort()).toEqual([...codes].sort())
    await expect(setCheck(writer, 'EKO', '')).rejects.toThrow(Forbidden)
    expect(await setCheck(office, 'TIADA', '')).toBeNull()
  })
})

describe('Items from other programs', () => {
  it('become drafts once, and the same file again changes nothing', async () => {
    const aiken = bytes('Ibu kota Lampung adalah\nA. Metro\nB. Bandar Lampung\nANSWER: B\n\nTanpa kunci\nA. a\nB. b\n')
    const first = value(await importItems(office, 'GEO', aiken, {}, now))
    expect(first).toMatchObject({ saved: 1, refused: 1 })
    expect((await itemPage(office, first.rows[0]!.code!))!.item).toMatchObject({ state: 'draft', type: 'single' })
    const package_ = value(await exportItems(office, 'GEO', 'qti3'))
    const again = value(await importItems(office, 'GEO', package_.bytes as Uint8Array<ArrayBuffer>, {}, now))
    expect(again).toMatchObject({ saved: 0, refused: 0 })
    expect(again.same).toBe(package_.items)
  })
  it('come without what their pictures knew of people, and not at all when they are no pictures', async () => {
    expect(await keepMedia(office, bytes('MZ program'))).toMatchObject({ ok: false })
    const drawing = value(
      await keepMedia(office, bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>x</script><rect width="4" height="4"/></svg>')),
    )
    const [kept] = await sql<{ text: string }>(`SELECT encode(bytes, 'escape') AS text FROM item_media WHERE sha256 = $1`, [drawing.name])
    expect(kept!.text).toBe('<svg xmlns="http://www.w3.org/2000/svg"><rect width="4" height="4"></rect></svg>')
  })
})

describe('Forms from a blueprint', () => {
  let id = ''
  it('are refused by the row that the bank cannot fill', async () => {
    value(
      await saveBlueprint(
        office,
        'FIS',
        {
          length: 8,
          cells: [
            { level: 'L3', count: '2' },
            { domain: 'MEK', count: '2' },
          ],
        },
        now,
      ),
    )
    const many = await startAssembly(office, 'FIS', { forms: '6', minutes: '90' }, now)
    expect(many).toMatchObject({ ok: false, code: 'short' })
    expect(many.ok ? '' : many.message).toContain('Baris 1 kisi-kisi hanya punya 11 butir siap, butuh 12.')
  })
  it('are proposed by the solver, changed by hand and frozen by a second person', async () => {
    value(await markItem(office, 'FIS-001', { enemy: 'FIS-002' }, now))
    id = value(await startAssembly(office, 'FIS', { forms: '2', minutes: '90' }, now))
    expect((await blueprintPage(office, 'FIS'))!.tried).toBeNull()
    expect(await performAssembly(id, assemble)).toMatchObject({ state: 'done' })
    const page = (await assemblyPage(office, 'FIS', id))!
    expect(page.reports.map((r) => r.items.length)).toEqual([8, 8])
    expect(page.overlap).toEqual([{ pair: 'A–B', n: 0 }])
    for (const r of page.reports) {
      expect(r.rows.every((row) => row.have >= row.need)).toBe(true)
      expect(r.items.some((i) => i.code === 'FIS-001') && r.items.some((i) => i.code === 'FIS-002')).toBe(false)
    }
    expect(await confirmAssembly(office, 'FIS', id, now)).toMatchObject({ ok: false, code: 'same' })
    const [out, spare] = [page.reports[0]!.items[0]!, page.spare[0]!]
    value(await swapItem(colleague, 'FIS', id, { label: 'A', out: out.versionId, in: spare.versionId }))
    // Who changed a form has proposed it: now the first person is the second.
    expect(await confirmAssembly(colleague, 'FIS', id, now)).toMatchObject({ ok: false, code: 'same' })
    expect(value(await confirmAssembly(office, 'FIS', id, now))).toBe(2)
    const instrument = (await instrumentByCode('FIS'))!
    const [form] = await sql<{ id: string }>(
      `SELECT id FROM form WHERE instrument_id = $1 AND label = 'A' ORDER BY frozen_at DESC LIMIT 1`,
      [instrument.id],
    )
    const items = await scoringItems(form!.id)
    expect(items.map((i) => i.itemCode)).toContain(spare.code)
    expect(items).toHaveLength(8)
  })
  it('come from the stock that the blueprint speaks of: a family stands in a form once, on both pages', async () => {
    const before = (await blueprintPage(office, 'FIS'))!
    expect(before.tried).toMatchObject({ id, forms: 2, failed: false })
    const [row] = before.rows
    const third = await sql<{ code: string; family: string | null }>(
      `SELECT i.code, i.family FROM item i JOIN LATERAL (SELECT * FROM item_version WHERE item_id = i.id ORDER BY version DESC LIMIT 1) v ON true
         JOIN instrument n ON n.id = i.instrument_id WHERE n.code = 'FIS' AND v.cognitive_level = 'L3' AND i.state IN ('approved', 'piloted', 'operational')`,
    )
    const families = new Set(third.map((i) => i.family ?? i.code))
    expect(row).toMatchObject({ number: 1, ready: third.length, together: families.size, forms: 5 })
    for (const { code } of third) value(await markItem(office, code, { family: 'satu keluarga' }, now))
    const after = (await blueprintPage(office, 'FIS'))!
    expect(after.rows[0]).toMatchObject({ ready: third.length, together: 1, forms: 0 })
    expect(after.carried).toMatchObject({ forms: 0 })
    const refused = await startAssembly(office, 'FIS', { forms: '1', minutes: '90' }, now)
    expect(refused).toMatchObject({ ok: false, code: 'short' })
    expect(refused.ok ? '' : refused.message).toContain(after.carried!.lacks[0]!)
    for (const { code, family } of third) value(await markItem(office, code, { family: family ?? '', seen: 1 }, now))
    expect((await blueprintPage(office, 'FIS'))!.rows[0]).toEqual(row)
  })
  it('take no item that was marked as leaked, whose reach is told', async () => {
    value(await leakItem(office, 'FIS-003', 'Beredar di grup percakapan.', now))
    const { item, uses } = (await itemPage(office, 'FIS-003'))!
    expect(item.compromisedAt).toEqual(now)
    expect(uses.length).toBeGreaterThan(0)
    expect(await itemReach(office, item.id)).toEqual({ uses: [], without: null })
    const next = value(await startAssembly(office, 'FIS', { forms: '1', minutes: '90' }, now))
    await performAssembly(next, assemble)
    const page = (await assemblyPage(office, 'FIS', next))!
    expect([...page.reports.flatMap((r) => r.items), ...page.spare].map((i) => i.code)).not.toContain('FIS-003')
  })
})
