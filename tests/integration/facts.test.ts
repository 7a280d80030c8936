import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { formFor } from '@/lib/instruments/inside'
import { inTransaction, sql } from '@/lib/platform/db'
import { ownResults } from '@/lib/scoring/service'
import { currentRules } from '@/lib/standards/rules-store'
import { insertScores, standingRun } from '@/lib/scoring/score-store'
import { whyArea } from '@/lib/plans/profile'
import * as support from '@/lib/plans/service'
import { agree, publishRun } from '@/lib/tutoring/store'
import { aSchool, aSitting, aTeacher, anAccount, idOf, openWorld } from './world'
import * as tutoring from '@/lib/tutoring/service'

/** One teacher, two tests and a practice after them: every screen tells the same of her, and practice tells nothing. */
let world: Awaited<ReturnType<typeof openWorld>>
let school: string
let head: Actor
const tested = new Date('2026-01-10T02:00:00Z')
const retested = new Date('2026-07-11T02:00:00Z')
const practised = new Date('2026-08-01T02:00:00Z')
const day = (text: string) => new Date(`${text}T02:00:00Z`)

const account = (teacherId: string): Actor => ({
  userId: null,
  seatId: null,
  teacherId,
  name: 'Guru',
  grants: [{ role: 'guru', regionId: null, schoolId: null, levelCodes: [] }],
})

type Scores = { total: number; domains: Record<string, [items: number, percent: number]> }

/** A closed and scored attempt at the mathematics test. */
async function sat(seatId: string, at: Date, { total, domains }: Scores): Promise<string> {
  const form = (await formFor('4', await idOf('subject', 'MTK')))!
  const attemptId = uuidv7()
  const run = await standingRun((await currentRules()).id, at)
  const row = (scope: 'total' | 'domain', scopeCode: string, items: number, percent: number) => ({
    attemptId,
    kind: 'raw' as const,
    scope,
    scopeCode,
    raw: (items * percent) / 100,
    max: items,
    percent,
    items,
  })
  await inTransaction(async (tx) => {
    await tx.query(
      `INSERT INTO attempt (id, seat_id, form_id, instrument_id, competency_code, seed, state, duration_seconds, started_at, closed_at) VALUES ($1,$2,$3,$4,'4',1,'closed',5400,$5,$5)`,
      [attemptId, seatId, form.formId, form.instrumentId, at],
    )
    const rows = Object.entries(domains).map(([code, [items, percent]]) => row('domain', code, items, percent))
    await insertScores(tx, run, [row('total', '', 40, total), ...rows])
  })
  return attemptId
}

const low: Scores = { total: 30, domains: { KAL: [20, 10], ALJ: [20, 50] } }
const high: Scores = { total: 90, domains: { KAL: [20, 95], ALJ: [20, 85] } }

/** A teacher who was weak, then strong, and who practised badly afterwards. */
async function teacher(name: string): Promise<{ id: string; me: Actor; practice: string }> {
  const id = await aTeacher(school, 'MTK', name)
  const first = await aSitting([id], tested, { code: `A${name}` })
  const second = await aSitting([id], retested, { code: `B${name}` })
  const third = await aSitting([id], practised, { code: `L${name}`, practice: true })
  await sat(first.seatIds[0]!, tested, low)
  await support.askForPlan(account(id), day('2026-01-20'))
  await sat(second.seatIds[0]!, retested, high)
  const practice = await sat(third.seatIds[0]!, practised, low)
  return { id, me: account(id), practice }
}

beforeAll(async () => {
  world = await openWorld()
  await support.tierRules()
  school = await aSchool()
  head = await anAccount('kepala-sekolah', { schoolId: school })
})
afterAll(() => world.close())

describe('practice', () => {
  it('stands behind every real result of its teacher, and says nothing of strengths, needs or plans', async () => {
    const { me, practice, id } = await teacher('P')
    const { parts } = await ownResults(me)
    expect(parts.map((p) => [p.seat.cycleName, p.counted])).toEqual([
      ['Siklus BP', true],
      ['Siklus AP', true],
      ['Siklus LP', false],
    ])
    expect(parts[2]).toMatchObject({ measure: null })
    const profiles = await support.ownProfiles(me)
    expect(profiles.map((p) => [p.cycleCode, p.latest])).toEqual([
      ['BP', true],
      ['AP', false],
    ])
    expect(profiles.some((p) => p.attemptId === practice)).toBe(false)
    expect(profiles[0]!.strengths.map((a) => a.code)).toEqual(['MTK:KAL', 'MTK:ALJ'])
    expect((await support.ownPlan(me, day('2026-08-10')))!.newer).toBe('BP')
    expect(id).toBe(me.teacherId)
  })

  it('leaves nothing to object to, but what happened and a wrong item may be told', async () => {
    const id = await aTeacher(school)
    const { seatIds } = await aSitting([id], practised, { practice: true })
    await sat(seatIds[0]!, practised, low)
    const say = (about: string) =>
      support.object(account(id), { about, part: '4', words: 'Menurut saya nilai latihan ini keliru sekali.' }, practised)
    expect(await say('skor')).toMatchObject({ ok: false, code: 'no-result' })
    expect(await say('jenjang')).toMatchObject({ ok: false, code: 'no-result' })
    expect(await say('butir')).toMatchObject({ ok: true })
  })
})

