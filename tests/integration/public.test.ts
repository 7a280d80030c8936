import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import { publicPage, publicPreview } from '@/lib/mapping/service'
import type { PublicCell, PublicFigures } from '@/lib/mapping/public-model'
import { sql } from '@/lib/platform/db'
import { publicDesk, publicIsOpen, turnPublic, withdrawSnapshot } from '@/lib/publication/service'
import { publicFile, publicFileNames } from '@/lib/reports/service'
import { anAccount, idOf, openWorld } from './world'

/** What anybody may read without a login, and who decides that. */
const now = new Date('2026-06-01T02:00:00Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const SERIES = ['Pemetaan 2025', 'Ukur ulang 2026']
let world: Awaited<ReturnType<typeof openWorld>>
let bgtk: Actor
let dinas: Actor

beforeAll(async () => {
  world = await openWorld({ demonstration: true })
  bgtk = await anAccount('bgtk')
  dinas = await anAccount('dinas-provinsi')
})
afterAll(() => world.close())

const file = (name: string, series = SERIES[0]!, known: string | null = null) => publicFile(name, series, known)
const everyStatus = async () => Promise.all(publicFileNames.map(async (name) => (await file(name)).status))
const lines = () =>
  sql<{ actor: string; object: string; open: boolean }>(
    `SELECT actor_name AS actor, object, (detail->>'open')::boolean AS open FROM audit_entry WHERE action = 'publication:public' ORDER BY at, id`,
  )

describe('the public page', () => {
  it('of a demonstration was opened by both of its offices, each with who and when', async () => {
    const desk = await publicDesk(bgtk)
    expect(desk.open).toBe(true)
    expect(desk.switches.map((s) => [s.office, s.open, s.own])).toEqual([
      ['bgtk', true, true],
      ['dinas', true, false],
    ])
    for (const s of desk.switches) expect(s.name && s.at).toBeTruthy()
    expect((await publicPage(''))!.series).toEqual(SERIES)
  })

  it('is shut by either office alone, at once, with all of its files, and opened only by both', async () => {
    let minute = 0
    const turn = (who: Actor, office: 'bgtk' | 'dinas', open: boolean) => turnPublic(who, office, open, later(minute++))
    for (const [who, office, other] of [
      [bgtk, 'bgtk', dinas],
      [dinas, 'dinas', bgtk],
    ] as const) {
      expect(new Set(await everyStatus())).toEqual(new Set([200]))
      for (let i = 0; i < 2; i++) expect(await turn(who, office, false)).toEqual({ ok: true, value: { open: false } })
      expect(await publicPage('')).toBeNull()
      expect(new Set(await everyStatus())).toEqual(new Set([404]))
      // What a browser keeps is asked for again, and is no more either.
      expect((await file('data.csv', SERIES[0], '"any"')).status).toBe(404)
      expect((await publicPreview(other, '')).figures).not.toBeNull()
      expect(await turn(who, office, true)).toEqual({ ok: true, value: { open: true } })
    }
    expect((await lines()).map((l) => [l.actor, l.object, l.open])).toEqual([
      [bgtk.name, 'public:bgtk', false],
      [bgtk.name, 'public:bgtk', true],
      [dinas.name, 'public:dinas', false],
      [dinas.name, 'public:dinas', true],
    ])
  })

  it('lets nobody turn the switch of another office, nor one person open both', async () => {
    expect(await turnPublic(bgtk, 'dinas', false, later(20))).toMatchObject({ ok: false, code: 'office' })
    const both: Actor = { ...bgtk, grants: [...bgtk.grants, ...dinas.grants] }
    expect(await turnPublic(both, 'bgtk', false, later(21))).toMatchObject({ ok: true })
    expect(await turnPublic(both, 'dinas', false, later(22))).toMatchObject({ ok: true })
    expect(await turnPublic(both, 'bgtk', true, later(23))).toEqual({ ok: true, value: { open: false } })
    expect(await turnPublic(both, 'dinas', true, later(24))).toMatchObject({ ok: false, code: 'same' })
    expect(await publicIsOpen()).toBe(false)
    expect(await turnPublic(dinas, 'dinas', true, later(25))).toEqual({ ok: true, value: { open: true } })
    for (const stranger of [
      await anAccount('dinas-kabupaten', { regionId: await idOf('region', '18.02', 'kemendagri_code') }),
      await anAccount('administrator'),
      await anAccount('pakar'),
    ]) {
      await expect(publicDesk(stranger)).rejects.toThrow(Forbidden)
      await expect(turnPublic(stranger, 'bgtk', false, later(26))).rejects.toThrow(Forbidden)
      await expect(publicPreview(stranger, '')).rejects.toThrow(Forbidden)
    }
  })

  it('keeps every decision: not even the owner of the database changes one', async () => {
    for (const statement of [`UPDATE public_switch SET name = 'x'`, `DELETE FROM public_switch`])
      await expect(world.asOwner(statement), statement).rejects.toThrow(/append-only/)
  })
})

type Line = Record<string, string>
/** A file of our CSV as records. */
const parsed = (text: string): Line[] => {
  const [head, ...rows] = text
    .replace(/^\uFEFF/, '')
    .trim()
    .split('\r\n')
    .map((l) => l.split(';').map((v) => v.replace(/^"|"$/g, '')))
  return rows.map((r) => Object.fromEntries(r.map((v, i) => [head![i]!, v])))
}
const FIGURES = ['n', 'cakupan_persen', 'sekolah_dites', 'rata_rata', 'rata_rata_plus_minus', 'kompeten_persen', 'kompeten_plus_minus']

/** The key of a public group as the snapshot holds it. */
type Stored = { kind: string; code: string; part: string; basis: string; state: string; n: number; mean: number }
const storedOf = (series: string) =>
  sql<Stored>(
    `SELECT c.part, c.state, c.n, c.mean, CASE WHEN c.indicator <> '' THEN 'indikator' WHEN c.place <> '' THEN 'kabupaten_kota' WHEN c.level <> '' THEN 'jenjang' WHEN c.subject <> '' THEN 'mapel' ELSE 'provinsi' END AS kind,
            coalesce(nullif(c.indicator, ''), r.kemendagri_code, nullif(c.level, ''), u.code, '18') AS code, c.basis
       FROM snapshot_cell c JOIN snapshot s ON s.id = c.snapshot_id LEFT JOIN region r ON r.id::text = c.place LEFT JOIN subject u ON u.id::text = c.subject
      WHERE s.series = $1 AND s.state = 'published' AND c.reach = '' AND c.cycle = '' AND c.status = '' AND c.place NOT LIKE 'school:%'
        AND (c.place <> '')::int + (c.level <> '')::int + (c.subject <> '')::int + (c.indicator <> '')::int <= 1`,
    [series],
  )

describe('what the public reads', () => {
  it('is of no hidden group anything but that it is hidden, in every file and on the page, and all of it stands in the snapshot', async () => {
    let hidden = 0
    for (const series of SERIES) {
      const rows = parsed(await (await file('data.csv', series)).text())
      const json = (await (await file('data.json', series)).json()) as { data: Record<string, unknown>[] }
      const book = new ExcelJS.Workbook()
      await book.xlsx.load(await (await file('data.xlsx', series)).arrayBuffer())
      const sheet = book.getWorksheet('Data')!
      const stored = await storedOf(series)
      const { figures } = (await publicPage(series))!
      expect(rows.length).toBe(json.data.length)
      expect(sheet.rowCount - 1).toBe(rows.length)
      for (const [i, row] of rows.entries()) {
        const same = stored.filter((s) => s.part === row['kode_bagian'] && s.kind === row['rincian'] && s.code === row['kode'])
        const of = same.filter((s) => s.basis === (row['dasar'] === 'mentah' ? 'raw' : 'mastery'))
        const name = `${series} ${row['rincian']} ${row['kode']}`
        if (of[0]?.state === 'hidden') {
          hidden++
          expect(row['keadaan'], name).toBe('disembunyikan')
        }
        const said = FIGURES.map((f) => row[f])
        if (row['keadaan'] === 'disembunyikan') {
          expect(said.join(''), name).toBe('')
          expect(row['sekolah_belum_dites'], name).toBe('')
          expect(
            FIGURES.map((f) => json.data[i]![f]).filter((v) => v !== null),
            name,
          ).toEqual([])
          const cells = sheet.getRow(i + 2)
          expect(
            FIGURES.map((f) => cells.getCell(Object.keys(row).indexOf(f) + 1).value).filter((v) => v !== null),
            name,
          ).toEqual([])
        } else if (row['n'] !== '0') {
          expect(of, name).toHaveLength(1)
          expect(Number(row['n']), name).toBe(of[0]!.n)
          expect(Number(row['rata_rata']!.replace(',', '.')), name).toBeCloseTo(of[0]!.mean, 1)
        }
      }
      for (const c of everyCell(figures!))
        if (c.state === 'hidden')
          expect([c.n, c.mean, c.share, c.margin, c.schools, c.untested]).toEqual([null, null, null, null, null, null])
    }
    expect(hidden).toBeGreaterThan(0)
  })

  it('has no school, no teacher and no second narrowing in any file', async () => {
    const names = (await sql<{ name: string }>(`SELECT name FROM school UNION SELECT name FROM teacher`)).map((r) => r.name)
    for (const series of SERIES)
      for (const name of publicFileNames.filter((n) => !n.endsWith('.xlsx'))) {
        const text = await (await file(name, series)).text()
        expect(
          names.filter((n) => text.includes(n)),
          name,
        ).toEqual([])
        expect(text, name).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7/)
      }
    const keys = parsed(await (await file('data.csv')).text()).map((r) => `${r['kode_bagian']}|${r['rincian']}|${r['kode']}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('counts schools that nobody sat from, and says so for every file what it is', async () => {
    const { figures } = (await publicPage(SERIES[0]!))!
    const [first] = figures!.parts
    const told = first!.places.filter((p) => p.untested !== null)
    expect(told.length).toBeGreaterThan(0)
    for (const p of told) {
      const [found] = await sql<{ n: number }>(
        `SELECT count(*)::int AS n FROM school x JOIN region r ON r.id = x.region_id WHERE r.kemendagri_code = $1 AND EXISTS (SELECT 1 FROM teacher t WHERE t.school_id = x.id)
            AND x.id NOT IN (SELECT m.school_id FROM snapshot_member m JOIN snapshot s ON s.id = m.snapshot_id WHERE s.series = $2 AND s.state = 'published' AND m.part = $3 AND m.latest)`,
        [p.code, SERIES[0], first!.part],
      )
      expect(p.untested, p.name).toBe(found!.n)
    }
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(await (await file('data.xlsx')).arrayBuffer())
    expect(book.worksheets.map((w) => w.name)).toEqual([
      'Data',
      'Kamus data',
      'Metadata kegiatan',
      'Metadata variabel',
      'Metadata indikator',
    ])
    const columns = (book.getWorksheet('Data')!.getRow(1).values as string[]).slice(1)
    const explained = book.getWorksheet('Kamus data')!.getColumn(1).values.slice(2)
    expect(explained).toEqual(columns)
  })

  it('is handed over again only when it is another one', async () => {
    const first = await file('data.csv')
    const tag = first.headers.get('etag')!
    expect(first.headers.get('cache-control')).toBe('public, no-cache')
    expect((await file('data.csv', SERIES[0], tag)).status).toBe(304)
    expect((await file('data.json', SERIES[0], tag)).status).toBe(200)
    expect((await publicFile('../../etc/passwd', '', null)).status).toBe(404)
    expect((await publicFile('data.csv', 'Rangkaian lain', null)).status).toBe(404)
  })

  it('goes with a publication that is withdrawn: a sentence stays, without the reason', async () => {
    const why = 'Kunci butir 12 keliru; dihitung ulang.'
    const [snapshot] = await sql<{ id: string }>(`SELECT id FROM snapshot WHERE series = $1 AND state = 'published'`, [SERIES[1]])
    expect(await withdrawSnapshot(bgtk, snapshot!.id, why, now)).toMatchObject({ ok: true })
    const page = (await publicPage(SERIES[1]!))!
    expect(page.series).toEqual([SERIES[0]])
    expect(page.withdrawn).toEqual([{ series: SERIES[1], at: now }])
    expect(JSON.stringify(page)).not.toContain(why)
    expect((await file('data.csv', SERIES[1])).status).toBe(404)
    const [last] = await sql<{ id: string }>(`SELECT id FROM snapshot WHERE state = 'published'`)
    expect(await withdrawSnapshot(bgtk, last!.id, why, now)).toMatchObject({ ok: true })
    expect(await publicPage('')).toMatchObject({ series: [], figures: null })
    expect(new Set(await everyStatus())).toEqual(new Set([404]))
  })
})

const everyCell = (f: PublicFigures): PublicCell[] =>
  f.parts.flatMap((p) => [p.total, ...p.places, ...p.levels, ...p.subjects, ...p.indicators])
