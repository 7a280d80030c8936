import { sql, type Transaction } from '@/lib/platform/db'
import type { PlanState } from './model'
import { ERASED, touch, type Forgotten, type PersonalRows, type Touched } from '@/lib/platform/personal'

export async function dataOf(teacherId: string): Promise<PersonalRows> {
  const of = (text: string) => sql<Record<string, unknown>>(text, [teacherId])
  const [plans, steps, attended, objections, lots] = await Promise.all([
    of(
      `SELECT cycle_code AS siklus, tiers AS "tingkat dukungan", state AS keadaan, proposed_at AS diusulkan, accepted_at AS disetujui FROM plan WHERE teacher_id = $1 ORDER BY proposed_at`,
    ),
    of(`SELECT m.title AS modul, s.why AS alasan, s.state AS keadaan, s.starts_on::text AS mulai, s.due_on::text AS "batas waktu", s.reflection AS refleksi, s.evidence AS bukti, s.note AS catatan
        FROM plan_step s JOIN plan p ON p.id = s.plan_id JOIN module m ON m.id = s.module_id WHERE p.teacher_id = $1 ORDER BY p.proposed_at, s.position`),
    of(`SELECT m.title AS modul, a.held_on::text AS tanggal, a.hours AS jam FROM step_attendance a JOIN plan_step s ON s.id = a.step_id JOIN plan p ON p.id = s.plan_id
        JOIN module m ON m.id = s.module_id WHERE p.teacher_id = $1 ORDER BY a.held_on`),
    of(
      `SELECT about AS tentang, words AS keberatan, created_at AS dikirim, decision AS keputusan, answer AS jawaban, answered_at AS dijawab FROM objection WHERE teacher_id = $1 ORDER BY created_at`,
    ),
    of(`SELECT m.title AS modul, q.state AS keadaan, k.ticket AS nomor, k.place AS tempat, k.chance AS peluang, q.draw_on::text AS "hari undian", q.second_on::text AS "giliran kedua"
        FROM lottery_member k JOIN lottery q ON q.id = k.lottery_id JOIN module m ON m.id = q.module_id WHERE k.teacher_id = $1 ORDER BY q.announced_at`),
  ])
  return {
    plan: plans,
    plan_step: steps,
    step_attendance: attended,
    objection: objections,
    lottery_member: lots,
  }
}

/** Steps and hours of plans stay as figures under a key that leads to nobody; words go. */
export async function forget(tx: Transaction, p: Forgotten): Promise<Touched> {
  const own = [p.teacherId]
  return touch(tx, [
    [
      'plan_step',
      `UPDATE plan_step SET reflection = NULL, evidence = NULL, note = NULL, cohort_id = NULL WHERE plan_id IN (SELECT id FROM plan WHERE teacher_id = $1)`,
      own,
    ],
    ['lottery_member', `UPDATE lottery_member SET teacher_id = $2 WHERE teacher_id = $1`, [p.teacherId, p.pseudonym]],
    ['plan', `UPDATE plan SET teacher_id = $2 WHERE teacher_id = $1`, [p.teacherId, p.pseudonym]],
    [
      'objection',
      `UPDATE objection SET words = $2, answer = CASE WHEN answer IS NULL THEN NULL ELSE $2 END, teacher_id = $3 WHERE teacher_id = $1`,
      [p.teacherId, ERASED, p.pseudonym],
    ],
  ])
}

export type PlanHeld = { id: string; cycleCode: string; state: PlanState; proposedAt: Date; steps: number; done: number; hours: number }
/** The plans of one person, newest first. */
export const plansHeld = (teacherId: string) =>
  sql<PlanHeld>(
    `SELECT p.id, p.cycle_code AS "cycleCode", p.state, p.proposed_at AS "proposedAt", count(s.id) FILTER (WHERE s.state <> 'dropped')::int AS steps,
            count(s.id) FILTER (WHERE s.state = 'done')::int AS done, coalesce(sum(a.hours), 0)::float8 AS hours
       FROM plan p LEFT JOIN plan_step s ON s.plan_id = p.id LEFT JOIN LATERAL (SELECT sum(hours) AS hours FROM step_attendance WHERE step_id = s.id) a ON true
      WHERE p.teacher_id = $1 GROUP BY p.id ORDER BY p.proposed_at DESC, p.id DESC`,
    [teacherId],
  )

/** Deletes objections that were answered before a moment, at most so many. */
export const sweepObjections = async (before: Date, most: number): Promise<number> =>
  (await sql(`DELETE FROM objection WHERE id IN (SELECT id FROM objection WHERE answered_at < $1 LIMIT $2) RETURNING id`, [before, most]))
    .length
