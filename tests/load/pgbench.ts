/** The yardstick: PostgreSQL's own pgbench, doing the least that a saved answer can be: one row upserted and committed. */
import { spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asTheOwner } from './stage'

export const pgbenchIsHere = (): boolean => spawnSync('pgbench', ['--version']).status === 0

const upsert = (attempt: string, item: string) =>
  `INSERT INTO yardstick (attempt_id, item_version_id, value, at, device, seq) VALUES (${attempt}, ${item}, '"B"', now(), 'phone-a-0001', 1)
 ON CONFLICT (attempt_id, item_version_id) DO UPDATE SET value = excluded.value, at = excluded.at, device = excluded.device, seq = excluded.seq;`.replace(
    '\n',
    '',
  )

const random = (attempts: number) =>
  `\\set a random(100000000001, ${100000000000 + attempts})\n\\set i random(100000000001, 100000000060)\n`
const uuid = (name: string) => `('00000000-0000-7000-8000-' || (:${name})::text)::uuid`

/** Prepares the table, shaped like `response`, and both scripts. */
export async function preparePgbench(folder: string, ownerUrl: string, attempts: number): Promise<void> {
  await asTheOwner(
    ownerUrl,
    `CREATE TABLE yardstick (attempt_id uuid NOT NULL, item_version_id uuid NOT NULL, value jsonb NOT NULL, at timestamptz(3) NOT NULL, device text NOT NULL, seq int NOT NULL,
       PRIMARY KEY (attempt_id, item_version_id))`,
  )
  // The default protocol puts values into the text, also between quotes; a prepared statement takes them as parameters.
  writeFileSync(join(folder, 'simple.sql'), random(attempts) + upsert(`'00000000-0000-7000-8000-:a'`, `'00000000-0000-7000-8000-:i'`))
  writeFileSync(join(folder, 'prepared.sql'), random(attempts) + upsert(uuid('a'), uuid('i')))
}

/** Transactions a second of so many clients. */
export function pgbench(folder: string, url: string, seconds: number, { prepared = false, clients = 32 } = {}): Promise<number> {
  return new Promise((done, fail) => {
    const script = join(folder, prepared ? 'prepared.sql' : 'simple.sql')
    const child = spawn('pgbench', [
      '-n',
      ...(prepared ? ['-M', 'prepared'] : []),
      '-f',
      script,
      '-c',
      String(clients),
      '-j',
      '2',
      '-T',
      String(seconds),
      url,
    ])
    let said = ''
    child.stdout.on('data', (d: Buffer) => (said += d))
    child.stderr.on('data', (d: Buffer) => (said += d))
    child.on('error', fail)
    child.on('exit', () => {
      const found = /tps = ([\d.]+)/.exec(said)
      if (found) done(Number(found[1]))
      else fail(new Error(said))
    })
  })
}
