import { fork, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor, Role } from '@/lib/access/model'
import { cookieName } from '@/lib/access/session-cookie'
import { beginSession } from '@/lib/access/session-service'
import { createUser } from '@/lib/access/store'
import { closeDatabase, sql } from '@/lib/platform/db'
import { startEmbedded } from '@/lib/platform/embedded-postgres'
import { endProcess } from '@/lib/platform/supervise'
import { workerLives } from '@/lib/documents/inside'
import type { Answered, Asked } from '../load/client'
import { asTheOwner, freePort, seat } from '../load/stage'
import { config, settle } from '@/lib/platform/config'

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // It ended while we looked.
    return ''
  }
}
const commandOf = (pid: number) => read(`/proc/${pid}/cmdline`).split('\0')
/** A process and all that it started. */
function familyOf(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), Number(/\) \S (\d+)/.exec(read(`/proc/${name}/stat`))?.[1])] as const)
  const family = [pid]
  for (const one of family) family.push(...parents.filter(([, parent]) => parent === one).map(([child]) => child))
  return family
}

/** The whole product as `npm start` runs it: front, pages, worker and database, each a process of its own. */
export type Product = Awaited<ReturnType<typeof openProduct>>

const BUILD_MS = 900_000

/** An account with one role, and the cookie of a login of it that showed its second factor. */
export type Person = { actor: Actor; cookie: string }

/** `demonstrationEvery`: with the demonstration, one of so many of its teachers; without it nobody is in it. */
export async function openProduct({ demonstrationEvery }: { demonstrationEvery?: number } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'petaguru-product-'))
  chmodSync(folder, 0o755)
  const port = await freePort()
  const base = `http://localhost:${port}`
  const { NEXTAUTH_SECRET, NEXTAUTH_URL, DATABASE_URL } = config()
  settle({ NEXTAUTH_SECRET: 'petaguru-faults-secret-0123456789', NEXTAUTH_URL: base })
  const product = spawn(process.execPath, ['scripts/start.mjs', ...(demonstrationEvery ? [] : ['--empty'])], {
    env: { ...process.env, PETAGURU_DATA: folder, PORT: String(port), PETAGURU_DEMO_EVERY: String(demonstrationEvery ?? 1) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  product.stderr.on('data', (d: Buffer) => {
    said += d.toString()
    process.stderr.write(d)
  })
  const until = async (what: () => Promise<boolean>) => {
    for (const end = Date.now() + BUILD_MS; !(await what().catch(() => false));) {
      if (product.exitCode !== null || Date.now() > end) throw new Error('the product does not come up')
      await new Promise((r) => setTimeout(r, 250))
    }
  }
  await until(async () => (await fetch(`${base}/masuk`, { redirect: 'manual' })).status === 200)
  const database = await startEmbedded(folder)
  settle({ DATABASE_URL: database.url })
  await until(workerLives)
  const client = fork('tests/load/client.ts', [String(port)], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  let people = 0
  return {
    base,
    port,
    /** What the console of the installation has said so far. */
    said: () => said,
    /** The ids of the processes that run one of its programs. Linux: /proc. */
    /** Of one of its programs, by its name in scripts. */
    pidsOf: (program: string): number[] =>
      familyOf(product.pid!).filter((pid) => commandOf(pid).some((word) => word.endsWith(`/${program}.mjs`))),
    seat: (participants: number) => seat(participants, database.ownerUrl),
    /** Gives the ghosts of a sitting names and a school, so that their cards can be printed. */
    name: (sittingId: string) =>
      asTheOwner(
        database.ownerUrl,
        `INSERT INTO school (id, npsn, name, ownership, level_id, region_id)
           SELECT gen_random_uuid(), '98000001', 'SMAN 1 Uji Beban', 'negeri', (SELECT id FROM education_level LIMIT 1), (SELECT id FROM region LIMIT 1) ON CONFLICT DO NOTHING;
         UPDATE seat SET school_id = (SELECT id FROM school WHERE npsn = '98000001') WHERE sitting_id = '${sittingId}';
         INSERT INTO teacher (id, name, school_id, subject_id) SELECT teacher_id, 'Guru Uji Beban ' || participant_number, school_id, subject_id FROM seat WHERE sitting_id = '${sittingId}'`,
      ),
    person: async (role: Role): Promise<Person> => {
      const grants = [{ role, regionId: null, schoolId: null, levelCodes: [] }]
      const name = `Akun beban ${++people}`
      const userId = await createUser({ name, email: `beban-${people}@uji.id`, passwordHash: null, grants }, new Date())
      const claim = { kind: 'user' as const, id: userId, name, version: 1 }
      const opened = await beginSession(claim, { address: '127.0.0.1', userAgent: null, device: null }, { factor: 'totp' })
      return { actor: { userId, seatId: null, teacherId: null, name, grants }, cookie: `${cookieName('session')}=${opened.token}` }
    },
    /** Fetches a document as a browser does: at its address, else from the page that waits for it; its bytes. */
    fetchDocument: async (person: Person, path: string): Promise<Buffer> => {
      const get = (at: string) => fetch(`${base}${at}`, { headers: { cookie: person.cookie }, redirect: 'manual' })
      let answer = await get(`/api/exports/${path}`)
      while (answer.status === 303) {
        const page = new URL(answer.headers.get('location')!, base).pathname
        const waits = await get(page)
        if (waits.status !== 200) throw new Error(`${page}: ${waits.status}`)
        await new Promise((r) => setTimeout(r, 1_000))
        answer = await get(`/api${page}`)
      }
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
      return Buffer.from(await answer.arrayBuffer())
    },
    /** The load generator, in a process of its own. */
    ask: <K extends keyof Asked>(what: K, how: Asked[K]): Promise<Answered[K]> =>
      new Promise((done, fail) => {
        client.once('message', (m: { ok: Answered[K] } | { failed: string }) => ('ok' in m ? done(m.ok) : fail(new Error(m.failed))))
        client.send({ what, how })
      }),
    close: async () => {
      await endProcess(client, 5_000)
      await endProcess(product, 30_000)
      await closeDatabase()
      settle({ NEXTAUTH_SECRET, NEXTAUTH_URL, DATABASE_URL })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** An instrument's code with the most items, whose book is the longest. */
export const longestInstrument = async (): Promise<string> =>
  (
    await sql<{ code: string }>(
      `SELECT n.code FROM instrument n JOIN item i ON i.instrument_id = n.id GROUP BY n.code ORDER BY count(*) DESC, n.code LIMIT 1`,
    )
  )[0]!.code
