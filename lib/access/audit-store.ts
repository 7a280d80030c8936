import { uuidv7 } from 'uuidv7'
import { afterCommit } from '@/lib/platform/ambient'
import { log } from '@/lib/platform/log'
import { inTransaction, sql, type Transaction } from '@/lib/platform/db'
import { origin } from './origin'
import { linkAudit } from './audit-chain-store'
import { keptForLater } from './audit-later'
import type { AuditRow } from './audit-row'

/** Lines of the audit log: written once, read by filter. */

/** Lines outlive a teacher's data: an account or card that only teaches stands in them by its key, never by its name. */
const NAME = `CASE WHEN EXISTS (SELECT 1 FROM seat s WHERE s.id = $3) OR EXISTS (SELECT 1 FROM user_account u WHERE u.id = $3 AND u.teacher_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.user_id = u.id AND g.role <> 'guru')) THEN 'Guru' ELSE $4 END`

/**
 * Writes one line in the transaction of the act that it tells of: a line without its act, or an act without its line, cannot be. It gets
 * its place in the chain after the commit, so that the lock of the chain is never held while an act is under way; when somebody else is
 * linking at that moment the job clock does it.
 */
export async function addAudit(row: AuditRow, at: Date, tx: Transaction): Promise<void> {
  const id = uuidv7()
  const from = await origin()
  const detail = { ...(row.detail as object | undefined), ...(from ? { from } : {}) }
  await tx.query(
    `INSERT INTO audit_entry (id, at, actor_id, actor_name, actor_role, action, object, count, detail, purpose, subjects) VALUES ($1,$2,$3::uuid,${NAME},$5,$6,$7,$8,$9,$10,$11)`,
    [
      id,
      at,
      row.actorId,
      row.actorName,
      row.actorRole ?? null,
      row.action,
      row.object,
      row.count ?? null,
      Object.keys(detail).length ? JSON.stringify(detail) : null,
      row.purpose ?? null,
      row.subjects ?? [],
    ],
  )
  await afterCommit('audit-link', () => linkAudit(false))
  // A second place for the log: the stream of the program, which an operator sends to another machine. Numbers only, no names.
  await afterCommit(`audit-line:${id}`, async () => {
    const { actorId, action, object, count, subjects } = row
    log().info({ access: { id, at, action, object, actorId, count: count ?? null, subjects: subjects ?? [] } }, 'access')
  })
}

/**
 * Writes the line of what changes nothing: a reading, a copy handed out, something that failed or was refused. Stands before it returns;
 * while a document is being made, the line is kept for its handing over.
 */
export async function addLine(row: AuditRow, at: Date): Promise<void> {
  if (!keptForLater(row)) await addEvent(row, at)
}

/** Writes the line of what happened and was not done: a failed login, a refusal. No document that is being made holds it back. */
export const addEvent = (row: AuditRow, at: Date): Promise<void> => inTransaction((tx) => addAudit(row, at, tx))

export type StoredLine = {
  id: string
  seq: number | null
  at: Date
  actorId: string | null
  actorName: string
  actorRole: string | null
  action: string
  object: string
  count: number | null
  purpose: string | null
  /** At most five of the teachers concerned, by name. */
  whom: { id: string; name: string }[]
}
export type LineFilter = {
  /** Part of the name of who did it. */
  who: string
  /** Part of a concerned teacher's name, or an account's. */
  whom: string
  reading: boolean | null
  actions: readonly string[]
  from: Date | null
  until: Date | null
}

const WHERE = `($1 = '' OR a.actor_name ILIKE '%' || $1 || '%')
   AND ($2 = '' OR a.subjects && ARRAY(SELECT t.id FROM teacher t WHERE t.name ILIKE '%' || $2 || '%')
        OR a.object IN (SELECT 'user:' || u.id FROM user_account u WHERE u.name ILIKE '%' || $2 || '%'))
   AND ($3::boolean IS NULL OR (a.purpose IS NOT NULL) = $3)
   AND (cardinality($4::text[]) = 0 OR EXISTS (SELECT 1 FROM unnest($4::text[]) p WHERE starts_with(a.action, p)))
   AND ($5::timestamptz IS NULL OR a.at >= $5) AND ($6::timestamptz IS NULL OR a.at < $6)`

/** A person's text as part of a pattern: its own % and _ are letters. */
const plain = (text: string) => text.replace(/[\\%_]/g, '\\$&')
const given = (f: LineFilter) => [plain(f.who), plain(f.whom), f.reading, f.actions, f.from, f.until]

export const auditLines = (f: LineFilter, take: number, skip: number) =>
  sql<StoredLine>(
    `SELECT a.id, c.seq::int AS seq, a.at, a.actor_id AS "actorId", a.actor_name AS "actorName", a.actor_role AS "actorRole", a.action, a.object, a.count, a.purpose,
            ARRAY(SELECT jsonb_build_object('id', t.id, 'name', t.name) FROM teacher t WHERE t.id = ANY(a.subjects[1:5]) ORDER BY t.name) AS whom
       FROM (SELECT a.* FROM audit_entry a WHERE ${WHERE} ORDER BY a.at DESC, a.id DESC LIMIT $7 OFFSET $8) a
       LEFT JOIN ledger.audit_chain c ON c.audit_id = a.id ORDER BY a.at DESC, a.id DESC`,
    [...given(f), take, skip],
  )

export const countLines = async (f: LineFilter): Promise<number> =>
  (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM audit_entry a WHERE ${WHERE}`, given(f)))[0]!.n

/** The keys under which the log knows a teacher: her own, and those of records that hers has taken up. */
export const KEYS_OF = `ARRAY(SELECT $1::uuid UNION ALL SELECT other_id FROM teacher_change WHERE teacher_id = $1 AND other_id IS NOT NULL)`

/** Readings that concern one teacher, newest first. */
export const readingsOf = (teacherId: string, take: number) =>
  sql<{ id: string; at: Date; actorId: string | null; actorName: string; actorRole: string | null; purpose: string | null }>(
    `SELECT id, at, actor_id AS "actorId", actor_name AS "actorName", actor_role AS "actorRole", purpose FROM audit_entry WHERE subjects && ${KEYS_OF} ORDER BY at DESC, id DESC LIMIT $2`,
    [teacherId, take],
  )
