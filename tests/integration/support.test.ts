import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { Forbidden } from '@/lib/access/model'
import { sql } from '@/lib/platform/db'
import { shippedTierRules } from '@/lib/plans/model'
import * as supportInside from '@/lib/plans/inside'
import * as support from '@/lib/plans/service'
import { testedTeachers } from './stories'
import { aSchool, aTeacher, anAccount, openWorld } from './world'
import * as tutoring from '@/lib/tutoring/service'
import * as tutoringInside from '@/lib/tutoring/inside'

/** One strong mathematics teacher, four who want help with calculus, and the office: from result to help and back. */
let world: Awaited<ReturnType<typeof openWorld>>
let bgtk: Actor
let tutor: Actor
let learners: Actor[]
const tested = new Date('2026-01-10T02:00:00Z')
const later = (days: number) => new Date(tested.getTime() + days * 86_400_000)

beforeAll(async () => {
  world = await openWorld()
  bgtk = await anAccount('bgtk')
  ;[tutor, ...learners] = (await testedTeachers(5, tested)) as [Actor, ...Actor[]]
})
afterAll(() => world.close())

describe('a plan', () => {
  it('is proposed from the own result: thin areas, a tier by the stated loss, steps on Hari Belajar Guru before the next test', async () => {
    expect(await support.ownPlan(learners[0]!, later(7))).toBeNull()
    expect(await support.askForPlan(learners[0]!, later(7))).toMatchObject({ ok: true })
    const own = (await support.ownPlan(learners[0]!, later(7)))!
    expect(own.plan.tiers).toMatchObject([{ part: '4', tier: 'intensif' }])
    expect(own.plan.tiers[0]!.thin[0]).toBe('MTK:KAL')
    expect(own.steps[0]).toMatchObject({ code: 'MTK:KAL', moduleCode: 'MTK-02', state: 'proposed' })
    for (const s of own.steps) {
      expect(new Date(`${s.startsOn}T00:00:00Z`).getUTCDay()).toBe(shippedTierRules.learningDay)
      expect(new Date(s.dueOn) < later(26 * 7 - 14)).toBe(true)
    }
  })

  it('is the teacher’s: swapped, attended, finished with reflection and evidence, and nobody else may touch it', async () => {
    const me = learners[0]!
    const [step] = (await support.ownPlan(me, later(8)))!.steps
    await support.acceptOwnPlan(me, later(8))
    expect(await support.changeOwnStep(learners[1]!, step!.id, { what: 'take' }, later(9))).toMatchObject({ ok: false, code: 'not-found' })
    expect(await support.changeOwnStep(me, step!.id, { what: 'attend', on: '2026-01-21', hours: '2' }, later(20))).toMatchObject({
      ok: true,
    })
    // The same day again corrects, it does not add.
    await support.changeOwnStep(me, step!.id, { what: 'attend', on: '2026-01-21', hours: '3' }, later(20))
    expect(await support.changeOwnStep(me, step!.id, { what: 'attend', on: '2027-01-21', hours: '3' }, later(20))).toMatchObject({
      code: 'future',
    })
    expect(await support.changeOwnStep(me, step!.id, { what: 'finish', reflection: 'pendek', evidence: 'x' }, later(30))).toMatchObject({
      ok: false,
    })
    const finish = { what: 'finish', reflection: 'Murid bertanya lebih banyak daripada biasanya.', evidence: 'Lembar kerja murid' }
    expect(await support.changeOwnStep(me, step!.id, finish, later(30))).toMatchObject({ ok: true })
    const after = (await support.ownPlan(me, later(30)))!
    expect(after.steps[0]).toMatchObject({ state: 'done', attended: 3 })
  })

  it('that was accepted is not overwritten when the office proposes for everybody', async () => {
    const before = (await support.ownPlan(learners[0]!, later(40)))!.plan.id
    expect(await supportInside.proposePlans({}, later(40))).toBe(4)
    expect((await support.ownPlan(learners[0]!, later(40)))!.plan.id).toBe(before)
    expect(await support.ownPlan(learners[1]!, later(40))).not.toBeNull()
    expect((await support.progress(bgtk)).total).toMatchObject({ plans: 5, hours: 3 })
  })

  it('shows its effect before it is a rule, hides small groups, and keeps every version', async () => {
    const { figures: effect } = (await support.tierEffect(bgtk, shippedTierRules, '4')).open()
    expect(effect.tiers.map((t) => [t.key, t.n])).toEqual([
      ['intensif', 4],
      ['terbimbing', 0],
      ['mandiri', 0],
      ['penggerak', 1],
    ])
    const { figures: kind } = (await support.tierEffect(bgtk, { ...shippedTierRules, reading: 'kind' }, '4')).open()
    expect(kind.tiers.map((t) => t.n)).toEqual([0, 4, 0, 1])
    // Whom a rule reaches is told of groups that may be told of at all.
    expect(kind.reach === null).toBe(kind.n < kind.hideBelow)
    expect(effect.byRegion).toMatchObject([{ key: '18.10', n: [] }])
    await expect(support.tierEffect(learners[0]!, shippedTierRules, '4')).rejects.toThrow(Forbidden)
  })
})

