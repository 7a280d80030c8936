import { sql } from '@/lib/platform/db'

/** What the console of a sitting counts: one grouped statement a question, never one a person. */

export type SittingHead = {
  id: string
  name: string
  venueName: string
  cycleName: string
  /** For trying at any time; an internal trial is held like the day itself. */
  practice: boolean
  simulated: boolean
  opensAt: Date
  closesAt: Date
  prepared: boolean
  parts: number
}
export const sittingHead = async (sittingId: string) =>
  (
    await sql<SittingHead>(
      `SELECT t.id, t.name, v.name AS "venueName", c.name AS "cycleName", c.practice AND c.trial_of_id IS NULL AS practice, c.simulated, t.opens_at AS "opensAt", t.closes_at AS "closesAt",
         t.frozen_at IS NOT NULL AS prepared, (SELECT count(*)::int FROM cycle_part p WHERE p.cycle_id = c.id) AS parts
       FROM sitting t JOIN venue v ON v.id = t.venue_id JOIN cycle c ON c.id = t.cycle_id WHERE t.id = $1`,
      [sittingId],
    )
  )[0] ?? null

export const roomsOfSitting = (sittingId: string) =>
  sql<{ id: string; name: string; columns: number }>(`SELECT id, name, columns FROM room WHERE sitting_id = $1 ORDER BY name`, [sittingId])

export type ConsoleSeatRow = {
  id: string
  number: string
  name: string
  school: string
  room: string | null
  seat: number
  teacherId: string
  attendance: 'unknown' | 'present' | 'absent'
  extraSeconds: number
  cardVoided: boolean
  ready: boolean | null
}
export const consoleSeats = (sittingId: string) =>
  sql<ConsoleSeatRow>(
    `SELECT s.id, s.teacher_id AS "teacherId", s.participant_number AS number, coalesce(t.name, 'Peserta ' || s.participant_number) AS name, coalesce(c.name, '–') AS school, s.room_id AS room,
       s.seat_number AS seat, s.attendance, s.extra_seconds AS "extraSeconds", s.card_before IS NOT NULL AS "cardVoided", y.ready
     FROM seat s LEFT JOIN teacher t ON t.id = s.teacher_id LEFT JOIN school c ON c.id = s.school_id LEFT JOIN room r ON r.id = s.room_id
       LEFT JOIN (SELECT q.seat_id, bool_or(q.ready) AS ready FROM readiness q JOIN seat z ON z.id = q.seat_id WHERE z.sitting_id = $1 GROUP BY q.seat_id) y ON y.seat_id = s.id
     WHERE s.sitting_id = $1 ORDER BY r.name, s.seat_number, s.participant_number`,
    [sittingId],
  )

export type ConsoleAttemptRow = {
  id: string
  seatId: string
  part: string
  open: boolean
  startedAt: Date
  durationSeconds: number
  provisional: boolean
  items: number
}
const OF_SITTING = `FROM attempt a JOIN seat s ON s.id = a.seat_id WHERE s.sitting_id = $1`

export const consoleAttempts = (sittingId: string) =>
  sql<ConsoleAttemptRow>(
    `WITH mine AS (SELECT a.id, a.seat_id, a.competency_code, a.state, a.started_at, a.duration_seconds, a.provisional, a.form_id ${OF_SITTING}),
       sizes AS (SELECT form_id, count(*)::int AS items FROM form_item WHERE form_id IN (SELECT form_id FROM mine) GROUP BY form_id)
     SELECT m.id, m.seat_id AS "seatId", m.competency_code AS part, m.state = 'open' AS open, m.started_at AS "startedAt", m.duration_seconds AS "durationSeconds", m.provisional,
       coalesce(z.items, 0) AS items FROM mine m LEFT JOIN sizes z ON z.form_id = m.form_id ORDER BY m.started_at`,
    [sittingId],
  )

/** Answers on the server of the parts that run now, and when the newest of them was made. */
export const answerCounts = (sittingId: string) =>
  sql<{ id: string; answered: number; saved: Date }>(
    `SELECT r.attempt_id AS id, count(*) FILTER (WHERE r.value <> 'null'::jsonb)::int AS answered, max(r.at) AS saved
       FROM response r WHERE r.attempt_id IN (SELECT a.id ${OF_SITTING} AND a.state = 'open') GROUP BY r.attempt_id`,
    [sittingId],
  )

/** Phones: how many, when last heard of, and how much lies before a finish entry and has not come. */
export const deviceCounts = (sittingId: string) =>
  sql<{ id: string; devices: number; contact: Date | null; missing: number }>(
    `SELECT d.attempt_id AS id, count(*)::int AS devices, max(d.last_contact_at) AS contact, coalesce(sum(greatest(0, d.finish_seq - d.ack_seq)), 0)::int AS missing
       FROM attempt_device d WHERE d.attempt_id IN (SELECT a.id ${OF_SITTING}) GROUP BY d.attempt_id`,
    [sittingId],
  )

/** What was noted beside answers; served by the partial index journal_event_noted. */
export const notedCounts = (sittingId: string) =>
  sql<{ id: string; left: number; rejected: number; overdue: number }>(
    `SELECT e.attempt_id AS id, count(*) FILTER (WHERE e.kind = 'focus' AND e.body = '"hidden"'::jsonb)::int AS left, count(*) FILTER (WHERE e.kind = 'rejected')::int AS rejected,
       count(*) FILTER (WHERE e.kind = 'overdue')::int AS overdue
     FROM journal_event e WHERE e.kind IN ('focus', 'rejected', 'overdue') AND e.attempt_id IN (SELECT a.id ${OF_SITTING}) GROUP BY e.attempt_id`,
    [sittingId],
  )

/** Names of accounts that gave time or noted something in a sitting. */
export const actorNames = (sittingId: string) =>
  sql<{ id: string; name: string }>(
    `SELECT u.id, u.name FROM user_account u WHERE u.id IN (SELECT by_user_id FROM allowance WHERE sitting_id = $1 UNION SELECT by_user_id FROM incident WHERE sitting_id = $1)`,
    [sittingId],
  )
