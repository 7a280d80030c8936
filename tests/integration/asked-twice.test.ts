import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import * as instruments from '@/lib/instruments/service'
import { sql } from '@/lib/platform/db'
import * as privacy from '@/lib/privacy/service'
import * as roster from '@/lib/roster/import-service'
import * as sittings from '@/lib/sittings/service'
import * as support from '@/lib/plans/service'
import { aPair, draft, testedTeachers, value } from './stories'
import { aSchool, aSitting, aTeacher, anAccount, idOf, openWorld, participant } from './world'
import * as tutoring from '@/lib/tutoring/service'
import * as assembly from '@/lib/assembly/service'

/** Double clicks and two tabs: one person who asks twice gets one thing, and hears the same both times. */
let world: Awaited<ReturnType<typeof openWorld>>
let office: Actor
let people: Actor[]
const now = new Date('2026-03-02T01:00:00Z')
const tested = new Date('2026-01-10T02:00:00Z')
const minutes = { '4': 90, '1': 60, '2': 60, '3': 60 }
const later = (days: number) => new Date(tested.getTime() + days * 86_400_000)
const csv = (...rows: string[]) => Buffer.from(`Nama;NUPTK;NIP;JK;Tanggal Lahir;Status;Mapel;NPSN;HP\n${rows.join('\n')}\n`)
const count = async (text: string, values: unknown[] = []) => (await sql<{ n: number }>(text, values))[0]!.n
/** A choice of an item that is not its key. */
let chosen: string | undefined
const otherKey = async (code: string) =>
  (chosen ??= (
    await sql<{ key: string }>(
      `SELECT CASE v.scoring->>'key' WHEN 'A' THEN 'B' ELSE 'A' END AS key FROM item_version v JOIN item i ON i.id = v.item_id WHERE i.code = $1`,
      [code],
    )
  )[0]!.key)
/** As many at once as connections allow; all answers, refusals thrown. */
const atOnce = async <T>(work: ((i: number) => Promise<{ ok: true; value: T } | { ok: false; message: string }>)[]): Promise<T[]> =>
  (await Promise.all(work.map((w, i) => w(i)))).map(value)
const twice = <T>(work: () => Promise<{ ok: true; value: T } | { ok: false; message: string }>) => atOnce([work, work])

beforeAll(async () => {
  world = await openWorld()
  office = await anAccount('bgtk')
  people = await testedTeachers(9, tested)
})
afterAll(() => world.close())

