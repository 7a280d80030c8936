import { sql, type Transaction } from '@/lib/platform/db'
import { takeTurn } from '@/lib/platform/turn-store'
import { ERASED_NAME, touch, type Forgotten, type PersonalRows, type Touched } from '@/lib/platform/personal'

/** Who a teacher is, for finding her in words that others wrote; null when there is no such teacher or her data are erased. */
export type Identity = {
  name: string
  title: string | null
  email: string | null
  phone: string | null
  numbers: string[]
  schoolName: string
}
export const identityOf = async (teacherId: string): Promise<Identity | null> =>
  (
    await sql<Identity>(
      `SELECT t.name, t.title, t.email, t.phone, x.name AS "schoolName", ARRAY(SELECT value FROM teacher_identifier i WHERE i.teacher_id = t.id) AS numbers
         FROM teacher t JOIN school x ON x.id = t.school_id WHERE t.id = $1 AND t.erased_at IS NULL`,
      [teacherId],
    )
  )[0] ?? null

/** Teachers whose NUPTK, NIP or name is this, for a letter that names one. */
export const teachersNamed = (words: string) =>
  sql<{ id: string; name: string; schoolName: string }>(
    `SELECT t.id, t.name, x.name AS "schoolName" FROM teacher t JOIN school x ON x.id = t.school_id
      WHERE t.erased_at IS NULL AND (lower(t.name) = lower($1) OR EXISTS (SELECT 1 FROM teacher_identifier i WHERE i.teacher_id = t.id AND i.value = $1)) LIMIT 5`,
    [words],
  )

export async function dataOf(teacherId: string): Promise<PersonalRows> {
  const of = (text: string) => sql<Record<string, unknown>>(text, [teacherId])
  const [teacher, numbers, statuses, edits, changes, answers] = await Promise.all([
    of(`SELECT t.name AS nama, t.title AS gelar, t.sex AS "jenis kelamin", t.birth_date::text AS "tanggal lahir", t.email AS surel, t.phone AS telepon,
          x.name AS sekolah, u.name AS "mata pelajaran", t.created_at AS "dicatat sejak"
        FROM teacher t JOIN school x ON x.id = t.school_id LEFT JOIN subject u ON u.id = t.subject_id WHERE t.id = $1`),
    of(`SELECT scheme AS jenis, value AS nomor FROM teacher_identifier WHERE teacher_id = $1 ORDER BY scheme`),
    of(
      `SELECT status, role AS tugas, valid_from::text AS sejak, valid_to::text AS sampai FROM teacher_status WHERE teacher_id = $1 ORDER BY valid_from`,
    ),
    of(`SELECT at AS waktu, CASE kind WHEN 'move' THEN 'pindah sekolah' WHEN 'merge' THEN 'catatan ganda digabungkan' ELSE 'dibetulkan' END AS perubahan,
          before AS sebelum, after AS sesudah, reason AS dasar, valid_from::text AS "berlaku sejak" FROM teacher_change WHERE teacher_id = $1 ORDER BY at`),
    of(`SELECT b.created_at AS "waktu impor", b.file_name AS berkas, c.before AS sebelum, c.after AS sesudah
        FROM import_change c JOIN import_batch b ON b.id = c.batch_id WHERE c.teacher_id = $1 ORDER BY b.created_at`),
    of(`SELECT at AS waktu, 'baris berkas impor dinyatakan tentang Anda' AS jawaban FROM roster_answer WHERE teacher_id = $1 ORDER BY at`),
  ])
  return {
    teacher,
    teacher_identifier: numbers,
    teacher_status: statuses,
    teacher_change: edits,
    import_change: changes,
    roster_answer: answers,
  }
}

/** The row stays for the roster's figures, by school and subject; nothing in it stands for the person any more. */
export async function forget(tx: Transaction, p: Forgotten): Promise<Touched> {
  // An import that has read this person already is waited for, so that it does not write the erased back.
  await takeTurn(tx, 'roster-import', '')
  return touch(tx, [
    [
      'import_batch',
      `UPDATE import_batch SET file = NULL, preview = NULL, file_name = CASE WHEN file_name ~* $1 THEN 'berkas (dihapus)' ELSE file_name END, progress = progress - 'refusal',
          state = CASE WHEN state = 'applied' THEN state ELSE 'undone' END, undone_at = CASE WHEN state = 'applied' THEN undone_at ELSE coalesce(undone_at, $2) END
        WHERE preview::text ~* $1 OR file_name ~* $1 OR progress::text ~* $1
           OR id IN (SELECT batch_id FROM import_change WHERE teacher_id = $3) AND (preview IS NOT NULL OR file IS NOT NULL)`,
      [p.pattern, p.now, p.teacherId],
    ],
    // Bytes cannot be searched; what was refused, taken back or not read yet may hold anybody.
    ['import_batch', `UPDATE import_batch SET file = NULL WHERE state IN ('refused', 'undone') AND file IS NOT NULL`, []],
    ['teacher_change', `DELETE FROM teacher_change WHERE teacher_id = $1`, [p.teacherId]],
    ['import_change', `DELETE FROM import_change WHERE teacher_id = $1`, [p.teacherId]],
    ['roster_answer', `DELETE FROM roster_answer WHERE teacher_id = $1`, [p.teacherId]],
    ['teacher_identifier', `DELETE FROM teacher_identifier WHERE teacher_id = $1`, [p.teacherId]],
    ['teacher_status', `DELETE FROM teacher_status WHERE teacher_id = $1`, [p.teacherId]],
    [
      'teacher',
      `UPDATE teacher SET name = $2, title = NULL, sex = NULL, birth_date = NULL, email = NULL, phone = NULL, erased_at = $3 WHERE id = $1 AND erased_at IS NULL`,
      [p.teacherId, ERASED_NAME, p.now],
    ],
  ])
}

/** Takes files, previews and undo records away from imports made before a moment, at most so many rows; answers how many. */
export async function sweepImports(before: Date, most: number): Promise<number> {
  const files = await sql(
    `UPDATE import_batch SET file = NULL, preview = NULL WHERE id IN (SELECT id FROM import_batch WHERE created_at < $1 AND (file IS NOT NULL OR preview IS NOT NULL) LIMIT $2) RETURNING id`,
    [before, most],
  )
  const changes = await sql(
    `DELETE FROM import_change WHERE id IN (SELECT c.id FROM import_change c JOIN import_batch b ON b.id = c.batch_id WHERE b.created_at < $1 LIMIT $2) RETURNING id`,
    [before, most],
  )
  return files.length + changes.length
}
