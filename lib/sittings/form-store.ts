import { db, inTransaction, sql, type Transaction } from '@/lib/platform/db'
import { counts } from './release'

/** Which forms a cycle uses, and which form lies at which seat. */

export const cycleFormIds = async (cycleId: string) =>
  (await sql<{ id: string }>(`SELECT form_id AS id FROM cycle_form WHERE cycle_id = $1`, [cycleId])).map((r) => r.id)

/** Whether a cycle takes practice forms; a rehearsal, where nobody sits, and a trial of the house take those that count. */
export const FOR_PRACTICE = `(c.practice AND NOT c.rehearsal AND c.trial_of_id IS NULL)`

/** Whether a cycle takes practice forms only; null when there is no such cycle. */
export const takesPractice = async (cycleId: string): Promise<boolean | null> =>
  (await sql<{ practice: boolean }>(`SELECT ${FOR_PRACTICE} AS practice FROM cycle c WHERE c.id = $1`, [cycleId]))[0]?.practice ?? null

/** Sets the forms of a cycle. Forms of the other kind change nothing and come back by their codes: the mark may be newer than the choice. */
export async function setCycleForms(cycleId: string, formIds: string[]): Promise<string[]> {
  return inTransaction((tx) => setFormsIn(tx, cycleId, formIds))
}

export async function setFormsIn(tx: Transaction, cycleId: string, formIds: string[]): Promise<string[]> {
  await tx.query(`SELECT 1 FROM cycle WHERE id = $1 FOR UPDATE`, [cycleId])
  await tx.query(`SELECT 1 FROM form WHERE id = ANY($1::uuid[]) ORDER BY id FOR SHARE`, [formIds])
  const { rows } = await tx.query<{ code: string }>(
    `SELECT f.code FROM form f, cycle c WHERE f.id = ANY($2::uuid[]) AND c.id = $1 AND f.practice <> ${FOR_PRACTICE} ORDER BY f.code`,
    [cycleId, formIds],
  )
  if (rows.length) return rows.map((r) => r.code)
  await tx.query(`DELETE FROM cycle_form WHERE cycle_id = $1`, [cycleId])
  await tx.query(`INSERT INTO cycle_form (cycle_id, form_id) SELECT $1, unnest($2::uuid[])`, [cycleId, [...new Set(formIds)]])
  return []
}

export type SeatPlace = { seatId: string; teacherId: string; seatNumber: number; columns: number; subjectId: string | null; part: string }

/** Seats × parts of a sitting that hold no form yet. */
export const seatsWithoutForm = (sittingId: string) =>
  sql<SeatPlace>(
    `SELECT s.id AS "seatId", s.teacher_id AS "teacherId", s.seat_number AS "seatNumber", coalesce(r.columns, 4) AS columns, s.subject_id AS "subjectId", p.competency_code AS part
       FROM seat s JOIN sitting t ON t.id = s.sitting_id JOIN cycle_part p ON p.cycle_id = t.cycle_id LEFT JOIN room r ON r.id = s.room_id
      WHERE s.sitting_id = $1 AND NOT EXISTS (SELECT 1 FROM seat_form f WHERE f.seat_id = s.id AND f.competency_code = p.competency_code)`,
    [sittingId],
  )

/** Forms that these teachers were given in other cycles, practice left out: what they have seen. */
export const formsSeen = (teacherIds: string[], exceptCycle: string) =>
  sql<{ teacherId: string; part: string; formId: string }>(
    `SELECT DISTINCT s.teacher_id AS "teacherId", f.competency_code AS part, f.form_id AS "formId"
       FROM seat s JOIN seat_form f ON f.seat_id = s.id JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id
      WHERE s.teacher_id = ANY($1::uuid[]) AND c.id <> $2 AND ${counts('c')} AND s.attendance <> 'absent'`,
    [teacherIds, exceptCycle],
  )

/** Lays forms at seats; one whose kind is not that of the seat's cycle is left out, also when it got its mark a moment ago. */
export async function addSeatForms(rows: { seatId: string; part: string; formId: string }[]): Promise<void> {
  await sql(
    `INSERT INTO seat_form (seat_id, competency_code, form_id)
     SELECT w.seat, w.part, f.id FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS w(seat, part, form) JOIN form f ON f.id = w.form
       JOIN seat s ON s.id = w.seat JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id
      WHERE f.practice = ${FOR_PRACTICE} FOR SHARE OF f ON CONFLICT DO NOTHING`,
    [rows.map((r) => r.seatId), rows.map((r) => r.part), rows.map((r) => r.formId)],
  )
}

