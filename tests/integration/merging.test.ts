import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { ownOpeners } from '@/lib/access/service'
import { createUser } from '@/lib/access/store'
import { formFor } from '@/lib/instruments/inside'
import { inTransaction, sql } from '@/lib/platform/db'
import { shippedTierRules } from '@/lib/plans/model'
import { addTierRule, tierRuleInForce } from '@/lib/plans/store'
import { ERASE_WORD } from '@/lib/privacy/model'
import { carryOutErasure } from '@/lib/privacy/service'
import { mergeCandidates, mergeTeachers, mergeView, recordTakenUpBy, teacherView } from '@/lib/records/service'
import { correctTeacher, roster } from '@/lib/roster/service'
import { insertScores, standingRun } from '@/lib/scoring/score-store'
import { currentRules } from '@/lib/standards/rules-store'
import { publishAll } from './published'
import { aSchool, aSitting, aTeacher, anAccount, idOf, openWorld } from './world'

/** One person who stands in the roster twice, at the old school and at the new one. */
let world: Awaited<ReturnType<typeof openWorld>>
let office: Actor
let admin: Actor
let old: string
let other: string
const NOW = new Date()
const DAY = 86_400_000
const ago = (days: number) => new Date(NOW.getTime() - days * DAY)
let runId: string
let form: { formId: string; instrumentId: string }

beforeAll(async () => {
  world = await openWorld()
  office = await anAccount('bgtk')
  admin = await anAccount('administrator')
  old = await aSchool('18.10', 'SMA', 'SMAN Lama')
  other = await aSchool('18.02', 'SMA', 'SMAN Baru')
  form = (await formFor('4', await idOf('subject', 'MTK')))!
  runId = await standingRun((await currentRules()).id, ago(400))
  await addTierRule(shippedTierRules, 'Bawaan', true, null, ago(400))
}, 120_000)
afterAll(() => world.close())

/** A closed test on a seat, with its mark. */
async function tested(seatId: string, at: Date, percent = 60): Promise<string> {
  const id = uuidv7()
  await sql(
    `INSERT INTO attempt (id, seat_id, form_id, instrument_id, competency_code, seed, state, duration_seconds, started_at, closed_at) VALUES ($1,$2,$3,$4,'4',1,'closed',5400,$5,$5)`,
    [id, seatId, form.formId, form.instrumentId, at],
  )
  await inTransaction((tx) =>
    insertScores(tx, runId, [
      { attemptId: id, kind: 'raw', scope: 'total', scopeCode: '', raw: (40 * percent) / 100, max: 40, percent, items: 40 },
    ]),
  )
  return id
}
const planOf = async (teacherId: string, cycleCode: string) =>
  sql(`INSERT INTO plan (id, teacher_id, cycle_code, rule_id, tiers, state, proposed_at) VALUES ($1,$2,$3,$4,'[]','accepted',$5)`, [
    uuidv7(),
    teacherId,
    cycleCode,
    (await tierRuleInForce())!.id,
    NOW,
  ])
