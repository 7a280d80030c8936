import { fork, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { SECRET } from '../secret'

let folder: string
let starter: ChildProcess
let client: pg.Client
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'petaguru-deaf-'))
  chmodSync(folder, 0o755)
  starter = fork('tests/integration/deaf-starter.ts', [folder], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, NEXTAUTH_SECRET: SECRET },
  })
  const url = await new Promise<string>((done, fail) => {
    starter.once('message', (said) => done(String(said)))
    starter.once('exit', () => fail(new Error('the starter ended')))
  })
  client = new pg.Client({ connectionString: url, query_timeout: 60_000 })
  client.on('error', () => undefined)
  await client.connect()
})
afterAll(() => {
  void client.end()
  const postmaster = Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  starter.kill('SIGKILL')
  process.kill(postmaster, 'SIGQUIT')
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
})

describe('a database whose starter has no time to listen', () => {
  it('goes on working however much it has to complain about', async () => {
    await client.query('CREATE DATABASE soon_gone')
    for (let n = 0; n < 1_500; n++) await client.query(`SELECT 'a complaint of some length, number ${n}' + 1`).catch(() => undefined)
    await client.query('CHECKPOINT')
    await client.query('DROP DATABASE soon_gone WITH (FORCE)')
    expect((await client.query<{ one: number }>('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })

  it('keeps no statement and no value of a row in its record', async () => {
    await client.query('CREATE TABLE person (nik text UNIQUE)')
    await client.query(`INSERT INTO person VALUES ('1871990101010001')`)
    await client.query(`INSERT INTO person VALUES ('1871990101010001')`).catch(() => undefined)
    const file = (await client.query<{ file: string }>('SELECT pg_current_logfile() AS file')).rows[0]!.file
    const record = () => readFileSync(join(folder, 'postgres', file), 'utf8')
    // The record is written by a process of its own, a moment later.
    await vi.waitFor(() => expect(record()).toContain('duplicate key value'), { timeout: 120_000 })
    expect(record()).not.toContain('1871990101010001')
  })
})
