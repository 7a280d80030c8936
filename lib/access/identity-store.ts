import { sql, type Transaction } from '@/lib/platform/db'
import type { Identity } from './belajar'

/** The account that is linked with an identity, or null. */
export const linkedUser = async (i: Identity): Promise<string | null> =>
  (await sql<{ id: string }>(`SELECT user_id AS id FROM identity WHERE issuer = $1 AND subject = $2`, [i.issuer, i.subject]))[0]?.id ?? null

/** Links an account with an identity, in place of the one it had; false when the identity belongs to another account. */
export async function linkIdentity(userId: string, i: Identity, at: Date, tx: Transaction): Promise<boolean> {
  await tx.query(`DELETE FROM identity WHERE user_id = $1`, [userId])
  const { rowCount } = await tx.query(
    `INSERT INTO identity (issuer, subject, user_id, linked_at) VALUES ($1,$2,$3,$4) ON CONFLICT (issuer, subject) DO NOTHING`,
    [i.issuer, i.subject, userId, at],
  )
  return rowCount === 1
}

/** Writes an invitation; those of the same account that were not used become void. */
export async function addInvitation(
  i: { id: string; userId: string; byUserId: string | null; expiresAt: Date },
  at: Date,
  tx: Transaction,
): Promise<void> {
  await tx.query(`UPDATE identity_invitation SET expires_at = $2 WHERE user_id = $1 AND used_at IS NULL AND expires_at > $2`, [
    i.userId,
    at,
  ])
  await tx.query(`INSERT INTO identity_invitation (id, user_id, by_user_id, created_at, expires_at) VALUES ($1,$2,$3,$4,$5)`, [
    i.id,
    i.userId,
    i.byUserId,
    at,
    i.expiresAt,
  ])
}

/** The account that an invitation is for, while it can be used. */
export const invitedUser = async (id: string, now: Date): Promise<{ name: string; email: string } | null> =>
  (
    await sql<{ name: string; email: string }>(
      `SELECT u.name, u.email FROM identity_invitation i JOIN user_account u ON u.id = i.user_id WHERE i.id = $1 AND i.used_at IS NULL AND i.expires_at > $2 AND u.active`,
      [id, now],
    )
  )[0] ?? null

/** Uses an invitation up; the account it is for, or null when it cannot be used. */
export async function useInvitation(id: string, at: Date, tx: Transaction): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(
    `UPDATE identity_invitation i SET used_at = $2 FROM user_account u WHERE i.id = $1 AND i.used_at IS NULL AND i.expires_at > $2 AND u.id = i.user_id AND u.active
      RETURNING i.user_id AS id`,
    [id, at],
  )
  return rows[0]?.id ?? null
}