describe('the same facts at the same cycle', () => {
  it('stand on result, plan, tutor and the head’s page after a re-test, whatever the plan was made from', async () => {
    const { id, me } = await teacher('F')
    await support.acceptOwnPlan(me, day('2026-01-22'))
    const now = day('2026-08-10')
    const [latest] = await support.ownProfiles(me)
    const own = (await support.ownPlan(me, now))!
    expect(latest!.tier!.tier).toBe('penggerak')
    expect(own.plan.tiers[0]!.tier).not.toBe('penggerak')
    expect(own.tiers).toEqual([latest!.tier])
    for (const s of own.steps) expect(s.why).toBe(whyArea(s.areaTitle, 'strength'))
    expect((await tutoring.tutorDesk(me, now)).strengths).toEqual(latest!.strengths.map((a) => a.title))
    // Another proposal stands beside the accepted plan: the head reads one line, and the tier of now.
    await support.askForPlan(me, now)
    const line = (await support.schoolPlans(head)).filter((p) => p.teacherId === id)
    expect(line.map((p) => p.tiers)).toEqual([[latest!.tier]])
  })

  it('call nobody strong in an area in which somebody is at hand to teach it, and tell the learner what is reached', async () => {
    const { id, me } = await teacher('T')
    const helper = await aTeacher(school)
    const [old, now, before, runId] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()]
    for (const [pair, run, state] of [
      [old, before, 'superseded'],
      [now, runId, 'proposed'],
    ]) {
      await sql(`INSERT INTO match_run (id, cycle_code, state, rules, summary, created_at) VALUES ($1,'AT',$2,'{}','{}',$3)`, [
        run,
        state,
        tested,
      ])
      await sql(
        `INSERT INTO pairing (id, run_id, tutor_id, learner_id, code, goals, km, gap, band, pinned, state) VALUES ($1,$2,$3,$4,'MTK:KAL',ARRAY['MTK:KAL'],1,20,'sekolah',false,'proposed')`,
        [pair, run, helper, id],
      )
    }
    await sql(`UPDATE pairing SET state = 'ended', started_at = $2, ended_at = $3 WHERE id = $1`, [old, tested, day('2026-03-01')])
    await inTransaction((tx) => publishRun(tx, runId))
    for (const side of ['tutor', 'learner'] as const) await agree(now, side, day('2026-08-02'))
    const desk = await tutoring.tutorDesk(me, day('2026-08-10'))
    // The two people stand there once, with what they had before behind it.
    expect(desk.pairs.map((p) => [p.id, p.earlier.map((e) => e.id)])).toEqual([[now, [old]]])
    const calculus = desk.pairs[0]!.goals[0]!
    expect(desk.strengths).not.toContain(calculus)
    expect(desk.pairs[0]!.reached).toEqual([calculus])
  })
})

describe('a plan', () => {
  it('that is read and agreed to months later begins on the next Hari Belajar Guru after that, and is not moved once agreed', async () => {
    const id = await aTeacher(school)
    const { seatIds } = await aSitting([id], tested)
    await sat(seatIds[0]!, tested, low)
    await support.askForPlan(account(id), day('2026-01-20'))
    const shown = (await support.ownPlan(account(id), day('2026-03-06')))!
    expect(shown.steps[0]!.startsOn).toBe('2026-03-11')
    expect(shown.week).toMatchObject({ when: 'later' })
    await support.acceptOwnPlan(account(id), day('2026-03-06'))
    const agreed = await support.ownPlan(account(id), day('2026-03-06'))
    expect(agreed!.steps.map((s) => [s.startsOn, s.dueOn])).toEqual(shown.steps.map((s) => [s.startsOn, s.dueOn]))
    // Half a year later an agreed plan stands where it stood, and is told as behind.
    await support.acceptOwnPlan(account(id), day('2026-09-01'))
    const late = (await support.ownPlan(account(id), day('2026-09-01')))!
    expect(late.steps[0]!.startsOn).toBe('2026-03-11')
    expect(late.week.when).toBe('behind')
    // Its teacher may move a step, and a step that is taken up again lies ahead.
    expect(await support.changeOwnStep(account(id), late.steps[0]!.id, { what: 'later' }, day('2026-09-01'))).toMatchObject({ ok: true })
    expect((await support.ownPlan(account(id), day('2026-09-01')))!.steps[0]!.startsOn).toBe('2026-09-02')
  })

  it('offers real alternatives with their reason, takes none that it did not offer, and says so where there is none', async () => {
    const id = await aTeacher(school)
    const { seatIds } = await aSitting([id], tested)
    await sat(seatIds[0]!, tested, low)
    const me = account(id)
    await support.askForPlan(me, day('2026-01-20'))
    const now = day('2026-01-21')
    const [step] = (await support.ownPlan(me, now))!.steps
    expect(step!.others.length).toBeGreaterThan(0)
    for (const o of step!.others) expect(o.why).toContain(o.areaTitle)
    // A module of another subject is in the catalogue, and is no alternative.
    const swap = (to: string) => support.changeOwnStep(me, step!.id, { what: 'swap', module: to }, now)
    const [foreign] = await sql<{ code: string }>(
      `SELECT code FROM module WHERE active AND NOT 'MTK' = ANY(subjects) AND cardinality(subjects) > 0 LIMIT 1`,
    )
    expect(await swap(foreign!.code)).toMatchObject({ ok: false, code: 'module' })
    const chosen = step!.others[0]!
    expect(await swap(chosen.code)).toMatchObject({ ok: true })
    expect((await support.ownPlan(me, now))!.steps[0]).toMatchObject({ moduleCode: chosen.code, code: chosen.area })
    await sql(`UPDATE module SET active = false WHERE code <> $1`, [chosen.code])
    expect((await support.ownPlan(me, now))!.steps[0]!.others).toEqual([])
    await sql(`UPDATE module SET active = true`)
  })
})
