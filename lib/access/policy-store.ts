import { inTransaction, sql } from '@/lib/platform/db'
import type { Policy } from './policy-model'

export type PolicyVersion = { version: number; body: unknown; reason: string; at: Date; byUserId: string | null }
const COLUMNS = `version, body, reason, at, by_user_id AS "byUserId"`

export const latestPolicy = async (): Promise<PolicyVersion | null> =>
  (await sql<PolicyVersion>(`SELECT ${COLUMNS} FROM policy_version ORDER BY version DESC LIMIT 1`))[0] ?? null

/** Newest first, with the name of the account that set each. */
export const policyVersions = () =>
  sql<PolicyVersion & { byName: string | null }>(
    `SELECT ${COLUMNS}, (SELECT name FROM user_account u WHERE u.id = p.by_user_id) AS "byName" FROM policy_version p ORDER BY version DESC`,
  )

/** Adds a version if `after` is still the newest; tells whether it was. */
export const addPolicy = (after: number, body: Policy, reason: string, byUserId: string | null, at: Date): Promise<boolean> =>
  inTransaction(async (tx) => {
    const { rows } = await tx.query(
      `INSERT INTO policy_version (version, body, reason, at, by_user_id)
       SELECT $1 + 1, $2, $3, $4, $5 WHERE $1 = (SELECT coalesce(max(version), 0) FROM policy_version) ON CONFLICT DO NOTHING RETURNING version`,
      [after, JSON.stringify(body), reason, at, byUserId],
    )
    return rows.length > 0
  })
