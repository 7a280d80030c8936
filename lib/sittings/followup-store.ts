import { db, sql } from '@/lib/platform/db'
import { counts } from './release'

/** What a follow-up cycle is made from: who sat where in the base, and which forms they saw. */
export type BaseSeat = {
  teacherId: string
  sittingId: string
  present: boolean
  schoolId: string
  /** The form of part 1, by which neighbours are told apart. */
  formId: string | null
}

export const seatsOfBase = (cycleId: string) =>
  sql<BaseSeat>(
    `SELECT s.teacher_id AS "teacherId", s.sitting_id AS "sittingId", s.attendance = 'present' AS present, s.school_id AS "schoolId", f.form_id AS "formId"
       FROM seat s JOIN sitting t ON t.id = s.sitting_id LEFT JOIN seat_form f ON f.seat_id = s.id AND f.competency_code = '1'
      WHERE t.cycle_id = $1 ORDER BY s.participant_number`,
    [cycleId],
  )

/** Forms given in a cycle, with how many seats held each. */
export const formsGiven = (cycleId: string) =>
  sql<{ formId: string; part: string; seats: number }>(
    `SELECT f.form_id AS "formId", f.competency_code AS part, count(*)::int AS seats FROM seat_form f JOIN seat s ON s.id = f.seat_id JOIN sitting t ON t.id = s.sitting_id
      WHERE t.cycle_id = $1 AND s.attendance <> 'absent' GROUP BY 1, 2`,
    [cycleId],
  )

/** Of these teachers, those who ever had a seat in a real cycle. */
export const everSeated = async (teacherIds: string[]) =>
  (
    await sql<{ id: string }>(
      `SELECT DISTINCT s.teacher_id AS id FROM seat s JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id
        WHERE s.teacher_id = ANY($1::uuid[]) AND ${counts('c')}`,
      [teacherIds],
    )
  ).map((r) => r.id)

export const sittingsOfBase = (cycleId: string) =>
  db().sitting.findMany({ where: { cycleId }, include: { rooms: { orderBy: { name: 'asc' } }, venue: true }, orderBy: { opensAt: 'asc' } })

/** Copies of the rooms of a sitting, empty. */
export async function copyRooms(rows: { id: string; sittingId: string; name: string; capacity: number; columns: number }[]): Promise<void> {
  await db().room.createMany({ data: rows })
}
export async function setBase(cycleId: string, baseCycleId: string): Promise<void> {
  await db().cycle.update({ where: { id: cycleId }, data: { baseCycleId } })
}
export const followUpsOf = (cycleId: string) =>
  db().cycle.findMany({ where: { baseCycleId: cycleId }, select: { id: true, name: true, startsOn: true }, orderBy: { startsOn: 'asc' } })
