import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { waitingFor } from '@/lib/agenda/service'
import { find } from '@/lib/search/service'
import { schoolTopics, SHARED } from '@/lib/response/service'
import { sql } from '@/lib/platform/db'
import { roster } from '@/lib/roster/service'
import { aSchool, aSitting, aTeacher, anAccount, idOf, openWorld } from './world'

const now = new Date()
const tomorrow = new Date(now.getTime() + 86_400_000)
let world: Awaited<ReturnType<typeof openWorld>>
let bgtk: Actor, head: Actor, dinas: Actor, admin: Actor, expert: Actor
let own: string, other: string
const teachers: string[] = []
const ids = (list: { id: string }[]) => list.map((w) => w.id)

beforeAll(async () => {
  world = await openWorld()
  own = await aSchool('18.10', 'SMA', 'SMAN 1 Way Tenong')
  other = await aSchool('18.02', 'SMA', 'SMAN 2 Kalianda')
  for (const name of ['Siti Nurhaliza', 'Muhammad Rizki', 'Ketut Suarjana']) teachers.push(await aTeacher(own, 'MTK', name))
  await aTeacher(other, 'MTK', 'Siti Nurhayati')
  bgtk = await anAccount('bgtk')
  admin = await anAccount('administrator')
  expert = await anAccount('pakar')
  head = await anAccount('kepala-sekolah', { schoolId: own })
  dinas = await anAccount('dinas-provinsi')
})
afterAll(() => world.close())

describe('what waits', () => {
  it('is an objection until somebody answers it, with its clock', async () => {
    expect(ids(await waitingFor(bgtk, now))).not.toContain('keberatan')
    const id = uuidv7()
    await sql(`INSERT INTO objection (id, teacher_id, about, words, created_at, due_at) VALUES ($1, $2, 'skor', 'Keliru', $3, $4)`, [
      id,
      teachers[0],
      now,
      tomorrow,
    ])
    const found = (await waitingFor(bgtk, now)).find((w) => w.id === 'keberatan')
    expect(found).toMatchObject({ urgency: 'now', n: 1, due: tomorrow, action: { href: '/bgtk/dukungan/keberatan' } })
    for (const reader of [head, dinas, admin, expert]) expect(ids(await waitingFor(reader, now))).not.toContain('keberatan')
    await sql(`UPDATE objection SET answered_at = $2, answer = 'Sudah diperiksa', decision = 'dijelaskan' WHERE id = $1`, [id, now])
    expect(ids(await waitingFor(bgtk, now))).not.toContain('keberatan')
  })

  it('is a sitting of tomorrow for the office that prepares it, and a date for the head whose teachers sit it', async () => {
    const day = await aSitting(teachers, tomorrow, { code: 'BESOK' })
    const [office] = (await waitingFor(bgtk, now)).filter((w) => w.id === `sesi:${day.sittingId}`)
    expect(office).toMatchObject({ urgency: 'now', place: '/bgtk/siklus', n: 1 })
    expect(office!.why).toContain('paket soal belum disiapkan')
    expect(office!.why).toContain('0 dari 3 peserta sudah siap')
    const [school] = (await waitingFor(head, now)).filter((w) => w.id === `sesi:${day.sittingId}`)
    expect(school!.why).toContain('3 guru sekolah Anda')
    const elsewhere = await anAccount('kepala-sekolah', { schoolId: other })
    expect(ids(await waitingFor(elsewhere, now))).not.toContain(`sesi:${day.sittingId}`)
  })

  it('leaves a practice out, which nobody has to prepare', async () => {
    const day = await aSitting([teachers[0]!], tomorrow, { code: 'LATIH', practice: true })
    expect(ids(await waitingFor(bgtk, now))).not.toContain(`sesi:${day.sittingId}`)
  })

  it('tells an unknown age of the backup as unknown, to the one who keeps the house', async () => {
    const [told] = (await waitingFor(admin, now)).filter((w) => w.id === 'cadangan')
    expect(told!.title).toBe('Umur cadangan tidak diketahui')
    expect(ids(await waitingFor(bgtk, now))).not.toContain('cadangan')
  })

  it('counts schools of which nobody was tested within the own reach', async () => {
    const told = (await waitingFor(bgtk, now)).find((w) => w.id === 'belum-dites')
    expect(told!.title).toMatch(/^2 dari 2 satuan pendidikan/)
    const regional = await anAccount('dinas-kabupaten', { regionId: await idOf('region', '18.10', 'kemendagri_code') })
    expect(ids(await waitingFor(regional, now))).not.toContain('belum-dites')
  })
})

