import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeKey } from '@/lib/delivery/packet'
import { Ghost } from '@/lib/rehearsal/ghosts/ghost'
import { Library } from '@/lib/rehearsal/ghosts/library'
import { Wire } from '@/lib/rehearsal/ghosts/wire'
import { seeded } from '@/lib/platform/random'
import { sql } from '@/lib/platform/db'
import { openInstallation, type Installation } from './installation'
import { long, rounds } from './rounds'

/** kill -9 of the answering process, of PostgreSQL and of both at random moments under load. */
let place: Installation
beforeAll(async () => {
  place = await openInstallation()
}, 300_000)
afterAll(() => place.close())

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/** Tries as a phone does, until it succeeds. */
async function stubbornly(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries++) {
    const done = await work().then(
      () => true,
      () => false,
    )
    if (done) return
    if (tries > 400) throw new Error('the server never came back')
    await pause(100 + Math.random() * 200)
  }
}

/** Every journal entry in the database, by device and seq. */
async function stored(sittingId: string): Promise<Map<string, string>> {
  let rows: { device: string; seq: number; value: unknown }[] = []
  // This test's own connections die with the server, too.
  await stubbornly(async () => {
    rows = await sql(
      `SELECT e.device, e.seq, e.body AS value FROM journal_event e JOIN attempt a ON a.id = e.attempt_id JOIN seat s ON s.id = a.seat_id WHERE s.sitting_id = $1`,
      [sittingId],
    )
  })
  const found = new Map(rows.map((r) => [`${r.device}.${r.seq}`, JSON.stringify(r.value)]))
  expect(found.size).toBe(rows.length)
  return found
}

describe('killed without warning', () => {
  it('keeps every acknowledged answer, doubles none, and lets every attempt finish', async () => {
    const { sittingId, seats } = await place.seat(24)
    const wire = new Wire('127.0.0.1', place.port, 24)
    const library = new Library()
    const ghosts = seats.map((s, i) => new Ghost(wire, library, { ticket: s.ticket }, '1', 7_000 + i))
    for (const ghost of ghosts) {
      await stubbornly(() => ghost.readDesk())
      await stubbornly(() => ghost.fetchPacket())
      await stubbornly(() => ghost.start())
    }
    let running = true
    const working = ghosts.map(async (ghost) => {
      while (running) {
        ghost.answer()
        await ghost.sync().catch(() => pause(50 + Math.random() * 150))
        await pause(Math.random() * 30)
      }
    })
    const chance = seeded(Number(process.env['FAULT_SEED'] ?? 20_261_124))
    const many = rounds(4, 50)
    for (let round = 0; round < many; round++) {
      await pause(200 + chance() * 1_500)
      const target = round % 3
      if (target !== 1) place.killWeb()
      if (target !== 0) place.killPostgres()
      await place.ready()
      // What was acknowledged before the blow is there after it.
      const acknowledged = ghosts.map((g) => ({ g, ack: g.acknowledged }))
      const found = await stored(sittingId)
      for (const { g, ack } of acknowledged)
        for (let seq = 1; seq <= ack; seq++)
          expect([g.device, seq, found.get(`${g.device}.${seq}`)]).toEqual([
            g.device,
            seq,
            JSON.stringify(g.journal[seq - 1]!.value ?? null),
          ])
    }
    running = false
    await Promise.all(working)
    for (const ghost of ghosts) ghost.finish()
    await Promise.all(ghosts.map((g) => stubbornly(() => g.sync())))
    wire.close()
    const found = await stored(sittingId)
    expect(found.size).toBe(ghosts.reduce((sum, g) => sum + g.journal.length, 0))
    await stubbornly(() => sql('SELECT 1'))
    const open = await sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM attempt a JOIN seat s ON s.id = a.seat_id WHERE s.sitting_id = $1 AND a.state <> 'closed'`,
      [sittingId],
    )
    expect(open[0]!.n).toBe(0)
    if (long) console.log(`${many} blows, ${found.size} entries, all there`)
  })

  it('takes two thousand phones back at once after the server was away from before the start until after the end', async () => {
    const count = rounds(300, 2_000)
    const { sittingId, seats } = await place.seat(count)
    const wire = new Wire('127.0.0.1', place.port, count)
    const library = new Library()
    const began = Date.now() - 30 * 60_000
    const ghosts = seats.map((s, i) => new Ghost(wire, library, { ticket: s.ticket }, '1', 50_000 + i))
    await stubbornly(() => ghosts[0]!.readDesk())
    // The packet came the day before.
    await Promise.all(ghosts.map((g) => stubbornly(async () => (await g.readDesk(), await g.fetchPacket()))))
    await sql(`UPDATE desk_visit v SET at = v.at - interval '1 day' FROM seat s WHERE s.id = v.seat_id AND s.sitting_id = $1`, [sittingId])
    const heard = (await codeKey(sittingId))!
    await place.takeAway()
    await expect(ghosts[0]!.start()).rejects.toThrow()
    await place.bringBack()
    const at = performance.now()
    await Promise.all(
      ghosts.map(async (g) => {
        await stubbornly(() => g.start(false, began, heard))
        for (let n = 0; n < 20; n++) g.answer(began + n * 60_000)
        g.finish(began + 25 * 60_000)
        await stubbornly(() => g.sync())
      }),
    )
    const seconds = (performance.now() - at) / 1000
    wire.close()
    const rows = await sql<{ state: string; provisional: boolean; n: number }>(
      `SELECT a.state, a.provisional, count(*)::int AS n FROM attempt a JOIN seat s ON s.id = a.seat_id WHERE s.sitting_id = $1 GROUP BY 1, 2`,
      [sittingId],
    )
    expect(rows).toEqual([{ state: 'closed', provisional: true, n: count }])
    expect((await stored(sittingId)).size).toBe(count * 21)
    console.log(`${count} phones with a whole test each came back in ${seconds.toFixed(1)} s`)
    // A figure of a machine in quiet: it holds when the long form is asked for. Here each came back, within the tries of a stubborn phone.
    if (long) expect(seconds).toBeLessThan(60)
  })
})
