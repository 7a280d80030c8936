import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { formFor, instrumentByCode, scoringItems } from '@/lib/instruments/inside'
import { insertMany, pool, sql } from '@/lib/platform/db'
import { normal, seeded } from '@/lib/platform/random'
import * as scoringInside from '@/lib/scoring/inside'
import * as scoring from '@/lib/scoring/service'
import { analyseInstrument, type AnalysisInput } from '@/lib/calibration/analyse-instrument'
import { computeInThread } from '@/scripts/compute'
import { itemKey } from '@/lib/calibration/service'
import { correctKey } from '@/lib/instruments/service'
import { aSchool, aSitting, aTeacher, anAccount, idOf, openWorld, participant } from './world'
import { answersOf } from '@/lib/items/types/answers'
import * as calibrationRoom from '@/lib/calibration/inside'
import { cancelCalibration, startCalibration } from '@/lib/calibration/service'

/** One mathematics test of 240 people, drawn from the keys, but one key in the form is not the one people know. */
let world: Awaited<ReturnType<typeof openWorld>>
let bgtk: Actor
let seats: { seatId: string; teacherId: string; attemptId: string }[] = []
let wrong: { itemVersionId: string; code: string; typed: string; truth: string }
let cycle: string
let calibrationId: string
let firstRun: string

const day = new Date('2026-03-01T02:00:00Z')
const compute: calibrationRoom.Compute = (input, heard) => Promise.resolve(analyseInstrument(input, heard))

beforeAll(async () => {
  world = await openWorld()
  bgtk = await anAccount('bgtk')
  const school = await aSchool()
  const teachers = await Promise.all(Array.from({ length: 240 }, () => aTeacher(school)))
  cycle = 'UKUR'
  const { seatIds } = await aSitting(teachers, day, { code: cycle })
  const form = (await formFor('4', await idOf('subject', 'MTK')))!
  const items = await scoringItems(form.formId)
  const random = seeded(4)
  const single = items.find((i) => i.scoring.type === 'single')!
  const typed = single.scoring.type === 'single' ? single.scoring.key : ''
  const truth = (single.content as { options: { id: string }[] }).options.find((o) => o.id !== typed)!.id
  wrong = { itemVersionId: single.itemVersionId, code: single.itemCode, typed, truth }
  const attempts: unknown[][] = []
  const responses: unknown[][] = []
  seats = seatIds.map((seatId, i) => ({ seatId, teacherId: teachers[i]!, attemptId: uuidv7() }))
  for (const [i, s] of seats.entries()) {
    const ability = 1.2 * normal(random)
    attempts.push([s.attemptId, s.seatId, form.formId, form.instrumentId, '4', i, 'closed', 5400, day, day])
    for (const item of items) {
      const chance = 1 / (1 + Math.exp(-1.5 * ability))
      if (item.scoring.type === 'numeric' || item.scoring.type === 'matching') {
        const value = answersOf(item.content.type).simulated(item.content, item.scoring, chance, random)
        responses.push([s.attemptId, item.itemVersionId, value, day, 'uji', 1])
        continue
      }
      const right = random() < chance
      const known = item.itemVersionId === wrong.itemVersionId ? truth : item.scoring.type === 'single' ? item.scoring.key : null
      const value =
        known === null
          ? right && item.scoring.type === 'multiple'
            ? item.scoring.keys
            : item.scoring.type === 'truefalse'
              ? Object.fromEntries(Object.entries(item.scoring.keys).map(([id, key]) => [id, right ? key : random() < 0.5]))
              : null
          : right
            ? known
            : (item.content as { options: { id: string }[] }).options[Math.floor(random() * 4)]!.id
      if (value !== null) responses.push([s.attemptId, item.itemVersionId, value, day, 'uji', 1])
    }
  }
  await insertMany(
    pool(),
    'attempt',
    {
      id: 'uuid',
      seat_id: 'uuid',
      form_id: 'uuid',
      instrument_id: 'uuid',
      competency_code: 'text',
      seed: 'int',
      state: 'text',
      duration_seconds: 'int',
      started_at: 'timestamptz',
      closed_at: 'timestamptz',
    },
    attempts,
  )
  await insertMany(
    pool(),
    'response',
    { attempt_id: 'uuid', item_version_id: 'uuid', value: 'jsonb', at: 'timestamptz', device: 'text', seq: 'int' },
    responses,
  )
  for (const s of seats) await scoringInside.scoreAttempt(s.attemptId)
})
afterAll(() => world.close())

