import { insertMany, sql, type Transaction } from '@/lib/platform/db'
import type { LotteryState, OwnLot, Place } from './lottery-model'

/** Lotteries of seats and who takes part. What is announced and drawn is held by triggers of the database as well. */

/** A step that a lottery or a queue keeps out of classes on day $2: the draw is to come, or it is not the turn of its teacher yet. Over `s`, `p`, `m`. */
const KEPT_OUT = `EXISTS (SELECT 1 FROM lottery q WHERE q.module_id = m.id AND q.cycle_code = p.cycle_code AND (q.state = 'announced' OR (q.state = 'drawn' AND q.second_on > $2::date
  AND NOT EXISTS (SELECT 1 FROM lottery_member k WHERE k.lottery_id = q.id AND k.step_id = s.id AND k.place IN ('certain', 'drawn')))))`
/** A step whose teacher was promised a place in the second group, whose term has come by day $2. */
const PROMISED = `EXISTS (SELECT 1 FROM lottery_member k JOIN lottery q ON q.id = k.lottery_id WHERE k.step_id = s.id AND q.module_id = m.id AND q.state = 'drawn'
  AND q.second_on <= $2::date AND k.place IN ('waiting', 'behind'))`
export const classTerms = { KEPT_OUT, PROMISED }

/** Steps of a module in plans of a cycle that nobody has begun: among them seats are given. */
export const openSteps = (moduleCode: string, cycleCode: string, part: string) =>
  sql<{ stepId: string; teacherId: string }>(
    `SELECT s.id AS "stepId", p.teacher_id AS "teacherId" FROM plan_step s JOIN plan p ON p.id = s.plan_id JOIN module m ON m.id = s.module_id
      WHERE m.code = $1 AND p.cycle_code = $2 AND s.part = $3 AND s.cohort_id IS NULL AND s.state IN ('proposed', 'agreed')
        AND NOT EXISTS (SELECT 1 FROM step_attendance a WHERE a.step_id = s.id) ORDER BY s.id`,
    [moduleCode, cycleCode, part],
  )

/** Class modules with the cycles whose plans have steps of them that nobody has begun, cycles that were measured again by `today` left out. */
export const lotteryChoices = (today: string) =>
  sql<{ code: string; title: string; targets: string[]; cycle: string; cycleName: string; waiting: number }>(
    `SELECT m.code, m.title, m.targets, c.code AS cycle, c.name AS "cycleName", count(*)::int AS waiting
       FROM module m JOIN plan_step s ON s.module_id = m.id JOIN plan p ON p.id = s.plan_id JOIN cycle c ON c.code = p.cycle_code
      WHERE m.active AND m.content ? 'size' AND s.cohort_id IS NULL AND s.state IN ('proposed', 'agreed')
        AND NOT EXISTS (SELECT 1 FROM step_attendance a WHERE a.step_id = s.id)
        AND NOT EXISTS (SELECT 1 FROM lottery q WHERE q.module_id = m.id AND q.cycle_code = c.code AND q.state <> 'cancelled')
        AND NOT EXISTS (SELECT 1 FROM cycle f WHERE f.base_cycle_id = c.id AND f.starts_on <= $1::date)
      GROUP BY m.code, m.title, m.targets, c.code, c.name, c.starts_on ORDER BY m.code, c.starts_on DESC`,
    [today],
  )

/** First day of a cycle, and of its follow-up where one stands, as days. */
export const cycleDays = async (code: string) =>
  (
    await sql<{ startsOn: string; followUp: string | null }>(
      `SELECT c.starts_on::text AS "startsOn", (SELECT max(f.starts_on)::text FROM cycle f WHERE f.base_cycle_id = c.id) AS "followUp" FROM cycle c WHERE c.code = $1`,
      [code],
    )
  )[0] ?? null

export type LotteryRow = {
  id: string
  moduleCode: string
  title: string
  part: string
  cycleCode: string
  tier: string
  offeredFrom: number
  band: number
  seats: number
  secondOn: string
  drawOn: string
  note: string
  state: LotteryState
  seed: string
  commitment: string
  word: string | null
  announcedBy: string | null
  announcedAt: Date
  drawnBy: string | null
  drawnAt: Date | null
  cancelReason: string | null
  certain: number
  near: number
  behind: number
}
const LOTTERY = `SELECT q.id, m.code AS "moduleCode", m.title, q.part, q.cycle_code AS "cycleCode", q.tier, q.offered_from AS "offeredFrom", q.band, q.seats, q.second_on::text AS "secondOn",
    q.draw_on::text AS "drawOn", q.note, q.state, q.seed, q.commitment, q.word, a.name AS "announcedBy", q.announced_at AS "announcedAt", d.name AS "drawnBy", q.drawn_at AS "drawnAt",
    q.cancel_reason AS "cancelReason", n.certain, n.near, n.behind
  FROM lottery q JOIN module m ON m.id = q.module_id LEFT JOIN user_account a ON a.id = q.announced_by LEFT JOIN user_account d ON d.id = q.drawn_by
  CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE place = 'certain')::int AS certain, count(*) FILTER (WHERE ticket IS NOT NULL)::int AS near,
      count(*) FILTER (WHERE place = 'behind')::int AS behind FROM lottery_member k WHERE k.lottery_id = q.id) n`
