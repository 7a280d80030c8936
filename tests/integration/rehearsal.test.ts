import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerServer } from '@/lib/delivery/answer-server'
import { consoleReply } from '@/lib/console/inside'
import { createDelivery, freeze } from '@/lib/delivery/inside'
import { serveDelivery } from '@/lib/delivery/node-server'
import { rehearse, removeGhosts } from '@/lib/rehearsal/rehearse'
import { rehearsalPassed, type RehearsalRecord } from '@/lib/rehearsal/model'
import { anyPlace, rehearsals, rehearseInBackground, startRehearsal } from '@/lib/rehearsal/run-service'
import { rehearsalPage } from '@/lib/rehearsal/words'
import { sql } from '@/lib/platform/db'
import { removeScores, scoreAttempt } from '@/lib/scoring/inside'
import { currentRules } from '@/lib/standards/rules-store'
import { standingRun } from '@/lib/scoring/score-store'
import { seatGhosts } from '@/lib/sittings/inside'
import { aSchool, aSitting, aTeacher, anAccount, openWorld } from './world'

/** A small rehearsal against the real server, in this process: it proves what it says and leaves nothing behind. */
let world: Awaited<ReturnType<typeof openWorld>>
let address: { host: string; port: number }
let close: () => Promise<void>

beforeAll(async () => {
  world = await openWorld()
  const delivery = createDelivery(scoreAttempt, consoleReply)
  const server = createServer()
  const lane = serveDelivery(delivery)
  server.on('request', (request, response) => void lane(request, response))
  const door = answerServer(delivery, server)
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done))
  address = { host: '127.0.0.1', port: (door.address() as AddressInfo).port }
  close = async () => {
    door.close()
    server.closeAllConnections()
    await delivery.lane.idle()
  }
})
afterAll(async () => {
  await close()
  await world.close()
})

/** Rows of every table but those that may remember a rehearsal. */
async function counts(): Promise<Record<string, number>> {
  const tables = await sql<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('rehearsal', 'job_run', 'audit_entry') ORDER BY tablename`,
  )
  const found: Record<string, number> = {}
  for (const { name } of tables) found[name] = (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM "${name}"`))[0]!.n
  return found
}

describe('a rehearsal of sixty', () => {
  let record: RehearsalRecord
  let before: Record<string, number>
  const told: string[] = []

  beforeAll(async () => {
    // A real sitting beside it; what every installation has after its first closed test is there before as well.
    const { sittingId } = await aSitting([await aTeacher(await aSchool())], new Date())
    await freeze(sittingId, new Date())
    await standingRun((await currentRules()).id, new Date())
    before = await counts()
    record = await rehearse({
      participants: 60,
      minutes: 0.1,
      ...address,
      place: await anyPlace(),
      removeScores,
      tell: (_done, _total, words) => void told.push(words),
    })
  })

  it('finds every acknowledged entry once and every attempt closed and scored', () => {
    expect(record.proof).toMatchObject({ lost: 0, altered: 0, surplus: 0, responsesWrong: 0, closed: 60, scored: 60 })
    expect(record.proof.stored).toBe(record.proof.written)
    expect(rehearsalPassed(record)).toBe(true)
  })
  it('keeps a record that adds up', () => {
    const sum = (of: (p: RehearsalRecord['phases'][number]) => number) => record.phases.reduce((n, p) => n + of(p), 0)
    expect([record.total.requests, record.total.failures]).toEqual([sum((p) => p.requests), sum((p) => p.failures)])
    expect(record.offline).toMatchObject({ participants: 6, entries: 360 })
    // What a busy server puts off is asked again; each is answered once.
    const answered = (phase: string) => record.phases.filter((p) => p.phase === phase).map((p) => p.requests - p.failures)[0]
    expect(['login', 'packet', 'start', 'finish'].map(answered)).toEqual([60, 60, 60, 60])
    expect([answered('answer'), answered('reconnect')]).toEqual([54 * 3, 6])
    expect(record.proof.written).toBe(54 * 3 + 360 + 60)
    expect(record.generator.cpuShare).toBeGreaterThan(0)
  })
  it('leaves no row behind', async () => expect(await counts()).toEqual(before))
  it('reads as one page', () => {
    const page = rehearsalPage(record)
    expect(page).toContain('ada tepat satu kali di basis data')
    const start = record.phases.find((p) => p.phase === 'start')!
    expect(page).toContain(`| Mulai bersama | ${start.requests} | ${start.failures} |`)
    expect(told.at(-1)).toBe('Hantu dihapus …')
  })
})

