import type { Transaction } from '@/lib/platform/db'
import { touch, type Joining, type Touched } from '@/lib/platform/personal'

/** Documents of two records of one person. */
export const handOver = (tx: Transaction, { keep, drop }: Joining): Promise<Touched> =>
  touch(tx, [
    [
      'made_document',
      `UPDATE made_document SET teacher_id = CASE WHEN teacher_id = $2 THEN $1 ELSE teacher_id END, subjects = array_replace(subjects, $2::uuid, $1::uuid) WHERE teacher_id = $2 OR subjects @> ARRAY[$2::uuid]`,
      [keep, drop],
    ],
  ])
