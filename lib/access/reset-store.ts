import { uuidv7 } from 'uuidv7'
import { sql, type Transaction } from '@/lib/platform/db'

/** `password`: a new password, factors stay. `factors`: a new password, and every factor goes, because its device is lost. */
export type LinkKind = 'password' | 'factors'
export type ResetLink = { id: string; userId: string; kind: LinkKind; byUserId: string | null; expiresAt: Date; endedAt: Date | null }
const COLUMNS = `id, user_id AS "userId", kind, by_user_id AS "byUserId", expires_at AS "expiresAt", ended_at AS "endedAt"`

export async function addLink(tx: Transaction, link: Omit<ResetLink, 'id' | 'endedAt'> & { hash: Buffer; createdAt: Date }): Promise<void> {
  await tx.query(`INSERT INTO reset_link (id, user_id, kind, hash, by_user_id, created_at, expires_at) VALUES ($1,$2,$3,$4,$5,$6,$7)`, [
    uuidv7(),
    link.userId,
    link.kind,
    link.hash,
    link.byUserId,
    link.createdAt,
    link.expiresAt,
  ])
}

/** Ends links of an account that nobody has used: all of them, or those only that it asked for by mail. */
export async function endLinks(tx: Transaction, userId: string, which: 'all' | 'mailed', at: Date): Promise<void> {
  await tx.query(`UPDATE reset_link SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL AND ($3 = 'all' OR by_user_id IS NULL)`, [
    userId,
    at,
    which,
  ])
}

/** The account that a link belongs to, by what its code hashes to under the keys in force. */
export const accountOfLink = async (hashes: Buffer[]): Promise<string | null> =>
  (await sql<{ userId: string }>(`SELECT user_id AS "userId" FROM reset_link WHERE hash = ANY($1)`, [hashes]))[0]?.userId ?? null

/** The link itself; the account is held by the caller. */
export const linkOf = async (tx: Transaction, hashes: Buffer[]): Promise<ResetLink | null> =>
  (await tx.query<ResetLink>(`SELECT ${COLUMNS} FROM reset_link WHERE hash = ANY($1)`, [hashes])).rows[0] ?? null