describe('Sakai Sambaian', () => {
  let runId: string
  let pairs: string[]

  it('asks those whose lower limit reaches the line, and nobody else', async () => {
    expect(await tutoring.askForTutors(bgtk, later(10))).toEqual({ ok: true, value: 1 })
    expect((await tutoring.tutorDesk(tutor, later(10))).able).toBe(true)
    expect((await tutoring.tutorDesk(learners[0]!, later(10))).able).toBe(false)
    expect(await tutoring.startMatch(bgtk, later(10))).toMatchObject({ ok: false, code: 'no-tutors' })
    await tutoring.answerOffer(tutor, { answer: 'yes', capacity: '3' }, later(11))
  })

  it('matches as many as the tutor has room for, in the background, and is compared with first come, first served', async () => {
    const started = await tutoring.startMatch(bgtk, later(12))
    if (!started.ok) throw new Error(started.message)
    runId = started.value
    const summary = await tutoringInside.performMatch(runId, () => later(12))
    expect(summary).toMatchObject({
      tutors: 1,
      learners: 4,
      matched: 3,
      sameSchool: 1,
      unmatched: { 'kapasitas-habis': 1 },
      firstCome: { matched: 3 },
    })
    // Delivered twice by the queue, it is written once.
    await tutoringInside.performMatch(runId, () => later(12))
    const network = await tutoring.tutorNetwork(bgtk)
    expect(network.pairs).toHaveLength(3)
    expect((await tutoring.tutorDesk(tutor, later(12))).pairs).toEqual([])
  })

  it('shows no name before both sides have agreed', async () => {
    expect(await tutoring.publishMatch(bgtk, runId)).toMatchObject({ ok: true })
    const offered = (await tutoring.tutorDesk(tutor, later(13))).pairs
    expect(offered.map((p) => [p.side, p.partner, p.state])).toEqual(Array(3).fill(['tutor', null, 'proposed']))
    pairs = offered.map((p) => p.id)
    await tutoring.answerPair(tutor, pairs[0]!, true, later(13))
    const mine = async () => (await Promise.all(learners.map((l) => tutoring.tutorDesk(l, later(14))))).flatMap((d) => d.pairs)
    expect((await mine()).every((p) => p.partner === null)).toBe(true)
    const desks = await Promise.all(learners.map(async (l) => [l, (await tutoring.tutorDesk(l, later(14))).pairs[0]?.id] as const))
    const learner = desks.find(([, id]) => id === pairs[0])![0]
    expect(await tutoring.answerPair(learner, pairs[0]!, true, later(14))).toMatchObject({
      ok: true,
      value: expect.stringContaining('terbentuk') as string,
    })
    expect((await tutoring.tutorDesk(tutor, later(15))).pairs.find((p) => p.id === pairs[0])?.partner?.name).toBeTruthy()
  })

  it('takes a meeting log once however often it arrives, refuses those of others, and never tells a score', async () => {
    const log = (id: string, pairingId: string) => ({
      id,
      pairingId,
      heldOn: '2026-01-28',
      minutes: 90,
      topic: 'Laju perubahan',
      note: '',
      writtenAt: 1_769_580_000_000,
    })
    const own = log(uuidv7(), pairs[0]!)
    const notYet = log(uuidv7(), pairs[1]!)
    for (let i = 0; i < 2; i++) {
      const said = await tutoring.takeMeetings(tutor, { logs: [own, notYet] }, later(20))
      expect(said).toMatchObject({ ok: true, value: { kept: [own.id], refused: [{ id: notYet.id }] } })
    }
    const learner = (
      await Promise.all(learners.map(async (l) => [l, (await tutoring.tutorDesk(l, later(14))).pairs[0]?.id] as const))
    ).find(([, id]) => id === pairs[0])![0]
    const yes = { id: uuidv7(), meetingId: own.id, revision: 1, answer: 'yes', writtenAt: later(20).getTime() }
    expect(await tutoring.takeMeetings(learner, { answers: [yes] }, later(20))).toMatchObject({ ok: true, value: { kept: [yes.id] } })
    const desk = await tutoring.tutorDesk(tutor, later(20))
    expect(desk.pairs.find((p) => p.id === pairs[0])).toMatchObject({ minutes: 90, quiet: false })
    expect(JSON.stringify(desk.pairs)).not.toMatch(/"(percent|score|gap|points)"/)
    expect((await tutoring.tutorDesk(tutor, later(60))).pairs.find((p) => p.id === pairs[0])?.quiet).toBe(true)
  })

  it('certifies hours with a code that anybody can verify, the same code until another meeting is held', async () => {
    // Reading writes nothing: before it is issued there is none, and asking makes none.
    expect(await tutoring.ownCertificate(tutor, pairs[0]!)).toBeNull()
    expect(await sql(`SELECT 1 FROM certificate`)).toEqual([])
    const first = (await tutoring.certificateFor(tutor, pairs[0]!, later(30)))!
    expect((await tutoring.ownCertificate(tutor, pairs[0]!))!.code).toBe(first.code)
    expect(await tutoring.ownCertificate({ ...bgtk, teacherId: null, grants: tutor.grants }, pairs[0]!)).toBeNull()
    const look = (code: string, address = '10.4.4.4') => tutoringInside.lookUpCertificate(code, null, address)
    for (let i = 0; i < 70; i++) expect(await look(first.code)).toMatchObject({ ok: true, value: { code: first.code } })
    for (let i = 0; i < 60; i++) expect(await look('ZZZZ-ZZZZ-ZZZZ')).toEqual({ ok: true, value: null })
    expect(await look('ZZZZ-ZZZZ-ZZZZ')).toMatchObject({ ok: false, code: 'wait' })
    expect(await look(first.code, '10.4.4.5')).toMatchObject({ ok: true, value: { code: first.code } })
    expect(first).toMatchObject({ side: 'tutor', meetings: 1, minutes: 90 })
    expect((await tutoring.certificateFor(tutor, pairs[0]!, later(31)))!.code).toBe(first.code)
    expect(await tutoringInside.verifyCertificate(first.code.replace(/(.{4})/g, '$1 ').toLowerCase())).toMatchObject({ name: first.name })
    expect(await tutoringInside.verifyCertificate('0000-0000-0000')).toBeNull()
    expect(await tutoring.certificateFor(bgtk.userId ? { ...bgtk, grants: tutor.grants } : bgtk, pairs[0]!, later(31))).toBeNull()
  })

  it('ends with a hand-over, and a forbidden pair is not proposed again', async () => {
    expect(await tutoring.endOwnPair(tutor, pairs[0]!, 'selesai', later(40))).toMatchObject({ ok: false, code: 'handover' })
    expect(await tutoring.endOwnPair(tutor, pairs[0]!, 'Turunan sudah dipahami, lanjutkan integral.', later(40))).toMatchObject({
      ok: true,
    })
    const pair = (await tutoring.tutorNetwork(bgtk)).pairs.find((p) => p.id === pairs[0])!
    await tutoring.orderPair(
      bgtk,
      { kind: 'forbid', tutorId: pair.tutorId, learnerId: pair.learnerId, reason: 'atas permintaan' },
      later(41),
    )
    const started = await tutoring.startMatch(bgtk, later(42))
    if (!started.ok) throw new Error(started.message)
    await tutoringInside.performMatch(started.value, () => later(42))
    const again = await tutoring.tutorNetwork(bgtk)
    expect(again.pairs.some((p) => p.learnerId === pair.learnerId)).toBe(false)
    expect(again.pairs).toHaveLength(3)
  })
})

