import { sql, type Transaction } from '@/lib/platform/db'
import type { Grant } from './model'
import type { EndReason, Factor, Pending } from './session-model'

export type SessionRow = {
  id: string
  kind: 'user' | 'seat'
  subjectId: string
  version: number
  name: string | null
  teacherId: string | null
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
  endedAt: Date | null
  userAgent: string | null
  address: string
  pending: Pending | null
  factor: Factor | null
}
/** A session with its account as it is at this moment. */
export type SessionWithAccount = SessionRow & {
  account: { name: string; active: boolean; version: number; teacherId: string | null; grants: Grant[] } | null
}

const COLUMNS = `s.id, s.kind, s.subject_id AS "subjectId", s.version, s.name, s.teacher_id AS "teacherId", s.created_at AS "createdAt",
  s.last_seen_at AS "lastSeenAt", s.expires_at AS "expiresAt", s.ended_at AS "endedAt", s.user_agent AS "userAgent", s.address, s.pending, s.factor`

/** One indexed read: the session and, of an account, its rights now. */
export const sessionById = async (id: string): Promise<SessionWithAccount | null> =>
  (
    await sql<SessionWithAccount>(
      `SELECT ${COLUMNS}, CASE WHEN u.id IS NULL THEN NULL ELSE json_build_object('name', u.name, 'active', u.active, 'version', u.session_version,
           'teacherId', u.teacher_id, 'grants', (SELECT coalesce(json_agg(json_build_object('role', g.role, 'regionId', g.region_id, 'schoolId', g.school_id,
             'levelCodes', g.level_codes)), '[]'::json) FROM role_grant g WHERE g.user_id = u.id)) END AS account
         FROM session s LEFT JOIN user_account u ON s.kind = 'user' AND u.id = s.subject_id WHERE s.id = $1`,
      [id],
    )
  )[0] ?? null

export async function addSession(s: Omit<SessionRow, 'endedAt' | 'lastSeenAt'>, tx: Transaction): Promise<void> {
  await tx.query(
    `INSERT INTO session (id, kind, subject_id, version, name, teacher_id, created_at, last_seen_at, expires_at, user_agent, address, pending, factor)
     VALUES ($1,$2,$3,$4,$5,$6,$7,$7,$8,$9,$10,$11,$12)`,
    [s.id, s.kind, s.subjectId, s.version, s.name, s.teacherId, s.createdAt, s.expiresAt, s.userAgent, s.address, s.pending, s.factor],
  )
}

/** Notes that a session is used. A session that has ended stays as it is. */
export async function touchSession(id: string, at: Date): Promise<void> {
  await sql(`UPDATE session SET last_seen_at = $2 WHERE id = $1 AND ended_at IS NULL AND last_seen_at < $2`, [id, at])
}

/** Ends one session; false when it had ended before. */
export async function endSession(id: string, reason: EndReason, at: Date, tx: Transaction): Promise<boolean> {
  const { rowCount } = await tx.query(`UPDATE session SET ended_at = $2, end_reason = $3 WHERE id = $1 AND ended_at IS NULL`, [
    id,
    at,
    reason,
  ])
  return rowCount === 1
}

/** Ends the sessions of an account or a seat, but for one; tells which. */
export async function endSessions(
  kind: SessionRow['kind'],
  subjectId: string,
  reason: EndReason,
  except: string | null,
  at: Date,
  tx: Transaction,
): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `UPDATE session SET ended_at = $4, end_reason = $3 WHERE kind = $1 AND subject_id = $2 AND ended_at IS NULL AND id IS DISTINCT FROM $5 RETURNING id`,
    [kind, subjectId, reason, at, except],
  )
  return rows.map((r) => r.id)
}

/** Gives a waiting session of an account a new id and its factor; null when it does not wait any more. */
export async function completeSession(
  id: string,
  next: { id: string; factor: Factor | null; expiresAt: Date; at: Date },
  tx: Transaction,
): Promise<{ subjectId: string } | null> {
  const { rows } = await tx.query<{ subjectId: string }>(
    `UPDATE session s SET id = $2, factor = $3, pending = NULL, created_at = $5, last_seen_at = $5, expires_at = $4 FROM user_account u
      WHERE s.id = $1 AND s.kind = 'user' AND u.id = s.subject_id AND s.pending IS NOT NULL AND s.ended_at IS NULL AND s.expires_at > $5 AND u.active AND u.session_version = s.version
      RETURNING s.subject_id AS "subjectId"`,
    [id, next.id, next.factor, next.expiresAt, next.at],
  )
  return rows[0] ?? null
}

/** Sessions of an account or a seat that nobody has ended, the latest used first. */
export const openSessionsOf = (kind: SessionRow['kind'], subjectId: string) =>
  sql<SessionRow>(
    `SELECT ${COLUMNS} FROM session s WHERE kind = $1 AND subject_id = $2 AND ended_at IS NULL AND pending IS NULL ORDER BY last_seen_at DESC`,
    [kind, subjectId],
  )

/** Whether a session was ever opened with this version of a seat's card. */
export async function seatSeenWith(seatId: string, version: number, tx: Transaction): Promise<boolean> {
  const { rows } = await tx.query(`SELECT 1 FROM session WHERE kind = 'seat' AND subject_id = $1 AND version = $2 LIMIT 1`, [
    seatId,
    version,
  ])
  return rows.length > 0
}

/** Takes the sessions of seats away that were never anybody's: a rehearsal's. */
export async function removeSeatSessions(seatIds: string[]): Promise<void> {
  await sql(`DELETE FROM session WHERE kind = 'seat' AND subject_id = ANY($1::uuid[])`, [seatIds])
}