describe('the journal', () => {
  it('lets go of a rehearsal only', async () => {
    const { seatIds } = await aSitting([await aTeacher(await aSchool())], new Date())
    const id = '00000000-0000-7000-8000-00000000abcd'
    await sql(
      `INSERT INTO attempt (id, seat_id, form_id, instrument_id, competency_code, seed, state, duration_seconds, started_at)
       SELECT $1, $2, f.id, f.instrument_id, '1', 1, 'open', 60, now() FROM form f LIMIT 1`,
      [id, seatIds[0]],
    )
    await sql(
      `INSERT INTO journal_event (attempt_id, device, seq, kind, body, at, received_at) VALUES ($1, 'phone-a-0001', 1, 'answer', '"A"', now(), now())`,
      [id],
    )
    await expect(sql(`DELETE FROM journal_event WHERE attempt_id = $1`, [id])).rejects.toThrow('append-only')
    const change = `UPDATE journal_event SET seq = 2 WHERE attempt_id = $1`
    await expect(sql(change, [id])).rejects.toThrow('permission denied')
    await expect(world.asOwner(change, [id])).rejects.toThrow('append-only')
  })
  it('is swept of ghosts that a crash left behind', async () => {
    const before = await counts()
    const ghosts = await seatGhosts({ participants: 5, roomSize: 5, ...(await anyPlace()), minutes: { '1': 60 } }, new Date())
    await freeze(ghosts.sittingId, new Date())
    await removeGhosts(removeScores)
    expect(await counts()).toEqual(before)
  })
})

describe('asking for a rehearsal', () => {
  const HOUR = 3_600_000
  /** Far from every sitting of the stories above. */
  const LATER = new Date(Date.now() + 400 * 24 * HOUR)

  it('is for those who manage cycles, within bounds, one at a time', async () => {
    const office = await anAccount('bgtk')
    const other = await anAccount('pengawas')
    await expect(startRehearsal(other, { participants: 100, minutes: 1 }, LATER)).rejects.toThrow()
    expect(await startRehearsal(office, { participants: 50_000, minutes: 1 }, LATER)).toMatchObject({ ok: false, code: 'input' })
    const both = await Promise.all([1, 2].map(() => startRehearsal(office, { participants: 100, minutes: 1 }, LATER)))
    expect(both.map((b) => (b.ok ? 'ok' : b.code)).sort()).toEqual(['busy', 'ok'])
    expect(await startRehearsal(office, { participants: 100, minutes: 1 }, LATER)).toMatchObject({ ok: false, code: 'busy' })
    expect(await rehearsals(office)).toHaveLength(1)
    await sql(`UPDATE rehearsal SET state = 'failed'`)
  })
  it('is refused while a sitting that counts is open or would open before it has gone', async () => {
    const office = await anAccount('bgtk')
    const opens = new Date(LATER.getTime() + 100 * 24 * HOUR)
    await aSitting([await aTeacher(await aSchool())], new Date(opens.getTime() + HOUR))
    const ask = (hours: number, minutes = 20, word = '') =>
      startRehearsal(office, { participants: 100, minutes, word }, new Date(opens.getTime() + hours * HOUR))
    for (const [hours, minutes] of [
      [1, 1],
      [7, 1],
      [-0.1, 1],
      [-2, 120],
    ] as const)
      expect([hours, await ask(hours, minutes, 'GLADI')]).toMatchObject([
        hours,
        { ok: false, code: 'open', message: expect.stringMatching(/Sesi T\d+/) },
      ])
    // The day before and shortly after, phones may be at work: asked for twice.
    for (const hours of [-20, -3, 8])
      expect([hours, await ask(hours)]).toMatchObject([hours, { ok: false, code: 'near', message: expect.stringMatching(/ketik GLADI/) }])
    expect(await rehearsals(office)).toHaveLength(1)
    expect(await ask(-20, 20, ' gladi ')).toMatchObject({ ok: true })
    await sql(`UPDATE rehearsal SET state = 'failed'`)
    expect(await ask(-25)).toMatchObject({ ok: true })
    await sql(`UPDATE rehearsal SET state = 'failed'`)
  })
  it('minds no practice and no other rehearsal', async () => {
    const office = await anAccount('bgtk')
    const when = new Date(LATER.getTime() + 200 * 24 * HOUR)
    await aSitting([await aTeacher(await aSchool())], when, { practice: true })
    await aSitting([await aTeacher(await aSchool())], when, { rehearsal: true })
    expect(await startRehearsal(office, { participants: 100, minutes: 1 }, when)).toMatchObject({ ok: true })
  })
  it('that waited until a sitting is open does not run, and says why', async () => {
    const id = uuidv7()
    await sql(`UPDATE rehearsal SET state = 'failed'`)
    // The sitting of the first story is open now.
    await sql(`INSERT INTO rehearsal (id, participants, state, started_at) VALUES ($1, 100, 'waiting', now())`, [id])
    const end = await rehearseInBackground({ jobId: id, rehearsalId: id, participants: 100, minutes: 1, word: 'GLADI' }, removeScores)
    expect(end).toMatchObject({ state: 'failed', words: expect.stringMatching(/sedang berlangsung/) })
    expect(await sql(`SELECT state FROM rehearsal WHERE id = $1`, [id])).toEqual([{ state: 'failed' }])
  })
})
