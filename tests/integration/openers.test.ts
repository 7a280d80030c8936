import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { purposes, type Purpose } from '@/lib/access/audit-model'
import type { Actor } from '@/lib/access/model'
import * as accessInside from '@/lib/access/inside'
import * as access from '@/lib/access/service'
import { sql } from '@/lib/platform/db'
import { consoleNews, consoleOf } from '@/lib/console/news'
import { makeDocument } from '@/lib/reports/service'
import { roster } from '@/lib/roster/service'
import { participants } from '@/lib/sittings/service'
import { object, objections } from '@/lib/plans/service'
import { aSchool, aSitting, aTeacher, anAccount, openWorld, participant } from './world'
import { settle } from '@/lib/platform/config'

/** "Siapa membuka hasil saya": whoever reads a name leaves a line that names its bearer, and the bearer reads it in words. */
let world: Awaited<ReturnType<typeof openWorld>>
let bgtk: Actor
let proctor: Actor
let ani: string
let budi: string
let seats: string[]
let sitting: { sittingId: string; roomId: string }
const now = new Date('2026-03-02T03:00:00Z')

beforeAll(async () => {
  world = await openWorld()
  const school = await aSchool()
  ani = await aTeacher(school, 'MTK', 'Ani Pembuka Lestari')
  budi = await aTeacher(school, 'MTK', 'Budi Pembuka Santoso')
  const made = await aSitting([ani, budi], now)
  seats = made.seatIds
  sitting = made
  bgtk = await anAccount('bgtk')
  proctor = await anAccount('pengawas')
  await sql(`INSERT INTO proctor_assignment (room_id, user_id) VALUES ($1, $2)`, [made.roomId, proctor.userId])
  settle({ NEXTAUTH_URL: 'http://localhost:3000' })
})
afterAll(() => world.close())

const openersOf = (seat: number, teacher: string) => access.ownOpeners(participant(seats[seat]!, teacher))
/** What a look leaves with one teacher: the newest line that was not there before. */
async function leaves(look: () => Promise<unknown>): Promise<{ name: string; role: string; words: string }[]> {
  const before = new Set((await openersOf(0, ani)).map((o) => o.id))
  await look()
  return (await openersOf(0, ani)).filter((o) => !before.has(o.id)).map(({ name, role, words }) => ({ name, role, words }))
}
const office = (purpose: Purpose) => ({ name: 'Akun bgtk', role: 'BGTK', words: purposes[purpose].teacher })

describe('a teacher sees at once who opened what', () => {
  it('from the roster, a sitting, the objections and the accounts', async () => {
    expect(await leaves(() => roster(bgtk, { q: 'Pembuka', regionId: null, subjectId: null, page: 1 }))).toEqual([office('roster')])
    expect(await leaves(() => participants(bgtk, sitting.sittingId, { q: '', page: 1 }))).toEqual([office('sitting-seats')])
    await object(participant(seats[0]!, ani), { about: 'hasil', part: '', words: 'Saya merasa jawaban saya tidak terhitung.' }, now)
    await sql(
      `INSERT INTO objection (id, teacher_id, about, words, created_at, due_at) VALUES (gen_random_uuid(), $1, 'skor', 'Saya merasa jawaban saya hilang.', now(), now())`,
      [ani],
    )
    expect(await leaves(() => objections(bgtk))).toEqual([office('objections')])
    await sql(`UPDATE user_account SET teacher_id = $1 WHERE id = $2`, [ani, (await anAccount('guru')).userId])
    const admin = await anAccount('administrator')
    expect(await leaves(() => access.users(admin))).toEqual([
      { name: 'Akun administrator', role: 'Administrator', words: purposes.accounts.teacher },
    ])
  })

  it.each([
    ['kartu', 'cards', 'sesi'],
    ['daftar-hadir', 'attendance', 'ruang'],
    ['berita-acara', 'minutes', 'ruang'],
  ] as const)('from the document %s', async (name, purpose, key) => {
    const id = key === 'sesi' ? sitting.sittingId : sitting.roomId
    expect(await leaves(() => makeDocument(bgtk, name, new URLSearchParams({ [key]: id })))).toEqual([office(purpose)])
  })

  it("from the proctor's console: one line for five minutes of watching, another after that", async () => {
    const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
    const line = { name: 'Akun pengawas', role: 'Pengawas ruang', words: purposes.console.teacher }
    expect(await leaves(() => consoleOf(proctor, sitting.roomId, at(0)))).toEqual([line])
    expect(
      await leaves(async () => {
        for (let m = 0; m < 5; m++) await consoleNews(proctor, sitting.roomId, '', at(m))
      }),
    ).toEqual([])
    expect(await leaves(() => consoleNews(proctor, sitting.roomId, '', at(6)))).toEqual([line])
  })

  it('from the log itself and its files, whose last line holds the head', async () => {
    expect(await leaves(() => access.auditPage(bgtk, { terhadap: 'Ani Pembuka' }))).toEqual([office('audit-log')])
    const file = async (name: string) => (await makeDocument(bgtk, name, new URLSearchParams({ terhadap: 'Ani Pembuka' })))!.body.toString()
    let csv = ''
    expect(await leaves(async () => (csv = await file('catatan-akses-csv')))).toEqual([office('audit-export')])
    expect(csv).toContain('Ani Pembuka Lestari')
    const written = /Kepala catatan akses: ([^.]+)\./.exec(csv)![1]!
    expect((await accessInside.verifyAudit(accessInside.verifyInput([written]))).faults).toEqual([])
    expect(await leaves(() => file('catatan-akses-xlsx'))).toEqual([office('audit-export')])
  })

  it('but not what they opened themselves, nor what others of the list read of others', async () => {
    const own: Actor = { ...bgtk, teacherId: ani }
    const before = (await openersOf(1, budi)).length
    expect(await leaves(() => participants(own, sitting.sittingId, { q: '', page: 1 }))).toEqual([])
    expect((await openersOf(1, budi)).length).toBe(before + 1)
    expect(await leaves(() => roster(bgtk, { q: 'Budi Pembuka', regionId: null, subjectId: null, page: 1 }))).toEqual([])
  })
})

