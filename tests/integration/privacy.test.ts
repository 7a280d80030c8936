import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditCopy } from '@/lib/access/service'
import { Forbidden, type Actor } from '@/lib/access/model'
import { parseMapFilter } from '@/lib/mapping/model'
import { mapView } from '@/lib/mapping/service'
import { sql } from '@/lib/platform/db'
import { gathered } from '@/lib/privacy/copy-service'
import { inventory } from '@/lib/privacy/inventory-model'
import { notInCopy, withoutTeachers } from '@/lib/privacy/processing-model'
import * as privacy from '@/lib/privacy/service'
import { roster } from '@/lib/roster/service'
import { anAccount, openWorld, participant } from './world'

/** One teacher whose name and numbers stand wherever anybody could have written them, in a whole province. */
const HER = {
  name: 'Zulaikha Qodriyah',
  nuptk: '9988776655443322',
  nip: '198801012010012999',
  email: 'zulaikha.q@guru.sma.belajar.id',
  phone: '081299988877',
}
const SAID = `Bu ZULAIKHA  QODRIYAH (${HER.nuptk}, ${HER.phone}) meminta ini lewat ${HER.email}`
const NOW = new Date('2026-11-20T03:00:00Z')
const hours = (n: number) => new Date(NOW.getTime() + n * 3_600_000)

let world: Awaited<ReturnType<typeof openWorld>>
let office: Actor
let admin: Actor
let her: Actor
let teacherId: string
let partnerId: string

/** Every place in the whole database where one of these words stands, as "table.column". */
async function placesOf(words: string[]): Promise<string[]> {
  const columns = await sql<{ s: string; t: string; c: string; d: string }>(
    `SELECT c.table_schema AS s, c.table_name AS t, c.column_name AS c, c.data_type AS d FROM information_schema.columns c JOIN information_schema.tables x USING (table_schema, table_name)
      WHERE c.table_schema NOT IN ('pg_catalog', 'information_schema') AND x.table_type = 'BASE TABLE' AND c.data_type IN ('text', 'json', 'jsonb', 'character varying', 'ARRAY', 'bytea')`,
  )
  const found: string[] = []
  for (const { s, t, c, d } of columns) {
    const text = d === 'bytea' ? `encode("${c}", 'escape')` : `"${c}"::text`
    const tests = words.map((_, i) => `regexp_replace(lower(${text}), '\\s+', ' ', 'g') LIKE '%' || lower($${i + 1}) || '%'`).join(' OR ')
    if ((await sql(`SELECT 1 FROM "${s}"."${t}" WHERE ${tests} LIMIT 1`, words)).length) found.push(`${t}.${c}`)
  }
  return found
}
const everywhere = () => placesOf(Object.values(HER))

