import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import { blueprintPage } from '@/lib/assembly/service'
import { changeDomains, changeFramework, domainPage, editor, frameworkPage, itemPage, saveItem } from '@/lib/instruments/service'
import { anAccount, openWorld } from './world'

/** The framework and the domains change in versions; what exists keeps what it names. */
let world: Awaited<ReturnType<typeof openWorld>>
let office: Actor
beforeAll(async () => {
  world = await openWorld()
  office = await anAccount('bgtk')
})
afterAll(() => world.close())

const now = new Date('2026-03-02T01:00:00Z')
const note = 'Rapat tim penyusun 2 Maret.'
const framework = (input: object) => changeFramework(office, { note, ...input }, now)
const domains = (input: object) => changeDomains(office, 'MTK', { note, ...input }, now)

describe('the competency framework', () => {
  it('is changed by the office only', async () => {
    const expert = await anAccount('pakar')
    await expect(changeFramework(expert, {}, now)).rejects.toThrow(Forbidden)
    await expect(frameworkPage(expert)).rejects.toThrow(Forbidden)
  })
  it('keeps what stood before as version 1, and says who changed what and why', async () => {
    const { lines, version } = await frameworkPage(office)
    expect(version).toBe(0)
    expect(lines.filter((l) => l.kind === 'indicator')).toHaveLength(12)
    expect(lines.filter((l) => l.kind === 'subindicator')).toHaveLength(41)
    const old = lines.find((l) => l.code === '4.1.1')!.title
    expect(await framework({ what: 'retitle', code: '4.1.1', title: `${old}, diperjelas`, seen: 0 })).toMatchObject({ ok: true })
    const page = await frameworkPage(office)
    expect(page.version).toBe(2)
    expect(page.history).toMatchObject([
      { number: 2, note, userName: office.name, changes: [{ kind: 'retitled', code: '4.1.1', from: old, to: `${old}, diperjelas` }] },
      { number: 1, changes: [] },
    ])
  })
  it('refuses a change that was made on an older version', async () => {
    expect(await framework({ what: 'retitle', code: '4.1.2', title: 'Judul lain', seen: 0 })).toMatchObject({
      ok: false,
      code: 'overtaken',
    })
    const both = await Promise.all(
      ['Satu judul', 'Judul kedua'].map((title) => framework({ what: 'retitle', code: '4.1.2', title, seen: 2 })),
    )
    expect(both.map((r) => r.ok).sort()).toEqual([false, true])
  })
  it('gives new nodes codes that were never used, and offers retired ones no more', async () => {
    expect(await framework({ what: 'add', code: '4.1', title: 'Sub-indikator baru', seen: 3 })).toMatchObject({ ok: true })
    const added = (await frameworkPage(office)).lines.filter((l) => l.code.startsWith('4.1.')).at(-1)!
    expect(added).toMatchObject({ kind: 'subindicator', title: 'Sub-indikator baru', items: 0 })
    expect(await framework({ what: 'retire', code: added.code, seen: 4 })).toMatchObject({ ok: true })
    expect((await editor(office, 'MTK', null))!.nodes.map((n) => n.code)).not.toContain(added.code)
    expect((await blueprintPage(office, 'MTK'))!.nodes.map((n) => n.code)).not.toContain(added.code)
    expect(await framework({ what: 'add', code: '4.1', title: 'Sub-indikator lain', seen: 5 })).toMatchObject({ ok: true })
    const codes = (await frameworkPage(office)).lines.map((l) => l.code)
    expect(codes.filter((c) => c === added.code)).toHaveLength(1)
    expect(new Set(codes).size).toBe(codes.length)
  })
  it('leaves the four competencies alone, and an indicator until what is below it is retired', async () => {
    expect(await framework({ what: 'retitle', code: '4', title: 'Lain sekali', seen: 6 })).toMatchObject({ ok: false, code: 'fixed' })
    expect(await framework({ what: 'retire', code: '4.1', seen: 6 })).toMatchObject({ ok: false, code: 'children' })
    expect(await framework({ what: 'add', code: '4.1.1', title: 'Terlalu dalam', seen: 6 })).toMatchObject({ ok: false, code: 'parent' })
    expect(await changeFramework(office, { what: 'retire', code: '4.1.1', note: '', seen: 6 }, now)).toMatchObject({
      ok: false,
      code: 'input',
    })
  })
  it('lets an item keep the retired node that it names', async () => {
    expect(await framework({ what: 'retire', code: '4.1.1', seen: 6 })).toMatchObject({ ok: true })
    const open = (await editor(office, 'MTK', 'MTK-001'))!
    expect(open.nodes.map((n) => n.code)).toContain('4.1.1')
    expect((await editor(office, 'MTK', null))!.nodes.map((n) => n.code)).not.toContain('4.1.1')
    expect((await itemPage(office, 'MTK-001'))!.nodeTitle).toMatch(/diperjelas$/)
    expect(await framework({ what: 'restore', code: '4.1.1', seen: 7 })).toMatchObject({ ok: true })
  })
})

describe('content domains of an instrument', () => {
  it('are added, made clearer and retired in versions, and a new domain can be written for at once', async () => {
    expect(await domains({ what: 'add', code: 'log', title: 'Logika dan bukti', seen: 0 })).toMatchObject({ ok: true })
    expect(await domains({ what: 'add', code: 'LOG', title: 'Lagi', seen: 2 })).toMatchObject({ ok: false, code: 'taken' })
    expect(await domains({ what: 'add', code: 'L G', title: 'Kode salah', seen: 2 })).toMatchObject({ ok: false, code: 'code' })
    const draft = {
      type: 'single',
      indicator: '4.1.1',
      domain: 'LOG',
      level: 'L2',
      stem: 'Ingkaran dari “semua murid hadir” adalah …',
      lines: '* ada murid yang tidak hadir\nsemua murid tidak hadir\nada murid yang hadir',
      rationale: 'Ingkaran kuantor semesta adalah kuantor eksistensial dengan ingkarannya.',
    }
    const made = await saveItem(office, 'MTK', draft, now)
    expect(made).toMatchObject({ ok: true })
    expect(await domains({ what: 'retire', code: 'LOG', seen: 2 })).toMatchObject({ ok: true })
    expect(await saveItem(office, 'MTK', { ...draft, stem: 'Ingkaran dari “ada murid hadir” adalah …' }, now)).toMatchObject({ ok: false })
    const page = (await domainPage(office, 'MTK'))!
    expect(page.lines.at(-1)).toMatchObject({ code: 'LOG', retired: true, items: 1 })
    expect(page.history[0]).toMatchObject({ number: 3, changes: [{ kind: 'retired', code: 'LOG' }] })
  })
  it('never all go', async () => {
    const page = (await domainPage(office, 'SSL'))!
    let seen = page.version
    const open = page.lines.filter((l) => !l.retired)
    for (const l of open.slice(1)) {
      expect(await changeDomains(office, 'SSL', { what: 'retire', code: l.code, note, seen }, now)).toMatchObject({ ok: true })
      seen = Math.max(seen, 1) + 1
    }
    expect(await changeDomains(office, 'SSL', { what: 'retire', code: open[0]!.code, note, seen }, now)).toMatchObject({
      ok: false,
      code: 'last',
    })
  })
})
