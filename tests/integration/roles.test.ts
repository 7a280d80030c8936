import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { excessRights, grantToApplication, roleSql } from '@/lib/platform/database-roles'
import { startEmbedded } from '@/lib/platform/embedded-postgres'
import { sql } from '@/lib/platform/db'
import { enqueue } from '@/lib/platform/jobs'
import { migrate } from '@/lib/platform/migrate'
import { openWorld } from './world'

let world: Awaited<ReturnType<typeof openWorld>>
beforeAll(async () => {
  world = await openWorld()
  await grantToApplication(world)
})
afterAll(() => world.close())

const ownerName = () => new URL(world.ownerUrl).username
/** One attack in a session of its own, so that nothing of it lingers. */
async function tries(text: string): Promise<string> {
  const client = new pg.Client({ connectionString: world.url })
  await client.connect()
  try {
    await client.query(text)
    return 'done'
  } catch (error) {
    return `${(error as pg.DatabaseError).code} ${(error as Error).message}`
  } finally {
    await client.end()
  }
}

describe('the application connects with a role that reads and writes rows and nothing else', () => {
  const attacks: [string, () => string][] = [
    ['make a table', () => 'CREATE TABLE loot (n int)'],
    ['make a temporary table that could stand before a real one', () => 'CREATE TEMPORARY TABLE teacher (n int)'],
    ['make a schema', () => 'CREATE SCHEMA loot'],
    ['make a function', () => `CREATE FUNCTION loot() RETURNS int LANGUAGE sql AS 'SELECT 1'`],
    [
      'replace a trigger function',
      () => `CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'`,
    ],
    ['change a table', () => 'ALTER TABLE teacher ADD COLUMN loot int'],
    ['drop a table', () => 'DROP TABLE audit_entry'],
    ['drop a trigger', () => 'DROP TRIGGER audit_entry_append_only ON audit_entry'],
    ['make an index', () => 'CREATE INDEX loot ON teacher (name)'],
    ['empty the audit log', () => 'TRUNCATE audit_entry'],
    ['empty the results', () => 'TRUNCATE score CASCADE'],
    ['change a line of the audit log', () => `UPDATE audit_entry SET actor_name = 'orang lain'`],
    ['delete a line of the audit log', () => 'DELETE FROM audit_entry'],
    ['change an answer journal', () => `UPDATE journal_event SET at = now()`],
    ['lock the tables of everybody', () => 'BEGIN; LOCK TABLE audit_entry IN ACCESS EXCLUSIVE MODE'],
    ['switch off the triggers of a table', () => 'ALTER TABLE audit_entry DISABLE TRIGGER ALL'],
    ['switch off the triggers of a session', () => 'SET session_replication_role = replica'],
    ['run a program on the server', () => `COPY (SELECT 1) TO PROGRAM 'touch /tmp/petaguru-loot'`],
    ['run a program through COPY FROM', () => `COPY teacher (name) FROM PROGRAM 'id'`],
    ['write a file on the server', () => `COPY (SELECT 1) TO '/tmp/petaguru-loot'`],
    ['read a file through COPY', () => `COPY teacher (name) FROM '/etc/passwd'`],
    ['read a file', () => `SELECT pg_read_file('/etc/passwd')`],
    ['list a folder', () => `SELECT pg_ls_dir('.')`],
    ['take a file in as a large object', () => `SELECT lo_import('/etc/passwd')`],
    ['read the password hashes of roles', () => 'SELECT rolpassword FROM pg_authid'],
    ['make a role', () => 'CREATE ROLE loot SUPERUSER'],
    ['give itself powers', () => 'ALTER ROLE CURRENT_USER SUPERUSER'],
    ['become the owner', () => `SET ROLE ${ownerName()}`],
    ['become the owner of the session', () => `SET SESSION AUTHORIZATION ${ownerName()}`],
    ['join a server group', () => 'GRANT pg_execute_server_program TO CURRENT_USER'],
    ['own a table', () => 'ALTER TABLE audit_entry OWNER TO CURRENT_USER'],
    ['change a setting of the server', () => `ALTER SYSTEM SET log_statement = 'none'`],
    ['load a language that reaches the machine', () => 'CREATE EXTENSION file_fdw'],
    ['make a database', () => 'CREATE DATABASE loot'],
    ['forge which migrations ran', () => 'DELETE FROM _prisma_migrations'],
  ]
  for (const [what, text] of attacks) {
    it(`and is refused when it tries to ${what}`, async () => {
      expect(await tries(text())).toMatch(/^42501/)
    })
  }

  it('and says so of itself, while the owner is told to be too much', async () => {
    expect(await excessRights(world.url)).toEqual([])
    expect(await excessRights(world.ownerUrl)).toEqual(expect.arrayContaining(['pengguna super', 'mengosongkan tabel', 'mengubah tabel']))
  })
})