describe('a class', () => {
  const code = 'MTK-02'

  it('is not opened for a handful', async () => {
    expect((await support.classes(bgtk, code)).proposal.leftovers.length).toBeGreaterThan(0)
    expect(await support.openClasses(bgtk, code, 0, later(50))).toMatchObject({ ok: false, code: 'few' })
  })

  it('takes everybody near once, and attendance counts once a day however often it is noted', async () => {
    const school = await aSchool()
    const [rule] = await sql<{ id: string }>(`SELECT id FROM tier_rule LIMIT 1`)
    for (let i = 0; i < 12; i++) {
      const plan = uuidv7()
      await sql(
        `INSERT INTO plan (id, teacher_id, cycle_code, rule_id, tiers, state, proposed_at) VALUES ($1, $2, 'X', $3, '[]', 'accepted', now())`,
        [plan, await aTeacher(school), rule!.id],
      )
      await sql(
        `INSERT INTO plan_step (id, plan_id, module_id, part, code, why, position, state, starts_on, due_on)
         SELECT $1, $2, id, '4', 'MTK:KAL', 'uji', 1, 'agreed', '2026-02-04', '2026-03-11' FROM module WHERE code = $3`,
        [uuidv7(), plan, code],
      )
    }
    // Twice at once, and once more long after: it is the class that was asked for, and no second one.
    const opened = await Promise.all([50, 50].map((minute) => support.openClasses(bgtk, code, 0, later(minute))))
    expect([...opened, await support.openClasses(bgtk, code, 0, later(500))]).toEqual(Array(3).fill({ ok: true, value: 1 }))
    expect(await support.openClasses(bgtk, code, 1, later(50))).toMatchObject({ ok: false, code: 'few' })
    const view = await support.classes(bgtk, code)
    expect(view.proposal.classes).toEqual([])
    const people = view.standing[0]!.people
    expect(people.length).toBeGreaterThanOrEqual(12)
    const steps = people.map((p) => p.stepId)
    for (let i = 0; i < 2; i++)
      expect(await support.noteClass(bgtk, { on: '2026-02-04', hours: '4', steps }, later(60))).toMatchObject({ ok: true })
    expect((await support.classes(bgtk, code)).standing[0]).toMatchObject({ held: 1, lastHeld: '2026-02-04' })
    const [hours] = await sql<{ n: number }>(`SELECT sum(hours)::float8 AS n FROM step_attendance WHERE step_id = ANY($1::uuid[])`, [steps])
    expect(hours!.n).toBe(4 * steps.length)
    expect(await support.noteClass(bgtk, { on: '2099-01-01', hours: '4', steps }, later(60))).toMatchObject({ ok: false, code: 'future' })
  })
})

