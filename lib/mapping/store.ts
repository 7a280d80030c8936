import { uuidv7 } from 'uuidv7'
import { db, sql } from '@/lib/platform/db'
import { counts, shownToPeople } from '@/lib/sittings/release'

export const schoolNames = (ids: string[]) =>
  sql<{ id: string; name: string; npsn: string | null }>(`SELECT id, name, npsn FROM school WHERE id = ANY($1::uuid[]) ORDER BY name`, [
    ids,
  ])

export type NamedScore = {
  teacherId: string
  name: string
  title: string | null
  subjectName: string | null
  status: string | null
  /** Percent of mastery with its 80 % range where the instrument is calibrated and released; else the raw percent, without a range. */
  parts: Record<string, { percent: number; low: number | null; high: number | null; few: boolean }>
}
/**
 * Named results of the teachers who work at a school now, wherever they were tested: the four parts of each teacher's latest closed attempts
 * that are shown to people. Their seats are found first, and all else from them by key: left to itself, the search begins at all tests there are.
 */
export const namedResults = (schoolId: string, levelCodes: string[] | null) =>
  sql<NamedScore>(
    `WITH own AS MATERIALIZED (
       SELECT s.id, s.teacher_id, s.sitting_id, s.employment_status FROM teacher w JOIN seat s ON s.teacher_id = w.id
        WHERE w.school_id = $1 AND ($2::text[] IS NULL OR s.level_id = ANY (ARRAY(SELECT id FROM education_level WHERE code = ANY($2))))
     )
     SELECT t.id AS "teacherId", t.name, t.title, su.name AS "subjectName", max(x.status) AS status, jsonb_object_agg(x.part, jsonb_build_object('percent', x.percent, 'low', x.low, 'high', x.high, 'few', x.few)) AS parts
       FROM (SELECT DISTINCT ON (s.teacher_id, a.competency_code) s.teacher_id, a.competency_code AS part, coalesce(b.mastery, v.percent) AS percent, b.mastery_low AS low, b.mastery_high AS high, coalesce(v.answered * 2 < v.items, false) AS few, s.employment_status AS status
               FROM own s JOIN attempt a ON a.seat_id = s.id JOIN sitting g ON g.id = s.sitting_id JOIN cycle c ON c.id = g.cycle_id
               JOIN score v ON v.attempt_id = a.id AND v.kind = 'raw' AND v.scope = 'total' AND v.superseded_at IS NULL
               LEFT JOIN score_run r ON r.instrument_id = a.instrument_id AND r.kind = 'theta' AND r.state = 'released'
               LEFT JOIN ability b ON b.run_id = r.id AND b.attempt_id = a.id
              WHERE a.state = 'closed' AND ${counts('c')} AND ${shownToPeople('g')} ORDER BY s.teacher_id, a.competency_code, a.started_at DESC) x
       JOIN teacher t ON t.id = x.teacher_id LEFT JOIN subject su ON su.id = t.subject_id GROUP BY t.id, t.name, t.title, su.name ORDER BY t.name`,
    [schoolId, levelCodes],
  )

export const activeBoundary = () => db().boundaryFile.findFirst({ where: { active: true } })
export async function saveBoundary(geojson: object, sourceLine: string, loadedBy: string | null, now: Date): Promise<void> {
  await db().$transaction([
    db().boundaryFile.updateMany({ where: { active: true }, data: { active: false } }),
    db().boundaryFile.create({ data: { id: uuidv7(), geojson, sourceLine, loadedBy, loadedAt: now, active: true } }),
  ])
}
export async function dropBoundary(): Promise<void> {
  await db().boundaryFile.updateMany({ where: { active: true }, data: { active: false } })
}
