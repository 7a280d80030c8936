import { assemblyDesk } from '@/lib/assembly/blueprint-service'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import * as instruments from '@/lib/instruments/service'
import { inTransaction, sql } from '@/lib/platform/db'
import { currentRules } from '@/lib/standards/rules-store'
import * as scoring from '@/lib/scoring/service'
import { forget } from '@/lib/sittings/personal-store'
import * as sittings from '@/lib/sittings/service'
import { shippedTierRules } from '@/lib/plans/model'
import * as support from '@/lib/plans/service'
import { aDraftRun, aPair, askedToWrite, draft, testedTeachers, value } from './stories'
import { aSchool, aTeacher, anAccount, idOf, openWorld } from './world'
import * as tutoring from '@/lib/tutoring/service'
import * as assemblyRoom from '@/lib/assembly/service'
import * as standards from '@/lib/standards/service'

/** Two people in the same moment each get their own, and the database decides which. */
let world: Awaited<ReturnType<typeof openWorld>>
let office: Actor
let colleague: Actor
let people: Actor[]
const now = new Date('2026-03-02T01:00:00Z')
const tested = new Date('2026-01-10T02:00:00Z')
const minutes = { '4': 90, '1': 60, '2': 60, '3': 60 }
const later = (days: number) => new Date(tested.getTime() + days * 86_400_000)
const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>
const count = async (text: string, values: unknown[] = []) => (await sql<{ n: number }>(text, values))[0]!.n
/** As many at once as connections allow; all answers, refusals thrown. */
const atOnce = async <T>(work: ((i: number) => Promise<{ ok: true; value: T } | { ok: false; message: string }>)[]): Promise<T[]> =>
  (await Promise.all(work.map((w, i) => w(i)))).map(value)

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
  it('change one item: one is saved, and nobody’s text is buried under another’s', async () => {
    const saved = await Promise.all(
      [1, 2, 3].map((n) =>
        instruments.saveItem(office, 'MTK', { ...draft, code: 'MTK-002', seen: 1, stem: `Kalimat baru ${n} untuk soal.` }, now),
      ),
    )
    expect(saved.map((s) => (s.ok ? s.value.version : s.code)).sort()).toEqual([2, 'overtaken', 'overtaken'])
  })
  it('import files: the drafts of both are there, each under its own code', async () => {
    const file = (city: string) => bytes(`Ibu kota dari ${city} adalah\nA. Metro\nB. Kota ${city}\nANSWER: B\n`)
    const done = await atOnce(['Aceh', 'Riau'].map((city) => () => instruments.importItems(office, 'GEO', file(city), {}, now)))
    expect(new Set(done.map((d) => d.rows[0]!.code)).size).toBe(2)
    expect(done.map((d) => d.rows[0]!.outcome)).toEqual(['Draf baru', 'Draf baru'])
  })
  it('save blueprints: one is saved, and the others hear of it', async () => {
    const saved = await Promise.all(
      [2, 3, 4].map((n) => assemblyRoom.saveBlueprint(office, 'FIS', { length: 8, cells: [{ level: 'L3', count: String(n) }] }, now)),
    )
    expect(saved.map((s) => (s.ok ? 'saved' : s.code)).sort()).toEqual(['overtaken', 'overtaken', 'saved'])
    const id = await idOf('instrument', 'FIS')
    expect(await sql(`SELECT version FROM blueprint WHERE instrument_id = $1`, [id])).toEqual([{ version: 1 }])
  })
  it('exchange items of one assembly: neither exchange is lost', async () => {
    const id = value(await assemblyRoom.startAssembly(office, 'FIS', { forms: '1', minutes: '90' }, now))
    const spare = (await assemblyRoom.assemblyPage(office, 'FIS', id))!.spare.map((s) => s.versionId)
    const [a, b] = [spare.slice(0, 2), spare.slice(2, 4)]
    await assemblyDesk.end(
      id,
      'done',
      [
        { label: 'A', items: a },
        { label: 'B', items: b },
      ],
      'uji',
    )
    await atOnce([
      () => assemblyRoom.swapItem(office, 'FIS', id, { label: 'A', out: a[0]!, in: spare[5]! }),
      () => assemblyRoom.swapItem(colleague, 'FIS', id, { label: 'B', out: b[0]!, in: spare[6]! }),
    ])
    const forms = (await assemblyRoom.assemblyPage(office, 'FIS', id))!.assembly.forms!
    expect(forms.map((f) => f.items)).toEqual([
      [spare[5], a[1]],
      [spare[6], b[1]],
    ])
  })
  it('freeze forms of one instrument: each has its code', async () => {
    const id = await idOf('instrument', 'FIS')
    const made = await atOnce(
      [1, 2, 3].map((n) => () => assemblyDesk.freeze(id, now, { label: null, items: [`FIS-00${n}`, `FIS-01${n}`] })),
    )
    const codes = await sql<{ code: string }>(`SELECT DISTINCT code FROM form WHERE id = ANY($1::uuid[])`, [made])
    expect(codes).toHaveLength(3)
  })
  it('put settings of results into force: one does, and the other sees what stands first; rules of tiers are numbered one after the other', async () => {
    const fields = (await support.tierRules()).version
    const { rules, version: seen } = await currentRules()
    const changed = await Promise.all([
      standards.changeRules(office, { ...rules, hatchBelow: rules.hatchBelow + 1 }, 'Surat nomor 1', seen),
      standards.changeRules(colleague, { ...rules, hatchBelow: rules.hatchBelow + 2 }, 'Surat nomor 2', seen),
    ])
    expect(changed.filter((r) => r.ok)).toHaveLength(1)
    expect(changed.find((r) => !r.ok)).toMatchObject({ code: 'overtaken' })
    expect(await sql(`SELECT version FROM rule_version ORDER BY 1`)).toEqual([1, 2].map((version) => ({ version })))
    const store = await import('@/lib/plans/store')
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
      sittings.addParticipants(office, sittingId, { identifiers: list.join('\n'), roomSize: '2' }, list.length, now)
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
    await atOnce([() => tutoring.publishMatch(office, one.runId), () => tutoring.publishMatch(colleague, two.runId)])
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
    const formId = value(await assemblyDesk.freeze(id, now, { label: 'L', items: ['SOS-001', 'SOS-002'] }))
    await sql(
      `DELETE FROM form_item WHERE form_id <> $1 AND item_version_id IN (SELECT item_version_id FROM form_item WHERE form_id = $1)`,
      [formId],
    )
    await Promise.all([instruments.markItem(office, 'SOS-001', { anchor: true }, now), assemblyRoom.makePracticeForm(colleague, formId)])
    expect(await count(`SELECT count(*)::int AS n FROM item WHERE code = 'SOS-001' AND anchor AND practice`)).toBe(0)
  })
})
