import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { checkFile } from '@/lib/roster/inside'
import { chooseInImport } from '@/lib/roster/choose-service'
import { batchList, batchView, importFile, undoImport, cleanedFile } from '@/lib/roster/service'
import { ABANDONED_HOURS, applyBatch, discardImport, forgetAbandoned, previewBatch, uploadRoster } from '@/lib/roster/import-service'
import { sql } from '@/lib/platform/db'
import { readSheets } from '@/lib/platform/sheet'
import { aSchool, aSitting, anAccount, openWorld } from './world'
import { runMigrations } from 'graphile-worker'

let world: Awaited<ReturnType<typeof openWorld>>
let bgtk: Actor
let npsn: string

beforeAll(async () => {
  world = await openWorld()
  await runMigrations({ connectionString: process.env['DATABASE_URL'] })
  bgtk = await anAccount('bgtk')
  npsn = (await sql<{ npsn: string }>(`SELECT npsn FROM school WHERE id = $1`, [await aSchool('18.04', 'SMA', 'SMAN 1 Liwa')]))[0]!.npsn
})
afterAll(async () => {
  await world.close()
})

const csv = (...lines: string[]) =>
  Buffer.from(['Nama;NUPTK;NIP;JK;Tanggal Lahir;Status Kepegawaian;Mata Pelajaran;NPSN;HP', ...lines].join('\n'))
const teachers = () =>
  sql<{ name: string; nuptk: string; phone: string | null; subject: string | null; status: string | null }>(
    `SELECT t.name, i.value AS nuptk, t.phone, s.code AS subject, (SELECT status FROM teacher_status x WHERE x.teacher_id = t.id AND x.valid_to IS NULL) AS status
     FROM teacher t JOIN teacher_identifier i ON i.teacher_id = t.id AND i.scheme = 'NUPTK' LEFT JOIN subject s ON s.id = t.subject_id ORDER BY i.value`,
  )

describe('a roster file', () => {
  const first = () =>
    csv(
      `Siti Rahayu;1111111111111111;198609262015052001;P;26/09/1986;PNS;Matematika;${npsn};81234567890`,
      `Budi Santoso;2222222222222222;;L;1990-01-02;Honor Daerah TK.I Provinsi;Penjas;${npsn};`,
    )

  it('is only looked at by a check', async () => {
    const check = await checkFile(bgtk, 'guru.csv', first(), null)
    expect(check).toMatchObject({ ok: true, value: { counts: { rows: 2, new: 2, changed: 0, unchanged: 0, rejected: 0 } } })
    expect(await teachers()).toHaveLength(0)
  })
  it('is imported, and changes nothing when imported again', async () => {
    expect(await importFile(bgtk, 'guru.csv', first(), null)).toMatchObject({ ok: true, value: { new: 2 } })
    expect(await teachers()).toEqual([
      { name: 'Siti Rahayu', nuptk: '1111111111111111', phone: '081234567890', subject: 'MTK', status: 'PNS' },
      { name: 'Budi Santoso', nuptk: '2222222222222222', phone: null, subject: 'PJOK', status: 'Honor' },
    ])
    expect(await importFile(bgtk, 'guru.csv', first(), null)).toMatchObject({ ok: true, value: { new: 0, changed: 0, unchanged: 2 } })
    expect(await sql(`SELECT 1 FROM teacher_status`)).toHaveLength(2)
  })
  it('updates what differs, keeps what the file leaves blank, dates the status, and can be undone as one batch', async () => {
    const before = await teachers()
    const changed = csv(`Siti Rahayu Lestari;1111111111111111;;;;PPPK;;${npsn};`, `Wayan Baru;3333333333333333;;L;;PNS;Kimia;${npsn};`)
    expect(await importFile(bgtk, 'ubah.csv', changed, null)).toMatchObject({ ok: true, value: { new: 1, changed: 1 } })
    expect((await teachers())[0]).toEqual({
      name: 'Siti Rahayu Lestari',
      nuptk: '1111111111111111',
      phone: '081234567890',
      subject: 'MTK',
      status: 'PPPK',
    })
    expect(await sql(`SELECT 1 FROM teacher_status WHERE valid_to IS NOT NULL`)).toHaveLength(1)
    const batch = (await batchList(bgtk)).find((b) => b.fileName === 'ubah.csv')!
    expect(await undoImport(bgtk, batch.id)).toMatchObject({ ok: true, value: 2 })
    expect(await teachers()).toEqual(before)
    expect(await undoImport(bgtk, batch.id)).toMatchObject({ ok: true, value: 2 })
  })
  it('is not undone over the head of somebody who already takes part in a test', async () => {
    await importFile(bgtk, 'peserta.csv', csv(`Ketut Peserta;4444444444444444;;L;;PNS;Kimia;${npsn};`), null)
    const [row] = await sql<{ teacher_id: string }>(`SELECT teacher_id FROM teacher_identifier WHERE value = '4444444444444444'`)
    await aSitting([row!.teacher_id], new Date())
    const batch = (await batchList(bgtk)).find((b) => b.fileName === 'peserta.csv')!
    const undone = await undoImport(bgtk, batch.id)
    expect(undone.ok).toBe(false)
    if (!undone.ok) expect(undone.message).toContain('peserta tes')
  })
  it('is previewed in the background, then imported, and offers the cleaned file', async () => {
    const upload = await uploadRoster(
      bgtk,
      'latar.csv',
      csv(`  Eka\u00A0Putra ;'5555555555555555;;L;;PNS;Kimia;${npsn};`, `Rusak;1,98E+15;;L;;PNS;Kimia;${npsn};`),
      null,
    )
    if (!upload.ok) throw new Error(upload.message)
    await previewBatch(upload.value)
    const view = (await batchView(bgtk, upload.value))!
    expect(view.preview!.counts).toMatchObject({ new: 1, rejected: 1 })
    expect(view.preview!.notes.filter((n) => n.kind === 'error')).toMatchObject([{ row: 3, column: 'NUPTK' }])
    const cleaned = await readSheets((await cleanedFile(bgtk, upload.value))!, { dates: 'iso' })
    const [head, first_, second] = cleaned.ok ? cleaned.value.sheets[0]!.rows : []
    expect(first_).toEqual(expect.arrayContaining(['Eka Putra', '5555555555555555']))
    expect(second).toEqual(expect.arrayContaining(['Rusak', '1,98E+15']))
    expect(second![head!.indexOf('Keterangan')]).toMatch(/angka berpangkat/)
    expect(await applyBatch(bgtk, upload.value)).toMatchObject({ ok: true, value: { new: 1, rejected: 1 } })
    // Twice more at the same moment: nothing is imported again, and both hear what the first call did.
    const again = await Promise.all([applyBatch(bgtk, upload.value), applyBatch(bgtk, upload.value)])
    expect(again).toMatchObject([
      { ok: true, value: { new: 1, rejected: 1 } },
      { ok: true, value: { new: 1, rejected: 1 } },
    ])
  })
  it('leaves nothing behind when the transaction fails in the middle', async () => {
    const count = (await teachers()).length
    await world.asOwner(`CREATE FUNCTION stop_here() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk'; END $$`)
    await world.asOwner(`CREATE TRIGGER stop_here BEFORE INSERT ON import_change FOR EACH ROW EXECUTE FUNCTION stop_here()`)
    await expect(importFile(bgtk, 'gagal.csv', csv(`Gagal Total;6666666666666666;;L;;PNS;Kimia;${npsn};`), null)).rejects.toThrow()
    await world.asOwner(`DROP TRIGGER stop_here ON import_change`)
    expect((await teachers()).length).toBe(count)
  })
})