const calibrated = async (): Promise<string> => {
  const started = await startCalibration(bgtk, { instrument: 'MTK', cycles: [cycle] }, new Date())
  if (!started.ok) throw new Error(started.message)
  expect(await calibrationRoom.performCalibration(started.value, compute, () => new Date())).toMatchObject({ state: 'done' })
  return started.value
}
const scored = async (id: string): Promise<string> => {
  const started = await scoring.startScoreRun(bgtk, id, new Date())
  if (!started.ok) throw new Error(started.message)
  await scoringInside.performScoreRun(started.value)
  return started.value
}
const results = () => scoring.ownResults(participant(seats[0]!.seatId, seats[0]!.teacherId))

describe('before the first calibration', () => {
  it('a teacher has raw scores and no measure', async () => {
    const { parts } = await results()
    expect(parts[0]!.measure).toBeNull()
    expect(parts[0]!.total).not.toBeNull()
  })
  it('an instrument that too few people took is refused with a sentence', async () => {
    const refused = await startCalibration(bgtk, { instrument: 'FIS', cycles: [cycle] }, new Date())
    expect(refused).toMatchObject({ ok: false, code: 'few' })
  })
})

describe('a calibration', () => {
  it('is a record with hash, model, rule in words, convergence and every item', async () => {
    calibrationId = await calibrated()
    const page = (await scoring.calibrationPage(bgtk, calibrationId))!
    expect(page.row).toMatchObject({ state: 'done', converged: true, n: 240, engine: calibrationRoom.ENGINE })
    expect(page.row.dataHash).toMatch(/^[0-9a-f]{64}$/)
    expect(page.row.settings.model).toBe('pcm')
    expect(page.row.settings.rule).toContain('Tes bidang studi')
    expect(page.parameters).toBe(20)
  })
  it('cannot be changed once it is finished, nor can its parameters', async () => {
    await expect(sql(`UPDATE calibration SET log_lik = 0 WHERE id = $1`, [calibrationId])).rejects.toThrow('append-only')
    const change = `UPDATE item_parameter SET a = 2 WHERE calibration_id = $1`
    await expect(sql(change, [calibrationId])).rejects.toThrow('permission denied')
    await expect(world.asOwner(change, [calibrationId])).rejects.toThrow('append-only')
  })
  it('of the same data is the same record, to the last digit', async () => {
    const again = await calibrated()
    const rows = await sql<{ hash: string; ll: number }>(
      `SELECT data_hash AS hash, log_lik AS ll FROM calibration WHERE id = ANY($1::uuid[])`,
      [[calibrationId, again]],
    )
    expect(rows[0]).toEqual(rows[1])
    const items = await sql<{ a: number; d: number[] }>(
      `SELECT a, d FROM item_parameter WHERE calibration_id = ANY($1::uuid[]) ORDER BY item_version_id`,
      [[calibrationId, again]],
    )
    for (let i = 0; i < items.length; i += 2) expect(items[i]).toEqual(items[i + 1])
  })
  it('computed in a thread of its own is the same to the last bit, can be watched, and stops when told to', async () => {
    const inputs: AnalysisInput[] = []
    const started = await startCalibration(bgtk, { instrument: 'MTK', cycles: [cycle] }, new Date())
    if (!started.ok) throw new Error(started.message)
    await calibrationRoom.performCalibration(
      started.value,
      (input, heard) => (inputs.push(input), compute(input, heard)),
      () => new Date(),
    )
    const stages: string[] = []
    const threaded = await computeInThread(inputs[0]!, (stage) => stages.push(stage) > 0)
    expect(JSON.stringify(threaded)).toBe(JSON.stringify(await compute(inputs[0]!, () => true)))
    expect(stages.length).toBeGreaterThan(4)
    expect(await computeInThread(inputs[0]!, () => false)).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
  })
  it('that breaks is a failed record with its reason, and the scores in force stay', async () => {
    const started = await startCalibration(bgtk, { instrument: 'MTK', cycles: [cycle] }, new Date())
    if (!started.ok) throw new Error(started.message)
    const end = await calibrationRoom.performCalibration(
      started.value,
      () => Promise.reject(new Error('out of memory')),
      () => new Date(),
    )
    expect(end.state).toBe('failed')
    const { row } = (await scoring.calibrationPage(bgtk, started.value))!
    expect(row.state).toBe('failed')
    expect(row.warnings![0]!.detail).toContain('out of memory')
  })
  it('that is cancelled while waiting leaves nothing behind', async () => {
    const started = await startCalibration(bgtk, { instrument: 'MTK', cycles: [cycle] }, new Date())
    if (!started.ok) throw new Error(started.message)
    expect(await cancelCalibration(bgtk, started.value)).toMatchObject({ ok: true })
    await calibrationRoom.performCalibration(started.value, compute, () => new Date())
    expect((await scoring.calibrationPage(bgtk, started.value))!.row.state).toBe('cancelled')
    expect(await cancelCalibration(bgtk, started.value)).toMatchObject({ ok: false, code: 'ended' })
  })
  it('that does not converge is kept but cannot become scores', async () => {
    const [row] = await sql<{ id: string }>(
      `INSERT INTO calibration (id, instrument_id, cycle_codes, state, settings, engine, converged, latent_mean, latent_variance, created_at)
       SELECT $1, instrument_id, cycle_codes, 'done', settings, engine, false, 0, 1, now() FROM calibration WHERE id = $2 RETURNING id`,
      [uuidv7(), calibrationId],
    )
    expect(await scoring.startScoreRun(bgtk, row!.id, new Date())).toMatchObject({ ok: false, code: 'converged' })
  })
  it('finds the mistyped key, and says which option the able choose', async () => {
    const item = (await scoring.itemAnalysis(bgtk, 'MTK', wrong.code, calibrationId))!
    expect(item.row.flags[0]).toMatchObject({ code: 'key', severity: 'stop' })
    expect(item.row.flags[0]!.reason).toContain(`memilih ${wrong.truth}`)
    const others = (await scoring.analysisView(bgtk, 'MTK', calibrationId))!.items.filter((i) => i.code !== wrong.code)
    expect(others.flatMap((i) => i.flags.filter((f) => f.code === 'key'))).toEqual([])
  })
})

