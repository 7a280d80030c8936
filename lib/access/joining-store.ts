import { sql, type Transaction } from '@/lib/platform/db'
import { touch, type Joining, type Touched } from '@/lib/platform/personal'

/** Accounts of two records of one person. */

/** Whether somebody can enter by it. */
const IN_USE = `(u.active AND (u.password_hash IS NOT NULL OR EXISTS (SELECT 1 FROM identity i WHERE i.user_id = u.id) OR EXISTS (SELECT 1 FROM passkey p WHERE p.user_id = u.id)))`
/** Whether somebody works with it besides teaching. */
const WORKS = `EXISTS (SELECT 1 FROM role_grant g WHERE g.user_id = u.id AND g.role <> 'guru')`
const SPARE = `(NOT ${IN_USE} AND NOT ${WORKS})`

export async function hold(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.query(`SELECT id FROM user_account WHERE teacher_id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`, [ids])
}

/** One person has one account: of two, one must be spare. */
export async function obstacles({ keep, drop }: Pick<Joining, 'keep' | 'drop' | 'now'>): Promise<string[]> {
  const needed = await sql<{ email: string }>(
    `SELECT u.email FROM user_account u WHERE u.teacher_id = ANY($1::uuid[]) AND NOT ${SPARE} ORDER BY u.email`,
    [[keep, drop]],
  )
  return needed.length > 1
    ? [`Keduanya punya akun yang dipakai (${needed.map((n) => n.email).join(' dan ')}). Administrator melepas salah satunya lebih dahulu.`]
    : []
}

/** Of two accounts the spare one goes; of two spare ones the one of the record that goes. Cards keep their logins, under the record that stays. */
export async function handOver(tx: Transaction, { keep, drop }: Joining): Promise<Touched> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT u.id FROM user_account u WHERE u.teacher_id IN ($1, $2) AND ${SPARE}
        AND EXISTS (SELECT 1 FROM user_account o WHERE o.teacher_id IN ($1, $2) AND o.id <> u.id) ORDER BY u.teacher_id = $2 DESC LIMIT 1`,
    [keep, drop],
  )
  const spare = rows.map((r) => r.id)
  return touch(tx, [
    ['passkey_challenge', `DELETE FROM passkey_challenge WHERE user_id = ANY($1::uuid[])`, [spare]],
    ['session', `DELETE FROM session WHERE subject_id = ANY($1::uuid[])`, [spare]],
    ['user_account', `DELETE FROM user_account WHERE id = ANY($1::uuid[])`, [spare]],
    ['user_account', `UPDATE user_account SET teacher_id = $1 WHERE teacher_id = $2`, [keep, drop]],
    ['session', `UPDATE session SET teacher_id = $1 WHERE teacher_id = $2`, [keep, drop]],
  ])
}
