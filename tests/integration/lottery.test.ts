import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import { sql } from '@/lib/platform/db'
import * as supportInside from '@/lib/plans/inside'
import { commitmentOf, drawnTickets } from '@/lib/plans/lottery'
import * as support from '@/lib/plans/service'
import * as tutoring from '@/lib/tutoring/service'
import * as tutoringInside from '@/lib/tutoring/inside'
import { testedTeachers, value } from './stories'
import { anAccount, openWorld } from './world'

/** A class with fewer seats than people near a line: told first, drawn once, and the second group is called when its turn comes. */
let world: Awaited<ReturnType<typeof openWorld>>
let bgtk: Actor
let people: Actor[]
const tested = new Date('2026-01-10T02:00:00Z')
const later = (days: number) => new Date(tested.getTime() + days * 86_400_000)
const day = (days: number) => later(days).toISOString().slice(0, 10)
const MODULE = 'MTK-02'
let cycle: string
/** The follow-up is due half a year later; the second group begins a month after. */
const SECOND = day(26 * 7 + 30)
const asked = (more: Record<string, string> = {}) => ({
  ...{ module: MODULE, cycle, tier: 'terbimbing', seats: '8', band: '30', drawOn: day(20), secondOn: SECOND },
  note: 'Surat 12/2026: fasilitator hanya satu.',
  ...more,
})
const ownStep = async (actor: Actor, at: Date) => (await support.ownPlan(actor, at))!.steps.find((s) => s.moduleCode === MODULE)!
const standing = async () => (await support.lotteryDesk(bgtk)).lotteries.find((l) => l.state !== 'cancelled')!

beforeAll(async () => {
  world = await openWorld()
  bgtk = await anAccount('bgtk')
  await support.tierRules()
  people = (await testedTeachers(21, tested)).slice(1)
  await supportInside.proposePlans({}, later(7))
  cycle = (await sql<{ code: string }>(`SELECT DISTINCT cycle_code AS code FROM plan`))[0]!.code
})
afterAll(() => world.close())

