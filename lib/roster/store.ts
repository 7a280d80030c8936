import type { Scope } from '@/lib/access/model'
import { within } from '@/lib/access/reach'
import { db, sql } from '@/lib/platform/db'
import type { RegionRow, SubjectRow } from './model'

export const regions = (): Promise<RegionRow[]> =>
  sql<RegionRow>(
    `SELECT id, kemendagri_code AS "kemendagriCode", bps_code AS "bpsCode", ministry_code AS "ministryCode", name, short_name AS "shortName", kind, area_km2 AS "areaKm2", lat, lon, parent_id AS "parentId"
       FROM region WHERE kind <> 'provinsi' ORDER BY kemendagri_code`,
  )
export const subjects = (): Promise<SubjectRow[]> => sql<SubjectRow>(`SELECT id, code, name, aliases FROM subject ORDER BY sort`)
export const levels = () => db().educationLevel.findMany({ orderBy: { sort: 'asc' } })
export const schoolByNpsn = (npsn: string) => db().school.findUnique({ where: { npsn }, include: { region: true, level: true } })
export const schoolsById = (ids: string[]) => db().school.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
export const schoolById = (id: string) => db().school.findUnique({ where: { id }, include: { region: true, level: true } })

export type SeatingRow = {
  teacherId: string
  schoolId: string
  regionId: string
  levelId: string
  subjectId: string | null
  employmentStatus: string | null
}
const SEATING = `SELECT t.id AS "teacherId", t.school_id AS "schoolId", s.region_id AS "regionId", s.level_id AS "levelId", t.subject_id AS "subjectId",
    (SELECT status FROM teacher_status ts WHERE ts.teacher_id = t.id AND ts.valid_to IS NULL ORDER BY valid_from DESC LIMIT 1) AS "employmentStatus"
  FROM (SELECT * FROM teacher WHERE erased_at IS NULL) t JOIN school s ON s.id = t.school_id JOIN education_level l ON l.id = s.level_id`

export const seatingByFilter = (f: { regionId: string | null; levelCode: string | null; subjectId: string | null; npsn: string | null }) =>
  sql<SeatingRow>(
    `${SEATING} WHERE ($1::uuid IS NULL OR s.region_id = $1) AND ($2::text IS NULL OR l.code = $2) AND ($3::uuid IS NULL OR t.subject_id = $3) AND ($4::text IS NULL OR s.npsn = $4)
     AND t.subject_id IS NOT NULL ORDER BY s.name, t.name`,
    [f.regionId, f.levelCode, f.subjectId, f.npsn],
  )

/** These teachers as they are today, where they still teach. */
export const seatingByIds = (ids: string[]) =>
  sql<SeatingRow>(`${SEATING} WHERE t.id = ANY($1::uuid[]) AND t.subject_id IS NOT NULL ORDER BY s.name, t.name, t.id`, [ids])

/** Teachers of these schools. */
export const seatingOfSchools = (schoolIds: string[]) =>
  sql<SeatingRow>(`${SEATING} WHERE s.id = ANY($1::uuid[]) AND t.subject_id IS NOT NULL ORDER BY s.name, t.name, t.id`, [schoolIds])

export const seatingByIdentifiers = (values: string[]) =>
  sql<SeatingRow & { value: string }>(
    `SELECT q.*, i.value FROM (${SEATING}) q JOIN teacher_identifier i ON i.teacher_id = q."teacherId" WHERE i.value = ANY($1::text[])`,
    [values],
  )

export type TeacherListRow = {
  id: string
  name: string
  schoolName: string
  regionName: string
  levelCode: string
  subjectName: string | null
  nuptk: string | null
  nip: string | null
  status: string | null
  total: number
}

/** Whether a column holds $1 as it was typed, whatever % and _ are in it. */
const literally = (column: string) => `position(lower($1) in lower(${column})) > 0`
/** Whether a column holds $1; where `wide` is true, or something spelled much like it (trigrams; PostgreSQL's own limit of 0.6). */
const named = (column: string, wide: string) => `(${literally(column)} OR ${wide} AND $1 <% ${column})`
/** What is found literally; only where nothing is, what is spelled much like it. */
export const literallyOrLike = async <Row>(ask: (wide: boolean) => Promise<Row[]>): Promise<Row[]> => {
  const exact = await ask(false)
  return exact.length ? exact : ask(true)
}