describe('a plan that is proposed anew', () => {
  it('gives way to the new one, unless somebody goes by it already: no hour that was noted is lost', async () => {
    const teacherId = learners[2]!.teacherId!
    await sql(`DELETE FROM plan WHERE teacher_id = $1`, [teacherId])
    expect(await supportInside.proposePlans({ teacherId }, later(70))).toBe(1)
    const standing = async () =>
      (
        await sql<{ plan: string; step: string; hours: number | null }>(
          `SELECT p.id AS plan, s.id AS step, a.hours FROM plan p JOIN plan_step s ON s.plan_id = p.id LEFT JOIN step_attendance a ON a.step_id = s.id
            WHERE p.teacher_id = $1 ORDER BY s.position LIMIT 1`,
          [teacherId],
        )
      )[0]!
    const first = await standing()
    expect(await supportInside.proposePlans({ teacherId }, later(71))).toBe(1)
    const second = await standing()
    expect(second.plan).not.toBe(first.plan)
    await sql(`INSERT INTO step_attendance (id, step_id, held_on, hours, noted_at) VALUES ($1, $2, '2026-02-04', 4, now())`, [
      uuidv7(),
      second.step,
    ])
    expect(await supportInside.proposePlans({ teacherId }, later(72))).toBe(0)
    expect(await standing()).toEqual({ ...second, hours: 4 })
    // Asking for one's own plan finds it there instead of saying that there is no result.
    expect(await support.askForPlan(learners[2]!, later(72))).toMatchObject({ ok: true })
  })
})