describe('one person who asks twice', () => {
  const day = { day: '2027-03-10', opens: '08:00', closes: '12:00', releaseRule: 'held' }
  const once: [
    words: string,
    run: () => Promise<{ ok: true; value: unknown } | { ok: false; message: string }>,
    made: string,
    n?: number,
  ][] = [
    [
      'saves one new item',
      async () => instruments.saveItem(office, 'BIO', { ...draft, domain: 'SEL', stem: 'Soal yang ditekan dua kali.' }, now),
      `SELECT count(*)::int AS n FROM item WHERE instrument_id = (SELECT id FROM instrument WHERE code = 'BIO') AND writer_id IS NOT NULL`,
    ],
    [
      'saves one blueprint',
      () => assembly.saveBlueprint(office, 'KIM', { length: 8, cells: [{ level: 'L3', count: '2' }] }, now),
      `SELECT count(*)::int AS n FROM blueprint b JOIN instrument i ON i.id = b.instrument_id WHERE i.code = 'KIM'`,
    ],
    [
      'adds one domain',
      () =>
        instruments.changeDomains(
          office,
          'KIM',
          { what: 'add', code: 'DUA', title: 'Ranah dua kali', note: 'Surat 2/2026', seen: '0' },
          now,
        ),
      `SELECT count(*)::int AS n FROM content_domain WHERE title = 'Ranah dua kali'`,
    ],
    [
      'makes one cycle',
      () => sittings.addCycle(office, { code: 'DUA2', name: 'Siklus dua kali', series: 'Uji', startsOn: '2027-01-10', minutes }),
      `SELECT count(*)::int AS n FROM cycle WHERE code = 'DUA2'`,
    ],
    [
      'makes one venue',
      async () => sittings.addVenue(office, { name: 'Gedung dua kali', regionId: await idOf('region', '18.10', 'kemendagri_code') }),
      `SELECT count(*)::int AS n FROM venue WHERE name = 'Gedung dua kali'`,
    ],
    [
      'makes one sitting',
      async () =>
        sittings.addSitting(office, {
          cycleId: await idOf('cycle', 'DUA2'),
          venueId: await idOf('venue', 'Gedung dua kali', 'name'),
          name: 'Sesi dua kali',
          ...day,
        }),
      `SELECT count(*)::int AS n FROM sitting WHERE name = 'Sesi dua kali'`,
    ],
    ['starts one matching', () => support.startPlans(office), `SELECT count(*)::int AS n FROM job_run WHERE kind = 'propose-plans'`],
    [
      'takes one file in',
      () => roster.uploadRoster(office, 'dua.csv', csv('Rina Dua;7777777777777777;;P;;PNS;Kimia;1;'), null),
      `SELECT count(*)::int AS n FROM import_batch WHERE file_name = 'dua.csv'`,
    ],
    [
      'reports one incident',
      () =>
        privacy.reportIncident(
          office,
          {
            happened: 'Daftar guru terkirim ke alamat yang keliru.',
            data: 'Nama dan sekolah guru.',
            measures: 'Penerima diminta menghapus berkasnya.',
            affected: '12',
            happenedAt: null,
            knownAt: tested,
          },
          now,
        ),
      `SELECT count(*)::int AS n FROM data_incident`,
    ],
    [
      'objects once',
      () => support.object(people[5]!, { about: 'skor', part: '4', words: 'Saya yakin butir itu memiliki dua kunci.' }, now),
      `SELECT count(*)::int AS n FROM objection WHERE words LIKE '%dua kunci%'`,
    ],
    [
      'marks one leak',
      () => assembly.leakItem(office, 'FIS-020', 'Beredar di grup percakapan.', now),
      `SELECT count(*)::int AS n FROM item_event e JOIN item i ON i.id = e.item_id WHERE i.code = 'FIS-020' AND e.kind = 'compromised'`,
    ],
    [
      'corrects one key',
      async () =>
        instruments.correctKey(
          office,
          {
            itemVersionId: (
              await sql<{ id: string }>(`SELECT v.id FROM item_version v JOIN item i ON i.id = v.item_id WHERE i.code = 'EKO-001'`)
            )[0]!.id,
            key: await otherKey('EKO-001'),
            reason: 'Kunci diperiksa ulang dua dosen.',
          },
          now,
        ),
      `SELECT count(*)::int AS n FROM key_correction`,
    ],
    [
      'gives one task',
      async () => {
        return instruments.giveTask(office, 'EKO', { userId: writer.userId, kind: 'write', count: '2' }, now)
      },
      `SELECT count(*)::int AS n FROM item_task t JOIN instrument i ON i.id = t.instrument_id WHERE i.code = 'EKO'`,
    ],
    [
      'orders one pair',
      () =>
        tutoring.orderPair(
          office,
          { kind: 'pin', tutorId: people[0]!.teacherId, learnerId: people[6]!.teacherId, reason: 'Sudah akrab.' },
          now,
        ),
      `SELECT count(*)::int AS n FROM match_order`,
    ],
  ]
  let writer: Actor
  beforeAll(async () => {
    writer = await anAccount('pakar')
  })
  it.each(once)('%s, and hears the same both times', async (_words, run, made, n = 1) => {
    const [first, second] = await twice(run)
    expect(JSON.stringify(second).replace('"changed":false', '"changed":true')).toBe(
      JSON.stringify(first).replace('"changed":false', '"changed":true'),
    )
    value(await run())
    expect(await count(made)).toBe(n)
  })
  it('shares a matching: it stays shared, and nothing of it is declined', async () => {
    const { runId, pairId } = await aPair(people[0]!, people[6]!, 'proposed', 'proposed', now)
    await twice(() => tutoring.publishMatch(office, runId))
    value(await tutoring.publishMatch(office, runId))
    expect(
      await sql(`SELECT r.state AS run, p.state AS pair FROM match_run r JOIN pairing p ON p.run_id = r.id WHERE p.id = $1`, [pairId]),
    ).toEqual([{ run: 'published', pair: 'proposed' }])
  })
  it('ends a pair: the first hand-over stays, and another one is told that there is no pair any more', async () => {
    const { pairId } = await aPair(people[0]!, people[4]!, 'published', 'active', now)
    const words = 'Sudah sampai turunan; lanjutkan dengan integral.'
    await twice(() => tutoring.endOwnPair(people[4]!, pairId, words, now))
    expect(await tutoring.endOwnPair(people[0]!, pairId, 'Kata lain yang datang belakangan saja.', now)).toMatchObject({ ok: false })
    expect(await sql(`SELECT handover FROM pairing WHERE id = $1`, [pairId])).toEqual([{ handover: words }])
  })
  it('agrees to a pair that the other side declines in the same moment: one of the two is told so', async () => {
    const { pairId } = await aPair(people[0]!, people[5]!, 'published', 'proposed', now)
    const said = await Promise.all([
      tutoring.answerPair(people[0]!, pairId, true, now),
      tutoring.answerPair(people[5]!, pairId, false, now),
    ])
    const [pair] = await sql<{ state: string }>(`SELECT state FROM pairing WHERE id = $1`, [pairId])
    expect(pair!.state).toBe('declined')
    expect(said[1]).toMatchObject({ ok: true })
  })
  it('changes a step: what is done stays done, and hours stay with their module', async () => {
    const me = people[4]!
    value(await support.askForPlan(me, later(7)))
    await sql(`UPDATE module SET capacity = NULL`)
    value(await support.acceptOwnPlan(me, later(8)))
    const [step, ...others] = (await support.ownPlan(me))!.steps
    value(await support.changeOwnStep(me, step!.id, { what: 'attend', on: '2026-01-21', hours: '2' }, later(20)))
    const other = (await support.catalogue(office)).find(
      (m) => m.active && m.code !== step!.moduleCode && !others.some((o) => o.moduleCode === m.code),
    )!
    expect(await support.changeOwnStep(me, step!.id, { what: 'swap', module: other.code }, later(20))).toMatchObject({
      ok: false,
      code: 'begun',
    })
    const finish = { what: 'finish', reflection: 'Murid bertanya lebih banyak daripada biasanya.', evidence: 'Lembar kerja murid' }
    await twice(() => support.changeOwnStep(me, step!.id, finish, later(30)))
    for (const change of [
      { what: 'drop', note: 'berubah pikiran' },
      { what: 'take' },
      { ...finish, reflection: 'Refleksi lain yang menimpa yang pertama.' },
    ])
      expect(await support.changeOwnStep(me, step!.id, change, later(31))).toMatchObject({ ok: false, code: 'done' })
    expect((await support.ownPlan(me))!.steps.find((s) => s.id === step!.id)).toMatchObject({
      state: 'done',
      attended: 2,
      reflection: finish.reflection,
    })
  })
  it('accepts a plan that was proposed anew a moment before: nothing is said to be accepted that is not', async () => {
    const me = people[6]!
    value(await support.askForPlan(me, later(7)))
    const [said] = await Promise.all([support.acceptOwnPlan(me, later(8)), support.askForPlan(me, later(8))])
    const [plan] = await sql<{ state: string }>(`SELECT state FROM plan WHERE teacher_id = $1`, [me.teacherId])
    expect(plan!.state).toBe(said.ok ? 'accepted' : 'proposed')
  })
  it('takes an import back, and a newer import of the same file is not taken with it', async () => {
    const school = await aSchool('18.72')
    const [{ npsn }] = (await sql<{ npsn: string }>(`SELECT npsn FROM school WHERE id = $1`, [school])) as [{ npsn: string }]
    const file = csv(`Sari Balik;6666666666666661;;P;;PNS;Kimia;${npsn};`)
    value(await roster.importFile(office, 'balik.csv', file, null))
    const [{ id }] = (await sql<{ id: string }>(`SELECT id FROM import_batch WHERE file_name = 'balik.csv'`)) as [{ id: string }]
    expect(await twice(() => roster.undoImport(office, id))).toEqual([1, 1])
    value(await roster.importFile(office, 'lagi.csv', file, null))
    expect(value(await roster.undoImport(office, id))).toBe(1)
    expect(await count(`SELECT count(*)::int AS n FROM teacher WHERE name = 'Sari Balik'`)).toBe(1)
  })
  it('opens held results: they stay open since the first time', async () => {
    const { sittingId } = await aSitting([await aTeacher(await aSchool())], now, { releaseRule: 'held' })
    value(await sittings.releaseResults(office, sittingId))
    const [before] = await sql(`SELECT released_at FROM sitting WHERE id = $1`, [sittingId])
    value(await sittings.releaseResults(office, sittingId))
    expect(await sql(`SELECT released_at FROM sitting WHERE id = $1`, [sittingId])).toEqual([before])
  })
  it('opens no fourth objection from a second tab', async () => {
    const me = people[7]!
    const said = await Promise.all(
      Array.from({ length: 5 }, (_, i) =>
        support.object(me, { about: 'skor', part: '4', words: `Keberatan nomor ${i} tentang butir turunan.` }, now),
      ),
    )
    expect(said.filter((s) => s.ok)).toHaveLength(3)
  })
  it('asks for a certificate from two tabs: one is issued', async () => {
    const tutor = participant(people[0]!.seatId!, people[0]!.teacherId!)
    const { pairId } = await aPair(tutor, people[8]!, 'published', 'active', tested)
    await sql(
      `INSERT INTO meeting (id, pairing_id, held_on, starts_minute, minutes, topic, note, logged_by, written_at, arrived_at, revision, answer, answered_by, answered_at)
       VALUES ($1,$2,'2026-02-10',600,60,'Turunan','',$3,$4,$4,1,'yes',$5,$4)`,
      [uuidv7(), pairId, tutor.teacherId, now, people[8]!.teacherId],
    )
    const made = await Promise.all([1, 2, 3].map(() => tutoring.certificateFor(tutor, pairId, now)))
    expect(new Set(made.map((m) => m!.code)).size).toBe(1)
  })
})
