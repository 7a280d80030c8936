import { sql, type Transaction } from '@/lib/platform/db'
import { ERASED, touch, type Forgotten, type PersonalRows, type Touched } from '@/lib/platform/personal'

export async function dataOf(teacherId: string): Promise<PersonalRows> {
  return {
    privacy_request: await sql<Record<string, unknown>>(
      `SELECT kind AS jenis, channel AS lewat, letter AS surat, words AS permintaan, created_at AS diterima, due_at AS "batas jawaban", decision AS keputusan, answer AS jawaban, answered_at AS dijawab
         FROM privacy_request WHERE teacher_id = $1 ORDER BY created_at`,
      [teacherId],
    ),
  }
}

const scrubbed = (column: string) => `${column} = regexp_replace(${column}, $1, $2, 'gi')`

/** That a request was made and met stays on record, its words do not. */
export const forget = (tx: Transaction, p: Forgotten): Promise<Touched> =>
  touch(tx, [
    [
      'privacy_request',
      `UPDATE privacy_request SET words = $2, letter = CASE WHEN letter IS NULL THEN NULL ELSE $2 END, proposal = CASE WHEN proposal IS NULL THEN NULL ELSE $2 END,
          answer = CASE WHEN answer IS NULL THEN NULL ELSE $2 END WHERE teacher_id = $1`,
      [p.teacherId, ERASED],
    ],
    [
      'data_incident',
      `UPDATE data_incident SET ${['happened', 'data', 'measures', 'closing'].map(scrubbed).join(', ')} WHERE concat_ws(' ', happened, data, measures, closing) ~* $1`,
      [p.pattern, ERASED],
    ],
  ])