describe('a score run', () => {
  it('changes nothing for anybody while it is a draft', async () => {
    firstRun = await scored(calibrationId)
    const page = (await scoring.calibrationPage(bgtk, calibrationId))!
    expect(page.runs[0]).toMatchObject({ state: 'draft' })
    expect(page.runs[0]!.diff).toMatchObject({ basis: 'raw', n: 240 })
    expect((await results()).parts[0]!.measure).toBeNull()
  })
  it('is not released while a key is in doubt, unless somebody answers for it', async () => {
    const refused = await scoring.releaseScoreRun(bgtk, firstRun, '', new Date())
    expect(refused).toMatchObject({ ok: false, code: 'flags' })
    expect(await scoring.releaseScoreRun(bgtk, firstRun, 'Diperiksa; dirilis untuk uji.', new Date())).toMatchObject({ ok: true })
    expect(await scoring.releaseScoreRun(bgtk, firstRun, 'sekali lagi saja', new Date())).toMatchObject({ ok: true })
    expect(await sql(`SELECT 1 FROM audit_entry WHERE action = 'result:release' AND object = $1`, [`score_run:${firstRun}`])).toHaveLength(
      1,
    )
  })
  it('then gives the teacher a range around the cut-anchored point, marked as provisional', async () => {
    const { measure } = (await results()).parts[0]!
    expect(measure!.low).toBeLessThan(measure!.high)
    expect(measure!.points % 5).toBe(0)
    expect(measure!.provisionalCut).toBe(true)
    expect(measure!.exact).toBeCloseTo(500 + (100 * (measure!.theta - measure!.thetaCut)) / measure!.sigma, 9)
    expect(measure!.masteryLow).toBeLessThan(measure!.mastery)
  })
  it('at 500 a teacher is expected to earn the share that the cut demands', async () => {
    const [row] = await sql<{ share: number; theta_cut: number }>(
      `SELECT c.share, s.theta_cut FROM scale s JOIN cut_score c ON c.id = s.cut_score_id JOIN score_run r ON r.scale_id = s.id WHERE r.id = $1`,
      [firstRun],
    )
    const [near] = await sql<{ mastery: number; theta: number }>(
      `SELECT mastery, theta FROM ability WHERE run_id = $1 ORDER BY abs(theta - $2) LIMIT 1`,
      [firstRun, row!.theta_cut],
    )
    expect(Math.abs(near!.mastery / 100 - row!.share)).toBeLessThan(0.06)
  })
})

