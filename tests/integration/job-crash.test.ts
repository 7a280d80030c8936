import { spawn } from 'node:child_process'
import { runMigrations, type Runner } from 'graphile-worker'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { jobsView, runJobAgain } from '@/lib/access/service'
import { sql } from '@/lib/platform/db'
import { orderedTasks, type TaskName } from '@/lib/platform/job-model'
import { enqueue, takeUpLeft } from '@/lib/platform/jobs'
import { performOrder, runOrders, type OrderedWork } from '@/lib/platform/lanes'
import { startPlans } from '@/lib/plans/service'
import { uploadRoster } from '@/lib/roster/import-service'
import { saveBlueprint, startAssembly } from '@/lib/assembly/service'
import { longOrders, officeOrders, rehearsalOrders } from '@/scripts/orders'
import { dyingAt } from './killing'
import { aDraftRun, testedTeachers, value } from './stories'
import { aSchool, aSitting, aTeacher, anAccount, idOf, openWorld } from './world'

/** Every kind of ordered work, its worker killed at every place where it writes: done again, it leaves what one undisturbed run leaves. */
let world: Awaited<ReturnType<typeof openWorld>>
let office: Actor
let mathematics: string
const runners: Runner[] = []
const now = new Date('2026-03-02T01:00:00Z')
const clock = () => now

beforeAll(async () => {
  world = await openWorld()
  await runMigrations({ connectionString: world.ownerUrl })
  office = await anAccount('bgtk')
  mathematics = await idOf('instrument', 'MTK')
  // More than one step of marking.
  await testedTeachers(45, new Date('2026-01-10T02:00:00Z'))
  await sql(`UPDATE module SET active = true`)
  value(await saveBlueprint(office, 'FIS', { length: 4, cells: [{ level: 'L2', count: '2' }] }, now))
  // A sitting that counts goes on, so that no rehearsal may begin.
  await aSitting([await aTeacher(await aSchool())], new Date())
})
afterEach(async () => {
  await Promise.all(runners.splice(0).map((r) => r.stop()))
})
afterAll(() => world.close())

/** What a calibration without items would find. */
const compute: Parameters<typeof longOrders>[1] = () =>
  Promise.resolve({
    ok: true,
    value: {
      calibration: { n: 0, logLik: 0, cycles: 1, converged: true, latent: [{ mean: 0, variance: 1 }], warnings: [], items: [] },
      summary: {},
      items: {},
    },
  } as never)
const assemble: Parameters<typeof longOrders>[2] = (candidates, spec) =>
  Promise.resolve({ ok: true, forms: [candidates.slice(0, spec.length) as never], objective: 1, seconds: 1, proved: true })
const work = { ...officeOrders(clock), ...longOrders(clock, compute, assemble), ...rehearsalOrders }

const one = async (text: string, values: unknown[] = []) => (await sql<{ n: unknown }>(text, values))[0]!.n
const asked = (task: TaskName, payload: object, id = uuidv7()) => enqueue(task, payload as never, { id, createdBy: office.userId })
async function aCalibration(state: string): Promise<string> {
  const id = uuidv7()
  await sql(
    `INSERT INTO calibration (id, instrument_id, cycle_codes, state, settings, engine, converged, latent_mean, latent_variance, warnings, created_at, finished_at)
     VALUES ($1,$2,'{X}',$3,'{}','uji',$4,0,1,'[]',$5,$6)`,
    [id, mathematics, state, state === 'done', now, state === 'done' ? now : null],
  )
  return id
}

