import { sql, type Transaction } from '@/lib/platform/db'
import { touch, type Joining, type Touched } from '@/lib/platform/personal'

/** Requests of two records of one person. */

/** Held before anything else: an erasure holds its request first as well, so that one of both waits for the other. */
export async function hold(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.query(`SELECT id FROM privacy_request WHERE teacher_id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`, [ids])
}

export async function obstacles({ keep, drop }: Pick<Joining, 'keep' | 'drop' | 'now'>): Promise<string[]> {
  const open = await sql(`SELECT 1 FROM privacy_request WHERE teacher_id = ANY($1::uuid[]) AND answered_at IS NULL LIMIT 1`, [[keep, drop]])
  return open.length ? ['Ada permintaan tentang data pribadi salah satunya yang belum dijawab. Jawab lebih dahulu di halaman Privasi.'] : []
}

export const handOver = (tx: Transaction, { keep, drop }: Joining): Promise<Touched> =>
  touch(tx, [['privacy_request', `UPDATE privacy_request SET teacher_id = $1 WHERE teacher_id = $2`, [keep, drop]]])
