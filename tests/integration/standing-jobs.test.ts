import { uuidv7 } from 'uuidv7'
import { runMigrations, type Runner } from 'graphile-worker'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { jobsView, runJobAgain, runStandingAgain } from '@/lib/access/service'
import { closeExpired, freezeDue } from '@/lib/delivery/inside'
import { sql } from '@/lib/platform/db'
import { standingTasks, type StandingTask } from '@/lib/platform/job-model'
import { enqueue } from '@/lib/platform/jobs'
import { runLane, runMinute, runOrders, type Job } from '@/lib/platform/lanes'
import { runStanding, standingRuns, type StandingWork } from '@/lib/platform/standing'
import { collectResponses } from '@/lib/rating/inside'
import { scoreWaiting } from '@/lib/scoring/inside'
import { MORNING, aServer, at, seated, singles } from './phones'
import { aSchool, aSitting, aTeacher, anAccount, openWorld } from './world'

/** The work of the minute goes on whatever one row, one job or one long calculation meets. */
let world: Awaited<ReturnType<typeof openWorld>>
let server: ReturnType<typeof aServer>
const runners: Runner[] = []

beforeAll(async () => {
  world = await openWorld()
  // Nothing is scored behind the answers' back: the clock's own turn is the story.
  server = aServer(async () => undefined)
  await runMigrations({ connectionString: world.ownerUrl })
})
afterEach(async () => {
  await Promise.all(runners.splice(0).map((r) => r.stop()))
})
afterAll(async () => {
  await world.close()
})

/** A row that the database refuses to have changed or written, as a broken one would be. */
async function poison(table: string, event: 'UPDATE' | 'INSERT', column: string, id: string): Promise<() => Promise<void>> {
  const name = `poison_${uuidv7().replaceAll('-', '')}`
  await world.asOwner(
    `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.${column} = '${id}' THEN RAISE EXCEPTION 'baris beracun'; END IF; RETURN NEW; END $$`,
  )
  await world.asOwner(`CREATE TRIGGER ${name} BEFORE ${event} ON ${table} FOR EACH ROW EXECUTE FUNCTION ${name}()`)
  return async () => {
    await world.asOwner(`DROP FUNCTION ${name} CASCADE`)
  }
}
/** Fails told by a stage, by what they are. */
function listener() {
  const heard: Record<string, string> = {}
  return { heard, tell: (object: string, error: unknown) => void (heard[object] = (error as Error).message) }
}
async function begun() {
  const who = await seated()
  return { ...who, started: await server.begin(who.seat) }
}
const stateOf = async (id: string) =>
  (await sql<{ state: string; waits: boolean }>(`SELECT state, unscored_since IS NOT NULL AS waits FROM attempt WHERE id = $1`, [id]))[0]!