/** How each kind is ordered anew, and what it leaves behind, to be compared with what an undisturbed run leaves. */
type Story = { order: () => Promise<string>; leaves: (id: string) => Promise<unknown> }
let files = 0
let before = 0
const stories: Record<TaskName, Story> = {
  'roster-preview': {
    order: async () => {
      const file = Buffer.from(`Nama;NUPTK;NIP;JK;Tanggal Lahir;Status;Mapel;NPSN;HP\nAni ${++files};;;P;;PNS;Kimia;1;\n`)
      return value(await uploadRoster(office, 'mati.csv', file, null))
    },
    leaves: (id) => sql(`SELECT state, preview IS NOT NULL AS preview, file IS NOT NULL AS file FROM import_batch WHERE id = $1`, [id]),
  },
  'link-scale': {
    order: async () => {
      const [id, base, later] = [uuidv7(), await aCalibration('done'), await aCalibration('done')]
      await sql(
        `INSERT INTO scale_link (id, instrument_id, base_calibration_id, calibration_id, state, excluded, reason, created_at) VALUES ($1,$2,$3,$4,'computing','{}','',$5)`,
        [id, mathematics, base, later, now],
      )
      return asked('link-scale', { linkId: id }, id)
    },
    leaves: (id) => sql(`SELECT state, finished_at IS NOT NULL AS ended FROM scale_link WHERE id = $1`, [id]),
  },
  'score-run': {
    order: async () => {
      const id = await aDraftRun(mathematics, now)
      await sql(`UPDATE score_run SET state = 'computing' WHERE id = $1`, [id])
      return asked('score-run', { runId: id }, id)
    },
    leaves: async (id) => [
      await sql(`SELECT state, diff->'n' AS n FROM score_run WHERE id = $1`, [id]),
      await one(`SELECT count(*)::int AS n FROM ability WHERE run_id = $1`, [id]),
    ],
  },
  'rescore-raw': {
    order: async () => {
      // Everybody's marks are other ones than the key says, as after a correction.
      await sql(`UPDATE score SET raw = raw + 1 WHERE superseded_at IS NULL`)
      before = (await one(`SELECT count(*)::int AS n FROM score`)) as number
      return asked('rescore-raw', { instrumentId: mathematics })
    },
    leaves: async () => [
      ((await one(`SELECT count(*)::int AS n FROM score WHERE superseded_at IS NULL AND scope = 'total'`)) as number) > 40,
      await one(
        `SELECT count(*)::int AS n FROM (SELECT attempt_id FROM score WHERE superseded_at IS NULL AND scope = 'total' GROUP BY 1 HAVING count(*) > 1) AS twice`,
      ),
      ((await one(`SELECT count(*)::int AS n FROM score`)) as number) - before,
    ],
  },
  'propose-plans': {
    order: async () => {
      await sql(`DELETE FROM plan`)
      return value(await startPlans(office))
    },
    leaves: () =>
      sql(
        `SELECT count(*)::int AS plans, count(DISTINCT teacher_id)::int AS people, (SELECT count(*)::int FROM plan_step) AS steps FROM plan`,
      ),
  },
  calibrate: {
    order: async () => {
      const id = await aCalibration('waiting')
      return asked('calibrate', { calibrationId: id }, id)
    },
    leaves: (id) => sql(`SELECT state, converged, cancel_asked FROM calibration WHERE id = $1`, [id]),
  },
  'assemble-forms': {
    order: async () => value(await startAssembly(office, 'FIS', { forms: '1', minutes: '90' }, now)),
    leaves: (id) => sql(`SELECT state, jsonb_array_length(forms) AS forms FROM assembly WHERE id = $1`, [id]),
  },
  'make-snapshot': {
    order: async () => {
      const id = uuidv7()
      await sql(
        `INSERT INTO snapshot (id, series, number, state, cycles, code_version, rules_version, rules_shipped, hide_below, hatch_below, made_name, made_at)
         VALUES ($1, $2, 1, 'building', '[]', 'uji', 1, true, 10, 20, 'BGTK', $3)`,
        [id, `Rangkaian ${++before}`, now],
      )
      return asked('make-snapshot', { snapshotId: id }, id)
    },
    leaves: (id) => sql(`SELECT state, words FROM snapshot WHERE id = $1`, [id]),
  },
  'match-tutors': {
    order: async () => {
      const id = uuidv7()
      await sql(`INSERT INTO match_run (id, cycle_code, state, rules, created_at) VALUES ($1,'X','computing','{}',$2)`, [id, now])
      return asked('match-tutors', { runId: id }, id)
    },
    leaves: async (id) => [
      await sql(`SELECT state, summary->'learners' AS learners FROM match_run WHERE id = $1`, [id]),
      await one(`SELECT count(*)::int AS n FROM pairing WHERE run_id = $1`, [id]),
    ],
  },
  rehearse: {
    order: async () => {
      const id = uuidv7()
      await sql(`INSERT INTO rehearsal (id, state, participants, started_at) VALUES ($1,'waiting',100,$2)`, [id, now])
      return asked('rehearse', { rehearsalId: id, participants: 100, minutes: 1, word: '' }, id)
    },
    leaves: async (id) => [
      await sql(`SELECT state, record FROM rehearsal WHERE id = $1`, [id]),
      await one(`SELECT count(*)::int AS n FROM cycle WHERE rehearsal`),
    ],
  },
}