export const lotteryRows = () => sql<LotteryRow>(`${LOTTERY} ORDER BY q.announced_at DESC, q.id`)
export const lotteryById = async (id: string): Promise<LotteryRow | null> =>
  (await sql<LotteryRow>(`${LOTTERY} WHERE q.id = $1`, [id]))[0] ?? null
export const lotteryOf = async (moduleCode: string, cycleCode: string): Promise<LotteryRow | null> =>
  (await sql<LotteryRow>(`${LOTTERY} WHERE m.code = $1 AND q.cycle_code = $2 AND q.state <> 'cancelled'`, [moduleCode, cycleCode]))[0] ??
  null

/** Steps with tickets, in the order of their tickets. */
export const ticketHolders = (lotteryIds: readonly string[]) =>
  sql<{ lotteryId: string; ticket: number; stepId: string; place: Place }>(
    `SELECT lottery_id AS "lotteryId", ticket, step_id AS "stepId", place FROM lottery_member WHERE lottery_id = ANY($1::uuid[]) AND ticket IS NOT NULL ORDER BY lottery_id, ticket`,
    [lotteryIds],
  )

export type NewLotteryRow = Pick<
  LotteryRow,
  | 'id'
  | 'moduleCode'
  | 'part'
  | 'cycleCode'
  | 'tier'
  | 'offeredFrom'
  | 'band'
  | 'seats'
  | 'secondOn'
  | 'drawOn'
  | 'note'
  | 'seed'
  | 'commitment'
> & { members: { teacherId: string; stepId: string; ticket: number | null; place: Place; chance: number | null }[] }

/** Writes an announced lottery with everybody in it. */
export async function addLottery(tx: Transaction, l: NewLotteryRow, by: string | null, now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO lottery (id, module_id, part, cycle_code, tier, offered_from, band, seats, second_on, draw_on, note, state, seed, commitment, announced_by, announced_at)
     SELECT $1, id, $3, $4, $5, $6, $7, $8, $9::date, $10::date, $11, 'announced', $12, $13, $14, $15 FROM module WHERE code = $2`,
    [
      l.id,
      l.moduleCode,
      l.part,
      l.cycleCode,
      l.tier,
      l.offeredFrom,
      l.band,
      l.seats,
      l.secondOn,
      l.drawOn,
      l.note,
      l.seed,
      l.commitment,
      by,
      now,
    ],
  )
  await insertMany(
    tx,
    'lottery_member',
    { lottery_id: 'uuid', teacher_id: 'uuid', step_id: 'uuid', ticket: 'int', place: 'text', chance: 'float8' },
    l.members.map((m) => [l.id, m.teacherId, m.stepId, m.ticket, m.place, m.chance]),
  )
}

/**
 * Writes what was drawn: tickets in `drawn` have a seat of the first group, the others one of the second. Whoever follows with the second
 * group begins on `turnOn`, for as many weeks as the module has sessions.
 */
export async function writeDraw(
  tx: Transaction,
  id: string,
  word: string,
  drawn: readonly number[],
  turnOn: string,
  by: string | null,
  now: Date,
): Promise<void> {
  await tx.query(
    `UPDATE lottery_member SET place = CASE WHEN ticket = ANY($2::int[]) THEN 'drawn' ELSE 'waiting' END WHERE lottery_id = $1 AND place = 'candidate'`,
    [id, drawn],
  )
  await tx.query(
    `UPDATE plan_step s SET starts_on = $2::date, due_on = $2::date + 7 * (m.sessions - 1), changed_at = $3
       FROM lottery_member k, lottery q, module m WHERE k.lottery_id = $1 AND q.id = k.lottery_id AND m.id = q.module_id AND s.id = k.step_id AND s.module_id = m.id
        AND k.place IN ('waiting', 'behind') AND s.state IN ('proposed', 'agreed')`,
    [id, turnOn, now],
  )
  await tx.query(`UPDATE lottery SET state = 'drawn', word = $2, drawn_by = $3, drawn_at = $4 WHERE id = $1`, [id, word, by, now])
}

export const writeCancel = (tx: Transaction, id: string, reason: string, by: string | null, now: Date) =>
  tx.query(`UPDATE lottery SET state = 'cancelled', cancel_reason = $2, cancelled_by = $3, cancelled_at = $4 WHERE id = $1`, [
    id,
    reason,
    by,
    now,
  ])

/** Lotteries that hold steps of a teacher's plans, called-off ones left out; of steps that were exchanged, dropped or done nothing is held. */
export const lotsOfTeacher = (teacherId: string) =>
  sql<OwnLot>(
    `SELECT k.step_id AS "stepId", m.title, q.state, k.place, k.ticket, (SELECT count(*)::int FROM lottery_member x WHERE x.lottery_id = q.id AND x.ticket IS NOT NULL) AS near,
            q.seats - (SELECT count(*)::int FROM lottery_member x WHERE x.lottery_id = q.id AND x.place = 'certain') AS left, q.draw_on::text AS "drawOn", q.second_on::text AS "secondOn",
            q.commitment, CASE WHEN q.state = 'drawn' THEN q.seed END AS seed, q.word
       FROM lottery_member k JOIN lottery q ON q.id = k.lottery_id JOIN plan_step s ON s.id = k.step_id AND s.module_id = q.module_id
       JOIN module m ON m.id = q.module_id WHERE k.teacher_id = $1 AND q.state <> 'cancelled' AND s.state NOT IN ('done', 'dropped')`,
    [teacherId],
  )
