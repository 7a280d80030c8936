import { sql, type Transaction } from '@/lib/platform/db'

export type ActiveAccount = { id: string; email: string; passwordHash: string | null; demonstration: boolean }

/** Every account that can log in. */
export const activeAccounts = () =>
  sql<ActiveAccount>(
    `SELECT id, email, password_hash AS "passwordHash", demonstration FROM user_account WHERE active ORDER BY demonstration DESC, email`,
  )

export const activeMarked = async (): Promise<number> =>
  (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM user_account WHERE active AND demonstration`))[0]!.n

export const hasActiveAdministrator = async (): Promise<boolean> =>
  (await sql(`SELECT 1 FROM user_account u JOIN role_grant g ON g.user_id = u.id WHERE u.active AND g.role = 'administrator' LIMIT 1`))
    .length > 0

/** Switches an account off and voids its sessions, inside the caller's transaction; false when it was off already. */
export const switchOff = async (tx: Transaction, id: string): Promise<boolean> =>
  ((await tx.query(`UPDATE user_account SET active = false, session_version = session_version + 1 WHERE id = $1 AND active`, [id]))
    .rowCount ?? 0) > 0
