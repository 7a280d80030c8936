import { sql, type Transaction } from '@/lib/platform/db'
import { touch, type Joining, type Touched } from '@/lib/platform/personal'

/** Plans of two records of one person. */

export async function hold(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.query(`SELECT id FROM plan WHERE teacher_id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`, [ids])
}

/** A plan is one a teacher and cycle, a lot one a teacher and lottery. */
export async function obstacles({ keep, drop }: Pick<Joining, 'keep' | 'drop' | 'now'>): Promise<string[]> {
  const [plans, lots] = await Promise.all([
    sql<{ name: string }>(
      `SELECT coalesce(c.name, p.cycle_code) AS name FROM plan p JOIN plan o ON o.cycle_code = p.cycle_code LEFT JOIN cycle c ON c.code = p.cycle_code WHERE p.teacher_id = $1 AND o.teacher_id = $2`,
      [keep, drop],
    ),
    sql<{ title: string }>(
      `SELECT m.title FROM lottery_member k JOIN lottery_member o ON o.lottery_id = k.lottery_id JOIN lottery q ON q.id = k.lottery_id JOIN module m ON m.id = q.module_id WHERE k.teacher_id = $1 AND o.teacher_id = $2`,
      [keep, drop],
    ),
  ])
  return [
    ...plans.map((p) => `Keduanya punya rencana belajar dari ${p.name}. Dua rencana satu siklus tidak dapat menjadi satu.`),
    ...lots.map((l) => `Keduanya ikut undian kursi ${l.title}; undian tidak diubah sesudahnya.`),
  ]
}

export const handOver = (tx: Transaction, { keep, drop }: Joining): Promise<Touched> =>
  touch(tx, [
    ['lottery_member', `UPDATE lottery_member SET teacher_id = $1 WHERE teacher_id = $2`, [keep, drop]],
    ['plan', `UPDATE plan SET teacher_id = $1 WHERE teacher_id = $2`, [keep, drop]],
    ['objection', `UPDATE objection SET teacher_id = $1 WHERE teacher_id = $2`, [keep, drop]],
  ])