/** Her name, in writing, in every table that people's words reach. */
async function plant(): Promise<void> {
  const [seat] = await sql<{ id: string; sitting_id: string; room_id: string }>(
    `SELECT s.id, s.sitting_id, s.room_id FROM seat s JOIN attempt a ON a.seat_id = s.id WHERE s.teacher_id = $1 AND s.participant_number LIKE '2510-%' LIMIT 1`,
    [teacherId],
  )
  const [attempt] = await sql<{ id: string }>(`SELECT id FROM attempt WHERE seat_id = $1 LIMIT 1`, [seat!.id])
  const [answer] = await sql<{ item_version_id: string }>(`SELECT item_version_id FROM response WHERE attempt_id = $1 LIMIT 1`, [
    attempt!.id,
  ])
  const batch = uuidv7()
  const state = { name: HER.name, nuptk: HER.nuptk, nip: HER.nip, email: HER.email, phone: HER.phone }
  const statements: [string, unknown[]][] = [
    [`UPDATE teacher SET name = $2, title = 'S.Pd.', email = $3, phone = $4 WHERE id = $1`, [teacherId, HER.name, HER.email, HER.phone]],
    [`DELETE FROM teacher_identifier WHERE teacher_id = $1`, [teacherId]],
    [
      `INSERT INTO teacher_identifier (id, teacher_id, scheme, value) VALUES ($1,$2,'NUPTK',$3), ($4,$2,'NIP',$5)`,
      [uuidv7(), teacherId, HER.nuptk, uuidv7(), HER.nip],
    ],
    [`UPDATE user_account SET name = $2, email = $3 WHERE teacher_id = $1`, [teacherId, HER.name, HER.email]],
    [
      `INSERT INTO incident (id, sitting_id, room_id, seat_id, kind, note, at, by_user_id) VALUES ($1,$2,$3,$4,'lain',$5,$6,$7)`,
      [uuidv7(), seat!.sitting_id, seat!.room_id, seat!.id, SAID, NOW, office.userId],
    ],
    [
      `INSERT INTO incident (id, sitting_id, room_id, kind, note, at, by_user_id) VALUES ($1,$2,$3,'lain',$4,$5,$6)`,
      [uuidv7(), seat!.sitting_id, seat!.room_id, `Listrik padam. ${SAID}`, NOW, office.userId],
    ],
    [
      `INSERT INTO allowance (id, sitting_id, seat_id, kind, seconds, started_at, reason) VALUES ($1,$2,$3,'extend',60,$4,$5)`,
      [uuidv7(), seat!.sitting_id, seat!.id, NOW, SAID],
    ],
    [
      `UPDATE response SET value = jsonb_build_object('text', $2::text) WHERE attempt_id = $1 AND item_version_id = $3`,
      [attempt!.id, SAID, answer!.item_version_id],
    ],
    [
      `INSERT INTO journal_event (attempt_id, device, seq, kind, body, at, received_at) VALUES ($1,'d',1,'answer',to_jsonb($2::text),$3,$3)`,
      [attempt!.id, SAID, NOW],
    ],
    [
      `INSERT INTO rated_response (id, attempt_id, item_version_id, text, state, collected_at) VALUES ($1,$2,$3,$4,'waiting',$5)`,
      [uuidv7(), attempt!.id, answer!.item_version_id, SAID, NOW],
    ],
    [
      `INSERT INTO attempt_device (attempt_id, device, ack_seq, last_contact_at, user_agent) VALUES ($1,'d',1,$2,'Peramban Zulaikha Qodriyah')`,
      [attempt!.id, NOW],
    ],
    [
      `INSERT INTO readiness (seat_id, device, at, ready, checks, user_agent) VALUES ($1,'d',$2,true,'{}','Peramban Zulaikha Qodriyah')`,
      [seat!.id, NOW],
    ],
    [
      `UPDATE plan_step SET reflection = $2, evidence = $2, note = $2 WHERE plan_id IN (SELECT id FROM plan WHERE teacher_id = $1)`,
      [teacherId, SAID],
    ],
    [`UPDATE pairing SET handover = $2, end_reason = $2 WHERE tutor_id = $1`, [teacherId, SAID]],
    [`UPDATE meeting SET note = $2 WHERE pairing_id IN (SELECT id FROM pairing WHERE tutor_id = $1)`, [teacherId, SAID]],
    [
      `INSERT INTO pairing_feedback (pairing_id, by_tutor, helpful, words, at) SELECT id, false, 4, $2, $3 FROM pairing WHERE tutor_id = $1 ON CONFLICT (pairing_id, by_tutor) DO UPDATE SET words = excluded.words`,
      [teacherId, SAID, NOW],
    ],
    [
      `INSERT INTO match_order (id, kind, tutor_id, learner_id, reason, created_at) VALUES ($1,'forbid',$2,$3,$4,$5)`,
      [uuidv7(), teacherId, partnerId, SAID, NOW],
    ],
    [
      `INSERT INTO objection (id, teacher_id, about, words, created_at, due_at) VALUES ($1,$2,'skor',$3,$4,$4)`,
      [uuidv7(), teacherId, SAID, NOW],
    ],
    [
      `INSERT INTO certificate (code, pairing_id, teacher_id, side, name, school, areas, meetings, minutes, from_on, to_on, issued_at) SELECT 'ABCDEFGH1234', id, $1, 'tutor', $2, 'x', 'x', 90, 900, $3::timestamptz, $3::timestamptz, $3::timestamptz FROM pairing WHERE tutor_id = $1 LIMIT 1`,
      [teacherId, HER.name, NOW],
    ],
    [
      `INSERT INTO data_incident (id, happened, data, measures, known_at, due_at, created_at) VALUES ($1,$2,$2,$2,$3,$3,$3)`,
      [uuidv7(), SAID, NOW],
    ],
    [
      `INSERT INTO import_batch (id, file_name, sha256, state, file, preview, progress, created_at) VALUES ($1,$2,'x','applied',NULL,$3,'{}',$4)`,
      [batch, `Data ${HER.name}.xlsx`, JSON.stringify({ rows: [state] }), NOW],
    ],
    [
      `INSERT INTO import_change (id, batch_id, teacher_id, before, after) VALUES ($1,$2,$3,$4,$4)`,
      [uuidv7(), batch, teacherId, JSON.stringify(state)],
    ],
    [
      `INSERT INTO roster_answer (id, kind, key, value, teacher_id, at) VALUES ($1,'answer','orang|x',$2::text,$2::uuid,$3)`,
      [uuidv7(), teacherId, NOW],
    ],
    [
      `INSERT INTO import_batch (id, file_name, sha256, state, file, progress, created_at) VALUES ($1,'x.csv','y','refused',$2,$3,$4)`,
      [uuidv7(), Buffer.from(`nama;${HER.name}`), JSON.stringify({ refusal: SAID }), NOW],
    ],
    [`INSERT INTO login_failure (key, points) VALUES ($1, 3)`, [`account:${HER.email}`]],
  ]
  for (const [text, values] of statements) await sql(text, values)
}

