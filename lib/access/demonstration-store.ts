import { sql, type Transaction } from '@/lib/platform/db'

export type ActiveAccount = { id: string; email: string; passwordHash: string | null; demonstration: boolean }

/** Every account that can log in. */
export const activeAccounts = () =>
  sql<ActiveAccount>(
    `SELECT id, email, password_hash AS "passwordHash", demonstration FROM user_account WHERE active ORDER BY demonstration DESC, email`,
  )

export const activeMarked = async (): Promise<number> =>
  (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM user_account WHERE active AND demonstration`))[0]!.n

/** Active administrators; `able` those who can log in: with a password, a passkey or an identity of belajar.id. */
const ADMINISTRATORS = (able: boolean) =>
  `SELECT u.id, u.name, u.email FROM user_account u JOIN role_grant g ON g.user_id = u.id AND g.role = 'administrator'
    WHERE u.active AND ${able ? '' : 'NOT '}(u.password_hash IS NOT NULL OR EXISTS (SELECT 1 FROM passkey p WHERE p.user_id = u.id)
      OR EXISTS (SELECT 1 FROM identity i WHERE i.user_id = u.id)) ORDER BY u.created_at, u.id LIMIT 1`

export const hasActiveAdministrator = async (): Promise<boolean> => (await sql(ADMINISTRATORS(true))).length > 0

/** An administrator who has not set a first password yet. */
export const waitingAdministrator = async () => (await sql<{ id: string; name: string; email: string }>(ADMINISTRATORS(false)))[0] ?? null

/** Switches an account off and voids its sessions, inside the caller's transaction; false when it was off already. */
export const switchOff = async (tx: Transaction, id: string): Promise<boolean> =>
  ((await tx.query(`UPDATE user_account SET active = false, session_version = session_version + 1 WHERE id = $1 AND active`, [id]))
    .rowCount ?? 0) > 0
