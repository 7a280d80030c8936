import { sql, type Transaction } from '@/lib/platform/db'

export type StoredTotp = {
  sealed: Buffer | null
  waiting: Buffer | null
  waitsSince: Date | null
  lastStep: number
  createdAt: Date | null
  lastUsedAt: Date | null
}
const COLUMNS = `sealed, waiting, waits_since AS "waitsSince", last_step AS "lastStep", created_at AS "createdAt", last_used_at AS "lastUsedAt"`

export const totpOf = async (userId: string, tx?: Transaction): Promise<StoredTotp | null> => {
  const text = `SELECT ${COLUMNS} FROM totp WHERE user_id = $1`
  return (tx ? (await tx.query<StoredTotp>(text, [userId])).rows : await sql<StoredTotp>(text, [userId]))[0] ?? null
}

export async function putWaiting(tx: Transaction, userId: string, waiting: Buffer, at: Date): Promise<void> {
  await tx.query(
    `INSERT INTO totp (user_id, waiting, waits_since) VALUES ($1, $2, $3) ON CONFLICT (user_id) DO UPDATE SET waiting = $2, waits_since = $3`,
    [userId, waiting, at],
  )
}

/** The waiting secret comes into force; the code that proved it is spent. */
export async function acceptWaiting(tx: Transaction, userId: string, step: number, at: Date): Promise<void> {
  await tx.query(
    `UPDATE totp SET sealed = waiting, waiting = NULL, waits_since = NULL, last_step = $2, created_at = $3, last_used_at = $3 WHERE user_id = $1`,
    [userId, step, at],
  )
}

/** Spends a code's half minute; tells whether it was still unspent. */
export const spendStep = async (tx: Transaction, userId: string, step: number, at: Date): Promise<boolean> =>
  (
    await tx.query(`UPDATE totp SET last_step = $2, last_used_at = $3 WHERE user_id = $1 AND last_step < $2 RETURNING user_id`, [
      userId,
      step,
      at,
    ])
  ).rows.length > 0

export async function dropTotp(tx: Transaction, userId: string): Promise<void> {
  await tx.query(`DELETE FROM totp WHERE user_id = $1`, [userId])
}
