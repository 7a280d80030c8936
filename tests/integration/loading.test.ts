import { spawn } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { Forbidden } from '@/lib/access/model'
import { loadAgain, loadingTrouble } from '@/lib/access/service'
import { inTransaction, sql } from '@/lib/platform/db'
import { endLoading, loadingShown, loadingSteps, planLoading } from '@/lib/platform/loading'
import { asOwner } from '@/lib/platform/migrate'
import { loadDemonstration, planDemonstration } from '@/prisma/seed/demonstration'
import { instruments } from '@/prisma/seed/plan'
import { runSteps, type Step } from '@/prisma/seed/steps'
import { loadingArguments } from '@/scripts/loading'
import { openWorld } from './world'

const actor = (role: 'bgtk' | 'guru'): Actor => ({
  userId: null,
  seatId: null,
  teacherId: null,
  name: role,
  grants: [{ role, regionId: null, schoolId: null, levelCodes: [] }],
})
const NOW = new Date('2026-11-27T03:00:00Z')
let world: Awaited<ReturnType<typeof openWorld>>

const written = async () => (await sql<{ name: string }>(`SELECT name FROM venue ORDER BY name`)).map((v) => v.name)
const write = (name: string) =>
  sql(`INSERT INTO venue (id, name, region_id) VALUES (gen_random_uuid(), $1, (SELECT id FROM region ORDER BY id LIMIT 1))`, [name])
const aStep = (name: string, after: string[], run: Step['run'], rest: Partial<Step> = {}): Step => ({
  name,
  title: `Langkah ${name}`,
  weight: 1,
  after,
  run,
  ...rest,
})
async function planned(steps: Step[]): Promise<void> {
  await sql(`DELETE FROM loading_step`)
  await sql(`DELETE FROM venue`)
  await planLoading(steps, 1, NOW)
}

