import { uuidv7 } from 'uuidv7'
import { db, sql } from '@/lib/platform/db'
import type { decisions, objectionKinds } from './objection-model'

export type ObjectionRow = {
  id: string
  teacherId: string
  teacherName: string
  school: string
  about: keyof typeof objectionKinds
  part: string | null
  words: string
  createdAt: Date
  dueAt: Date
  answer: string | null
  decision: keyof typeof decisions | null
  answeredAt: Date | null
}
const OBJECTION = `SELECT o.id, o.teacher_id AS "teacherId", t.name AS "teacherName", x.name AS school, o.about, o.part, o.words, o.created_at AS "createdAt", o.due_at AS "dueAt",
    o.answer, o.decision, o.answered_at AS "answeredAt" FROM objection o JOIN teacher t ON t.id = o.teacher_id JOIN school x ON x.id = t.school_id`

export const objectionsOf = (teacherId: string) =>
  sql<ObjectionRow>(`${OBJECTION} WHERE o.teacher_id = $1 ORDER BY o.created_at DESC`, [teacherId])

/** Open ones first, the nearest due day on top. */
export const allObjections = () => sql<ObjectionRow>(`${OBJECTION} ORDER BY o.answered_at IS NOT NULL, o.due_at LIMIT 500`)

export async function addObjection(o: Pick<ObjectionRow, 'teacherId' | 'about' | 'part' | 'words' | 'dueAt'>, now: Date): Promise<void> {
  await db().objection.create({ data: { id: uuidv7(), ...o, createdAt: now } })
}

/** Whether this person has given just this answer already. */
export const answeredSo = async (id: string, decision: string, answer: string, by: string | null): Promise<boolean> =>
  (
    await sql(`SELECT 1 FROM objection WHERE id = $1 AND decision = $2 AND answer = $3 AND answered_by IS NOT DISTINCT FROM $4::uuid`, [
      id,
      decision,
      answer,
      by,
    ])
  ).length > 0

/** False when somebody has answered already: an answer is given once. */
export async function writeAnswer(id: string, decision: string, answer: string, answeredBy: string | null, now: Date): Promise<boolean> {
  const rows = await sql<{ id: string }>(
    `UPDATE objection SET decision = $2, answer = $3, answered_by = $4, answered_at = $5 WHERE id = $1 AND answered_at IS NULL RETURNING id`,
    [id, decision, answer, answeredBy, now],
  )
  return rows.length > 0
}