async function paired(tutorId: string, learnerId: string, state = 'active'): Promise<string> {
  const [run, id] = [uuidv7(), uuidv7()]
  await sql(`INSERT INTO match_run (id, cycle_code, state, rules, created_at) VALUES ($1,'X','superseded','{}',$2)`, [run, NOW])
  await sql(
    `INSERT INTO pairing (id, run_id, tutor_id, learner_id, code, goals, km, gap, band, state, started_at) VALUES ($1,$2,$3,$4,'4','{}',1,1,'sekolah',$5,$6)`,
    [id, run, tutorId, learnerId, state, NOW],
  )
  return id
}
const accountFor = async (teacherId: string, passwordHash: string | null, email = `${uuidv7()}@uji.id`) => {
  const id = await createUser(
    { name: 'Guru', email, passwordHash, grants: [{ role: 'guru', regionId: null, schoolId: null, levelCodes: [] }] },
    NOW,
  )
  await sql(`UPDATE user_account SET teacher_id = $2 WHERE id = $1`, [id, teacherId])
  return id
}
const request = async (teacherId: string, proposed = false) => {
  const id = uuidv7()
  await sql(
    `INSERT INTO privacy_request (id, teacher_id, kind, channel, words, created_at, due_at, proposal, proposed_by, proposed_at) VALUES ($1,$2,'penghapusan','surat','Mohon dihapus',$3,$3,$4,$5,$6)`,
    [id, teacherId, NOW, proposed ? 'Dihapus' : null, proposed ? office.userId : null, proposed ? NOW : null],
  )
  return id
}
const twins = async () => [await aTeacher(old, 'MTK', 'Rahmawati'), await aTeacher(other, 'MTK', 'Rahmawaty')] as const
async function merging(keep: string, drop: string, more: object = {}) {
  const [a, b] = await Promise.all([teacherView(office, keep, NOW), teacherView(office, drop, NOW)])
  return mergeTeachers(
    office,
    { keep, drop, reason: 'Kata operator sekolah', seen: a?.teacher.version ?? 0, seenOther: b?.teacher.version ?? 0, ...more },
    NOW,
  )
}
/** Every column of the database in which this key still stands, but for the log's own lists of whom it names. */
async function placesOf(key: string): Promise<string[]> {
  const columns = await sql<{ t: string; c: string }>(
    `SELECT table_name AS t, column_name AS c FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type IN ('uuid', 'text', 'jsonb', 'ARRAY')
        AND NOT (table_name = 'audit_entry' AND column_name IN ('subjects', 'detail')) ORDER BY 1, 2`,
  )
  const found: string[] = []
  for (const { t, c } of columns)
    if ((await sql(`SELECT 1 FROM "${t}" WHERE "${c}"::text LIKE '%' || $1 || '%' LIMIT 1`, [key])).length) found.push(`${t}.${c}`)
  return found
}
/** What stands in tables of finished things, without the key of whose it is. */
const finished = () =>
  sql(`SELECT (SELECT md5(string_agg(a::text, '' ORDER BY a::text)) FROM attempt a) AS attempts, (SELECT md5(string_agg(s::text, '' ORDER BY s::text)) FROM score s) AS scores,
      (SELECT md5(string_agg(c::text, '' ORDER BY c::text)) FROM snapshot_cell c) AS cells, (SELECT md5(string_agg(m::text, '' ORDER BY m::text)) FROM snapshot_member m) AS members,
      (SELECT md5(string_agg(p::text, '' ORDER BY p.id)) FROM (SELECT id, cycle_code, state, proposed_at FROM plan) p) AS plans,
      (SELECT md5(string_agg(p::text, '' ORDER BY p.id)) FROM (SELECT id, school_id, participant_number, attendance FROM seat) p) AS seats`)

