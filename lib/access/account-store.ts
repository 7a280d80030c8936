import { uuidv7 } from 'uuidv7'
import type { Transaction } from '@/lib/platform/db'
import type { Grant, Role } from './model'

/** Accounts as an administrator changes them. */

export type HeldGrant = Grant & { id: string }

/**
 * Active administrators, all of their grants held for the rest of the transaction: two who take each other's right away at the same
 * moment come one after the other, and the second finds who is left.
 */
export async function lockAdministrators(tx: Transaction): Promise<string[]> {
  const { rows } = await tx.query<{ userId: string }>(
    `SELECT g.user_id AS "userId" FROM role_grant g JOIN user_account u ON u.id = g.user_id
      WHERE g.role = 'administrator' AND u.active ORDER BY g.id FOR UPDATE`,
  )
  return [...new Set(rows.map((r) => r.userId))]
}

/** Holds an e-mail address for the rest of the transaction: of two accounts made for it at once the second finds the first. */
export async function lockAddress(tx: Transaction, email: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('user_account'), hashtext($1))`, [email])
}

export const grantsOf = async (tx: Transaction, userId: string): Promise<HeldGrant[]> =>
  (
    await tx.query<HeldGrant>(
      `SELECT id, role, region_id AS "regionId", school_id AS "schoolId", level_codes AS "levelCodes" FROM role_grant WHERE user_id = $1 ORDER BY id`,
      [userId],
    )
  ).rows

export async function addGrant(
  tx: Transaction,
  userId: string,
  g: { role: Role; regionId: string | null; schoolId: string | null },
): Promise<void> {
  await tx.query(`INSERT INTO role_grant (id, user_id, role, region_id, school_id, level_codes) VALUES ($1,$2,$3,$4,$5,'{}')`, [
    uuidv7(),
    userId,
    g.role,
    g.regionId,
    g.schoolId,
  ])
}

export async function removeGrant(tx: Transaction, id: string): Promise<void> {
  await tx.query(`DELETE FROM role_grant WHERE id = $1`, [id])
}

/** What a session was opened with does not hold any more. */
export async function raiseVersion(tx: Transaction, userId: string): Promise<void> {
  await tx.query(`UPDATE user_account SET session_version = session_version + 1 WHERE id = $1`, [userId])
}

/** The teacher that an account is; null for nobody. */
export const teacherOf = async (tx: Transaction, userId: string): Promise<string | null> =>
  (await tx.query<{ id: string | null }>(`SELECT teacher_id AS id FROM user_account WHERE id = $1`, [userId])).rows[0]?.id ?? null

/** The address of a teacher's account; null where there is none. */
export const accountOfTeacher = async (tx: Transaction, teacherId: string): Promise<string | null> =>
  (await tx.query<{ email: string }>(`SELECT email FROM user_account WHERE teacher_id = $1`, [teacherId])).rows[0]?.email ?? null

export async function setTeacher(tx: Transaction, userId: string, teacherId: string | null): Promise<void> {
  await tx.query(`UPDATE user_account SET teacher_id = $2 WHERE id = $1`, [userId, teacherId])
}
