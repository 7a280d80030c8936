import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden } from '@/lib/access/model'
import { sql } from '@/lib/platform/db'
import { runRetention } from '@/lib/privacy/inside'
import { retentionView } from '@/lib/privacy/service'
import { undoImport } from '@/lib/roster/service'
import { aServer, at, seated, singles } from './phones'
import { anAccount, openWorld } from './world'

let world: Awaited<ReturnType<typeof openWorld>>
beforeAll(async () => (world = await openWorld()))
afterAll(() => world.close())

const DAY_MS = 86_400_000
const days = (n: number) => new Date(at(0).getTime() + n * DAY_MS)
const count = async (table: string) => (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]!.n

describe('the daily job', () => {
  it('deletes what is older than its limit and nothing younger, scores and answers stay, and the record says how much', async () => {
    const server = aServer()
    const { seat } = await seated()
    const started = await server.begin(seat)
    const [item] = singles(started)
    await server.send(started.token, [
      { seq: 1, kind: 'answer', item: item!.id, value: item!.content.options![0]!.id, at: at(5).getTime() },
      { seq: 2, kind: 'finish', value: 'finished', at: at(6).getTime() },
    ])
    await sql(`UPDATE attempt SET unscored_since = NULL`)
    const [taps, answers, scores] = [await count('journal_event'), await count('response'), await count('score')]
    expect(taps).toBe(2)
    await runRetention(days(700))
    expect(await count('journal_event')).toBe(taps)
    const results = await runRetention(days(731))
    expect(await count('journal_event')).toBe(0)
    expect([await count('response'), await count('score')]).toEqual([answers, scores])
    expect(results.find((r) => r.kind === 'keepDays.journal')).toMatchObject({ removed: 2, days: 730, state: 'done' })
    expect((await runRetention(days(732))).every((r) => r.removed === 0)).toBe(true)
  })
  it('takes files and undo records of old imports, which then cannot be undone and say so', async () => {
    const office = await anAccount('bgtk')
    const [batch, young] = [uuidv7(), uuidv7()]
    for (const [id, day] of [
      [batch, 0],
      [young, 300],
    ] as const)
      await sql(
        `INSERT INTO import_batch (id, file_name, sha256, state, file, preview, created_at) VALUES ($1,'a.csv','x','applied','x','{}',$2)`,
        [id, days(day)],
      )
    await sql(`INSERT INTO import_change (id, batch_id, teacher_id, after) VALUES ($1,$2,$3,'{}')`, [uuidv7(), batch, uuidv7()])
    await runRetention(days(310))
    expect(await sql(`SELECT id FROM import_batch WHERE preview IS NOT NULL AND file IS NOT NULL`)).toEqual([{ id: young }])
    expect(await undoImport(office, batch)).toMatchObject({ ok: false, code: 'blocked', message: expect.stringContaining('sudah dihapus') })
  })
  it('goes on with the other kinds where one fails, and is shown as failed', async () => {
    const office = await anAccount('bgtk')
    const results = await runRetention(days(800), {
      'keepDays.journal': () => Promise.reject(new Error('disk')),
      'keepDays.phones': () => Promise.resolve(0),
    })
    expect(results.map((r) => r.state)).toEqual(['failed', 'done'])
    expect(await retentionView(office, days(800))).toMatchObject({ health: 'failed' })
    expect(await retentionView(office, days(803))).toMatchObject({ health: 'overdue' })
    await expect(retentionView(await anAccount('pengawas'), days(800))).rejects.toThrow(Forbidden)
  })
  it('works in bounded steps: what its share does not reach is left for the next day and told', async () => {
    let steps = 0
    const [result] = await runRetention(days(900), { 'keepDays.phones': () => Promise.resolve(++steps) })
    expect(result).toMatchObject({ state: 'more' })
    expect(steps).toBe(500)
  })
})