describe('two records of one person', () => {
  it('become one over two cycles, with plans, pairs, account and log, and nothing that was finished or published is another', async () => {
    const [keep, drop] = await twins()
    const partner = await aTeacher(old)
    const first = await aSitting([keep, partner], ago(300))
    const second = await aSitting([drop], ago(30), { code: 'KEDUA' })
    await tested(first.seatIds[0]!, ago(300), 50)
    await tested(second.seatIds[0]!, ago(30), 70)
    await planOf(drop, 'KEDUA')
    const pair = await paired(drop, partner)
    await accountFor(drop, 'x')
    for (const [t, answer] of [
      [keep, 'no'],
      [drop, 'yes'],
    ] as const) {
      const at = t === drop ? NOW : ago(100)
      await sql(`INSERT INTO tutor_offer (teacher_id, answer, capacity, asked_at, answered_at) VALUES ($1,$2,2,$3,$3)`, [t, answer, at])
      await sql(`INSERT INTO learner_wish (teacher_id, wants, at) VALUES ($1,$2,$3)`, [t, answer === 'yes', at])
    }
    await sql(`INSERT INTO objection (id, teacher_id, about, words, created_at, due_at) VALUES ($1,$2,'skor','Mohon dilihat lagi',$3,$3)`, [
      uuidv7(),
      drop,
      NOW,
    ])
    await sql(`INSERT INTO roster_answer (id, kind, key, value, teacher_id, at) VALUES ($1,'answer','orang|y',$2::text,$2::uuid,$3)`, [
      uuidv7(),
      drop,
      NOW,
    ])
    expect(
      await correctTeacher(
        office,
        {
          teacherId: drop,
          field: 'nuptk',
          value: '3333333333333333',
          reason: 'Kartu',
          seen: (await teacherView(office, drop, NOW))!.teacher.version,
        },
        NOW,
      ),
    ).toMatchObject({ ok: true })
    await publishAll(NOW)

    expect((await mergeCandidates(office, keep, ''))!.found.map((t) => t.id)).toEqual([drop])
    const sides = (await mergeView(office, keep, drop, NOW))!
    expect(sides.obstacles).toEqual([])
    expect([sides.keep.seats.length, sides.drop.seats.length, sides.drop.plans.length, sides.drop.pairs.length]).toEqual([1, 1, 1, 1])
    // Opening a result settles it; joining does nothing to it.
    const before = await finished()
    const done = await merging(keep, drop)
    expect(done).toMatchObject({
      ok: true,
      value: { moved: { seat: 1, plan: 1, pairing: 1, user_account: 1, teacher_identifier: 1, teacher: 2 } },
    })

    expect(await finished()).toEqual(before)
    expect(await placesOf(drop)).toEqual(['audit_entry.object', 'teacher_change.before', 'teacher_change.other_id'])
    expect(await sql(`SELECT answer FROM tutor_offer WHERE teacher_id = $1`, [keep])).toEqual([{ answer: 'yes' }])
    expect(await sql(`SELECT wants FROM learner_wish WHERE teacher_id = $1`, [keep])).toEqual([{ wants: true }])
    const record = (await teacherView(office, keep, NOW))!
    expect(record.teacher).toMatchObject({ name: 'Rahmawati', schoolName: 'SMAN Lama', nuptk: '3333333333333333' })
    expect(record.seats.map((s) => [s.school, s.results[0]?.percent])).toEqual([
      ['SMAN Baru', 70],
      ['SMAN Lama', 50],
    ])
    expect(record).toMatchObject({
      plans: [{ cycleCode: 'KEDUA' }],
      pairs: [{ id: pair, tutor: true, partnerId: partner }],
      account: { active: true },
    })
    expect(record.changes![0]).toMatchObject({ kind: 'merge', fields: [{ from: 'Rahmawaty, NUPTK 3333333333333333, SMAN Baru' }] })
    expect(record.changes!.map((c) => c.kind)).toEqual(['merge', 'correction'])
    // The other address leads here, lists know one person, and what was opened of the other record is still told to her.
    expect(await recordTakenUpBy(office, drop)).toBe(keep)
    expect(await teacherView(office, drop, NOW)).toBeNull()
    expect((await roster(office, { q: 'Rahmawaty', regionId: null, subjectId: null, page: 1 })).rows.map((r) => r.id)).toEqual([keep])
    const her: Actor = {
      userId: null,
      seatId: null,
      teacherId: keep,
      name: 'Guru',
      grants: [{ role: 'guru', regionId: null, schoolId: null, levelCodes: [] }],
    }
    const opened = await sql<{ n: number }>(`SELECT count(*)::int AS n FROM audit_entry WHERE subjects && $1::uuid[]`, [[keep, drop]])
    expect(await ownOpeners(her)).toHaveLength(opened[0]!.n)
  })
  it('answer the first result when the call comes twice, also in one moment', async () => {
    const [keep, drop] = await twins()
    await aSitting([drop], ago(20))
    const [a, b] = await Promise.all([teacherView(office, keep, NOW), teacherView(office, drop, NOW)])
    const seen = { seen: a!.teacher.version, seenOther: b!.teacher.version }
    const answers = await Promise.all([1, 2].map(() => merging(keep, drop, seen)))
    expect(answers[0]).toMatchObject({ ok: true, value: { moved: { seat: 1 } } })
    expect(answers[1]).toEqual(answers[0])
    expect(await merging(keep, drop, seen)).toEqual(answers[0])
    expect((await teacherView(office, keep, NOW))!.changes).toHaveLength(1)
    expect(await sql(`SELECT 1 FROM audit_entry WHERE action = 'roster:merged' AND object = $1`, [`teacher:${keep}`])).toHaveLength(1)
  })
  it('keep one seat a test: an empty one of a day that was is nobody’s, one of a day to come goes', async () => {
    const [keep, drop] = await twins()
    const day = await aSitting([keep, drop], ago(10))
    await tested(day.seatIds[1]!, ago(10))
    const ahead = await aSitting([keep, drop], new Date(NOW.getTime() + 10 * DAY))
    expect(await merging(keep, drop)).toMatchObject({ ok: true })
    const holders = async (ids: string[]) =>
      (await sql<{ id: string; t: string }>(`SELECT id, teacher_id AS t FROM seat WHERE id = ANY($1::uuid[]) ORDER BY id`, [ids])).map(
        (s) => s.t === keep,
      )
    expect(await holders(day.seatIds)).toEqual([false, true])
    expect(await holders(ahead.seatIds)).toEqual([true])
    expect((await teacherView(office, keep, NOW))!.seats).toHaveLength(2)
  })
  it('are erased as one: what the record that was taken up said goes too, and no seat leads back', async () => {
    const [keep, drop] = await twins()
    const day = await aSitting([keep], ago(200))
    const later = await aSitting([drop], ago(15))
    await tested(later.seatIds[0]!, ago(15))
    expect(await merging(keep, drop)).toMatchObject({ ok: true })
    expect(await carryOutErasure(admin, await request(keep, true), ERASE_WORD, NOW)).toMatchObject({ ok: true })
    expect(
      await sql(`SELECT 1 FROM teacher_change WHERE teacher_id = $1 OR other_id = $2 OR before::text LIKE '%' || $2 || '%'`, [keep, drop]),
    ).toEqual([])
    const held = await sql<{ t: string }>(`SELECT DISTINCT teacher_id AS t FROM seat WHERE id = ANY($1::uuid[])`, [
      [day.seatIds[0], later.seatIds[0]],
    ])
    expect(held).toHaveLength(1)
    expect([keep, drop]).not.toContain(held[0]!.t)
  })
})

