import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import * as instruments from '@/lib/instruments/service'
import { inTransaction, sql } from '@/lib/platform/db'
import * as roster from '@/lib/roster/import-service'
import { currentRules } from '@/lib/scoring/store'
import * as scoring from '@/lib/scoring/service'
import { forget } from '@/lib/sittings/personal-store'
import * as sittings from '@/lib/sittings/service'
import { shippedTierRules } from '@/lib/support/model'
import * as support from '@/lib/support/service'
import { aDraftRun, aPair, askedToWrite, draft, testedTeachers, value } from './stories'
import { aSchool, aSitting, aTeacher, anAccount, idOf, openWorld, participant } from './world'

/** Two people in the same moment each get their own; one person who asks twice gets one thing, and hears the same both times. */
let world: Awaited<ReturnType<typeof openWorld>>
let office: Actor
let colleague: Actor
let people: Actor[]
const now = new Date('2026-03-02T01:00:00Z')
const tested = new Date('2026-01-10T02:00:00Z')
const minutes = { '4': 90, '1': 60, '2': 60, '3': 60 }
const later = (days: number) => new Date(tested.getTime() + days * 86_400_000)
const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>
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
  ;[office, colleague] = await Promise.all([anAccount('bgtk'), anAccount('bgtk')])
  people = await testedTeachers(9, tested)
})
afterAll(() => world.close())

