import { uuidv7 } from 'uuidv7'
import { sql, type Transaction } from '@/lib/platform/db'

export async function replaceCodes(tx: Transaction, userId: string, codes: { selector: string; hash: string }[], at: Date): Promise<void> {
  await tx.query(`DELETE FROM recovery_code WHERE user_id = $1`, [userId])
  for (const { selector, hash } of codes)
    await tx.query(`INSERT INTO recovery_code (id, user_id, selector, hash, created_at) VALUES ($1, $2, $3, $4, $5)`, [
      uuidv7(),
      userId,
      selector,
      hash,
      at,
    ])
}

export const unusedCode = async (userId: string, selector: string): Promise<{ id: string; hash: string } | null> =>
  (
    await sql<{ id: string; hash: string }>(`SELECT id, hash FROM recovery_code WHERE user_id = $1 AND selector = $2 AND used_at IS NULL`, [
      userId,
      selector,
    ])
  )[0] ?? null

/** Marks a code as used; tells whether this call did it. */
export const spendCode = async (id: string, at: Date): Promise<boolean> =>
  (await sql(`UPDATE recovery_code SET used_at = $2 WHERE id = $1 AND used_at IS NULL RETURNING id`, [id, at])).length > 0

export const codesOf = async (userId: string): Promise<{ left: number; madeAt: Date | null }> =>
  (
    await sql<{ left: number; madeAt: Date | null }>(
      `SELECT count(*) FILTER (WHERE used_at IS NULL)::int AS left, max(created_at) AS "madeAt" FROM recovery_code WHERE user_id = $1`,
      [userId],
    )
  )[0]!
