import { uuidv7 } from 'uuidv7'
import { inTransaction, sql, type Transaction } from '@/lib/platform/db'
import type { OutlineLine } from './outline'

/** Versions of the competency framework (scope `framework`) and of each instrument's content domains (scope: its code). */
export const FRAMEWORK = 'framework'

export type OutlineVersion = { number: number; note: string; content: OutlineLine[]; userName: string; at: Date }

/** Newest first; empty while nobody has changed what was delivered. */
export const outlineVersions = (scope: string) =>
  sql<OutlineVersion>(
    `SELECT number, note, content, created_by_name AS "userName", created_at AS at FROM outline_version WHERE scope = $1 ORDER BY number DESC`,
    [scope],
  )

export type FrameworkLine = OutlineLine & { kind: string; items: number }

/** The framework as it stands, with how many items (by their newest version) name each node itself. */
export const frameworkLines = () =>
  sql<FrameworkLine>(
    `SELECT n.code, n.kind, n.title, n.retired_at IS NOT NULL AS retired, coalesce(u.items, 0)::int AS items FROM framework_node n
       LEFT JOIN (SELECT node_id, count(*) AS items FROM (SELECT DISTINCT ON (item_id) node_id FROM item_version ORDER BY item_id, version DESC) x GROUP BY node_id) u
         ON u.node_id = n.id ORDER BY string_to_array(n.code, '.')::int[]`,
  )

export type DomainLine = OutlineLine & { items: number }

export const domainLines = (instrumentId: string) =>
  sql<DomainLine>(
    `SELECT d.code, d.title, d.retired_at IS NOT NULL AS retired, coalesce(u.items, 0)::int AS items FROM content_domain d
       LEFT JOIN (SELECT domain_id, count(*) AS items FROM (SELECT DISTINCT ON (item_id) domain_id FROM item_version ORDER BY item_id, version DESC) x GROUP BY domain_id) u
         ON u.domain_id = d.id WHERE d.instrument_id = $1 ORDER BY d.sort, d.code`,
    [instrumentId],
  )

/** One change of a line; `retired` and `title` are what it becomes. */
export type LineEdit = { code: string; title: string; retired: boolean; parent: string | null }

async function snapshot(tx: Transaction, instrumentId: string | null): Promise<OutlineLine[]> {
  const line = 'code, title, retired_at IS NOT NULL AS retired'
  const { rows } = instrumentId
    ? await tx.query<OutlineLine>(`SELECT ${line} FROM content_domain WHERE instrument_id = $1 ORDER BY sort, code`, [instrumentId])
    : await tx.query<OutlineLine>(`SELECT ${line} FROM framework_node ORDER BY code`)
  return rows
}

async function apply(tx: Transaction, instrumentId: string | null, edit: LineEdit, now: Date): Promise<void> {
  const retiredAt = edit.retired ? now : null
  if (instrumentId)
    await tx.query(
      `INSERT INTO content_domain (id, instrument_id, code, title, sort, retired_at)
       VALUES ($1, $2, $3, $4, (SELECT coalesce(max(sort), -1) + 1 FROM content_domain WHERE instrument_id = $2), $5)
       ON CONFLICT (instrument_id, code) DO UPDATE SET title = excluded.title, retired_at = excluded.retired_at`,
      [uuidv7(), instrumentId, edit.code, edit.title, retiredAt],
    )
  else
    await tx.query(
      `INSERT INTO framework_node (id, code, kind, title, parent_id, retired_at)
       VALUES ($1, $2, CASE array_length(string_to_array($2, '.'), 1) WHEN 2 THEN 'indicator' ELSE 'subindicator' END, $3, (SELECT id FROM framework_node WHERE code = $4), $5)
       ON CONFLICT (code) DO UPDATE SET title = excluded.title, retired_at = excluded.retired_at`,
      [uuidv7(), edit.code, edit.title, edit.parent, retiredAt],
    )
}

/** Whether the version that followed on `seen` is this very change by this very person: the answer to a call that came twice. */
export async function saidAlready(
  scope: string,
  seen: number,
  edit: Omit<LineEdit, 'parent'>,
  note: string,
  userId: string | null,
): Promise<boolean> {
  const [next] = await sql<{ content: OutlineLine[] }>(
    `SELECT content FROM outline_version WHERE scope = $1 AND number = $2 AND note = $3 AND created_by IS NOT DISTINCT FROM $4::uuid`,
    [scope, Math.max(seen, 1) + 1, note, userId],
  )
  return next?.content.some((l) => l.code === edit.code && l.title === edit.title && l.retired === edit.retired) ?? false
}

/**
 * Writes one change as the next version. `seen` is the version that the editor looked at (0: nobody had changed anything): when
 * another stands now nothing is written and false returned. What was delivered becomes version 1 with the first change.
 */
export async function saveOutline(
  scope: string,
  instrumentId: string | null,
  seen: number,
  edit: LineEdit,
  note: string,
  by: { userId: string | null; name: string },
  now: Date,
): Promise<boolean> {
  return inTransaction(async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('outline:' || $1, 0))`, [scope])
    const newest = (
      await tx.query<{ n: number }>(`SELECT coalesce(max(number), 0)::int AS n FROM outline_version WHERE scope = $1`, [scope])
    ).rows[0]!.n
    if (newest !== seen) return false
    const write = async (number: number, words: string, userId: string | null, name: string) =>
      tx.query(
        `INSERT INTO outline_version (id, scope, number, note, content, created_by, created_by_name, created_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
        [uuidv7(), scope, number, words, JSON.stringify(await snapshot(tx, instrumentId)), userId, name, now],
      )
    if (newest === 0) await write(1, 'Keadaan sebelum perubahan pertama', null, 'Bawaan')
    await apply(tx, instrumentId, edit, now)
    await write(Math.max(newest, 1) + 1, note, by.userId, by.name)
    return true
  })
}