/** Takes forms of the wrong kind away from the seats of a sitting, whoever laid them there. A begun attempt keeps its own. */
export async function clearWrongForms(sittingId: string): Promise<void> {
  await sql(
    `DELETE FROM seat_form USING seat s JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id, form f
      WHERE s.id = seat_form.seat_id AND f.id = seat_form.form_id AND s.sitting_id = $1 AND f.practice <> ${FOR_PRACTICE}`,
    [sittingId],
  )
}

/** How many seats get other forms at the next preparation, and how many keep theirs because a phone may hold the packet. */
export type Reseated = { given: number; kept: number }

/** A phone has been given what it needs to begin at this seat, or has begun: what lies there stays. */
const FETCHED = `(EXISTS (SELECT 1 FROM desk_visit v WHERE v.seat_id = s.id) OR EXISTS (SELECT 1 FROM attempt a WHERE a.seat_id = s.id))`

/** Takes the forms away from those of the seats `held` (SQL, of ids and whether they were fetched) whose packet nobody fetched. */
async function giveAnew(tx: Transaction, held: string, values: unknown[]): Promise<Reseated> {
  const { rows } = await tx.query<Reseated>(
    `WITH held AS MATERIALIZED (${held}), gone AS (
       DELETE FROM seat_form USING held WHERE seat_form.seat_id = held.id AND NOT held.fetched
     ) SELECT (count(*) FILTER (WHERE NOT fetched))::int AS given, (count(*) FILTER (WHERE fetched))::int AS kept FROM held`,
    values,
  )
  return rows[0]!
}

/** Takes the forms of a room away where no phone may hold them, so that they are given anew by the new plan. */
export const clearRoomForms = (tx: Transaction, roomId: string): Promise<Reseated> =>
  giveAnew(
    tx,
    `SELECT s.id, ${FETCHED} AS fetched FROM seat s WHERE s.room_id = $1 AND EXISTS (SELECT 1 FROM seat_form f WHERE f.seat_id = s.id)`,
    [roomId],
  )

/** The same for one seat, which stands elsewhere now. */
export const clearSeatForms = (tx: Transaction, seatId: string): Promise<Reseated> =>
  giveAnew(
    tx,
    `SELECT s.id, ${FETCHED} AS fetched FROM seat s WHERE s.id = $1 AND EXISTS (SELECT 1 FROM seat_form f WHERE f.seat_id = s.id)`,
    [seatId],
  )

/** The same for seats of a cycle that hold another form of an instrument than the chosen ones, in sittings that are not over. */
export const clearUnchosenForms = (tx: Transaction, cycleId: string, formIds: string[], now: Date): Promise<Reseated> =>
  giveAnew(
    tx,
    `SELECT s.id, ${FETCHED} AS fetched FROM seat s JOIN sitting t ON t.id = s.sitting_id WHERE t.cycle_id = $1 AND t.closes_at > $3 AND EXISTS (
       SELECT 1 FROM seat_form f JOIN form o ON o.id = f.form_id JOIN form c ON c.instrument_id = o.instrument_id AND c.id = ANY($2::uuid[])
        WHERE f.seat_id = s.id AND f.form_id <> ALL($2::uuid[]))`,
    [cycleId, formIds, now],
  )

/** A phone had opened this form before another was laid at its seat: it lies there from now on, with what it took the place of. */
export async function keepOpenedForm(opened: { seatId: string; part: string; formId: string }, now: Date): Promise<void> {
  await sql(
    `INSERT INTO seat_form AS f (seat_id, competency_code, form_id, opened_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (seat_id, competency_code) DO UPDATE SET form_id = excluded.form_id, opened_at = excluded.opened_at, instead_of = f.form_id
       WHERE f.form_id <> excluded.form_id`,
    [opened.seatId, opened.part, opened.formId, now],
  )
}

export const formIdsOfSitting = async (sittingId: string) =>
  (
    await sql<{ id: string }>(`SELECT DISTINCT f.form_id AS id FROM seat_form f JOIN seat s ON s.id = f.seat_id WHERE s.sitting_id = $1`, [
      sittingId,
    ])
  ).map((r) => r.id)

/** Forms by seat and part. */
export const seatForms = (seatIds: string[]) =>
  sql<{ seatId: string; part: string; formId: string }>(
    `SELECT seat_id AS "seatId", competency_code AS part, form_id AS "formId" FROM seat_form WHERE seat_id = ANY($1::uuid[])`,
    [seatIds],
  )