/** A page of the roster, best likeness first and then by name. `total` counts all that match. */
export const teacherPage = (f: {
  q: string
  regionId: string | null
  subjectId: string | null
  take: number
  skip: number
  wide: boolean
}) =>
  sql<TeacherListRow>(
    `SELECT t.id, t.name, s.name AS "schoolName", r.short_name AS "regionName", l.code AS "levelCode", su.name AS "subjectName",
       (SELECT value FROM teacher_identifier WHERE teacher_id = t.id AND scheme = 'NUPTK') AS nuptk,
       (SELECT value FROM teacher_identifier WHERE teacher_id = t.id AND scheme = 'NIP') AS nip,
       (SELECT status FROM teacher_status ts WHERE ts.teacher_id = t.id AND ts.valid_to IS NULL ORDER BY valid_from DESC LIMIT 1) AS status,
       count(*) OVER ()::int AS total
     FROM teacher t JOIN school s ON s.id = t.school_id JOIN region r ON r.id = s.region_id JOIN education_level l ON l.id = s.level_id LEFT JOIN subject su ON su.id = t.subject_id
     WHERE t.erased_at IS NULL AND ($1 = '' OR ${named('t.name', '$6::boolean')} OR ${named('s.name', '$6::boolean')} OR EXISTS (SELECT 1 FROM teacher_identifier i WHERE i.teacher_id = t.id AND i.value = $1))
       AND ($2::uuid IS NULL OR s.region_id = $2) AND ($3::uuid IS NULL OR t.subject_id = $3)
     ORDER BY $1 <> '' AND ${literally('t.name')} DESC, CASE WHEN $1 = '' THEN 0 ELSE word_similarity($1, t.name) END DESC, t.name, t.id LIMIT $4 OFFSET $5`,
    [f.q, f.regionId, f.subjectId, f.take, f.skip, f.wide],
  )

/** Whether invented people are in the roster. */
export const hasSimulated = async () =>
  (await sql<{ yes: boolean }>(`SELECT EXISTS (SELECT 1 FROM teacher WHERE simulated) AS yes`))[0]!.yes

/** Teachers of a scope whose name is much like `q`, or who bear it as their number. */
export function findTeachers(q: string, scope: Scope, limit: number, wide: boolean) {
  const values: unknown[] = [q, limit, wide]
  return sql<{ id: string; name: string; schoolId: string; schoolName: string }>(
    `SELECT t.id, t.name, s.id AS "schoolId", s.name AS "schoolName" FROM teacher t JOIN school s ON s.id = t.school_id JOIN education_level l ON l.id = s.level_id
      WHERE t.erased_at IS NULL AND (${named('t.name', '$3::boolean')} OR EXISTS (SELECT 1 FROM teacher_identifier i WHERE i.teacher_id = t.id AND i.value = $1))
        AND ${within(scope, { region: 's.region_id', school: 's.id', level: 'l.code' }, values)}
      ORDER BY ${literally('t.name')} DESC, word_similarity($1, t.name) DESC, t.name, t.id LIMIT $2`,
    values,
  )
}

/** Schools of a scope whose name is much like `q`, or whose NPSN it is. */
export function findSchools(q: string, scope: Scope, limit: number, wide: boolean) {
  const values: unknown[] = [q, limit, wide]
  return sql<{ id: string; name: string; npsn: string | null; regionName: string }>(
    `SELECT s.id, s.name, s.npsn, r.short_name AS "regionName" FROM school s JOIN region r ON r.id = s.region_id JOIN education_level l ON l.id = s.level_id
      WHERE (${named('s.name', '$3::boolean')} OR s.npsn = $1) AND ${within(scope, { region: 's.region_id', school: 's.id', level: 'l.code' }, values)}
      ORDER BY ${literally('s.name')} DESC, word_similarity($1, s.name) DESC, s.name, s.id LIMIT $2`,
    values,
  )
}