describe('the search', () => {
  const titles = async (who: Actor, q: string) => (await find(who, q)).flatMap((f) => f.hits.map((h) => h.title))

  it('finds a teacher whose name was spelled a little differently, the likeliest first', async () => {
    expect(await titles(bgtk, 'siti nurhaliza')).toContain('Siti Nurhaliza')
    expect((await titles(bgtk, 'muhamad rizky'))[0]).toBe('Muhammad Rizki')
    expect((await roster(bgtk, { q: 'ketut suarjane', regionId: null, subjectId: null, page: 1 })).rows.map((t) => t.name)).toEqual([
      'Ketut Suarjana',
    ])
  })

  it('shows nobody what lies outside the own reach', async () => {
    expect(await titles(head, 'siti')).toEqual(['Siti Nurhaliza'])
    expect(await titles(expert, 'siti')).toEqual([])
    expect(await titles(admin, 'SMAN')).toEqual([])
    expect(await titles(bgtk, 'kalianda')).toContain('SMAN 2 Kalianda')
  })

  it('takes % and _ for what they are, and one letter for nothing', async () => {
    expect(await titles(bgtk, '%%')).toEqual([])
    expect(await titles(bgtk, '_iti')).not.toContain('Muhammad Rizki')
    expect(await find(bgtk, 's')).toEqual([])
  })

  it('leaves a line for every teacher whose name it showed', async () => {
    await titles(head, 'muhammad')
    const [line] = await sql<{ purpose: string; subjects: string[] }>(
      `SELECT purpose, subjects FROM audit_entry WHERE actor_id = $1 AND purpose = 'search' ORDER BY at DESC, id DESC LIMIT 1`,
      [head.userId],
    )
    expect(line).toEqual({ purpose: 'search', subjects: [teachers[1]] })
  })
})

describe('what a school can work on together', () => {
  it('is what several teachers have in their plans, and never what one or two have', async () => {
    const [module] = await sql<{ id: string; code: string }>(`SELECT id, code FROM module ORDER BY code LIMIT 1`)
    const [rule] = await sql<{ id: string }>(`SELECT id FROM tier_rule ORDER BY version DESC LIMIT 1`)
    const plan = async (teacher: string, code: string) => {
      const id = uuidv7()
      await sql(
        `INSERT INTO plan (id, teacher_id, cycle_code, rule_id, tiers, state, proposed_at) VALUES ($1, $2, $3, $4, '[]', 'proposed', $5)`,
        [id, teacher, `R-${code}`, rule!.id, now],
      )
      await sql(
        `INSERT INTO plan_step (id, plan_id, module_id, part, code, why, position, state, starts_on, due_on) VALUES ($1, $2, $3, '1', $4, '{}', 1, 'proposed', now(), now())`,
        [uuidv7(), id, module!.id, code],
      )
    }
    for (const t of teachers.slice(0, SHARED - 1)) await plan(t, '1.2')
    expect((await schoolTopics(head, own)).topics).toEqual([])
    await plan(teachers[SHARED - 1]!, '1.2')
    expect((await schoolTopics(head, own)).topics).toMatchObject([
      { code: '1.2', teachers: SHARED, modules: [{ code: module!.code, n: SHARED }] },
    ])
    expect(await schoolTopics(head, other)).toEqual({ topics: [], willing: 0 })
    expect((await waitingFor(head, now)).find((w) => w.id === 'rencana')?.title).toBe('3 guru belum menyepakati rencana belajarnya')
  })
})
