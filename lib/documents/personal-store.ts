import { sql, type Transaction } from '@/lib/platform/db'
import { touch, type Forgotten, type PersonalRows, type Touched } from '@/lib/platform/personal'

export async function dataOf(teacherId: string): Promise<PersonalRows> {
  return {
    made_document: await sql<Record<string, unknown>>(
      `SELECT name AS dokumen, asked_at AS diminta, ended_at AS "selesai dibuat", handed_at AS "terakhir diunduh", size AS "ukuran (byte)" FROM made_document WHERE teacher_id = $1 ORDER BY asked_at`,
      [teacherId],
    ),
  }
}

/** What she asked for goes, and so does what others had made with her name in it. */
export const forget = (tx: Transaction, p: Forgotten): Promise<Touched> =>
  touch(tx, [['made_document', `DELETE FROM made_document WHERE teacher_id = $1 OR subjects @> ARRAY[$1::uuid]`, [p.teacherId]]])

/** Deletes documents that were asked for before a moment, at most so many. */
export const sweepDocuments = async (before: Date, most: number): Promise<number> =>
  (
    await sql(`DELETE FROM made_document WHERE id IN (SELECT id FROM made_document WHERE asked_at < $1 LIMIT $2) RETURNING id`, [
      before,
      most,
    ])
  ).length