describe('two people at once', () => {
  it('write two items: each gets a code of its own, and nobody’s text becomes a version of another’s', async () => {
    const writers = [await anAccount('pakar'), await anAccount('pakar'), await anAccount('pakar')]
    for (const w of writers) await askedToWrite(office, w, 1, now)
    const saved = await atOnce(
      writers.map((w, i) => () => instruments.saveItem(w, 'MTK', { ...draft, stem: `Soal milik penulis ke-${i}: hitunglah.` }, now)),
    )
    expect(new Set(saved.map((s) => s.code)).size).toBe(3)
    expect(saved.map((s) => s.version)).toEqual([1, 1, 1])
    for (const [i, s] of saved.entries())
      expect(await sql(`SELECT writer_id AS id FROM item WHERE code = $1`, [s.code])).toEqual([{ id: writers[i]!.userId }])
  })
  it('change one item: both versions stand, one after the other', async () => {
    const saved = await atOnce(
      [1, 2, 3].map(
        (n) => () => instruments.saveItem(office, 'MTK', { ...draft, code: 'MTK-002', stem: `Kalimat baru ${n} untuk soal.` }, now),
      ),
    )
    expect(saved.map((s) => s.version).sort()).toEqual([2, 3, 4])
  })
  it('import files: the drafts of both are there, each under its own code', async () => {
    const file = (city: string) => bytes(`Ibu kota dari ${city} adalah\nA. Metro\nB. Kota ${city}\nANSWER: B\n`)
    const done = await atOnce(['Aceh', 'Riau'].map((city) => () => instruments.importItems(office, 'GEO', file(city), {}, now)))
    expect(new Set(done.map((d) => d.rows[0]!.code)).size).toBe(2)
    expect(done.map((d) => d.rows[0]!.outcome)).toEqual(['Draf baru', 'Draf baru'])
  })
  it('save blueprints: both are versions', async () => {
    await atOnce(
      [2, 3, 4].map((n) => () => instruments.saveBlueprint(office, 'FIS', { length: 8, cells: [{ level: 'L3', count: String(n) }] }, now)),
    )
    const id = await idOf('instrument', 'FIS')
    expect(await sql(`SELECT version FROM blueprint WHERE instrument_id = $1 ORDER BY 1`, [id])).toEqual(
      [1, 2, 3].map((version) => ({ version })),
    )
  })
  it('exchange items of one assembly: neither exchange is lost', async () => {
    const id = value(await scoring.startAssembly(office, 'FIS', { forms: '2', minutes: '90' }, now))
    const spare = (await scoring.assemblyPage(office, 'FIS', id))!.spare.map((s) => s.versionId)
    const [a, b] = [spare.slice(0, 2), spare.slice(2, 4)]
    await instruments.assemblyDesk.end(
      id,
      'done',
      [
        { label: 'A', items: a },
        { label: 'B', items: b },
      ],
      'uji',
    )
    await atOnce([
      () => scoring.swapItem(office, 'FIS', id, { label: 'A', out: a[0]!, in: spare[5]! }),
      () => scoring.swapItem(colleague, 'FIS', id, { label: 'B', out: b[0]!, in: spare[6]! }),
    ])
    const forms = (await scoring.assemblyPage(office, 'FIS', id))!.assembly.forms!
    expect(forms.map((f) => f.items)).toEqual([
      [spare[5], a[1]],
      [spare[6], b[1]],
    ])
  })
  it('freeze forms of one instrument: each has its code', async () => {
    const id = await idOf('instrument', 'FIS')
    const made = await atOnce(
      [1, 2, 3].map((n) => () => instruments.assemblyDesk.freeze(id, now, { label: null, items: [`FIS-00${n}`, `FIS-01${n}`] })),
    )
    const codes = await sql<{ code: string }>(`SELECT DISTINCT code FROM form WHERE id = ANY($1::uuid[])`, [made])
    expect(codes).toHaveLength(3)
  })
  it('put a rule of tiers into force, and settings of results: each is a version', async () => {
    const fields = (await support.tierRules()).version
    const { rules } = await currentRules()
    await atOnce([
      () => scoring.changeRules(office, { ...rules, hatchBelow: rules.hatchBelow + 1 }, 'Surat nomor 1'),
      () => scoring.changeRules(colleague, { ...rules, hatchBelow: rules.hatchBelow + 2 }, 'Surat nomor 2'),
    ])
    expect(await sql(`SELECT version FROM rule_version ORDER BY 1`)).toEqual([1, 2, 3].map((version) => ({ version })))
    const store = await import('@/lib/support/store')
    await Promise.all(
      [51, 52].map((percent) => store.addTierRule({ ...shippedTierRules, weakBelow: percent }, `Surat ${percent}`, false, null, now)),
    )
    expect((await store.tierRuleInForce())!.version).toBe(fields + 2)
  })
  it('make cycles under one code: one does, and the other hears that it is taken', async () => {
    const cycle = (name: string) => ({ code: 'SAMA', name, series: 'Uji', startsOn: '2027-01-10', minutes })
    const said = await Promise.all([
      sittings.addCycle(office, cycle('Siklus yang satu')),
      sittings.addCycle(colleague, cycle('Siklus yang lain')),
    ])
    expect(said.map((s) => (s.ok ? 'made' : s.code)).sort()).toEqual(['made', 'taken'])
  })
  it('add participants: no number and no place is given twice, not even that of somebody who was erased', async () => {
    const cycleId = value(
      await sittings.addCycle(office, { code: 'NOMOR', name: 'Siklus Nomor', series: 'Uji', startsOn: '2027-02-10', minutes }),
    )
    const venueId = value(
      await sittings.addVenue(office, { name: 'Gedung Nomor', regionId: await idOf('region', '18.10', 'kemendagri_code') }),
    )
    const sitting = (name: string) =>
      sittings.addSitting(office, { cycleId, venueId, name, day: '2027-02-10', opens: '08:00', closes: '12:00', releaseRule: 'held' })
    const [one, two] = [value(await sitting('Sesi pagi satu')), value(await sitting('Sesi pagi dua'))]
    const numbersOf = (n: number) =>
      Promise.all(
        Array.from({ length: n }, async () => {
          const teacher = await aTeacher(school)
          const nuptk = String(9_000_000_000_000_000 + ++last)
          await sql(`INSERT INTO teacher_identifier (id, teacher_id, scheme, value) VALUES ($1,$2,'NUPTK',$3)`, [uuidv7(), teacher, nuptk])
          return nuptk
        }),
      )
    let last = 0
    const school = await aSchool()
    const add = (sittingId: string, list: string[]) =>
      sittings.addParticipants(office, sittingId, { identifiers: list.join('\n'), roomSize: '2' })
    await atOnce([one, two, one].map((id) => async () => add(id, await numbersOf(3))))
    const seats = () =>
      sql<{ number: string; place: string; teacher: string }>(
        `SELECT s.participant_number AS number, s.room_id || '/' || s.seat_number AS place, s.teacher_id AS teacher FROM seat s JOIN sitting t ON t.id = s.sitting_id
          WHERE t.cycle_id = $1 ORDER BY 1`,
        [cycleId],
      )
    const nine = await seats()
    expect(nine).toHaveLength(9)
    expect(new Set(nine.map((s) => s.number)).size).toBe(9)
    expect(new Set(nine.map((s) => s.place)).size).toBe(9)
    // The last one is erased before the day, another one after it.
    const gone = nine.at(-1)!
    const person = { requestId: uuidv7(), teacherId: gone.teacher, pseudonym: uuidv7(), pattern: 'tidak ada', now }
    await inTransaction((tx) => forget(tx, person))
    await inTransaction((tx) =>
      forget(tx, { ...person, teacherId: nine[3]!.teacher, pseudonym: uuidv7(), now: new Date('2028-01-01T00:00:00Z') }),
    )
    value(await add(one, await numbersOf(3)))
    const all = await seats()
    expect(all.map((s) => s.number)).not.toContain(gone.number)
    expect(new Set(all.map((s) => s.place)).size).toBe(all.length)
  })
  it('want the last seat of a module: one gets it, by accepting, by exchanging or by taking a step up again', async () => {
    const [a, b, c] = people.slice(1, 4) as [Actor, Actor, Actor]
    for (const p of [a, b, c]) value(await support.askForPlan(p, later(7)))
    const steps = await Promise.all([a, b, c].map(async (p) => (await support.ownPlan(p))!.steps))
    const wanted = steps[0]![0]!.moduleCode
    await sql(`UPDATE module SET capacity = 1 WHERE code = $1`, [wanted])
    const said = await Promise.all([a, b].map((p) => support.acceptOwnPlan(p, later(8))))
    expect(said.map((s) => (s.ok ? 'accepted' : s.code)).sort()).toEqual(['accepted', 'full'])
    const [first, second, ...rest] = said[0]!.ok ? [a, b] : [b, a]
    expect(rest).toEqual([])
    const stepOf = async (p: Actor, code: string) => (await support.ownPlan(p))!.steps.find((s) => s.moduleCode === code)!
    const full = await stepOf(second!, wanted)
    value(await support.changeOwnStep(second!, full.id, { what: 'drop', note: 'sudah penuh' }, later(9)))
    value(await support.acceptOwnPlan(second!, later(9)))
    expect(await support.changeOwnStep(second!, full.id, { what: 'take' }, later(9))).toMatchObject({ ok: false, code: 'full' })
    const other = (await support.ownPlan(c))!.steps.find((s) => s.moduleCode !== wanted) ?? steps[2]![0]!
    value(await support.changeOwnStep(c, (await stepOf(c, wanted)).id, { what: 'drop', note: 'sudah penuh' }, later(9)))
    expect(await support.changeOwnStep(c, other.id, { what: 'swap', module: wanted }, later(9))).toMatchObject({ ok: false, code: 'full' })
    // Who has the seat keeps it: accepting once more takes no second one.
    value(await support.acceptOwnPlan(first!, later(9)))
  })
  it('share two matchings: one is published in the end, never both', async () => {
    const [one, two] = [
      await aPair(people[0]!, people[7]!, 'proposed', 'proposed', now),
      await aPair(people[0]!, people[8]!, 'proposed', 'proposed', now),
    ]
    await atOnce([() => support.publishMatch(office, one.runId), () => support.publishMatch(colleague, two.runId)])
    expect(await count(`SELECT count(*)::int AS n FROM match_run WHERE state = 'published'`)).toBe(1)
    expect(await count(`SELECT count(*)::int AS n FROM pairing WHERE state = 'proposed'`)).toBe(1)
  })
  it('release two drafts of one instrument: one is released, the other steps back', async () => {
    const instrumentId = await idOf('instrument', 'SEJ')
    const [one, two] = [await aDraftRun(instrumentId, now), await aDraftRun(instrumentId, now)]
    await atOnce([
      () => scoring.releaseScoreRun(office, one, 'alasan tertulis untuk uji', now),
      () => scoring.releaseScoreRun(colleague, two, 'alasan tertulis untuk uji', now),
    ])
    const states = await sql<{ state: string }>(`SELECT state FROM score_run WHERE id = ANY($1::uuid[]) ORDER BY 1`, [[one, two]])
    expect(states.map((s) => s.state)).toEqual(['released', 'superseded'])
  })
  it('mark an item as an anchor and make its form one for practice: no item is both', async () => {
    const id = await idOf('instrument', 'SOS')
    const formId = value(await instruments.assemblyDesk.freeze(id, now, { label: 'L', items: ['SOS-001', 'SOS-002'] }))
    await sql(
      `DELETE FROM form_item WHERE form_id <> $1 AND item_version_id IN (SELECT item_version_id FROM form_item WHERE form_id = $1)`,
      [formId],
    )
    await Promise.all([instruments.markItem(office, 'SOS-001', { anchor: true }, now), scoring.makePracticeForm(colleague, formId)])
    expect(await count(`SELECT count(*)::int AS n FROM item WHERE code = 'SOS-001' AND anchor AND practice`)).toBe(0)
  })
})

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
      () => instruments.saveBlueprint(office, 'KIM', { length: 8, cells: [{ level: 'L3', count: '2' }] }, now),
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
      'objects once',
      () => support.object(people[5]!, { about: 'skor', part: '4', words: 'Saya yakin butir itu memiliki dua kunci.' }, now),
      `SELECT count(*)::int AS n FROM objection WHERE words LIKE '%dua kunci%'`,
    ],
    [
      'marks one leak',
      () => scoring.leakItem(office, 'FIS-020', 'Beredar di grup percakapan.', now),
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
        support.orderPair(
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
    await twice(() => support.publishMatch(office, runId))
    value(await support.publishMatch(office, runId))
    expect(
      await sql(`SELECT r.state AS run, p.state AS pair FROM match_run r JOIN pairing p ON p.run_id = r.id WHERE p.id = $1`, [pairId]),
    ).toEqual([{ run: 'published', pair: 'proposed' }])
  })
  it('ends a pair: the first hand-over stays, and another one is told that there is no pair any more', async () => {
    const { pairId } = await aPair(people[0]!, people[4]!, 'published', 'active', now)
    const words = 'Sudah sampai turunan; lanjutkan dengan integral.'
    await twice(() => support.endOwnPair(people[4]!, pairId, words, now))
    expect(await support.endOwnPair(people[0]!, pairId, 'Kata lain yang datang belakangan saja.', now)).toMatchObject({ ok: false })
    expect(await sql(`SELECT handover FROM pairing WHERE id = $1`, [pairId])).toEqual([{ handover: words }])
  })
  it('agrees to a pair that the other side declines in the same moment: one of the two is told so', async () => {
    const { pairId } = await aPair(people[0]!, people[5]!, 'published', 'proposed', now)
    const said = await Promise.all([support.answerPair(people[0]!, pairId, true, now), support.answerPair(people[5]!, pairId, false, now)])
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
    const made = await Promise.all([1, 2, 3].map(() => support.certificateFor(tutor, pairId, now)))
    expect(new Set(made.map((m) => m!.code)).size).toBe(1)
  })
})