describe('the raw file of a roster', () => {
  const one = (nuptk: string) => csv(`Rina Wulandari;${nuptk};;P;1991-02-03;PNS;Matematika;${npsn};`)
  const kept = async (id: string) =>
    (
      await sql<{ file: boolean; preview: boolean; state: string }>(
        `SELECT file IS NOT NULL AS file, preview IS NOT NULL AS preview, state FROM import_batch WHERE id = $1`,
        [id],
      )
    )[0]!
  const uploaded = async (bytes: Buffer) => {
    const result = await uploadRoster(bgtk, 'guru.csv', bytes, null)
    if (!result.ok) throw new Error(result.message)
    return result.value
  }
  it('is kept only until it is applied', async () => {
    const id = await uploaded(one('4444444444444444'))
    await previewBatch(id)
    expect(await kept(id)).toMatchObject({ file: true, state: 'previewed' })
    expect(await applyBatch(bgtk, id)).toMatchObject({ ok: true })
    expect(await kept(id)).toMatchObject({ file: false, state: 'applied' })
  })
  it('goes when the file is refused', async () => {
    const id = await uploaded(Buffer.from('bukan;daftar;guru'))
    await previewBatch(id)
    expect(await kept(id)).toMatchObject({ file: false, state: 'refused' })
  })
  it('goes with its preview when it is discarded, once and for all', async () => {
    const id = await uploaded(one('5555555555555555'))
    await previewBatch(id)
    expect(await discardImport(bgtk, id)).toMatchObject({ ok: true })
    expect(await discardImport(bgtk, id)).toMatchObject({ ok: true })
    expect(await kept(id)).toEqual({ file: false, preview: false, state: 'abandoned' })
    expect(await applyBatch(bgtk, id)).toMatchObject({ ok: false, code: 'gone' })
    expect((await batchView(bgtk, id))?.preview).toBeNull()
  })
  it('goes with its preview when nobody decides, whether it was read or not, and not a minute before', async () => {
    const [read, unread] = [await uploaded(one('6666666666666666')), await uploaded(one('7777777777777777'))]
    await previewBatch(read)
    const after = (minutes: number) => new Date(Date.now() + ABANDONED_HOURS * 3_600_000 + minutes * 60_000)
    await forgetAbandoned(after(-5))
    expect(await kept(read)).toMatchObject({ file: true })
    await forgetAbandoned(after(5))
    for (const id of [read, unread]) expect(await kept(id)).toEqual({ file: false, preview: false, state: 'abandoned' })
    await previewBatch(unread)
    expect(await kept(unread)).toMatchObject({ state: 'abandoned' })
  })
})