describe('a key correction', () => {
  let secondRun: string
  let released: number
  it('is on record and changes no score by itself', async () => {
    const before = await results()
    expect(
      await correctKey(bgtk, { itemVersionId: wrong.itemVersionId, key: wrong.typed, reason: 'Sama dengan sekarang' }, new Date()),
    ).toMatchObject({ ok: false, code: 'same' })
    expect(
      await correctKey(bgtk, { itemVersionId: wrong.itemVersionId, key: wrong.truth, reason: 'Diperiksa dua ahli materi' }, new Date()),
    ).toMatchObject({ ok: true })
    expect(await results()).toEqual(before)
    // Both pages of the item say so, with the cycle whose scores still stand by the old key.
    const analysed = (await scoring.itemAnalysis(bgtk, 'MTK', wrong.code, calibrationId))!
    const inBank = await itemKey(bgtk, [wrong.itemVersionId])
    const news = { key: wrong.truth, reason: 'Diperiksa dua ahli materi', releasedAt: null }
    expect(analysed.row.key).toMatchObject(news)
    expect(inBank.key).toEqual(analysed.row.key)
    expect(inBank.cycles).toEqual(analysed.cycles)
    expect(analysed.cycles).toHaveLength(1)
    expect(analysed.content.scoring).toMatchObject({ key: wrong.typed })
  })
  it('makes older calibrations unfit for new scores', async () => {
    expect(await scoring.startScoreRun(bgtk, calibrationId, new Date())).toMatchObject({ ok: false, code: 'stale' })
  })
  it('makes a new run with a report of who moves, by how much and across which level', async () => {
    released = (await results()).parts[0]!.measure!.exact
    secondRun = await scored(await calibrated())
    const [row] = await sql<{ diff: { basis: string; moved: number; n: number; levels: { n: number }[] } }>(
      `SELECT diff FROM score_run WHERE id = $1`,
      [secondRun],
    )
    expect(row!.diff.basis).toBe('run')
    expect(row!.diff.moved).toBeGreaterThan(100)
    expect(row!.diff.levels.reduce((s, l) => s + l.n, 0)).toBe(row!.diff.n)
    expect((await results()).parts[0]!.measure!.exact).toBe(released)
    const moves = (await scoring.scoreMoves(bgtk, secondRun))!.rows
    expect(moves).toHaveLength(240)
    expect(moves.filter((m) => Math.abs(m.after - m.before!) >= 0.5)).toHaveLength(row!.diff.moved)
    expect(moves.map((m) => m.participantNumber)).toEqual([...moves.map((m) => m.participantNumber)].sort())
  })
  it('counts for everybody once released: measures at once, raw points when they are scored anew', async () => {
    const before = await results()
    // One essay that its raters have not finished: the release waits for them, or for a reason in writing.
    const essay = '01990278-0000-7000-8000-00000000e001'
    await sql(
      `INSERT INTO rated_response (id, attempt_id, item_version_id, text, state, collected_at)
       SELECT $1, $1, v.id, 'Jawaban.', 'waiting', now() FROM item_version v JOIN item i ON i.id = v.item_id JOIN instrument n ON n.id = i.instrument_id WHERE n.code = 'MTK' LIMIT 1`,
      [essay],
    )
    expect(await scoring.releaseScoreRun(bgtk, secondRun, '', new Date())).toMatchObject({ ok: false, code: 'unrated' })
    await sql(`DELETE FROM rated_response WHERE id = $1`, [essay])
    // Groups too small to compare leave fairness untested: that needs a person's word too.
    expect(await scoring.releaseScoreRun(bgtk, secondRun, '', new Date())).toMatchObject({ ok: false, code: 'untested' })
    expect(await scoring.releaseScoreRun(bgtk, secondRun, 'Ditimbang panel: kelompok masih kecil.', new Date())).toMatchObject({ ok: true })
    const [states] = await sql<{ first: string; second: string }>(
      `SELECT (SELECT state FROM score_run WHERE id = $1) AS first, (SELECT state FROM score_run WHERE id = $2) AS second`,
      [firstRun, secondRun],
    )
    expect(states).toEqual({ first: 'superseded', second: 'released' })
    await scoringInside.rescoreRaw((await instrumentByCode('MTK'))!.id)
    const analysed = (await scoring.itemAnalysis(bgtk, 'MTK', wrong.code, null))!
    expect(analysed.row.key!.releasedAt).not.toBeNull()
    expect(analysed.content.scoring).toMatchObject({ key: wrong.truth })
    const after = await results()
    expect(after.parts[0]!.measure!.exact).not.toBe(before.parts[0]!.measure!.exact)
    const [moved] = await sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM score WHERE scope = 'total' AND superseded_at IS NOT NULL AND attempt_id = ANY($1::uuid[])`,
      [seats.map((s) => s.attemptId)],
    )
    expect(moved!.n).toBeGreaterThan(100)
  })
  it('is no longer in doubt in the new calibration', async () => {
    const view = (await scoring.analysisView(bgtk, 'MTK', null))!
    expect(view.items.find((i) => i.code === wrong.code)!.flags.filter((f) => f.severity === 'stop')).toEqual([])
  })
})

describe('a release', () => {
  const answersOf = (attemptId: string) =>
    sql<{ item: string; value: unknown }>(`SELECT item_version_id AS item, value FROM response WHERE attempt_id = $1`, [attemptId])
  /** What a run that is computed now from nothing would find. */
  async function fresh(calibration: string): Promise<Map<string, number>> {
    const run = await scored(calibration)
    return measures(run)
  }
  const measures = async (run: string) =>
    new Map(
      (await sql<{ id: string; theta: number }>(`SELECT attempt_id AS id, theta FROM ability WHERE run_id = $1`, [run])).map((r) => [
        r.id,
        r.theta,
      ]),
    )
  const reopen = (attemptId: string) => sql(`UPDATE attempt SET state = 'open', closed_at = NULL WHERE id = $1`, [attemptId])
  const close = async (attemptId: string) => {
    await sql(`UPDATE attempt SET state = 'closed', closed_at = $2 WHERE id = $1`, [attemptId, day])
    await scoringInside.scoreAttempt(attemptId)
  }
  /** Late answers: every item as somebody else answered it. */
  const changeAnswers = async (attemptId: string, like: string) => {
    for (const { item, value } of await answersOf(like))
      await sql(`UPDATE response SET value = $3 WHERE attempt_id = $1 AND item_version_id = $2`, [attemptId, item, JSON.stringify(value)])
    await scoringInside.scoreAttempt(attemptId)
  }

  it('measures everybody whom it covers: who closed or changed after the draft, and whoever comes later still', async () => {
    const [closesBefore, changesBefore, closesAfter] = [seats[1]!.attemptId, seats[2]!.attemptId, seats[3]!.attemptId]
    await reopen(closesBefore)
    await reopen(closesAfter)
    const calibration = await calibrated()
    const draft = await scored(calibration)
    expect((await measures(draft)).size).toBe(238)
    await close(closesBefore)
    await changeAnswers(changesBefore, seats[7]!.attemptId)
    expect(await measures(draft)).toEqual(await fresh(calibration))
    expect(await scoring.releaseScoreRun(bgtk, draft, 'Ditimbang panel: kelompok masih kecil.', new Date())).toMatchObject({ ok: true })
    const [settled] = await sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM attempt WHERE id = ANY($1::uuid[]) AND settled_at IS NOT NULL`,
      [[closesBefore, changesBefore]],
    )
    expect(settled!.n).toBe(2)
    await close(closesAfter)
    expect((await measures(draft)).size).toBe(240)
    expect(await measures(draft)).toEqual(await fresh(calibration))
  })

  it('keeps what was measured from newer answers when the computing ends after them', async () => {
    const attempt = seats[4]!.attemptId
    const calibration = await calibrated()
    const prepared = await scoring.startScoreRun(bgtk, calibration, new Date())
    if (!prepared.ok) throw new Error(prepared.message)
    // The answers change after the run was begun and are measured into it before it has been computed.
    await changeAnswers(attempt, seats[8]!.attemptId)
    const newer = (await measures(prepared.value)).get(attempt)
    await sql(`UPDATE response SET value = 'null' WHERE attempt_id = $1`, [attempt])
    await scoringInside.performScoreRun(prepared.value)
    expect(newer).toBeDefined()
    expect((await measures(prepared.value)).get(attempt)).toBe(newer)
  })
})