describe('two records are not joined', () => {
  const refused = async (keep: string, drop: string, words: RegExp) => {
    expect((await mergeView(office, keep, drop, NOW))!.obstacles.join(' ')).toMatch(words)
    expect(await merging(keep, drop)).toMatchObject({ ok: false, code: 'obstacle', message: expect.stringMatching(words) })
    expect(await sql(`SELECT 1 FROM teacher WHERE id = ANY($1::uuid[])`, [[keep, drop]])).toHaveLength(2)
  }
  it('where both took part in one cycle, in one room or in two', async () => {
    const [keep, drop] = await twins()
    const day = await aSitting([keep, drop], ago(9))
    for (const seat of day.seatIds) await tested(seat, ago(9))
    await refused(keep, drop, /Keduanya mengikuti Siklus/)
  })
  it('while one of them is being tested', async () => {
    const [keep, drop] = await twins()
    await aSitting([drop], NOW)
    await refused(keep, drop, /sedang berlangsung/)
  })
  it('where numbers, birth date or sex say two people', async () => {
    const [keep, drop] = await twins()
    await sql(`UPDATE teacher SET birth_date = '1980-01-01', sex = 'P' WHERE id = $1`, [keep])
    await sql(`UPDATE teacher SET birth_date = '1990-01-01', sex = 'L' WHERE id = $1`, [drop])
    await refused(keep, drop, /Tanggal lahir keduanya berbeda.*Jenis kelamin keduanya berbeda/)
  })
  it('where both enter by accounts of their own; a spare account goes with the record', async () => {
    const [keep, drop] = await twins()
    const mine = await accountFor(keep, 'x')
    const spare = await accountFor(drop, 'y')
    await refused(keep, drop, /Keduanya punya akun yang dipakai/)
    await sql(`UPDATE user_account SET active = false WHERE id = $1`, [mine])
    expect(await merging(keep, drop)).toMatchObject({ ok: true })
    expect(await sql(`SELECT id FROM user_account WHERE teacher_id = ANY($1::uuid[])`, [[keep, drop]])).toEqual([{ id: spare }])
    expect(await sql(`SELECT 1 FROM user_account WHERE id = $1`, [mine])).toEqual([])
  })
  it('where they were a pair, or both have a tutor', async () => {
    const [keep, drop] = await twins()
    const pair = await paired(keep, drop, 'ended')
    await refused(keep, drop, /dua orang yang berbeda/)
    await sql(`DELETE FROM pairing WHERE id = $1`, [pair])
    for (const learner of [keep, drop]) await paired(await aTeacher(old), learner)
    await refused(keep, drop, /didampingi seorang tutor/)
  })
  it('with two plans of one cycle, an open request about her data, or a person who was erased', async () => {
    const [keep, drop] = await twins()
    for (const t of [keep, drop]) await planOf(t, 'SAMA')
    await refused(keep, drop, /rencana belajar/)
    const [one, two] = await twins()
    await request(two)
    await refused(one, two, /data pribadi/)
    const [stays, gone] = await twins()
    await sql(`UPDATE teacher SET erased_at = now() WHERE id = $1`, [gone])
    expect(await mergeView(office, stays, gone, NOW)).toBeNull()
    expect(await merging(stays, gone)).toMatchObject({ ok: false, code: 'missing' })
  })
  it('on what somebody saw before another one changed it, without a reason, or with themselves', async () => {
    const [keep, drop] = await twins()
    expect(await merging(keep, drop, { seenOther: 1 })).toMatchObject({ ok: false, code: 'overtaken' })
    expect(await merging(keep, drop, { reason: '' })).toMatchObject({ ok: false, code: 'input' })
    expect(await merging(keep, keep)).toMatchObject({ ok: false, code: 'same' })
    const head = await anAccount('kepala-sekolah', { schoolId: old })
    await expect(mergeView(head, keep, drop, NOW)).rejects.toThrow()
  })
})
