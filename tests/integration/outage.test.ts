import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, it, vi } from 'vitest'
import { startEmbedded } from '@/lib/platform/embedded-postgres'
import { keepRunning } from '@/lib/platform/postgres-keeper'

const ask = async (url: string) => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

it('brings a killed PostgreSQL back on the same port, also while one of its sessions still works', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'petaguru-keep-'))
  chmodSync(folder, 0o755)
  const first = await startEmbedded(folder)
  const heard = { died: vi.fn(), back: vi.fn(), gaveUp: vi.fn() }
  const keeper = keepRunning(folder, first, heard)
  try {
    const client = await ask(first.ownerUrl)
    await client.query(`CREATE TABLE kept (n int)`)
    await client.query(`INSERT INTO kept VALUES (7)`)
    // A session that computes does not look up to see that its server is gone.
    const busy = client.query(`SELECT count(*) FROM generate_series(1, 2000000000)`).catch(() => undefined)
    await new Promise((r) => setTimeout(r, 300))
    process.kill(Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
    await vi.waitFor(() => expect(heard.back).toHaveBeenCalledTimes(1), { timeout: 120_000, interval: 200 })
    const again = await ask(first.ownerUrl)
    expect((await again.query<{ n: number }>(`SELECT n FROM kept`)).rows).toEqual([{ n: 7 }])
    await again.end()
    await busy
    expect(heard.gaveUp).not.toHaveBeenCalled()
  } finally {
    await keeper.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
