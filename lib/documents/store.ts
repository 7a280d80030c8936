import type { KeptLine } from '@/lib/access/inside'
import { inTransaction, sql, type Transaction } from '@/lib/platform/db'
import type { DocumentState, Failure } from './model'
import { SEALED_BYTES } from './seal'

/** Rows of made documents, and the bell that wakes the worker. */

export type DocumentRow = {
  id: string
  ownerId: string
  card: boolean
  teacherId: string | null
  grants: unknown
  name: string
  parameters: string
  state: DocumentState
  failure: Failure | null
  askedAt: Date
  begunAt: Date | null
  endedAt: Date | null
  fileName: string | null
  mime: string | null
  size: number | null
  lines: KeptLine[]
}
const COLUMNS = `id, owner_id AS "ownerId", card, teacher_id AS "teacherId", grants, name, parameters, state, failure, asked_at AS "askedAt", begun_at AS "begunAt",
  ended_at AS "endedAt", file_name AS "fileName", mime, size, lines`

/** Small ones come first, then everybody's first before anybody's second. */
const ORDER = `large, turn, asked_at, id`

/** The name under which a worker that makes documents is connected. */
export const WORKER_NAME = 'petaguru-dokumen'
export const BELL = 'make-documents'

/** One person at a time changes the queue; what a worker that died was making has failed. */
export const inQueue = <T>(now: Date, work: (tx: Transaction) => Promise<T>): Promise<T> =>
  inTransaction(async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('petaguru:documents'))`)
    await tx.query(
      `UPDATE made_document SET state = 'failed', failure = 'interrupted', ended_at = $1 WHERE state = 'making' AND lease_until < $1`,
      [now],
    )
    return work(tx)
  })

/** The same request of the same person that is under way; else null. */
export const underWay = async (tx: Transaction, ownerId: string, name: string, parameters: string): Promise<string | null> =>
  (
    await tx.query<{ id: string }>(
      `SELECT id FROM made_document WHERE owner_id = $1 AND name = $2 AND parameters = $3 AND state IN ('waiting', 'making')`,
      [ownerId, name, parameters],
    )
  ).rows[0]?.id ?? null

/** How many wait or are being made: of this person, and in all. */
export const countOpen = async (tx: Transaction, ownerId: string): Promise<{ own: number; all: number }> =>
  (
    await tx.query<{ own: number; all: number }>(
      `SELECT count(*) FILTER (WHERE owner_id = $1)::int AS own, count(*)::int AS all FROM made_document WHERE state IN ('waiting', 'making')`,
      [ownerId],
    )
  ).rows[0]!

type NewDocument = Pick<DocumentRow, 'id' | 'ownerId' | 'card' | 'teacherId' | 'grants' | 'name' | 'parameters' | 'askedAt'> & {
  large: boolean
  turn: number
}

/** Rings the bell once, however many orders come before it is heard. */
export const ring = (tx: Transaction) =>
  tx.query(`SELECT graphile_worker.add_job($1, '{}'::json, max_attempts := 1, job_key := $1, job_key_mode := 'preserve_run_at')`, [BELL])

/** Adds one to the queue. */
export async function addWaiting(tx: Transaction, d: NewDocument): Promise<void> {
  await tx.query(
    `INSERT INTO made_document (id, owner_id, card, teacher_id, grants, name, parameters, large, turn, state, asked_at, lines, subjects)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10, '[]', '{}')`,
    [d.id, d.ownerId, d.card, d.teacherId, JSON.stringify(d.grants), d.name, d.parameters, d.large, d.turn, d.askedAt],
  )
}

/** Takes the next one of the queue for making; null when none waits. */
export const takeNext = async (tx: Transaction, now: Date, leaseUntil: Date): Promise<DocumentRow | null> =>
  (
    await tx.query<DocumentRow>(
      `UPDATE made_document SET state = 'making', begun_at = $1, lease_until = $2
        WHERE id = (SELECT id FROM made_document WHERE state = 'waiting' ORDER BY ${ORDER} LIMIT 1) RETURNING ${COLUMNS}`,
      [now, leaseUntil],
    )
  ).rows[0] ?? null

export const lease = (id: string, until: Date) =>
  sql(`UPDATE made_document SET lease_until = $2 WHERE id = $1 AND state = 'making'`, [id, until])

/** Keeps what was made, unless it was given up in the meantime. */
export const writeReady = (
  id: string,
  made: { fileName: string; mime: string; size: number; bytes: Buffer; lines: KeptLine[]; subjects: string[] },
  at: Date,
) =>
  sql(
    `UPDATE made_document SET state = 'ready', ended_at = $2, file_name = $3, mime = $4, size = $5, bytes = $6, lines = $7, subjects = $8 WHERE id = $1 AND state = 'making'`,
    [id, at, made.fileName, made.mime, made.size, made.bytes, JSON.stringify(made.lines), made.subjects],
  )

export const writeFailed = (id: string, failure: Failure, at: Date) =>
  sql(`UPDATE made_document SET state = 'failed', failure = $2, ended_at = $3 WHERE id = $1 AND state = 'making'`, [id, failure, at])

export const byId = async (id: string): Promise<DocumentRow | null> =>
  (await sql<DocumentRow>(`SELECT ${COLUMNS} FROM made_document WHERE id = $1`, [id]))[0] ?? null

/** One's own document as it stands; null for somebody else's. What a worker that died was making has failed. */
export const ownById = async (id: string, ownerId: string, now: Date): Promise<DocumentRow | null> => {
  const [row] = await sql<DocumentRow & { lapsed: boolean }>(
    `SELECT ${COLUMNS}, state = 'making' AND lease_until < $3 AS lapsed FROM made_document WHERE id = $1 AND owner_id = $2`,
    [id, ownerId, now],
  )
  return row ? (row.lapsed ? { ...row, state: 'failed', failure: 'interrupted' } : row) : null
}

/** How many are made before this one. */
export const ahead = async (id: string): Promise<number> =>
  (
    await sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM made_document o, made_document d
        WHERE d.id = $1 AND (o.state = 'making' OR (o.state = 'waiting' AND (o.large, o.turn, o.asked_at, o.id) < (d.large, d.turn, d.asked_at, d.id)))`,
      [id],
    )
  )[0]?.n ?? 0

/** One sealed piece; null when the document is gone. */
export const pieceOf = async (id: string, index: number): Promise<Buffer | null> =>
  (
    await sql<{ piece: Buffer | null }>(`SELECT substring(bytes FROM $2::int FOR $3::int) AS piece FROM made_document WHERE id = $1`, [
      id,
      index * SEALED_BYTES + 1,
      SEALED_BYTES,
    ])
  )[0]?.piece ?? null

export const noteHanded = (id: string, at: Date) => sql(`UPDATE made_document SET handed_at = $2 WHERE id = $1`, [id, at])

/** Whether a worker that makes documents is connected. */
export const workerLives = async (): Promise<boolean> =>
  (
    await sql<{ lives: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1) AS lives`,
      [WORKER_NAME],
    )
  )[0]!.lives
