import { uuidv7 } from 'uuidv7'
import { sql, type Transaction } from '@/lib/platform/db'

export type StoredPasskey = {
  id: string
  userId: string
  credentialId: string
  publicKey: Buffer
  counter: number
  transports: string[]
  backedUp: boolean
  name: string
  createdAt: Date
  lastUsedAt: Date | null
}
const COLUMNS = `id, user_id AS "userId", credential_id AS "credentialId", public_key AS "publicKey", counter::float8 AS counter, transports,
  backed_up AS "backedUp", name, created_at AS "createdAt", last_used_at AS "lastUsedAt"`

export const passkeysOf = (userId: string) =>
  sql<StoredPasskey>(`SELECT ${COLUMNS} FROM passkey WHERE user_id = $1 ORDER BY created_at`, [userId])

/** A passkey by the authenticator's own name for it, held for the rest of the transaction. */
export const lockPasskey = async (tx: Transaction, credentialId: string): Promise<StoredPasskey | null> =>
  (await tx.query<StoredPasskey>(`SELECT ${COLUMNS} FROM passkey WHERE credential_id = $1 FOR UPDATE`, [credentialId])).rows[0] ?? null

/** Keeps a new passkey; false when the authenticator's name for it is taken. */
export const addPasskey = async (
  tx: Transaction,
  p: Omit<StoredPasskey, 'id' | 'lastUsedAt' | 'publicKey'> & { publicKey: Uint8Array },
): Promise<boolean> =>
  (
    await tx.query(
      `INSERT INTO passkey (id, user_id, credential_id, public_key, counter, transports, backed_up, name, created_at)
       VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) ON CONFLICT (credential_id) DO NOTHING RETURNING id`,
      [uuidv7(), p.userId, p.credentialId, Buffer.from(p.publicKey), p.counter, p.transports, p.backedUp, p.name, p.createdAt],
    )
  ).rows.length > 0

export async function usedPasskey(tx: Transaction, id: string, counter: number, backedUp: boolean, at: Date): Promise<void> {
  await tx.query(`UPDATE passkey SET counter = $2, backed_up = $3, last_used_at = $4 WHERE id = $1`, [id, counter, backedUp, at])
}

export const isOwn = async (tx: Transaction, userId: string, id: string): Promise<boolean> =>
  (await tx.query(`SELECT 1 FROM passkey WHERE id = $2 AND user_id = $1`, [userId, id])).rows.length > 0

/** Takes one of an account's passkeys away; its name, or null when there was none. */
export const dropPasskey = async (tx: Transaction, userId: string, id: string): Promise<string | null> =>
  (await tx.query<{ name: string }>(`DELETE FROM passkey WHERE id = $2 AND user_id = $1 RETURNING name`, [userId, id])).rows[0]?.name ??
  null

export type Purpose = 'login' | 'confirm' | 'enrol'
/** What a question is bound to; a question at the login page does not know yet who will answer. */
export type Asked = { purpose: Purpose; userId: string | null; sessionId: string | null }

/** Keeps a question and forgets those whose time is over. */
export async function keepChallenge(challenge: string, asked: Asked, now: Date, expiresAt: Date): Promise<void> {
  await sql(`DELETE FROM passkey_challenge WHERE expires_at < $1`, [now])
  await sql(`INSERT INTO passkey_challenge (challenge, purpose, user_id, session_id, expires_at) VALUES ($1,$2,$3,$4,$5)`, [
    challenge,
    asked.purpose,
    asked.userId,
    asked.sessionId,
    expiresAt,
  ])
}

/** Takes a question out for its answer: once, in time, and for the one that it was put to. */
export const takeChallenge = async (challenge: string, asked: Asked, now: Date): Promise<boolean> =>
  (
    await sql(
      `DELETE FROM passkey_challenge WHERE challenge = $1 AND purpose = $2 AND user_id IS NOT DISTINCT FROM $3 AND session_id IS NOT DISTINCT FROM $4
         AND expires_at > $5 RETURNING challenge`,
      [challenge, asked.purpose, asked.userId, asked.sessionId, now],
    )
  ).length > 0
