import pg from 'pg'
import { asOwner, migrate } from '@/lib/platform/migrate'
import { loadDemonstration } from '@/prisma/seed/demonstration'

/** Every eighth participant: enough for every page to have something to show, and for every rule about small groups to bite. */
const EVERY = 8

/** One connection to a database for the length of `work`. */
export async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The same server or door, another database. */
export function databaseAt(door: string, name: string): string {
  const url = new URL(door)
  url.pathname = `/${name}`
  return url.href
}

/**
 * Makes sure that the database `name` on a server holds the demonstration and may be copied: whoever comes first loads it, whoever comes
 * meanwhile waits. Nobody is granted anything in it: a role dies with its run, this may outlive it. Who copies it grants (`grantToApplication`).
 */
export async function demonstrationOn(server: string, name: string, say: (words: string) => void = () => undefined): Promise<void> {
  await connected(server, async (client) => {
    await client.query(`SELECT pg_advisory_lock(hashtext($1))`, [name])
    if ((await client.query(`SELECT 1 FROM pg_database WHERE datname = $1`, [name])).rowCount) return
    const unfinished = `${name}_unfinished`
    await client.query(`DROP DATABASE IF EXISTS "${unfinished}" WITH (FORCE)`)
    await client.query(`CREATE DATABASE "${unfinished}"`)
    const url = databaseAt(server, unfinished)
    await migrate({ url, ownerUrl: url })
    await asOwner({ url, ownerUrl: url }, () => loadDemonstration(say, EVERY))
    await client.query(`ALTER DATABASE "${unfinished}" RENAME TO "${name}"`)
  })
}
