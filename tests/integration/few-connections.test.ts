import { afterAll, beforeAll, expect, it } from 'vitest'
import { boundQueries, sql } from '@/lib/platform/db'
import { openWorld } from './world'

/** A process that yields to the phones has few connections, and on a busy machine its own statements wait for each other. */
let world: Awaited<ReturnType<typeof openWorld>>
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

it('waits for a connection that its own statement holds as long as a statement may take, and no document breaks off for it', async () => {
  boundQueries(60_000, { connections: 1 })
  const [, [row]] = await Promise.all([sql(`SELECT pg_sleep(5.5)`), sql<{ one: number }>(`SELECT 1 AS one`)])
  expect(row).toEqual({ one: 1 })
})