describe('the steps of a loading', () => {
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  it('leave nothing of one that fails, hold back only what needs it, and do it when it is asked for again', async () => {
    let broken = true
    const steps = [
      aStep('a', [], async () => void (await write('a'))),
      aStep('b', ['a'], async () => {
        await write('half of b')
        if (broken) throw new Error('disk is full')
      }),
      aStep('c', ['a'], async () => void (await write('c'))),
      aStep('d', ['b', 'c'], async () => void (await write('d'))),
    ]
    await planned(steps)
    const heard: string[] = []
    const failed = await runSteps(steps, (s) => heard.push(s.name))
    expect(failed.map((f) => f.name)).toEqual(['b'])
    expect(heard).toEqual(['a', 'c'])
    expect(await written()).toEqual(['a', 'c'])
    expect((await loadingSteps()).map((s) => s.state)).toEqual(['done', 'failed', 'done', 'waiting'])

    // Everybody reads that it failed; the machine's own words are the office's.
    expect((await loadingShown()).map((s) => s.words)).toEqual([null, null, null, null])
    expect(await loadingTrouble(actor('bgtk'))).toEqual({ b: 'disk is full' })
    await expect(loadingTrouble(actor('guru'))).rejects.toBeInstanceOf(Forbidden)
    await expect(loadAgain(actor('guru'), 'b')).rejects.toBeInstanceOf(Forbidden)

    // What failed waits until somebody asks.
    expect(await runSteps(steps, () => undefined)).toEqual([])
    expect(await loadAgain(actor('bgtk'), 'b')).toEqual({ ok: true, value: null })
    expect(await loadAgain(actor('bgtk'), 'b')).toMatchObject({ ok: false, code: 'state' })
    expect(await sql(`SELECT 1 FROM audit_entry WHERE object = 'loading:b'`)).toHaveLength(1)
    broken = false
    expect(await runSteps(steps, () => undefined)).toEqual([])
    expect(await written()).toEqual(['a', 'c', 'd', 'half of b'])
    expect((await loadingSteps()).every((s) => s.state === 'done')).toBe(true)
  })

  it('are done once, also by two loadings at once', async () => {
    const steps = ['a', 'b', 'c', 'd'].map((name) => aStep(name, [], async () => void (await write(name))))
    await planned(steps)
    await Promise.all([runSteps(steps, () => undefined), runSteps(steps, () => undefined)])
    expect(await written()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('draw the same from chance whether they are done in one go or broken off in between', async () => {
    const drawn: number[] = []
    const steps = [
      aStep('a', [], async (random) => void drawn.push(random(), random()), { chance: 41 }),
      aStep('b', ['a'], async (random) => void drawn.push(random()), { chance: 'a' }),
    ]
    await planned(steps)
    await runSteps(steps, () => undefined)
    const whole = drawn.splice(0)
    await planned(steps)
    await runSteps(steps.slice(0, 1), () => undefined)
    await runSteps(steps, () => undefined)
    expect(drawn).toEqual(whole)
  })

  it('end where nobody wants them any more: what is there stays, the rest never comes', async () => {
    const steps = ['a', 'b'].map((name) => aStep(name, [], async () => void (await write(name))))
    await planned(steps)
    await runSteps(steps.slice(0, 1), () => undefined)
    expect(await endLoading()).toBe(1)
    await runSteps(await Promise.all([]), () => undefined)
    expect((await loadingSteps()).map((s) => s.name)).toEqual(['a'])
  })

  it('belong to the transaction that they are done in', async () => {
    const steps = [aStep('a', [], async () => void (await inTransaction(() => write('a'))))]
    await planned(steps)
    await runSteps(steps, () => undefined)
    expect(await written()).toEqual(['a'])
  })
})

/** Every table by its rows: how many, and the answers, points and measures in them. */
const counted = async () => {
  const tables = await sql<{ t: string }>(
    `SELECT table_name AS t FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT IN ('loading_step', 'audit_entry', '_prisma_migrations') ORDER BY 1`,
  )
  const rows = await Promise.all(
    tables.map(async ({ t }) => [t, (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM "${t}"`))[0]!.n]),
  )
  const [sums] = await sql(
    `SELECT (SELECT sum(raw) FROM score) AS raw, (SELECT sum(ability) FROM simulated_truth) AS truth, (SELECT md5(string_agg(value::text, ',' ORDER BY attempt_id, item_version_id)) IS NOT NULL FROM response) AS any`,
  )
  return { ...Object.fromEntries(rows), ...sums }
}

describe('a demonstration that is killed while it is loading', () => {
  const EVERY = 60

  it('goes on where it was when it is started again: the same rows as in one go, nothing twice', async () => {
    const whole = await openWorld()
    await asOwner({ url: process.env['DATABASE_URL']!, ownerUrl: whole.ownerUrl }, () => loadDemonstration(() => undefined, EVERY, NOW))
    const expected = await counted()
    await whole.close()

    const broken = await openWorld()
    await asOwner({ url: process.env['DATABASE_URL']!, ownerUrl: broken.ownerUrl }, () => planDemonstration(EVERY, NOW))
    const killedAt: number[] = []
    const load = (kill: boolean) =>
      new Promise<number | null>((ended) => {
        const child = spawn(process.execPath, loadingArguments, {
          env: { ...process.env, DATABASE_URL: broken.ownerUrl },
          stdio: ['ignore', 'ignore', 'inherit'],
        })
        const look = setInterval(async () => {
          const done = (await loadingSteps().catch(() => [])).filter((s) => s.state === 'done').length
          if (kill && done >= (killedAt.at(-1) ?? 1) + 3) {
            killedAt.push(done)
            child.kill('SIGKILL')
          }
        }, 20)
        child.on('exit', (code) => {
          clearInterval(look)
          ended(code)
        })
      })
    expect(await load(true)).toBeNull()
    expect(await load(true)).toBeNull()
    expect(await load(false)).toBe(0)
    expect(killedAt.length).toBeGreaterThanOrEqual(2)
    const found = await counted()
    await broken.close()
    expect(found).toEqual(expected)
  })

  it('knows every instrument of the bank', async () => {
    const bank = await openWorld()
    const codes = (await sql<{ code: string }>(`SELECT code FROM instrument`)).map((i) => i.code)
    expect([...instruments].sort()).toEqual(codes.sort())
    await bank.close()
  })
})