describe('rights follow the tables', () => {
  it('reaches a table that a later migration makes, before anybody grants anything', async () => {
    await world.asOwner('CREATE TABLE later (n int)')
    expect(await sql('INSERT INTO later VALUES (1) RETURNING n')).toEqual([{ n: 1 }])
    expect(await tries('TRUNCATE later')).toMatch(/^42501/)
  })

  it('takes the right to change rows from a table whose trigger refuses it, at the next migration run', async () => {
    await world.asOwner('CREATE TABLE sealed (n int)')
    await world.asOwner('CREATE TRIGGER sealed_append_only BEFORE UPDATE OR DELETE ON sealed FOR EACH ROW EXECUTE FUNCTION refuse_change()')
    await grantToApplication(world)
    expect(await tries('INSERT INTO sealed VALUES (1)')).toBe('done')
    expect(await tries('UPDATE sealed SET n = 2')).toMatch(/^42501/)
    expect(await tries('DELETE FROM sealed')).toMatch(/^42501/)
  })

  it('lets the job queue be used and its schema be checked without a right to change it', async () => {
    await runMigrations({ connectionString: world.url })
    const id = await enqueue('match-tutors', { runId: uuidv7() }, { createdBy: null })
    const jobs = await sql<{ n: number }>(`SELECT count(*)::int AS n FROM graphile_worker._private_jobs WHERE payload->>'jobId' = $1`, [id])
    expect(jobs).toEqual([{ n: 1 }])
    expect(await tries('ALTER TABLE graphile_worker._private_jobs ADD COLUMN loot int')).toMatch(/^42501/)
  })

  it('takes powers from an application role that had them', async () => {
    const role = `petaguru_mighty_${process.pid}`
    await world.asOwner(`CREATE ROLE ${role} SUPERUSER CREATEROLE LOGIN`)
    try {
      await world.asOwner(roleSql(role, 'sandi-uji'))
      const [row] = await world.asOwner<{ rolsuper: boolean; rolcreaterole: boolean }>(
        `SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = '${role}'`,
      )
      expect(row).toEqual({ rolsuper: false, rolcreaterole: false })
    } finally {
      await world.asOwner(`DROP ROLE ${role}`)
    }
  })
})

describe('the server that comes with the program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'petaguru-roles-'))
  chmodSync(folder, 0o755)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('gives a data folder of an earlier version its second role, keeps its rows, and hands out two doors', async () => {
    const first = await startEmbedded(folder, { fast: true })
    // What the earlier version left: one role, one password file, the tables and rows of the owner.
    await migrate({ url: first.ownerUrl, ownerUrl: first.ownerUrl })
    const owner = new pg.Client({ connectionString: first.ownerUrl })
    await owner.connect()
    await owner.query(`INSERT INTO job_run (id, kind, state, created_at, updated_at) VALUES (gen_random_uuid(), 'x', 'done', now(), now())`)
    await owner.query('DROP OWNED BY petaguru_app; DROP ROLE petaguru_app')
    await owner.end()
    await first.stop()
    rmSync(join(folder, 'application.password'))

    const again = await startEmbedded(folder, { fast: true })
    try {
      await grantToApplication(again)
      expect(statSync(join(folder, 'application.password')).mode & 0o077).toBe(0)
      expect(await excessRights(again.url)).toEqual([])
      const client = new pg.Client({ connectionString: again.url })
      await client.connect()
      expect((await client.query(`UPDATE job_run SET words = 'lanjut' RETURNING kind`)).rows).toEqual([{ kind: 'x' }])
      await expect(client.query('CREATE TABLE loot (n int)')).rejects.toMatchObject({ code: '42501' })
      await client.end()
    } finally {
      await again.stop()
    }
    expect(existsSync('/tmp/petaguru-loot')).toBe(false)
  })
})

it('prints the SQL of the two roles for an outside server, and that SQL runs there', async () => {
  const role = `petaguru_printed_${process.pid}`
  const database = new URL(world.ownerUrl).pathname.slice(1)
  const printed = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/database.ts', 'roles', '--role', role, '--database', database], {
    encoding: 'utf8',
  }).stdout
  await world.asOwner(printed)
  try {
    const password = new RegExp(`${role}:([^@]+)@`).exec(printed)![1]!
    const url = new URL(world.ownerUrl)
    url.username = role
    url.password = password
    expect(await excessRights(url.href)).toEqual([])
  } finally {
    await world.asOwner(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
  }
})