describe('an objection', () => {
  it('reaches a person with a day on it, is answered once, and three at most are open', async () => {
    const words = { about: 'skor', part: '4', words: 'Saya yakin butir tentang turunan memiliki dua kunci.' }
    const me = learners[2]!
    const about = (n: number) => ({ ...words, words: `${words.words} Butir ${n}.` })
    for (let i = 0; i < 3; i++) expect(await support.object(me, about(i), later(5))).toMatchObject({ ok: true })
    expect(await support.object(me, about(3), later(5))).toMatchObject({ ok: false, code: 'open' })
    const [first] = await support.objections(bgtk)
    const answer = { decision: 'dijelaskan', answer: 'Kunci diperiksa dua dosen; penjelasannya terlampir.' }
    expect(await support.answerObjection(bgtk, first!.id, answer, later(6))).toMatchObject({ ok: true })
    expect(await support.answerObjection(bgtk, first!.id, answer, later(6))).toMatchObject({ ok: true })
    const other = { ...answer, answer: 'Jawaban lain dari orang yang datang kemudian.' }
    expect(await support.answerObjection(bgtk, first!.id, other, later(6))).toMatchObject({ ok: false, code: 'answered' })
    expect((await support.ownObjections(me)).filter((o) => o.answer)).toHaveLength(1)
    await expect(support.objections(tutor)).rejects.toThrow(Forbidden)
  })
})

describe('a module', () => {
  it('takes no link but one of the web, whatever the office types', async () => {
    const [module] = await support.catalogue(bgtk)
    const seen = module!.updatedAt.getTime()
    const fields = { capacity: '', startsOn: '', endsOn: '', cost: 0, provider: 'BGTK Lampung', active: true, seen }
    const change = (link: string) => support.changeModule(bgtk, module!.code, { ...fields, link }, later(7))
    for (const link of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      ' javascript:alert(1)',
      'data:text/html,<script>',
      'vbscript:x',
      'file:///etc/passwd',
      '//lain.example',
      'tes',
    ])
      expect([link, await change(link)]).toEqual([link, expect.objectContaining({ ok: false, code: 'module' })])
    expect(await change('https://guru.kemdikbud.go.id/modul?a=1')).toEqual({ ok: true, value: null })
    expect((await support.catalogue(bgtk)).find((m) => m.code === module!.code)?.link).toBe('https://guru.kemdikbud.go.id/modul?a=1')
  })
})
