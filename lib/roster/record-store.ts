import { uuidv7 } from 'uuidv7'
import { sql, type Transaction } from '@/lib/platform/db'
import { takeTurn } from '@/lib/platform/turn-store'
import type { CorrectableField, TeacherRecord } from './record-model'

/** One teacher's record: as it stands, what was changed in it, and the writing of one field. */

const NUMBER = (scheme: string) => `(SELECT value FROM teacher_identifier i WHERE i.teacher_id = t.id AND i.scheme = '${scheme}')`
const STATUS = `(SELECT status FROM teacher_status x WHERE x.teacher_id = t.id AND x.valid_to IS NULL ORDER BY valid_from DESC, id DESC LIMIT 1)`
/** A number that is another one as soon as anything of the record is. */
const VERSION = `('x' || substr(encode(sha256(convert_to(t::text || coalesce(${NUMBER('NUPTK')}, '') || '|' || coalesce(${NUMBER('NIP')}, '') || '|' || coalesce(${STATUS}, ''), 'UTF8')), 'hex'), 1, 7))::bit(28)::int + 1`

const RECORD = `SELECT t.id, ${VERSION} AS version, t.name, t.title, ${NUMBER('NUPTK')} AS nuptk, ${NUMBER('NIP')} AS nip, t.sex, to_char(t.birth_date, 'YYYY-MM-DD') AS "birthDate",
    t.email, t.phone, u.code AS subject, u.name AS "subjectName", ${STATUS} AS status, s.id AS "schoolId", s.name AS "schoolName", s.npsn, r.id AS "regionId",
    r.short_name AS "regionName", l.code AS "levelCode", t.simulated, t.erased_at IS NOT NULL AS erased, t.created_at AS "createdAt"
  FROM teacher t JOIN school s ON s.id = t.school_id JOIN region r ON r.id = s.region_id JOIN education_level l ON l.id = s.level_id LEFT JOIN subject u ON u.id = t.subject_id`

export const teacherRecord = async (id: string): Promise<TeacherRecord | null> =>
  (await sql<TeacherRecord>(`${RECORD} WHERE t.id = $1`, [id]))[0] ?? null

/** Holds records for the rest of the transaction, and imports out: what is decided by them afterwards still fits when it is written. */
export async function holdRecords(tx: Transaction, ids: readonly string[]): Promise<void> {
  await takeTurn(tx, 'roster-import', '')
  await tx.query(`SELECT id FROM teacher WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`, [ids])
}

/** The record that took this one up; null where none did. */
export const mergedInto = async (id: string): Promise<string | null> =>
  (await sql<{ id: string }>(`SELECT teacher_id AS id FROM teacher_change WHERE other_id = $1`, [id]))[0]?.id ?? null

export type StoredChange = {
  id: string
  at: Date
  kind: 'import' | 'correction' | 'move' | 'merge'
  field: string | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  reason: string | null
  validFrom: string | null
  by: string | null
}

/** Everything that was changed in a record, newest first. Imports that were taken back, and those older than their limit, are not there any more. */
export const changesOf = (id: string, most: number) =>
  sql<StoredChange>(
    `SELECT * FROM (
       SELECT c.id, c.at, c.kind, c.field, c.before, c.after, c.reason, c.valid_from::text AS "validFrom", (SELECT name FROM user_account WHERE id = c.by_user_id) AS by
         FROM teacher_change c WHERE c.teacher_id = $1
       UNION ALL
       SELECT c.id, coalesce(b.applied_at, b.created_at), 'import', NULL, c.before, c.after, b.file_name, NULL, (SELECT name FROM user_account WHERE id = b.created_by)
         FROM import_change c JOIN import_batch b ON b.id = c.batch_id WHERE c.teacher_id = $1 AND b.state = 'applied') x
      ORDER BY at DESC, id DESC LIMIT $2`,
    [id, most],
  )

export async function addChange(
  tx: Transaction,
  c: {
    teacherId: string
    kind: 'correction' | 'move' | 'merge'
    field?: string
    before: unknown
    after: unknown
    reason: string
    validFrom?: string
    otherId?: string
    by: string | null
  },
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO teacher_change (id, teacher_id, kind, field, before, after, reason, valid_from, other_id, by_user_id, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
    [
      uuidv7(),
      c.teacherId,
      c.kind,
      c.field ?? null,
      JSON.stringify(c.before),
      JSON.stringify(c.after),
      c.reason,
      c.validFrom ?? null,
      c.otherId ?? null,
      c.by,
      now,
    ],
  )
}

/** Who bears this number, with the school. */
export const bearerOf = async (scheme: 'NUPTK' | 'NIP', value: string) =>
  (
    await sql<{ id: string; name: string; schoolName: string }>(
      `SELECT t.id, t.name, s.name AS "schoolName" FROM teacher_identifier i JOIN teacher t ON t.id = i.teacher_id JOIN school s ON s.id = t.school_id WHERE i.scheme = $1 AND i.value = $2`,
      [scheme, value],
    )
  )[0] ?? null

const columns = { name: 'name', title: 'title', sex: 'sex', birthDate: 'birth_date', email: 'email', phone: 'phone' } as const

/** Puts one field of a record to a value, or empties it; an employment status begins on `day` and ends the one before. */
export async function writeField(
  tx: Transaction,
  teacherId: string,
  field: CorrectableField,
  value: string | null,
  day: string,
): Promise<void> {
  switch (field) {
    case 'subject':
      await tx.query(`UPDATE teacher SET subject_id = (SELECT id FROM subject WHERE code = $2) WHERE id = $1`, [teacherId, value])
      return
    case 'nuptk':
    case 'nip':
      await tx.query(`DELETE FROM teacher_identifier WHERE teacher_id = $1 AND scheme = $2`, [teacherId, field.toUpperCase()])
      if (value)
        await tx.query(`INSERT INTO teacher_identifier (id, teacher_id, scheme, value) VALUES ($1,$2,$3,$4)`, [
          uuidv7(),
          teacherId,
          field.toUpperCase(),
          value,
        ])
      return
    case 'status':
      await tx.query(`UPDATE teacher_status SET valid_to = $2 WHERE teacher_id = $1 AND valid_to IS NULL`, [teacherId, day])
      if (value)
        await tx.query(
          `INSERT INTO teacher_status (id, teacher_id, status, role, valid_from)
           SELECT $1, $2, $3, (SELECT role FROM teacher_status WHERE teacher_id = $2 ORDER BY valid_from DESC, id DESC LIMIT 1), $4`,
          [uuidv7(), teacherId, value, day],
        )
      return
    default:
      await tx.query(`UPDATE teacher SET ${columns[field]} = $2 WHERE id = $1`, [teacherId, value])
  }
}

/** The last move of a record by hand. */
export const lastMove = async (teacherId: string) =>
  (
    await sql<{ schoolId: string; validFrom: string }>(
      `SELECT after->>'schoolId' AS "schoolId", valid_from::text AS "validFrom" FROM teacher_change WHERE teacher_id = $1 AND kind = 'move' ORDER BY at DESC, id DESC LIMIT 1`,
      [teacherId],
    )
  )[0] ?? null

export async function writeSchool(tx: Transaction, teacherId: string, schoolId: string): Promise<void> {
  await tx.query(`UPDATE teacher SET school_id = $2 WHERE id = $1`, [teacherId, schoolId])
}
