import { sql, type Transaction } from '@/lib/platform/db'
import type { FactorCount } from './factor-rule'

export type Account = { id: string; name: string; email: string; passwordHash: string | null; active: boolean }
const ACCOUNT = `id, name, email, password_hash AS "passwordHash", active`

/** The account, held for the rest of the transaction: changes of what it proves itself with come one after the other. */
export const lockAccount = async (tx: Transaction, userId: string): Promise<Account | null> =>
  (await tx.query<Account>(`SELECT ${ACCOUNT} FROM user_account WHERE id = $1 FOR UPDATE`, [userId])).rows[0] ?? null

export const accountOf = async (userId: string): Promise<Account | null> =>
  (await sql<Account>(`SELECT ${ACCOUNT} FROM user_account WHERE id = $1`, [userId]))[0] ?? null

export async function setPassword(tx: Transaction, userId: string, hash: string): Promise<void> {
  await tx.query(`UPDATE user_account SET password_hash = $2 WHERE id = $1`, [userId, hash])
}

const COUNT = `SELECT (SELECT count(*)::int FROM passkey WHERE user_id = $1) AS passkeys,
  EXISTS (SELECT 1 FROM totp WHERE user_id = $1 AND sealed IS NOT NULL) AS totp`

/** What an account has beside its password; inside a transaction where something depends on it. */
export const factorCount = async (userId: string, tx?: Transaction): Promise<FactorCount> =>
  (tx ? (await tx.query<FactorCount>(COUNT, [userId])).rows : await sql<FactorCount>(COUNT, [userId]))[0]!

/** Which accounts have a factor, for the administrator's list. */
export const accountsWithFactor = () =>
  sql<{ userId: string; passkeys: number; totp: boolean }>(
    `SELECT u.id AS "userId", (SELECT count(*)::int FROM passkey p WHERE p.user_id = u.id) AS passkeys,
            EXISTS (SELECT 1 FROM totp t WHERE t.user_id = u.id AND t.sealed IS NOT NULL) AS totp FROM user_account u`,
  )

/** Takes every factor of an account away. */
export async function dropFactors(tx: Transaction, userId: string): Promise<void> {
  for (const table of ['passkey', 'totp', 'recovery_code']) await tx.query(`DELETE FROM ${table} WHERE user_id = $1`, [userId])
}

export type Proof = 'password' | 'belajar.id' | 'totp' | 'passkey' | 'recovery'
export type Confirmed = { method: Proof; at: Date }

export async function recordConfirmation(sessionId: string, userId: string, method: Proof, at: Date): Promise<void> {
  await sql(
    `INSERT INTO confirmation (session_id, user_id, method, at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (session_id) DO UPDATE SET user_id = $2, method = $3, at = $4`,
    [sessionId, userId, method, at],
  )
}

export const confirmationOf = async (sessionId: string, userId: string): Promise<Confirmed | null> =>
  (await sql<Confirmed>(`SELECT method, at FROM confirmation WHERE session_id = $1 AND user_id = $2`, [sessionId, userId]))[0] ?? null