/** A worker takes the order as the queue gives it. */
async function takenUp(task: TaskName, id: string): Promise<void> {
  const [row] = await sql<{ payload: object }>(`SELECT payload FROM job_run WHERE id = $1`, [id])
  await performOrder(task, { ...row!.payload, jobId: id }, work[task] as OrderedWork<TaskName>)
}
const endOf = async (id: string) =>
  (await sql<{ state: string; problem: string | null }>(`SELECT state, problem FROM job_run WHERE id = $1`, [id]))[0]!

describe('a worker that is killed', () => {
  it.each(Object.keys(orderedTasks) as TaskName[])(
    'between any two steps of %s is followed by another that does no step twice',
    async (task) => {
      const story = stories[task]
      const undisturbed = await story.order()
      await takenUp(task, undisturbed)
      const [left, end] = [await story.leaves(undisturbed), await endOf(undisturbed)]
      expect(end.problem).toBeNull()
      let deaths = 0
      for (let n = 1; n < 60; n++) {
        const id = await story.order()
        const wrote = await dyingAt(n, () => takenUp(task, id))
        if (wrote === null) break
        deaths++
        await takenUp(task, id)
        expect([await story.leaves(id), await endOf(id)], `killed at write ${n}: ${wrote.slice(0, 120)}`).toEqual([left, end])
        // Once more, as a queue that has not heard of the end would have it.
        await takenUp(task, id)
        expect([await story.leaves(id), (await endOf(id)).problem], `again after write ${n}`).toEqual([left, null])
      }
      expect(deaths).toBeGreaterThan(1)
      expect(deaths).toBeLessThan(59)
    },
  )
  it('does each of three steps once, wherever it dies, and reads what the steps before have answered', async () => {
    const venues = (name: string) => one(`SELECT count(*)::int AS n FROM venue WHERE name = $1`, [name])
    for (let n = 1; n < 60; n++) {
      const id = await asked('propose-plans', {})
      const seen: number[] = []
      const threeSteps: OrderedWork<'propose-plans'> = async (_p, { step }) => {
        let plans = 0
        for (const i of [1, 2, 3])
          plans += await step(`step ${i}`, z.int(), async () => {
            seen.push(i)
            await sql(`INSERT INTO venue (id, name, region_id) SELECT gen_random_uuid(), $1, id FROM region LIMIT 1`, [`${id} ${i}`])
            return i
          })
        return { state: 'done', words: `${plans} usulan tersusun`, plans }
      }
      const take = () => performOrder('propose-plans', { jobId: id }, threeSteps)
      const wrote = await dyingAt(n, take)
      if (wrote !== null) await take()
      expect(await Promise.all([1, 2, 3].map((i) => venues(`${id} ${i}`))), `killed at write ${n}`).toEqual([1, 1, 1])
      expect(await sql(`SELECT state, result->'plans' AS plans FROM job_run WHERE id = $1`, [id])).toEqual([{ state: 'done', plans: 6 }])
      expect(await one(`SELECT count(*)::int AS n FROM job_step WHERE job_id = $1`, [id])).toBe(0)
      // Only the step in which it died was begun a second time.
      expect(seen.length).toBeLessThanOrEqual(4)
      if (wrote === null) return
    }
    expect.unreachable('never came to its end')
  })
  it('with SIGKILL leaves an order that the clock gives to the next one at once, which goes on after the step that was done', async () => {
    await sql(`SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs`)
    const venue = `Tempat ${uuidv7()}`
    const child = spawn(process.execPath, ['--import', 'tsx', 'tests/integration/dying-worker.ts', world.url, venue], { stdio: 'ignore' })
    const id = await asked('propose-plans', {})
    await until(async () => (await one(`SELECT count(*)::int AS n FROM job_step WHERE job_id = $1`, [id])) === 1)
    await sql(`UPDATE job_run SET updated_at = now() - interval '2 minutes' WHERE id = $1`, [id])
    // While it lives, nobody takes its work away.
    expect(await takeUpLeft()).toBe(0)
    child.kill('SIGKILL')
    await until(async () => (await takeUpLeft()) === 1)
    expect(await takeUpLeft()).toBe(0)
    let answered = 0
    runners.push(
      await runOrders(world.url, 'office', {
        ...officeOrders(clock),
        'propose-plans': async (_p, { step }) => {
          answered = await step('first', z.int(), () => Promise.reject(new Error('done twice')))
          return { state: 'done', words: 'Selesai', plans: answered }
        },
      }),
    )
    await until(async () => (await endOf(id)).state === 'done')
    expect([answered, await one(`SELECT count(*)::int AS n FROM venue WHERE name = $1`, [venue])]).toEqual([7, 1])
  })
})