describe('a lottery of seats', () => {
  it('does not exist before the office announces it, and is tried without writing anything', async () => {
    const before = await support.classes(bgtk, MODULE, later(8))
    expect([before.lottery, before.proposal.classes.flatMap((c) => c.members).length]).toEqual([null, 20])
    expect((await ownStep(people[0]!, later(8))).lot).toBeNull()
    const trial = (await support.lotteryTrial(bgtk, asked(), later(8)))!
    expect(trial).toMatchObject({ certain: 0, near: 20, behind: 0, seats: { lot: true, left: 8 } })
    const desk = await support.lotteryDesk(bgtk, later(8))
    expect([desk.lotteries, desk.choices.find((c) => c.module === MODULE)?.waiting]).toEqual([[], 20])
    await expect(support.announceLottery(people[0]!, asked(), later(8))).rejects.toThrow(Forbidden)
  })
  it('is refused while seats are free for all, and where the second turn would come before the re-test', async () => {
    expect(await support.announceLottery(bgtk, asked({ seats: '20' }), later(8))).toMatchObject({ code: 'no-lot' })
    expect(await support.announceLottery(bgtk, asked({ secondOn: day(60) }), later(8))).toMatchObject({ code: 'secondOn' })
    expect(await support.announceLottery(bgtk, asked({ drawOn: day(2) }), later(8))).toMatchObject({ code: 'drawOn' })
    expect((await support.lotteryDesk(bgtk)).lotteries).toEqual([])
  })
  it('may be called off before the draw, with a reason, and its people wait as before', async () => {
    const id = value(await support.announceLottery(bgtk, asked({ note: 'Surat 11/2026, nomor yang keliru.' }), later(8)))
    expect(await support.cancelLottery(bgtk, id, 'pendek', later(8))).toMatchObject({ code: 'reason' })
    value(await support.cancelLottery(bgtk, id, 'Nomor suratnya keliru.', later(8)))
    value(await support.cancelLottery(bgtk, id, 'Nomor suratnya keliru.', later(8)))
    expect(await support.drawLottery(bgtk, id, 'dadu 4', later(26))).toMatchObject({ code: 'cancelled' })
    expect((await support.classes(bgtk, MODULE, later(8))).lottery).toBeNull()
    expect((await ownStep(people[0]!, later(8))).lot).toBeNull()
  })
  it('binds its seed by a hash, tells every teacher, and nobody goes into a class or notes hours before the draw', async () => {
    const id = value(await support.announceLottery(bgtk, asked(), later(8)))
    expect(value(await support.announceLottery(bgtk, asked(), later(8)))).toBe(id)
    expect(await support.announceLottery(bgtk, asked({ seats: '9' }), later(8))).toMatchObject({ code: 'standing' })
    const l = await standing()
    expect(l).toMatchObject({ state: 'announced', seed: null, word: null, near: 20, left: 8, drawn: [] })
    const view = await support.classes(bgtk, MODULE, later(8))
    expect([view.lottery, view.proposal.classes]).toMatchObject([{ state: 'announced', kept: 20 }, []])
    const step = await ownStep(people[0]!, later(8))
    expect(step.lot).toMatchObject({ state: 'announced', place: 'candidate', near: 20, left: 8, commitment: l.commitment, seed: null })
    const attend = { what: 'attend', on: day(15), hours: '2' }
    expect(await support.changeOwnStep(people[0]!, step.id, attend, later(16))).toMatchObject({ code: 'lottery' })
    // Proposing again for everybody takes nobody out of it.
    await supportInside.proposePlans({}, later(9))
    expect((await ownStep(people[0]!, later(9))).id).toBe(step.id)
  })
  it('is drawn on its day, once: the same again answers the same, another word is refused, and the database refuses everybody', async () => {
    const { id, commitment, list } = await standing()
    expect(await support.drawLottery(bgtk, id, 'dadu 4 2 6', later(10))).toMatchObject({ code: 'early' })
    expect(value(await support.drawLottery(bgtk, id, 'dadu 4 2 6', later(21)))).toEqual({ drawn: 8, waiting: 12 })
    expect(value(await support.drawLottery(bgtk, id, 'dadu 4 2 6', later(22)))).toEqual({ drawn: 8, waiting: 12 })
    expect(await support.drawLottery(bgtk, id, 'dadu 1 1 1', later(22))).toMatchObject({ code: 'drawn' })
    expect(await support.cancelLottery(bgtk, id, 'hasilnya tidak disukai', later(22))).toMatchObject({ code: 'drawn' })
    expect(await support.announceLottery(bgtk, asked({ seats: '7' }), later(19))).toMatchObject({ code: 'standing' })
    for (const text of [
      `UPDATE lottery SET word = 'lain'`,
      `UPDATE lottery_member SET place = 'drawn' WHERE place = 'waiting'`,
      `DELETE FROM lottery`,
    ])
      await expect(sql(text)).rejects.toThrow(/stands as it was/)
    const l = await standing()
    const holders = await sql<{ id: string }>(
      `SELECT step_id AS id FROM lottery_member WHERE lottery_id = $1 AND ticket IS NOT NULL ORDER BY ticket`,
      [id],
    )
    // Anybody can draw again and compare.
    const holding = holders.map((h) => h.id)
    expect([l.commitment, commitmentOf(l.seed!, holding, 8)]).toEqual([commitment, commitment])
    expect(l.list).toBe(list)
    expect([...drawnTickets(l.seed!, 'dadu 4 2 6', 20, 8)].sort((a, b) => a - b)).toEqual(l.drawn)
  })
  it('gives the first group its class now and keeps the places of the second until its turn, in which it comes first', async () => {
    const now = await support.classes(bgtk, MODULE, later(22))
    expect(now.lottery).toMatchObject({ state: 'drawn', kept: 12 })
    const lots = await Promise.all(people.map(async (p) => [p, await ownStep(p, later(22))] as const))
    const first = lots.filter(([, s]) => s.lot!.place === 'drawn')
    const second = lots.filter(([, s]) => s.lot!.place === 'waiting')
    expect([first.length, second.length]).toEqual([8, 12])
    expect(now.proposal.classes.flatMap((c) => c.members).sort()).toEqual(
      now.proposal.classes.length ? first.map(([, s]) => s.id).sort() : [],
    )
    const [waiting, step] = second[0]!
    expect(step.startsOn >= SECOND).toBe(true)
    // Agreeing to the plan keeps the promised day, though it lies behind the next test.
    value(await support.acceptOwnPlan(waiting, later(23)))
    expect(await ownStep(waiting, later(23))).toMatchObject({ state: 'agreed', startsOn: step.startsOn })
    const attend = (on: string) => ({ what: 'attend', on, hours: '2' })
    expect(await support.changeOwnStep(waiting, step.id, attend(day(30)), later(31))).toMatchObject({ code: 'lottery' })
    expect(await support.changeOwnStep(first[0]![0], first[0]![1].id, attend(day(30)), later(31))).toMatchObject({ ok: true })
    // The term has come: the second group is placed.
    const turn = new Date(`${SECOND}T03:00:00Z`)
    const then = await support.classes(bgtk, MODULE, turn)
    expect(then.lottery).toBeNull()
    const placed = then.proposal.classes.flatMap((c) => c.members)
    for (const [, s] of second) expect(placed).toContain(s.id)
    expect(await support.changeOwnStep(waiting, step.id, attend(SECOND), new Date(turn.getTime() + 86_400_000))).toMatchObject({ ok: true })
  })
})

