import { sql, type Transaction } from '@/lib/platform/db'
import { touch, type Joining, type Touched } from '@/lib/platform/personal'
import { holdRecords, teacherRecord } from './record-store'

/** Two records of one person in the roster. */

export const hold = holdRecords

/** Facts of which one person has one. Where one of both is wrong it is corrected first, so that the reason stands with it. */
export async function obstacles({ keep, drop }: Pick<Joining, 'keep' | 'drop' | 'now'>): Promise<string[]> {
  const [a, b] = await Promise.all([teacherRecord(keep), teacherRecord(drop)])
  if (!a || !b) return []
  const differ = (
    [
      ['nuptk', 'NUPTK'],
      ['nip', 'NIP'],
      ['birthDate', 'Tanggal lahir'],
      ['sex', 'Jenis kelamin'],
    ] as const
  ).filter(([field]) => a[field] !== null && b[field] !== null && a[field] !== b[field])
  return [
    ...differ.map(([, name]) => `${name} keduanya berbeda. Bila orangnya sama, betulkan yang salah lebih dahulu.`),
    ...(a.simulated !== b.simulated ? ['Salah satunya data simulasi.'] : []),
  ]
}

/**
 * What is missing in the record that stays comes from the other one, which then is no more. What imports had done to it is not taken back
 * with them any more: the change of the record that stays tells what it said.
 */
export const handOver = (tx: Transaction, { keep, drop }: Joining): Promise<Touched> =>
  touch(tx, [
    [
      'teacher_identifier',
      `UPDATE teacher_identifier i SET teacher_id = $1 WHERE i.teacher_id = $2 AND NOT EXISTS (SELECT 1 FROM teacher_identifier o WHERE o.teacher_id = $1 AND o.scheme = i.scheme)`,
      [keep, drop],
    ],
    [
      'teacher_status',
      `UPDATE teacher_status SET teacher_id = $1 WHERE teacher_id = $2 AND NOT EXISTS (SELECT 1 FROM teacher_status o WHERE o.teacher_id = $1)`,
      [keep, drop],
    ],
    ['teacher_change', `UPDATE teacher_change SET teacher_id = $1 WHERE teacher_id = $2`, [keep, drop]],
    ['import_change', `DELETE FROM import_change WHERE teacher_id = $1`, [drop]],
    [
      'roster_answer',
      `UPDATE roster_answer SET teacher_id = $1, value = CASE WHEN value = $2::uuid::text THEN $1::uuid::text ELSE value END WHERE teacher_id = $2`,
      [keep, drop],
    ],
    [
      'teacher',
      `UPDATE teacher t SET title = coalesce(t.title, o.title), sex = coalesce(t.sex, o.sex), birth_date = coalesce(t.birth_date, o.birth_date), email = coalesce(t.email, o.email),
          phone = coalesce(t.phone, o.phone), subject_id = coalesce(t.subject_id, o.subject_id) FROM teacher o WHERE t.id = $1 AND o.id = $2`,
      [keep, drop],
    ],
    ['teacher', `DELETE FROM teacher WHERE id = $1`, [drop]],
  ])

/** What the record that stays was told when it took the other one up, for a call that comes twice; null where it did not. */
export const joined = async (keep: string, drop: string): Promise<{ moved: Touched } | null> =>
  (
    await sql<{ after: { moved: Touched } }>(
      `SELECT after FROM teacher_change WHERE teacher_id = $1 AND other_id = $2 AND kind = 'merge'`,
      [keep, drop],
    )
  )[0]?.after ?? null