describe('an order', () => {
  it('that its kind does not understand is refused where it is queued', async () => {
    for (const [task, payload] of [
      ['calibrate', {}],
      ['calibrate', { calibrationId: 'x' }],
      ['match-tutors', { runId: uuidv7(), more: 1 }],
      ['rehearse', { rehearsalId: uuidv7(), participants: 1e9, minutes: 1 }],
    ] as const) {
      await expect(enqueue(task as 'calibrate', payload as never, { createdBy: null })).rejects.toThrow()
    }
    expect(await one(`SELECT count(*)::int AS n FROM job_run WHERE kind = 'calibrate' AND payload->>'calibrationId' = 'x'`)).toBe(0)
  })
  it('that its kind does not understand is not begun where it is taken, and is seen as failed without a way to try it again', async () => {
    const id = await asked('calibrate', { calibrationId: uuidv7() })
    await sql(`UPDATE job_run SET payload = '{"calibrationId": "x"}' WHERE id = $1`, [id])
    let begun = false
    await performOrder('calibrate', { calibrationId: 'x', jobId: id }, async () => {
      begun = true
      return { state: 'done', words: 'Selesai' }
    })
    expect([begun, (await endOf(id)).state]).toEqual([false, 'failed'])
    const { troubled } = await jobsView(office, new Date())
    expect(troubled.find((t) => t.id === id)).toMatchObject({
      again: false,
      problem: 'Isi pesanan ini tidak dikenali: calibrationId. Pesan sekali lagi dari halamannya.',
    })
    expect(await runJobAgain(office, id)).toMatchObject({ ok: false, code: 'state' })
  })
  it('whose work answers something else than its kind does has failed', async () => {
    const id = await asked('propose-plans', {})
    const bad = (async () => ({ state: 'done', words: 'Selesai' })) as unknown as OrderedWork<'propose-plans'>
    await expect(performOrder('propose-plans', { jobId: id }, bad)).rejects.toThrow(/plans/)
    expect((await endOf(id)).state).toBe('failed')
  })
  it('is done by one worker at a time, and is seen while it waits and runs', async () => {
    const id = await asked('propose-plans', {})
    const seen = async () => (await jobsView(office, new Date())).underWay.find((j) => j.id === id)
    expect(await seen()).toMatchObject({ kind: 'propose-plans', state: 'waiting' })
    let [release, times] = [(): void => undefined, 0]
    const held = new Promise<void>((done) => (release = done))
    const slow: OrderedWork<'propose-plans'> = async (_p, { tell }) => {
      times++
      await tell(1, 4, '1 dari 4 rencana')
      await held
      return { state: 'done', words: 'Selesai', plans: 4 }
    }
    const first = performOrder('propose-plans', { jobId: id }, slow)
    await until(async () => (await seen())?.state === 'running' && times === 1)
    await performOrder('propose-plans', { jobId: id }, slow)
    await until(async () => (await seen())?.words === '1 dari 4 rencana')
    release()
    await first
    expect([times, await seen(), (await endOf(id)).state]).toEqual([1, undefined, 'done'])
  })
})

/** Waits for a fact. */
async function until(fact: () => Promise<boolean>): Promise<void> {
  while (!(await fact())) await new Promise((r) => setTimeout(r, 50))
}