describe('a lot among equals in the matching', () => {
  const at = new Date('2026-09-10T02:00:00Z')
  const minute = (n: number) => new Date(at.getTime() + n * 60_000)
  const desks = () => Promise.all(learners.map((l) => tutoring.tutorDesk(l, at)))
  let learners: Actor[]
  it('is off unless it is asked for, has one seed a cycle, and says who waits', async () => {
    const [tutor, ...others] = (await testedTeachers(9, new Date('2026-09-01T02:00:00Z'))) as [Actor, ...Actor[]]
    learners = others
    await tutoring.askForTutors(bgtk, at)
    await tutoring.answerOffer(tutor, { answer: 'yes', capacity: '3' }, at)
    const plain = value(await tutoring.startMatch(bgtk, at))
    expect((await tutoringInside.performMatch(plain, () => at)).lot).toBeUndefined()
    expect((await tutoring.tutorNetwork(bgtk)).runs[0]!.lot).toBeNull()
    const one = value(await tutoring.startMatch(bgtk, minute(1), true))
    const [running] = (await tutoring.tutorNetwork(bgtk)).runs
    expect(running!.lot).toMatchObject({ seed: null, print: expect.stringMatching(/^[0-9a-f]{64}$/) as string })
    const first = await tutoringInside.performMatch(one, () => at)
    expect(first.lot!.waiting).toBeGreaterThan(0)
    const again = value(await tutoring.startMatch(bgtk, minute(2), true))
    expect((await tutoringInside.performMatch(again, () => at)).lot).toEqual(first.lot)
    const drawn = (run: string) => sql(`SELECT learner_id, number, served FROM match_lot WHERE run_id = $1 ORDER BY 1`, [run])
    expect(await drawn(again)).toEqual(await drawn(one))
    // Nobody is told of a proposal that is not shared yet.
    expect((await desks()).every((d) => d.lot === null)).toBe(true)
    value(await tutoring.publishMatch(bgtk, again))
    const told = (await desks()).map((d) => d.lot)
    expect(told.filter((l) => l === 'waiting').length).toBeGreaterThan(0)
    expect(told.filter((l) => l === 'served').length).toBeGreaterThan(0)
  })
  it('lets those who waited come first in the next matching', async () => {
    const waited = (await tutoringInside.matchInput()).learners.filter((l) => l.waited)
    expect(waited.length).toBeGreaterThan(0)
  })
})