/** What freezing needs to know: the cycle, and the salt that a former freezing left. */
export const sittingToFreeze = async (id: string) =>
  (
    await sql<{
      id: string
      cycleId: string
      opensAt: Date
      closesAt: Date
      releaseSalt: string | null
      releaseCodeVersion: number
      frozenAt: Date | null
    }>(
      `SELECT id, cycle_id AS "cycleId", opens_at AS "opensAt", closes_at AS "closesAt", release_salt AS "releaseSalt", release_code_version AS "releaseCodeVersion",
              frozen_at AS "frozenAt" FROM sitting WHERE id = $1`,
      [id],
    )
  )[0] ?? null

/**
 * Sittings that are not over and wait for their preparation: those that open before `until` and were never prepared, and those that were
 * and have seats without any form since, because people were added or a room was changed, or forms whose key could not be wrapped.
 */
export const sittingsToFreeze = async (now: Date, until: Date) =>
  (
    await sql<{ id: string }>(
      `SELECT t.id FROM sitting t WHERE t.closes_at > $1 AND CASE WHEN t.frozen_at IS NULL
         THEN t.opens_at < $2 AND EXISTS (SELECT 1 FROM seat WHERE sitting_id = t.id)
         ELSE EXISTS (SELECT 1 FROM seat s LEFT JOIN seat_form f ON f.seat_id = s.id LEFT JOIN sitting_key k ON k.sitting_id = t.id AND k.form_id = f.form_id
                       WHERE s.sitting_id = t.id AND k.form_id IS NULL) END ORDER BY t.opens_at, t.id`,
      [now, until],
    )
  ).map((r) => r.id)

/** The salt and the version of the code that count: the first ones written stay, because phones hold keys that were wrapped under them. */
export async function markFrozen(id: string, salt: string, version: number, now: Date): Promise<{ salt: string; version: number }> {
  const rows = await sql<{ salt: string; version: number }>(
    `UPDATE sitting SET release_code_version = CASE WHEN release_salt IS NULL THEN $3 ELSE release_code_version END,
            release_salt = coalesce(release_salt, $2), frozen_at = coalesce(frozen_at, $4) WHERE id = $1
      RETURNING release_salt AS salt, release_code_version AS version`,
    [id, salt, version, now],
  )
  return rows[0]!
}

/** Sets the seats in a row of a room, which is locked until the transaction ends; false when they stand so already. */
export async function setRoomColumns(tx: Transaction, roomId: string, columns: number): Promise<boolean> {
  await tx.query(`SELECT 1 FROM room WHERE id = $1 FOR UPDATE`, [roomId])
  return (await tx.query(`UPDATE room SET columns = $2 WHERE id = $1 AND columns <> $2 RETURNING id`, [roomId, columns])).rows.length > 0
}
export async function setExtraTime(sittingId: string, participantNumber: string, extraSeconds: number): Promise<number> {
  return (await db().seat.updateMany({ where: { sittingId, participantNumber }, data: { extraSeconds } })).count
}

/** Which forms lie at how many seats of a sitting, and how many seats hold one for every part. */
export async function formUse(
  sittingId: string,
): Promise<{ forms: { part: string; formId: string; seats: number }[]; seats: number; seatsWithAll: number }> {
  const [forms, seats] = await Promise.all([
    sql<{ part: string; formId: string; seats: number }>(
      `SELECT f.competency_code AS part, f.form_id AS "formId", count(*)::int AS seats FROM seat_form f JOIN seat s ON s.id = f.seat_id
        WHERE s.sitting_id = $1 GROUP BY 1, 2 ORDER BY 1, 3 DESC`,
      [sittingId],
    ),
    sql<{ seats: number; complete: number }>(
      `SELECT count(*)::int AS seats, (count(*) FILTER (WHERE held >= parts))::int AS complete FROM (
         SELECT (SELECT count(*) FROM seat_form f WHERE f.seat_id = s.id) AS held, (SELECT count(*) FROM cycle_part p WHERE p.cycle_id = t.cycle_id) AS parts
           FROM seat s JOIN sitting t ON t.id = s.sitting_id WHERE s.sitting_id = $1) x`,
      [sittingId],
    ),
  ])
  return { forms, seats: seats[0]!.seats, seatsWithAll: seats[0]!.complete }
}

export async function setOutageMinutes(cycleId: string, minutes: number): Promise<void> {
  await db().cycle.update({ where: { id: cycleId }, data: { outageMinutes: minutes } })
}