const keysOf = async (sittingId: string) =>
  (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM sitting_key WHERE sitting_id = $1`, [sittingId]))[0]!.n

/** A form of the pedagogic instrument of its own, whose packet was sealed under another secret. */
async function foreignForm(): Promise<string> {
  const form = uuidv7()
  const [old] = await sql<{ id: string; instrumentId: string }>(
    `SELECT f.id, f.instrument_id AS "instrumentId" FROM form f JOIN instrument i ON i.id = f.instrument_id WHERE i.competency_code = '1' AND NOT f.practice LIMIT 1`,
  )
  await sql(`INSERT INTO form (id, instrument_id, code, sha256, frozen_at) VALUES ($1,$2,$3,'x','2020-01-01')`, [
    form,
    old!.instrumentId,
    `ASING-${form.slice(-6)}`,
  ])
  await sql(
    `INSERT INTO form_item (form_id, position, item_version_id) SELECT $1, position, item_version_id FROM form_item WHERE form_id = $2 AND position <= 3`,
    [form, old!.id],
  )
  await sql(
    `INSERT INTO packet (form_id, sha256, bytes, sealed_key, has_math, items, created_at) VALUES ($1, $2, '\\x00', $3, false, 3, now())`,
    [form, uuidv7().replaceAll('-', '').padEnd(64, '0'), Buffer.from(crypto.getRandomValues(new Uint8Array(60))).toString('base64url')],
  )
  return form
}

describe('one bad row', () => {
  it('keeps no other form and no other sitting from being sealed, and is tried again until it is mended', async () => {
    const bad = await foreignForm()
    const school = await aSchool()
    const [first, second] = [await aSitting([await aTeacher(school)], at(60)), await aSitting([await aTeacher(school)], at(61))]
    await sql(`INSERT INTO cycle_form (cycle_id, form_id) SELECT cycle_id, $2 FROM sitting WHERE id = $1`, [first.sittingId, bad])
    const { heard, tell } = listener()
    await freezeDue(MORNING, tell)
    expect(heard).toEqual({ [`form:${bad}`]: expect.stringMatching(/sealed under another secret/) })
    // The three other parts of its sitting, and all four of the next one.
    expect([await keysOf(first.sittingId), await keysOf(second.sittingId)]).toEqual([3, 4])
    const again = listener()
    await freezeDue(at(1), again.tell)
    expect(Object.keys(again.heard)).toEqual([`form:${bad}`])
    await sql(`DELETE FROM packet WHERE form_id = $1`, [bad])
    const mended = listener()
    await freezeDue(at(2), mended.tell)
    expect([mended.heard, await keysOf(first.sittingId)]).toEqual([{}, 4])
    expect(await freezeDue(at(3), tell)).toBe(0)
  })
  it('keeps no other attempt from being closed, handed in or run out', async () => {
    const list = [await begun(), await begun(), await begun(), await begun()] as const
    const [badFinish, finish, badTime, time] = list
    for (const w of [badFinish, finish])
      await sql(
        `INSERT INTO journal_event (attempt_id, device, seq, kind, body, at, received_at) VALUES ($1, 'phone-a-0001', 1, 'finish', '"done"', $2, $2)`,
        [w.started.attemptId, at(30)],
      )
    const mend = [
      await poison('attempt', 'UPDATE', 'id', badFinish.started.attemptId),
      await poison('attempt', 'UPDATE', 'id', badTime.started.attemptId),
    ]
    const { heard, tell } = listener()
    expect(await closeExpired(at(64), tell)).toBe(2)
    expect(Object.keys(heard).sort()).toEqual([badFinish, badTime].map((w) => `attempt:${w.started.attemptId}`).sort())
    expect((await stateOf(finish.started.attemptId)).state).toBe('closed')
    expect((await stateOf(time.started.attemptId)).state).toBe('closed')
    for (const m of mend) await m()
    expect(await closeExpired(at(65), tell)).toBe(2)
    expect(await closeExpired(at(66), tell)).toBe(0)
  })
  it('keeps no other attempt from being scored, and itself waits until it can be', async () => {
    await scoreWaiting(at(200))
    const [bad, good] = [await begun(), await begun()]
    for (const w of [bad, good])
      await server.send(w.started.token, [
        { seq: 1, kind: 'answer', item: singles(w.started)[0]!.id, value: 'A', at: at(5).getTime() },
        { seq: 2, kind: 'finish', at: at(6).getTime() },
      ])
    const mend = await poison('score', 'INSERT', 'attempt_id', bad.started.attemptId)
    const { heard, tell } = listener()
    expect(await scoreWaiting(at(20), tell)).toBe(1)
    expect(heard).toEqual({ [`attempt:${bad.started.attemptId}`]: expect.stringMatching(/baris beracun/) })
    expect([(await stateOf(bad.started.attemptId)).waits, (await stateOf(good.started.attemptId)).waits]).toEqual([true, false])
    await mend()
    expect(await scoreWaiting(at(21), tell)).toBe(1)
    expect((await stateOf(bad.started.attemptId)).waits).toBe(false)
  })
  it('keeps no other text from its raters', async () => {
    await collectResponses(at(200))
    const [bad, good] = [await begun(), await begun()]
    const [item] = await sql<{ id: string }>(
      `SELECT item_version_id AS id FROM form_item fi JOIN attempt a ON a.form_id = fi.form_id JOIN item_version v ON v.id = fi.item_version_id WHERE a.id = $1 AND v.type <> 'extended' LIMIT 1`,
      [good.started.attemptId],
    )
    // An extended item on this form, so that the texts of both are for raters.
    await world.asOwner(`ALTER TABLE item_version DISABLE TRIGGER USER`)
    await world.asOwner(`UPDATE item_version SET type = 'extended' WHERE id = $1`, [item!.id])
    await world.asOwner(`ALTER TABLE item_version ENABLE TRIGGER USER`)
    for (const w of [bad, good]) {
      await sql(
        `INSERT INTO response (attempt_id, item_version_id, value, at, device, seq) VALUES ($1,$2,'{"text":"Saya akan mengajak berdiskusi."}', $3, 'phone-a-0001', 1)`,
        [w.started.attemptId, item!.id, at(5)],
      )
      await sql(`UPDATE attempt SET state = 'closed' WHERE id = $1`, [w.started.attemptId])
    }
    const mend = await poison('rated_response', 'INSERT', 'attempt_id', bad.started.attemptId)
    const { heard, tell } = listener()
    expect(await collectResponses(at(10), tell)).toBe(1)
    expect(Object.keys(heard)).toEqual([`attempt:${bad.started.attemptId}`])
    await mend()
    expect(await collectResponses(at(11), tell)).toBe(1)
  })
})

const quiet: Record<StandingTask, StandingWork> = Object.fromEntries(Object.keys(standingTasks).map((t) => [t, async () => 0])) as never

describe('a standing job', () => {
  it('says how it ended, which rows failed and since when, and is well again after a good turn', async () => {
    let bad = true
    const work: StandingWork = async (_now, tell) => {
      if (bad) tell('attempt:x', new Error('baris\u0000 beracun'))
      return 3
    }
    await runStanding('close-expired', work, () => at(0))
    await runStanding('close-expired', work, () => at(1))
    const of = async () => (await standingRuns()).find((r) => r.task === 'close-expired')!
    expect(await of()).toMatchObject({
      state: 'partly',
      done: 3,
      failed: 1,
      failures: [{ object: 'attempt:x', words: 'baris beracun' }],
      failingSince: at(0),
      endedAt: at(1),
    })
    bad = false
    await runStanding('close-expired', work, () => at(2))
    expect(await of()).toMatchObject({ state: 'done', failed: 0, failures: [], failingSince: null })
  })
  it('that breaks off stops none of the others', async () => {
    await runStanding(
      'freeze-due',
      () => Promise.reject(new Error('tabel hilang')),
      () => at(3),
    )
    await runStanding(
      'score-waiting',
      async () => 7,
      () => at(3),
    )
    const runs = new Map((await standingRuns()).map((r) => [r.task, r]))
    expect(runs.get('freeze-due')).toMatchObject({ state: 'failed', failures: [{ object: 'job:freeze-due', words: 'tabel hilang' }] })
    expect(runs.get('score-waiting')).toMatchObject({ state: 'done', done: 7 })
  })
  it('is not begun a second time while it still goes on', async () => {
    let [turns, release] = [0, (): void => undefined]
    const slow = new Promise<void>((done) => (release = done))
    const work: StandingWork = async () => {
      turns++
      await slow
      return 0
    }
    const first = runStanding('retention', work, () => at(4))
    await runStanding('retention', work, () => at(5))
    release()
    await first
    expect(turns).toBe(1)
  })
})

describe('two workers at once', () => {
  it('close and score every attempt once', async () => {
    const list = await Promise.all([1, 2, 3].map(() => begun()))
    const closed = await Promise.all([closeExpired(at(64)), closeExpired(at(64))])
    expect(closed[0]! + closed[1]!).toBe(3)
    await Promise.all([scoreWaiting(at(66)), scoreWaiting(at(66))])
    for (const w of list) {
      const [row] = await sql<{ n: number }>(
        `SELECT count(*)::int AS n FROM score s JOIN score_run r ON r.id = s.run_id WHERE s.attempt_id = $1 AND s.scope = 'total' AND s.superseded_at IS NULL`,
        [w.started.attemptId],
      )
      expect([row!.n, await stateOf(w.started.attemptId)]).toEqual([1, { state: 'closed', waits: false }])
    }
  })
  it('seal a sitting once, with one key a form', async () => {
    const sitting = await aSitting([await aTeacher(await aSchool())], at(60))
    await Promise.all([freezeDue(at(4)), freezeDue(at(4))])
    expect(await keysOf(sitting.sittingId)).toBe(4)
  })
})

describe('a long job', () => {
  it('leaves the minute its turn, however many of its kind are running', async () => {
    let release = (): void => undefined
    const open = new Promise<undefined>((done) => (release = () => done(undefined)))
    const running = new Set<string>()
    let [begunBoth, minuteDone] = [(): void => undefined, (): void => undefined]
    const both = new Promise<void>((done) => (begunBoth = done))
    const turned = new Promise<void>((done) => (minuteDone = done))
    const hold = async (_p: unknown, job: Job) => {
      running.add(job.id)
      if (running.size === 2) begunBoth()
      await open
      return { state: 'done' as const, words: 'Selesai', learners: 0, matched: 0 }
    }
    const ended = async (p: unknown, job: Job) => {
      const { state, words } = await hold(p, job)
      return { state, words }
    }
    runners.push(
      await runOrders(world.url, 'long', { calibrate: ended, 'assemble-forms': ended, 'make-snapshot': ended, 'match-tutors': hold }),
    )
    const ids = await Promise.all([1, 2, 3, 4].map(() => enqueue('calibrate', { calibrationId: uuidv7() }, { createdBy: null })))
    await both
    const work: StandingWork = async () => {
      minuteDone()
      return 1
    }
    runners.push(await runMinute(world.url, { ...quiet, 'close-expired': work }, () => new Date()))
    expect(await runStandingAgain(await anAccount('administrator'), 'close-expired')).toMatchObject({ ok: true })
    await turned
    expect(running.size).toBe(2)
    release()
    await Promise.all(runners.splice(0).map((r) => r.stop()))
    expect(ids).toHaveLength(4)
    await sql(`SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs`)
  })
})

describe('a job that broke off', () => {
  it('is seen with the machine’s words by the administrator and BGTK, and done again from there with a line in the log', async () => {
    const [office, admin, other] = [await anAccount('bgtk'), await anAccount('administrator'), await anAccount('pengawas')]
    const instrumentId = uuidv7()
    const id = await enqueue('rescore-raw', { instrumentId }, { createdBy: office.userId })
    let tries = 0
    let wake = (): void => undefined
    const turn = () => new Promise<void>((done) => (wake = done))
    const idle = async () => ({ state: 'done' as const, words: 'Selesai' })
    const work = async (p: { instrumentId: string }) => {
      tries++
      setTimeout(wake, 0)
      if (tries === 1) throw new Error(`kunci ${p.instrumentId} hilang`)
      return { ...(await idle()), marked: 0 }
    }
    const plans = async () => ({ ...(await idle()), plans: 0 })
    const office_ = { 'roster-preview': idle, 'link-scale': idle, 'score-run': idle, 'propose-plans': plans }
    const first = turn()
    runners.push(await runOrders(world.url, 'office', { ...office_, 'rescore-raw': work }))
    await first
    await until(async () => (await jobsView(admin, new Date())).troubled.some((b) => b.id === id))
    expect((await jobsView(office, new Date())).troubled.find((b) => b.id === id)).toMatchObject({
      kind: 'rescore-raw',
      problem: `kunci ${instrumentId} hilang`,
      again: true,
    })
    await expect(jobsView(other, new Date())).rejects.toThrow()
    await expect(runJobAgain(other, id)).rejects.toThrow()
    const second = turn()
    expect(await runJobAgain(admin, id)).toEqual({ ok: true, value: 'Menskor ulang sesudah koreksi kunci' })
    // A double tap: it waits already.
    expect(await runJobAgain(admin, id)).toMatchObject({ ok: false })
    await second
    await until(async () => !(await jobsView(admin, new Date())).troubled.some((b) => b.id === id))
    const lines = await sql<{ action: string }>(`SELECT action FROM audit_entry WHERE object = $1`, [`job:${id}`])
    expect(lines).toEqual([{ action: 'jobs:manage' }])
    expect(tries).toBe(2)
  })
  it('without a word for an hour is shown as well, and can be done again once', async () => {
    const admin = await anAccount('administrator')
    const id = await enqueue('score-run', { runId: uuidv7() }, { createdBy: null })
    await sql(`UPDATE job_run SET state = 'running' WHERE id = $1`, [id])
    const later = (minutes: number) => new Date(Date.now() + minutes * 60_000)
    const shown = async (when: Date) => (await jobsView(admin, when)).troubled.find((t) => t.id === id)
    expect(await shown(later(50))).toBeUndefined()
    expect(await shown(later(70))).toMatchObject({ kind: 'score-run', problem: null, again: true })
    expect(await runJobAgain(admin, id, later(50))).toMatchObject({ ok: false, code: 'state' })
    expect(await runJobAgain(admin, id, later(70))).toMatchObject({ ok: true })
    // One job of the queue, however often it was asked for.
    expect(await sql(`SELECT 1 FROM graphile_worker.jobs WHERE key = $1`, [id])).toHaveLength(1)
  })
  it('of which nobody knows is refused, and so is a task that is no standing one', async () => {
    const admin = await anAccount('administrator')
    expect(await runJobAgain(admin, uuidv7())).toMatchObject({ ok: false, code: 'state' })
    expect(await runJobAgain(admin, 'x')).toMatchObject({ ok: false, code: 'job' })
    expect(await runStandingAgain(admin, 'rehearse')).toMatchObject({ ok: false, code: 'task' })
    expect(await runStandingAgain(admin, 'constructor')).toMatchObject({ ok: false, code: 'task' })
  })
  it('is carried by a runner that takes nothing of another lane', async () => {
    const id = await enqueue('rehearse', { rehearsalId: uuidv7(), participants: 100, minutes: 1, word: '' }, { createdBy: null })
    let ran = (): void => undefined
    const turned = new Promise<void>((done) => (ran = done))
    runners.push(await runLane(world.url, 1, { [`uji-${id}`]: async () => ran() }))
    await sql(`SELECT graphile_worker.add_job($1)`, [`uji-${id}`])
    await turned
    expect(await sql(`SELECT state FROM job_run WHERE id = $1`, [id])).toEqual([{ state: 'waiting' }])
  })
})

/** Waits for a fact. */
async function until(fact: () => Promise<boolean>): Promise<void> {
  while (!(await fact())) await new Promise((r) => setTimeout(r, 20))
}
