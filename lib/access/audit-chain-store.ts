import { apart } from '@/lib/platform/ambient'
import { sql } from '@/lib/platform/db'
import type { AuditHead, ChainRow } from './audit-chain'

/** Runs one statement: the pool's `sql`, or a connection that is in a transaction of its own. */
export type Query = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>

/** Never inside an act: the lock of the chain would be held until that one ends. */
const pooled: Query = (text, values) => apart(() => sql(text, values)) as never

/** Gives lines that wait their place in the chain; `patient` waits for another that is linking. Returns how many. */
export const linkAudit = async (patient: boolean, query: Query = pooled): Promise<number> =>
  (await query<{ n: number }>(`SELECT ledger.audit_link($1) AS n`, [patient]))[0]!.n

/** The last link; place 0 in an empty chain. */
export const lastLink = async (query: Query = pooled): Promise<AuditHead> =>
  (await query<AuditHead>(`SELECT seq::int AS seq, encode(hash, 'hex') AS hash FROM ledger.audit_chain ORDER BY seq DESC LIMIT 1`))[0] ?? {
    seq: 0,
    hash: '0'.repeat(64),
  }

const MOMENT = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** Links after place `after`, in order, each with its line as text. The texts are made here and not by a function that lies in the database. */
export const linksAfter = (after: string, take: number, query: Query = pooled): Promise<ChainRow[]> =>
  query<ChainRow>(
    `SELECT c.seq::text AS seq, ${MOMENT('c.linked_at')} AS "linkedAt", encode(c.hash, 'hex') AS hash, c.audit_id AS "auditId",
            CASE WHEN a.id IS NULL THEN NULL ELSE ARRAY[a.id::text, ${MOMENT('a.at')}, a.actor_id::text, a.actor_name, a.actor_role,
              a.action, a.object, a.count::text, a.detail::text, a.purpose, a.subjects::text] END AS fields
       FROM ledger.audit_chain c LEFT JOIN audit_entry a ON a.id = c.audit_id
      WHERE c.seq > $1::bigint ORDER BY c.seq LIMIT $2`,
    [after, take],
  )

/** What the lines of cuts say, newest first. */
export const cutLines = (query: Query = pooled): Promise<{ detail: unknown }[]> =>
  query(
    `SELECT a.detail FROM audit_entry a JOIN ledger.audit_chain c ON c.audit_id = a.id WHERE a.action = 'audit:cut' ORDER BY c.seq DESC`,
  )

/** The last place before which every line is older than `before`, with the hash of its link; null where there is none. */
export const placeBefore = async (before: Date, query: Query): Promise<AuditHead | null> =>
  (
    await query<AuditHead>(
      `SELECT c.seq::int AS seq, encode(c.hash, 'hex') AS hash FROM ledger.audit_chain c
        WHERE c.seq < (SELECT coalesce(min(y.seq), (SELECT coalesce(max(seq), 0) + 1 FROM ledger.audit_chain))
                         FROM ledger.audit_chain y JOIN audit_entry a ON a.id = y.audit_id WHERE a.at >= $1)
        ORDER BY c.seq DESC LIMIT 1`,
      [before],
    )
  )[0] ?? null

/** How many lines stand up to a place. */
export const linesThrough = async (seq: number, query: Query): Promise<number> =>
  (
    await query<{ n: number }>(
      `SELECT count(*)::int AS n FROM audit_entry a JOIN ledger.audit_chain c ON c.audit_id = a.id WHERE c.seq <= $1`,
      [seq],
    )
  )[0]!.n

/** Takes lines up to a place away, past the trigger that forbids it: only the owner of the table may. */
export async function dropLines(seq: number, query: Query): Promise<void> {
  await query(`ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only`)
  await query(`DELETE FROM audit_entry a USING ledger.audit_chain c WHERE c.audit_id = a.id AND c.seq <= $1`, [seq])
  await query(`ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_append_only`)
}

/** Lines outside the chain: those that wait longer than they should, those that nobody announced, and those that are gone before they were linked. */
export const strayLines = (query: Query = pooled): Promise<{ id: string; waits: number | null; there: boolean }[]> =>
  query(
    `SELECT coalesce(a.id, w.audit_id) AS id, extract(epoch FROM clock_timestamp() - w.since)::float8 AS waits, a.id IS NOT NULL AS there
       FROM (SELECT a.id FROM audit_entry a WHERE NOT EXISTS (SELECT 1 FROM ledger.audit_chain c WHERE c.audit_id = a.id)) a
       FULL JOIN ledger.audit_waiting w ON w.audit_id = a.id ORDER BY 1`,
  )