describe('what a file leaves in doubt', () => {
  const head = 'Nama;NUPTK;NPSN;Nama Sekolah;Jenjang;Kabupaten/Kota'
  const file = (...lines: string[]) => Buffer.from([head, ...lines].join('\n'))
  const uploaded = async (name: string, bytes: Buffer) => {
    const result = await uploadRoster(bgtk, name, bytes, null)
    if (!result.ok) throw new Error(result.message)
    await previewBatch(result.value)
    return result.value
  }
  const previewOf = async (id: string) => (await batchView(bgtk, id))!.preview!
  const schoolId = async () => (await sql<{ id: string }>(`SELECT id FROM school WHERE npsn = $1`, [npsn]))[0]!.id

  it('a school whose name differs only in form is asked about, and the answer holds for this file and the next', async () => {
    const id = await uploaded('bentuk.csv', file('Rina Bentuk;8111111111111111;;SMA Negeri 1 LIWA;SMA;Lampung Barat'))
    const before = await previewOf(id)
    expect(before.counts).toMatchObject({ asked: 1, new: 0 })
    const [ask] = before.asks
    expect(ask).toMatchObject({ kind: 'school', answer: null, rows: 1 })
    expect(ask!.choices.map((c) => c.value)).toEqual([await schoolId(), 'new'])
    // Unanswered, it is left out: no school is made without a word.
    expect(await chooseInImport(bgtk, id, { answers: { [ask!.key]: await schoolId() } }, new Date())).toMatchObject({ ok: true })
    await previewBatch(id)
    const after = await previewOf(id)
    expect(after.counts).toMatchObject({ asked: 0, new: 1 })
    expect(after.asks).toMatchObject([{ key: ask!.key, answer: await schoolId() }])
    expect(after.newSchools).toEqual([])
    expect(await applyBatch(bgtk, id)).toMatchObject({ ok: true, value: { new: 1 } })
    const next = await uploaded('bentuk2.csv', file('Budi Bentuk;8222222222222222;;SMA Negeri 1 LIWA;SMA;Lampung Barat'))
    expect((await previewOf(next)).counts).toMatchObject({ asked: 0, new: 1 })
  })
  it('an unknown header is mapped by hand once', async () => {
    const bytes = (nuptk: string) => Buffer.from(`Sebutan;Nomor Unik;Kode Sekolah\nRina Petakan;${nuptk};${npsn}`)
    const id = await uploaded('petakan.csv', bytes('8333333333333333'))
    const before = await previewOf(id)
    expect(before).toMatchObject({ open: 'columns', counts: { rows: 0 } })
    expect(before.unknown.map((u) => u.header)).toEqual(['Sebutan', 'Nomor Unik', 'Kode Sekolah'])
    expect(await applyBatch(bgtk, id)).toMatchObject({ ok: false, code: 'columns' })
    const columns = { sebutan: 'name', nomorunik: 'nuptk', kodesekolah: 'npsn' }
    expect(await chooseInImport(bgtk, id, { columns }, new Date())).toMatchObject({ ok: true })
    await previewBatch(id)
    expect(await applyBatch(bgtk, id)).toMatchObject({ ok: true, value: { new: 1 } })
    expect((await previewOf(await uploaded('petakan2.csv', bytes('8444444444444444')))).counts).toMatchObject({ new: 1, rejected: 0 })
  })
  it('takes no answer that the file does not ask for, and none after the import', async () => {
    const id = await uploaded('bukan.csv', file(`Rina Bukan;8555555555555555;${npsn};;;`))
    expect(
      await chooseInImport(bgtk, id, { answers: { 'sekolah||x|': 'new' }, columns: { nama: 'nip' }, sheets: ['lain'] }, new Date()),
    ).toMatchObject({ ok: true })
    await previewBatch(id)
    expect(await sql(`SELECT 1 FROM roster_answer WHERE key IN ('sekolah||x|', 'nama')`)).toEqual([])
    expect(await applyBatch(bgtk, id)).toMatchObject({ ok: true })
    expect(await chooseInImport(bgtk, id, {}, new Date())).toMatchObject({ ok: false, code: 'state' })
  })
})
