import { uuidv7 } from 'uuidv7'
import { sql, type Transaction } from '@/lib/platform/db'
import type { RequestDecision, RequestKind } from './model'

export type RequestRow = {
  id: string
  teacherId: string
  teacherName: string
  school: string
  kind: RequestKind
  channel: 'aplikasi' | 'surat'
  letter: string | null
  words: string
  createdAt: Date
  dueAt: Date
  proposal: string | null
  proposedBy: string | null
  proposedName: string | null
  proposedAt: Date | null
  decision: RequestDecision | null
  answer: string | null
  answeredName: string | null
  answeredAt: Date | null
  outcome: { touched: Record<string, number>; left: string[] } | null
}

const name = (column: string) => `(SELECT u.name FROM user_account u WHERE u.id = q.${column})`
const REQUEST = `SELECT q.id, q.teacher_id AS "teacherId", t.name AS "teacherName", x.name AS school, q.kind, q.channel, q.letter, q.words, q.created_at AS "createdAt", q.due_at AS "dueAt",
    q.proposal, q.proposed_by AS "proposedBy", ${name('proposed_by')} AS "proposedName", q.proposed_at AS "proposedAt", q.decision, q.answer,
    ${name('answered_by')} AS "answeredName", q.answered_at AS "answeredAt", q.outcome
  FROM privacy_request q JOIN teacher t ON t.id = q.teacher_id JOIN school x ON x.id = t.school_id`

/** Open ones first, the nearest moment on top. */
export const allRequests = () => sql<RequestRow>(`${REQUEST} ORDER BY q.answered_at IS NOT NULL, q.due_at LIMIT 500`)
export const requestsOf = (teacherId: string) =>
  sql<RequestRow>(`${REQUEST} WHERE q.teacher_id = $1 ORDER BY q.created_at DESC`, [teacherId])
export const requestById = async (id: string): Promise<RequestRow | null> =>
  (await sql<RequestRow>(`${REQUEST} WHERE q.id = $1`, [id]))[0] ?? null

/** The request, held until the end of the transaction, so that two people cannot decide at once. */
export async function lockRequest(tx: Transaction, id: string): Promise<RequestRow | null> {
  const { rows } = await tx.query<RequestRow>(`${REQUEST} WHERE q.id = $1 FOR UPDATE OF q`, [id])
  return rows[0] ?? null
}

export type NewRequest = Pick<RequestRow, 'teacherId' | 'kind' | 'channel' | 'letter' | 'words' | 'createdAt' | 'dueAt'> & {
  createdBy: string | null
}

/** Adds a request; one of the same kind that is still open is answered instead, so that a second tap changes nothing. */
export async function addRequest(tx: Transaction, r: NewRequest): Promise<{ id: string; dueAt: Date; isNew: boolean }> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('petaguru:privacy-request'), hashtext($1))`, [r.teacherId])
  const { rows } = await tx.query<{ id: string; dueAt: Date }>(
    `SELECT id, due_at AS "dueAt" FROM privacy_request WHERE teacher_id = $1 AND kind = $2 AND answered_at IS NULL LIMIT 1`,
    [r.teacherId, r.kind],
  )
  if (rows[0]) return { ...rows[0], isNew: false }
  const id = uuidv7()
  await tx.query(
    `INSERT INTO privacy_request (id, teacher_id, kind, channel, letter, words, created_by, created_at, due_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
    [id, r.teacherId, r.kind, r.channel, r.letter, r.words, r.createdBy, r.createdAt, r.dueAt],
  )
  return { id, dueAt: r.dueAt, isNew: true }
}

export async function writeProposal(tx: Transaction, id: string, reason: string, by: string | null, at: Date): Promise<void> {
  await tx.query(`UPDATE privacy_request SET proposal = $2, proposed_by = $3, proposed_at = $4 WHERE id = $1`, [id, reason, by, at])
}

export async function writeAnswer(
  tx: Transaction,
  id: string,
  a: { decision: RequestDecision; answer: string; by: string | null; at: Date; outcome?: RequestRow['outcome'] },
): Promise<void> {
  await tx.query(`UPDATE privacy_request SET decision = $2, answer = $3, answered_by = $4, answered_at = $5, outcome = $6 WHERE id = $1`, [
    id,
    a.decision,
    a.answer,
    a.by,
    a.at,
    a.outcome ? JSON.stringify(a.outcome) : null,
  ])
}

/** Deletes requests that were answered before a moment, at most so many. */
export const sweepRequests = async (before: Date, most: number): Promise<number> =>
  (
    await sql(`DELETE FROM privacy_request WHERE id IN (SELECT id FROM privacy_request WHERE answered_at < $1 LIMIT $2) RETURNING id`, [
      before,
      most,
    ])
  ).length