beforeAll(async () => {
  world = await openWorld({ demonstration: true })
  office = await anAccount('bgtk')
  admin = await anAccount('administrator')
  const [account] = await sql<{ id: string; teacherId: string }>(
    `SELECT id, teacher_id AS "teacherId" FROM user_account WHERE email = 'tutor@contoh.id'`,
  )
  teacherId = account!.teacherId
  partnerId = (await sql<{ id: string }>(`SELECT learner_id AS id FROM pairing WHERE tutor_id = $1 LIMIT 1`, [teacherId]))[0]!.id
  her = {
    userId: account!.id,
    seatId: null,
    teacherId,
    name: HER.name,
    grants: [{ role: 'guru', regionId: null, schoolId: null, levelCodes: [] }],
  }
  await plant()
})
afterAll(() => world.close())

describe('the inventory', () => {
  it('names every table of the database once: as holding something about a teacher, or with the reason why not', async () => {
    const tables = await sql<{ t: string }>(
      `SELECT table_name AS t FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    )
    const named = [...inventory.map((h) => h.table), ...Object.keys(withoutTeachers)]
    expect(named.toSorted()).toEqual(tables.map((r) => r.t).toSorted())
  })
  it('knows every column that leads to a teacher', async () => {
    const columns = await sql<{ t: string; c: string }>(
      `SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = 'public'
          AND (column_name ~ '^(teacher|learner|tutor|seat|attempt|pairing|plan|step|response)_id$' OR column_name IN ('participant_number', 'phone', 'birth_date', 'user_agent', 'active_device'))`,
    )
    const unknown = columns.filter(({ t, c }) => {
      const held = inventory.find((h) => h.table === t)
      return held ? !held.columns.includes(c) && c !== 'response_id' && !(t === 'certificate' && c === 'pairing_id') : true
    })
    expect(unknown).toEqual([])
    const real = new Set(
      (
        await sql<{ x: string }>(
          `SELECT table_name || '.' || column_name AS x FROM information_schema.columns WHERE table_schema = 'public'`,
        )
      ).map((r) => r.x),
    )
    expect(inventory.flatMap((h) => h.columns.map((c) => `${h.table}.${c}`)).filter((x) => !real.has(x))).toEqual([])
  })
  it('is what the rooms hand out: no table in the copy that no room gathers, and none gathered that the copy hides', async () => {
    const rows = await gathered(teacherId)
    expect(Object.keys(rows).toSorted()).toEqual(
      inventory
        .map((h) => h.table)
        .filter((t) => !(t in notInCopy))
        .toSorted(),
    )
  })
})

describe('a copy of one’s data', () => {
  it('holds everything at a tap, is read by her alone, and leaves a line without her name', async () => {
    const copy = (await privacy.ownCopy(her))!
    const of = (table: string) => copy.sections.find((s) => s.table === table)!.rows
    expect(of('teacher')).toMatchObject([{ nama: HER.name, telepon: HER.phone }])
    expect(of('teacher_identifier').map((r) => r['nomor'])).toEqual([HER.nip, HER.nuptk])
    for (const table of ['seat', 'response', 'journal_event', 'score', 'plan', 'pairing', 'objection', 'user_account'])
      expect(of(table).length, table).toBeGreaterThan(0)
    const [line] = await sql<{ name: string }>(`SELECT actor_name AS name FROM audit_entry WHERE action = 'privacy:own' AND object = $1`, [
      `teacher:${teacherId}`,
    ])
    expect(line!.name).toBe('Guru')
    expect((await privacy.ownCopy(participant(uuidv7(), partnerId)))!.teacherId).toBe(partnerId)
    await expect(privacy.ownCopy(office)).rejects.toThrow(Forbidden)
  })
  it('tells no result that is held, and no decimals by which answers could be tried', async () => {
    const shown = (await gathered(teacherId))['score']!
    for (const row of shown) expect(Number.isInteger(row['persen'])).toBe(true)
    await sql(`UPDATE sitting SET release_rule = 'held', released_at = NULL`)
    const held = await gathered(teacherId)
    expect([held['score'], held['ability'], held['response_rating']]).toEqual([[], [], []])
    await sql(`UPDATE sitting SET release_rule = 'immediate'`)
    expect(shown.length).toBeGreaterThan(0)
  })
  it('is made by the office only to answer an open request for one', async () => {
    expect(await privacy.ask(her, { kind: 'salinan', words: 'Mohon salinan data saya.' }, NOW)).toMatchObject({
      ok: true,
      value: hours(72),
    })
    const [request] = await privacy.requests(office)
    await expect(privacy.copyForRequest(admin, request!.id)).rejects.toThrow(Forbidden)
    expect((await privacy.copyForRequest(office, request!.id))!.name).toBe(HER.name)
    expect((await privacy.answer(office, request!.id, { decision: 'dipenuhi', answer: 'Salinan dikirim lewat pos.' }, hours(3))).ok).toBe(
      true,
    )
    await expect(privacy.copyForRequest(office, request!.id)).rejects.toThrow(Forbidden)
  })
})

describe('requests', () => {
  it('are one of a kind at a time, answered once, and a letter’s clock runs from the day it came', async () => {
    const first = await privacy.ask(her, { kind: 'perbaikan', words: 'Mata pelajaran saya keliru.' }, NOW)
    expect(await privacy.ask(her, { kind: 'perbaikan', words: 'Sekali lagi yang sama.' }, hours(5))).toEqual(first)
    const letter = {
      teacher: HER.nuptk,
      kind: 'keberatan',
      letter: 'Surat 12/2026',
      words: 'Saya keberatan dipetakan.',
      received: hours(-48),
    }
    expect(await privacy.enterLetter(office, letter, NOW)).toMatchObject({ ok: true, value: hours(24) })
    expect(await privacy.enterLetter(office, { ...letter, received: hours(1) }, NOW)).toMatchObject({ ok: false, code: 'received' })
    expect(await privacy.enterLetter(office, { ...letter, teacher: 'Tidak Ada' }, NOW)).toMatchObject({ ok: false, code: 'teacher' })
    const [next] = await privacy.requests(office)
    expect(next).toMatchObject({ channel: 'surat', letter: 'Surat 12/2026', dueAt: hours(24) })
    const reply = { decision: 'ditolak', answer: 'Pemetaan adalah tugas pelayanan publik.' }
    const both = await Promise.all([privacy.answer(office, next!.id, reply, NOW), privacy.answer(admin, next!.id, reply, NOW)])
    expect(both.filter((r) => r.ok)).toHaveLength(1)
    await expect(privacy.requests(her)).rejects.toThrow(Forbidden)
    await expect(privacy.enterLetter(admin, letter, NOW)).rejects.toThrow(Forbidden)
  })
})

describe('an incident', () => {
  it('has 72 hours from when it was known, and is closed only when people and the agency were told', async () => {
    const facts = {
      happened: 'Kartu tertukar di ruang 03.',
      data: 'Nama dan nomor peserta.',
      measures: 'Kartu dibatalkan.',
      affected: '2',
      happenedAt: hours(-30),
      knownAt: hours(-20),
    }
    expect(await privacy.reportIncident(office, facts, NOW)).toMatchObject({ ok: true, value: hours(52) })
    expect(await privacy.reportIncident(office, { ...facts, knownAt: hours(1) }, NOW)).toMatchObject({ ok: false, code: 'times' })
    expect(await privacy.reportIncident(office, { ...facts, affected: '-3' }, NOW)).toMatchObject({ ok: false, code: 'form' })
    const incident = (await privacy.incidents(admin)).find((i) => i.happened === facts.happened)!
    expect(await privacy.closeIncident(office, incident.id, 'Sudah selesai semuanya.', NOW)).toMatchObject({ ok: false, code: 'told' })
    for (const side of ['subjects', 'agency']) expect((await privacy.noteTold(office, incident.id, side, hours(1))).ok).toBe(true)
    await privacy.noteTold(office, incident.id, 'agency', hours(9))
    expect((await privacy.closeIncident(office, incident.id, 'Sudah selesai semuanya.', hours(2))).ok).toBe(true)
    expect((await privacy.incidents(admin)).find((i) => i.id === incident.id)).toMatchObject({ agencyToldAt: hours(1), closedAt: hours(2) })
  })
})

describe('an erasure', () => {
  const figures = async () => ({
    // To nine decimals: sums of the same numbers in another order differ behind that.
    maps: JSON.stringify(
      await Promise.all(['1', '2', '3', '4'].map((bagian) => mapView(office, parseMapFilter({ bagian })))),
      (_, v: unknown) => (typeof v === 'number' ? Number(v.toFixed(9)) : v),
    ),
    hashes: await sql(
      `SELECT (SELECT md5(string_agg(x::text, '|' ORDER BY x::text)) FROM score x) AS score, (SELECT md5(string_agg(x::text, '|' ORDER BY x::text)) FROM ability x) AS ability,
          (SELECT md5(string_agg(x::text, '|' ORDER BY x::text)) FROM item_parameter x) AS parameters, (SELECT md5(string_agg(x::text, '|' ORDER BY x::text)) FROM calibration x) AS calibration,
          (SELECT count(DISTINCT teacher_id)::int FROM seat) AS people, (SELECT sum(minutes)::int FROM meeting) AS minutes, (SELECT sum(hours) FROM step_attendance) AS hours`,
    ),
  })
  let requestId: string

  it('is proposed by the office and carried out by an administrator, never by one person, and not without the word', async () => {
    await privacy.ask(her, { kind: 'penghapusan', words: `Hapus data saya. ${SAID}` }, NOW)
    requestId = (await privacy.requests(office)).find((r) => r.kind === 'penghapusan')!.id
    expect(await privacy.answer(office, requestId, { decision: 'dipenuhi', answer: 'Sudah kami hapus.' }, NOW)).toMatchObject({
      code: 'erase',
    })
    expect(await privacy.carryOutErasure(admin, requestId, 'HAPUS', NOW)).toMatchObject({ ok: false, code: 'proposal' })
    const both: Actor = { ...office, grants: [...office.grants, ...admin.grants] }
    expect((await privacy.proposeErasure(both, requestId, 'Guru pindah provinsi dan meminta.', NOW)).ok).toBe(true)
    expect(await privacy.carryOutErasure(both, requestId, 'HAPUS', NOW)).toMatchObject({ ok: false, code: 'same' })
    expect(await privacy.carryOutErasure(admin, requestId, 'ya', NOW)).toMatchObject({ ok: false, code: 'confirm' })
    await expect(privacy.carryOutErasure(office, requestId, 'HAPUS', NOW)).rejects.toThrow(Forbidden)
    await expect(privacy.proposeErasure(admin, requestId, 'Administrator tidak mengusulkan.', NOW)).rejects.toThrow(Forbidden)
  })
  it('shows beforehand what it will do, and what stands in the way', async () => {
    await sql(`INSERT INTO role_grant (id, user_id, role, level_codes) VALUES ($1, $2, 'pakar', '{}')`, [uuidv7(), her.userId])
    const preview = (await privacy.erasurePreview(admin, requestId))!
    expect(preview.obstacles).toEqual([expect.stringContaining('Pakar')])
    expect(preview.steps.find((s) => s.title === 'Jejak pengerjaan')).toMatchObject({ rows: 1, erased: 'deleted' })
    expect(await privacy.carryOutErasure(admin, requestId, 'HAPUS', NOW)).toMatchObject({ ok: false, code: 'obstacle' })
    await sql(`DELETE FROM role_grant WHERE user_id = $1 AND role = 'pakar'`, [her.userId])
  })
  it('leaves her name, NUPTK, NIP, e-mail and phone nowhere in the database, and every figure as it was', async () => {
    await auditCopy(her, 'plan:own', 'plan:x')
    const before = await figures()
    // The search finds what was planted: a search that finds nothing would prove nothing.
    expect((await everywhere()).length).toBeGreaterThan(25)
    expect(await everywhere()).not.toContain('audit_entry.actor_name')
    const done = await privacy.carryOutErasure(admin, requestId, 'hapus', NOW)
    expect(done).toMatchObject({ ok: true })
    expect(await everywhere()).toEqual([])
    expect(await figures()).toEqual(before)
    expect(await privacy.carryOutErasure(admin, requestId, 'HAPUS', hours(1))).toEqual(done)
    const [record] = await sql<{ outcome: { left: string[] } }>(`SELECT outcome FROM privacy_request WHERE id = $1`, [requestId])
    expect(record!.outcome.left).toEqual([])
  })
  it('leaves nothing that leads from her to her results, and nobody to invite or to show by name', async () => {
    expect(
      await sql(
        `SELECT 1 FROM seat WHERE teacher_id = $1 UNION ALL SELECT 1 FROM plan WHERE teacher_id = $1 UNION ALL SELECT 1 FROM pairing WHERE tutor_id = $1 OR learner_id = $1`,
        [teacherId],
      ),
    ).toEqual([])
    expect(await privacy.ownCopy({ ...her, seatId: null })).toBeNull()
    expect((await roster(office, { q: 'data dihapus', regionId: null, subjectId: null, page: 1 })).rows).toEqual([])
    expect(await sql(`SELECT 1 FROM user_account WHERE id = $1`, [her.userId])).toEqual([])
    const [pair] = await sql<{ state: string }>(`SELECT p.state FROM pairing p WHERE p.learner_id = $1 ORDER BY p.id LIMIT 1`, [partnerId])
    expect(pair!.state).not.toBe('active')
  })
  it('keeps the access log whole: no line is changed or gone, and the erasure has its own', async () => {
    const lines = await sql<{ action: string }>(`SELECT action FROM audit_entry WHERE object = $1 ORDER BY at`, [`teacher:${teacherId}`])
    expect(lines.map((l) => l.action)).toEqual(expect.arrayContaining(['privacy:own', 'privacy:propose', 'privacy:erase']))
  })
})
