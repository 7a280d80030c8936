import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Ghost } from '@/lib/rehearsal/ghosts/ghost'
import { Library } from '@/lib/rehearsal/ghosts/library'
import { Wire } from '@/lib/rehearsal/ghosts/wire'
import { sql } from '@/lib/platform/db'
import { openInstallation, type Installation } from './installation'

/** The database full, locked by a migration, or out of connections: refused with a clear word, nothing acknowledged falsely, well again by itself. */
const FOLDER = mkdtempSync(join(tmpdir(), 'petaguru-small-disk-'))
/** A small disk of its own, where this machine lets us make one. */
const small =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=420m,mode=755', 'tmpfs', FOLDER]).status === 0
if (!small) console.log('A small disk cannot be mounted here: the story of the full disk is left out.')

let place: Installation
beforeAll(async () => {
  place = await openInstallation(FOLDER)
}, 300_000)
afterAll(async () => {
  await place.close().catch(() => undefined)
  if (small) spawnSync('umount', ['-l', FOLDER])
  rmSync(FOLDER, { recursive: true, force: true })
})

async function ghostsAtWork(count: number) {
  const { sittingId, seats } = await place.seat(count)
  const wire = new Wire('127.0.0.1', place.port, count)
  const library = new Library()
  const ghosts = seats.map((s, i) => new Ghost(wire, library, { ticket: s.ticket }, '1', Math.floor(Math.random() * 1e6) + i))
  for (const g of ghosts) {
    await g.readDesk()
    await g.fetchPacket()
    await g.start()
  }
  return { sittingId, ghosts, wire }
}

const held = async (sittingId: string) =>
  (
    await sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM journal_event e JOIN attempt a ON a.id = e.attempt_id JOIN seat s ON s.id = a.seat_id WHERE s.sitting_id = $1`,
      [sittingId],
    )
  )[0]!.n

/** Everybody answers and hands in; the words of those who were refused. */
async function handIn(ghosts: Ghost[], answers = 1): Promise<string[]> {
  const said = await Promise.all(
    ghosts.map(async (g) => {
      for (let i = 0; i < answers; i++) g.answer()
      return g.sync().then(
        () => null,
        (e: Error) => e.message,
      )
    }),
  )
  return said.filter((s) => s !== null)
}

const acknowledged = (ghosts: Ghost[]) => ghosts.reduce((sum, g) => sum + g.acknowledged, 0)

describe('a database in trouble', () => {
  it('lets phones wait or come again while a migration holds the tables, acknowledges nothing meanwhile, and takes everything afterwards', async () => {
    const { sittingId, ghosts, wire } = await ghostsAtWork(8)
    const migration = new pg.Client({ connectionString: place.ownerUrl })
    await migration.connect()
    await migration.query('BEGIN')
    await migration.query('LOCK TABLE journal_event, response IN ACCESS EXCLUSIVE MODE')
    const before = acknowledged(ghosts)
    const refused = handIn(ghosts)
    await new Promise((r) => setTimeout(r, 3_000))
    expect(acknowledged(ghosts)).toBe(before)
    await migration.query('ALTER TABLE response ADD COLUMN passing int')
    await migration.query('ALTER TABLE response DROP COLUMN passing')
    await migration.query('COMMIT')
    await migration.end()
    for (const words of await refused) expect(words).toMatch(/503/)
    await expect.poll(async () => (await handIn(ghosts, 0)).length, { timeout: 30_000 }).toBe(0)
    expect(await held(sittingId)).toBe(acknowledged(ghosts))
    wire.close()
  })

  it('says that it is busy when strangers hold every connection, and is well again when they are gone', async () => {
    const { sittingId, ghosts, wire } = await ghostsAtWork(4)
    // The answering process starts anew without a single connection of its own, into a full house.
    const strangers: pg.Client[] = []
    place.killWeb()
    for (;;) {
      const stranger = new pg.Client({ connectionString: place.url })
      stranger.on('error', () => undefined)
      const came = await stranger.connect().then(
        () => true,
        () => false,
      )
      if (!came) break
      strangers.push(stranger)
    }
    expect(strangers.length).toBeGreaterThan(50)
    await place.live()
    const before = acknowledged(ghosts)
    const words = await handIn(ghosts)
    expect(words).toHaveLength(ghosts.length)
    for (const w of words) expect(w).toMatch(/503 .*Server sedang sibuk/)
    expect(acknowledged(ghosts)).toBe(before)
    await Promise.all(strangers.map((s) => s.end()))
    await expect.poll(async () => (await handIn(ghosts, 0)).length, { timeout: 40_000 }).toBe(0)
    expect(await held(sittingId)).toBe(acknowledged(ghosts))
    wire.close()
  })

  it.skipIf(!small)(
    'refuses clearly when the disk is full, has acknowledged nothing that it does not hold, and goes on when there is room',
    async () => {
      const { sittingId, ghosts, wire } = await ghostsAtWork(10)
      expect(await handIn(ghosts, 3)).toEqual([])
      const ballast = join(FOLDER, 'ballast')
      const free = () => {
        const disk = statfsSync(FOLDER)
        return disk.bavail * disk.bsize
      }
      writeFileSync(ballast, Buffer.alloc(Math.max(0, free() - 300_000), 1))
      let refused: string[] = []
      for (let i = 0; i < 200 && refused.length === 0; i++) refused = await handIn(ghosts, 100)
      expect(refused.length).toBeGreaterThan(0)
      for (const words of refused) expect(words).toMatch(/503|connection/)
      const before = acknowledged(ghosts)
      expect(existsSync(ballast)).toBe(true)
      rmSync(ballast)
      await place.ready()
      expect(await held(sittingId)).toBeGreaterThanOrEqual(before)
      await expect.poll(async () => (await handIn(ghosts, 0)).length, { timeout: 60_000, interval: 500 }).toBe(0)
      expect(await held(sittingId)).toBe(acknowledged(ghosts))
      expect(acknowledged(ghosts)).toBe(ghosts.reduce((sum, g) => sum + g.journal.length, 0))
      wire.close()
    },
  )
})
