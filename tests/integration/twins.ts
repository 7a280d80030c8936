import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import type { Actor } from '@/lib/access/model'
import { sql } from '@/lib/platform/db'
import { mergeTeachers, teacherView } from '@/lib/records/service'

/** One person who stands in the roster twice, what hangs on both records, and what stands in the way for a while. */

/** Joins two records as somebody who has both before them; `more` says what they saw otherwise. */
export async function joining(office: Actor, keep: string, drop: string, now: Date, more: object = {}) {
  const [a, b] = await Promise.all([teacherView(office, keep, now), teacherView(office, drop, now)])
  return mergeTeachers(
    office,
    { keep, drop, reason: 'Kata operator sekolah', seen: a?.teacher.version ?? 0, seenOther: b?.teacher.version ?? 0, ...more },
    now,
  )
}

export async function paired(tutorId: string, learnerId: string, startedAt: Date, state = 'active'): Promise<string> {
  const [run, id] = [uuidv7(), uuidv7()]
  await sql(`INSERT INTO match_run (id, cycle_code, state, rules, created_at) VALUES ($1,'X','superseded','{}',$2)`, [run, startedAt])
  await sql(
    `INSERT INTO pairing (id, run_id, tutor_id, learner_id, code, goals, km, gap, band, state, started_at) VALUES ($1,$2,$3,$4,'4','{}',1,1,'sekolah',$5,$6)`,
    [id, run, tutorId, learnerId, state, startedAt],
  )
  return id
}

/** A request for erasure, and who of the office has proposed it. */
export async function erasureAsked(teacherId: string, now: Date, proposer: Actor | null): Promise<string> {
  const id = uuidv7()
  await sql(
    `INSERT INTO privacy_request (id, teacher_id, kind, channel, words, created_at, due_at, proposal, proposed_by, proposed_at) VALUES ($1,$2,'penghapusan','surat','Mohon dihapus',$3,$3,$4,$5,$6)`,
    [id, teacherId, now, proposer ? 'Dihapus' : null, proposer?.userId ?? null, proposer ? now : null],
  )
  return id
}

/** Rows that somebody else holds until `letGo`. */
export async function held(url: string, text: string, values: unknown[]): Promise<{ letGo: () => Promise<void> }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('BEGIN')
  const { rowCount } = await client.query(`${text} FOR UPDATE`, values)
  if (!rowCount) throw new Error('nothing is held')
  return {
    letGo: async () => {
      await client.query('COMMIT')
      await client.end()
    },
  }
}

const waiters = async () =>
  (
    await sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
  )[0]!.n

/** Resolves when so many wait for what others hold, or when `done` has waited for nobody. */
export async function waiting(n: number, done: Promise<unknown>): Promise<void> {
  let over = false
  const end = () => void (over = true)
  done.then(end, end)
  while (!over && (await waiters()) < n) await new Promise(setImmediate)
}

/**
 * A joining that has handed over what every room but the roster holds, while `meanwhile` begins; it ends when that waits for it, or has not.
 * What an import was answered about the record that goes is the last straw that it waits for.
 */
export async function whileJoining<T>(
  url: string,
  { office, keep, drop, now }: { office: Actor; keep: string; drop: string; now: Date },
  meanwhile: () => Promise<T>,
): Promise<{ joined: Awaited<ReturnType<typeof joining>>; done: PromiseSettledResult<T> }> {
  await sql(`INSERT INTO roster_answer (id, kind, key, value, teacher_id, at) VALUES ($1,'answer',$2,$3::text,$3::uuid,$4)`, [
    uuidv7(),
    `orang|${drop}`,
    drop,
    now,
  ])
  const straw = await held(url, `SELECT 1 FROM roster_answer WHERE teacher_id = $1`, [drop])
  const merge = joining(office, keep, drop, now)
  await waiting(1, merge)
  const other = meanwhile()
  const settled = Promise.allSettled([other])
  await waiting(2, other)
  await straw.letGo()
  return { joined: await merge, done: (await settled)[0] }
}