it('shows no name when its line cannot be written', async () => {
  await world.asOwner(`REVOKE INSERT ON audit_entry FROM "${new URL(world.url).username}"`)
  try {
    for (const look of [
      () => participants(bgtk, sitting.sittingId, { q: '', page: 1 }),
      () => roster(bgtk, { q: '', regionId: null, subjectId: null, page: 1 }),
      () => objections(bgtk),
      () => consoleOf(proctor, sitting.roomId, new Date(now.getTime() + 3_600_000)),
      () => makeDocument(bgtk, 'berita-acara', new URLSearchParams({ ruang: sitting.roomId })),
    ])
      await expect(look()).rejects.toThrow(/permission denied/)
  } finally {
    await world.asOwner(`GRANT INSERT ON audit_entry TO "${new URL(world.url).username}"`)
  }
})

describe('the office reads the log in names and sentences', () => {
  it('by who, whom, what kind and when, page after page without losing a line', async () => {
    const page = await access.auditPage(bgtk, { siapa: 'akun peng', terhadap: 'Ani', jenis: 'baca' })
    expect(page.lines.length).toBeGreaterThan(0)
    for (const l of page.lines) expect([l.actorName, l.role, l.sentence]).toEqual(['Akun pengawas', 'Pengawas ruang', 'memantau ruang tes'])
    expect((await access.auditPage(bgtk, { siapa: '%' })).total).toBe(0)
    expect((await access.auditPage(bgtk, { jenis: 'masuk' })).lines.filter((l) => l.purpose)).toEqual([])
    expect((await access.auditPage(bgtk, { sampai: '2020-01-01' })).total).toBe(0)
    expect((await access.auditPage(bgtk, { hal: 'x', jenis: 'aneh', dari: '31-31' })).filter).toMatchObject({
      hal: 1,
      jenis: null,
      dari: null,
    })
    for (let i = 0; i < 60; i++) await access.auditCopy(bgtk, 'cycle:manage', `cycle:sama-${i}`)
    await sql(`SELECT 1`)
    const both = [
      ...(await access.auditPage(bgtk, { jenis: 'tes' })).lines,
      ...(await access.auditPage(bgtk, { jenis: 'tes', hal: '2' })).lines,
    ]
    const objects = both.map((l) => l.object)
    expect(Array.from({ length: 60 }, (_, i) => `cycle:sama-${i}`).filter((o) => !objects.includes(o))).toEqual([])
  })
})

/** Stores that read teachers' names; the services beside them must hand them on through the one mechanism. */
const readers = readdirSync('lib', { recursive: true, encoding: 'utf8' })
  .filter((f) => /store\.ts$/.test(f) && !f.includes('generated'))
  .filter((f) => {
    const text = readFileSync(join('lib', f), 'utf8')
    return [...text.matchAll(/\b(?:JOIN|FROM) teacher (\w+)/g)].some(([, alias]) => new RegExp(`\\b${alias}\\.name\\b`).test(text))
  })
  .map((f) => f.replaceAll('\\', '/'))
  .sort()

it('knows every store that reads a teacher’s name, and how its rows are told', () => {
  const told: Record<string, string> = {
    'access/audit-store.ts': 'auditPage and auditExport',
    'console/store.ts': 'consoleOf and consoleNews',
    'mapping/store.ts': 'schoolView',
    'roster/import-store.ts': 'batchView; the state before a change goes to no screen',
    'privacy/request-store.ts': 'requests, copyForRequest, erasurePreview',
    'roster/personal-store.ts': 'those three; identityOf and teachersNamed hand no name to a screen',
    'roster/record-store.ts': 'teacherView and the two sides of a merge, which ask openNamed',
    'roster/store.ts': 'roster and the search, which ask openNamed',
    'agenda/store.ts': 'counts teachers and names none: the names there are of sittings',
    'scoring/run-store.ts': 'scoreMoves',
    'sittings/store.ts': 'participants, cards, roomMinutes',
    'plans/cohort-store.ts': 'classes',
    'plans/objection-store.ts': 'objections',
    'plans/store.ts': 'schoolPlans',
    'tutoring/personal-store.ts': 'teacherView, which notes the partners too',
    'tutoring/store.ts': 'tutorNetwork, tutorDesk',
  }
  expect(readers.filter((f) => !(f in told))).toEqual([])
  expect(readers.length).toBeGreaterThan(8)
})
