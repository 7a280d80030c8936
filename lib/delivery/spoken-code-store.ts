import { uuidv7 } from 'uuidv7'
import { inTransaction, sql } from '@/lib/platform/db'

/** Who asked that a sitting's code be read before its day, and who granted it. */
export type EarlyCode = {
  id: string
  askedBy: string
  askedName: string
  askedAt: Date
  reason: string
  grantedBy: string | null
  grantedAt: Date | null
}

const COLUMNS = `id, asked_by AS "askedBy", asked_name AS "askedName", asked_at AS "askedAt", reason, granted_by AS "grantedBy", granted_at AS "grantedAt"`

/** The newest wish for a sitting; null when there is none. */
export const earlyCode = async (sittingId: string): Promise<EarlyCode | null> =>
  (await sql<EarlyCode>(`SELECT ${COLUMNS} FROM early_code WHERE sitting_id = $1 ORDER BY asked_at DESC LIMIT 1`, [sittingId]))[0] ?? null

/** Writes a wish down; a sitting has one open wish at most, and a repeated call answers with the one that stands. */
export const askEarly = (sittingId: string, askedBy: string, askedName: string, reason: string, now: Date): Promise<EarlyCode> =>
  inTransaction(async (tx) => {
    await tx.query(`SELECT 1 FROM sitting WHERE id = $1 FOR UPDATE`, [sittingId])
    const open = await tx.query<EarlyCode>(`SELECT ${COLUMNS} FROM early_code WHERE sitting_id = $1 AND granted_at IS NULL`, [sittingId])
    if (open.rows[0]) return open.rows[0]
    const made = await tx.query<EarlyCode>(
      `INSERT INTO early_code (id, sitting_id, asked_by, asked_name, asked_at, reason) VALUES ($1,$2,$3,$4,$5,$6) RETURNING ${COLUMNS}`,
      [uuidv7(), sittingId, askedBy, askedName, now, reason],
    )
    return made.rows[0]!
  })

/** Grants a wish, if it is open and somebody else's; false when not. */
export async function grantEarly(id: string, grantedBy: string, now: Date): Promise<boolean> {
  return (
    (
      await sql(
        `UPDATE early_code SET granted_by = $2, granted_at = $3 WHERE id = $1 AND granted_at IS NULL AND asked_by <> $2 RETURNING id`,
        [id, grantedBy, now],
      )
    ).length > 0
  )
}
