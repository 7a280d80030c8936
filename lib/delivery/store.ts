import { inTransaction, sql } from '@/lib/platform/db'
import type { ResponseValue } from '@/lib/items/model'

export type AttemptRow = {
  id: string
  seatId: string
  formId: string
  instrumentId: string
  competencyCode: string
  seed: number
  state: 'open' | 'closed'
  durationSeconds: number
  startedAt: Date
  finishedAt: Date | null
  closedAt: Date | null
  closeReason: string | null
  unscoredSince: Date | null
  settledAt: Date | null
  activeDevice: string | null
  provisional: boolean
}

/** Columns of an `AttemptRow`. */
export const ATTEMPT = `id, seat_id AS "seatId", form_id AS "formId", instrument_id AS "instrumentId", competency_code AS "competencyCode", seed, state,
  duration_seconds AS "durationSeconds", started_at AS "startedAt", finished_at AS "finishedAt", closed_at AS "closedAt", close_reason AS "closeReason", unscored_since AS "unscoredSince", settled_at AS "settledAt", active_device AS "activeDevice", provisional`

export const attemptById = async (id: string) => (await sql<AttemptRow>(`SELECT ${ATTEMPT} FROM attempt WHERE id = $1`, [id]))[0] ?? null
export const attemptsByIds = (ids: string[]) => sql<AttemptRow>(`SELECT ${ATTEMPT} FROM attempt WHERE id = ANY($1::uuid[])`, [ids])
export const attemptsOfSeats = (seatIds: string[]) =>
  sql<AttemptRow>(`SELECT ${ATTEMPT} FROM attempt WHERE seat_id = ANY($1::uuid[])`, [seatIds])
export const attemptOf = async (seatId: string, part: string) =>
  (await sql<AttemptRow>(`SELECT ${ATTEMPT} FROM attempt WHERE seat_id = $1 AND competency_code = $2`, [seatId, part]))[0] ?? null

export async function setActiveDevice(attemptId: string, device: string): Promise<void> {
  await sql(`UPDATE attempt SET active_device = $2 WHERE id = $1`, [attemptId, device])
}

/** No honest test is opened on more phones than this; each may fill a journal of its own. */
const MOST_DEVICES = 12

/** A phone has asked for the attempt. False when it is one phone too many: counted under a lock, so that many at once count too. */
export const admitDevice = (attemptId: string, device: string, userAgent: string | null, now: Date): Promise<boolean> =>
  inTransaction(async (tx) => {
    await tx.query(`SELECT 1 FROM attempt WHERE id = $1 FOR NO KEY UPDATE`, [attemptId])
    const { rows } = await tx.query(
      `INSERT INTO attempt_device (attempt_id, device, ack_seq, last_contact_at, user_agent)
       SELECT $1, $2, 0, $3, $4 WHERE (SELECT count(*) FROM attempt_device WHERE attempt_id = $1 AND device <> $2) < $5
       ON CONFLICT (attempt_id, device) DO UPDATE SET last_contact_at = excluded.last_contact_at, user_agent = coalesce(excluded.user_agent, attempt_device.user_agent)
       RETURNING 1`,
      [attemptId, device, now, userAgent, MOST_DEVICES],
    )
    return rows.length > 0
  })

/** Phones that have opened an attempt. */
export const devicesOf = async (attemptId: string): Promise<string[]> =>
  (await sql<{ device: string }>(`SELECT device FROM attempt_device WHERE attempt_id = $1`, [attemptId])).map((r) => r.device)

export const highestSeq = async (attemptId: string, device: string): Promise<number> =>
  (
    await sql<{ n: number }>(`SELECT coalesce(max(seq), 0)::int AS n FROM journal_event WHERE attempt_id = $1 AND device = $2`, [
      attemptId,
      device,
    ])
  )[0]!.n

export async function closeAttempt(attemptId: string, reason: string, finishedAt: Date, now: Date): Promise<boolean> {
  const rows = await sql(
    `UPDATE attempt SET state = 'closed', closed_at = $4, unscored_since = $4, close_reason = $2, finished_at = $3 WHERE id = $1 AND state = 'open' RETURNING id`,
    [attemptId, reason, finishedAt, now],
  )
  return rows.length > 0
}

/**
 * Gives a part in which nobody has answered to a phone that opened another form of it: open again, from that phone's own beginning.
 * False when somebody has answered: an answer belongs to the form that it was given to.
 */
export async function takeOverUnanswered(attemptId: string, phone: { formId: string; device: string; startedAt: Date }): Promise<boolean> {
  const rows = await sql(
    `UPDATE attempt a SET form_id = f.id, instrument_id = f.instrument_id, active_device = $3, started_at = $4, provisional = true,
            state = 'open', closed_at = NULL, close_reason = NULL, finished_at = NULL
       FROM form f WHERE a.id = $1 AND f.id = $2
        AND NOT EXISTS (SELECT 1 FROM journal_event j WHERE j.attempt_id = a.id AND j.kind IN ('answer', 'held', 'overdue')) RETURNING a.id`,
    [attemptId, phone.formId, phone.device, phone.startedAt],
  )
  return rows.length > 0
}

/** Attempts that have waited for their score since before `before`: a process died, or scoring failed, in between. */
export async function unscoredAttemptIds(before: Date): Promise<string[]> {
  return (await sql<{ id: string }>(`SELECT id FROM attempt WHERE unscored_since < $1 ORDER BY unscored_since`, [before])).map((r) => r.id)
}

/** Marks closed attempts as waiting for a new score. */
export async function markUnscored(attemptIds: string[], now: Date): Promise<void> {
  await sql(`UPDATE attempt SET unscored_since = $2 WHERE id = ANY($1::uuid[]) AND state = 'closed'`, [attemptIds, now])
}

/** Takes the mark away, unless the attempt changed again while it was being scored. */
export async function markScored(waiting: { attemptId: string; since: Date }[]): Promise<void> {
  const sorted = waiting.toSorted((x, y) => (x.attemptId < y.attemptId ? -1 : 1))
  await sql(
    `UPDATE attempt a SET unscored_since = NULL FROM unnest($1::uuid[], $2::timestamptz[]) AS w(id, since) WHERE a.id = w.id AND a.unscored_since = w.since`,
    [sorted.map((w) => w.attemptId), sorted.map((w) => w.since)],
  )
}

/** Open attempts whose plain time ended before `since`; accommodations, extensions and pauses are for the caller to add. */
export async function overdueAttemptIds(since: Date): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    `SELECT id FROM attempt WHERE state = 'open' AND started_at + make_interval(secs => duration_seconds) < $1 ORDER BY started_at`,
    [since],
  )
  return rows.map((r) => r.id)
}

/** Phones of these attempts whose finish entry is here. */
export const finishedDevices = (attemptIds: string[]) =>
  sql<{ attemptId: string; device: string }>(
    `SELECT DISTINCT attempt_id AS "attemptId", device FROM journal_event WHERE attempt_id = ANY($1::uuid[]) AND kind = 'finish'`,
    [attemptIds],
  )

export const savedResponses = (attemptId: string) =>
  sql<{ item: string; value: ResponseValue; at: Date }>(`SELECT item_version_id AS item, value, at FROM response WHERE attempt_id = $1`, [
    attemptId,
  ])

/** Current responses of many attempts, each as an object by item. */
export async function responsesOfMany(attemptIds: string[]): Promise<Map<string, Record<string, ResponseValue>>> {
  const rows = await sql<{ id: string; given: Record<string, ResponseValue> }>(
    `SELECT attempt_id AS id, jsonb_object_agg(item_version_id, value) AS given FROM response WHERE attempt_id = ANY($1::uuid[]) GROUP BY attempt_id`,
    [attemptIds],
  )
  return new Map(rows.map((r) => [r.id, r.given]))
}

/** Items flagged at last count: the latest flag entry of each item decides. */
export async function savedFlags(attemptId: string): Promise<string[]> {
  const rows = await sql<{ item: string; on: boolean }>(
    `SELECT DISTINCT ON (item_id) item_id AS item, body = 'true'::jsonb AS on FROM journal_event WHERE attempt_id = $1 AND kind = 'flag' AND item_id IS NOT NULL ORDER BY item_id, at DESC, device DESC, seq DESC`,
    [attemptId],
  )
  return rows.filter((r) => r.on).map((r) => r.item)
}

export type ProgressRow = {
  seatId: string
  part: string
  state: string
  startedAt: Date
  finishedAt: Date | null
  closeReason: string | null
  provisional: boolean
  devices: number
  /** The form that the phone had opened, where another lay at the seat by then, and which one; null where the seating was followed. */
  openedForm: string | null
  insteadOf: string | null
}

/** How every attempt of these seats went, for the minutes of a room. */
export const progressOfSeats = (seatIds: string[]) =>
  sql<ProgressRow>(
    `SELECT a.seat_id AS "seatId", a.competency_code AS part, a.state, a.started_at AS "startedAt", coalesce(f.at, a.finished_at) AS "finishedAt",
       CASE WHEN f.body #>> '{}' = 'finished' THEN 'finished' ELSE a.close_reason END AS "closeReason", a.provisional,
       (SELECT count(*)::int FROM attempt_device d WHERE d.attempt_id = a.id) AS devices, o.code AS "openedForm", l.code AS "insteadOf"
     FROM attempt a LEFT JOIN LATERAL (SELECT j.at, j.body FROM journal_event j WHERE j.attempt_id = a.id AND j.kind = 'finish' ORDER BY j.at LIMIT 1) f ON true
       LEFT JOIN seat_form g ON g.seat_id = a.seat_id AND g.competency_code = a.competency_code AND g.opened_at IS NOT NULL
       LEFT JOIN form o ON o.id = g.form_id LEFT JOIN form l ON l.id = g.instead_of
    WHERE a.seat_id = ANY($1::uuid[])`,
    [seatIds],
  )

/** Frees an attempt from its device, so that another one may continue it without asking. */
export async function releaseDevice(seatId: string): Promise<number> {
  return (await sql(`UPDATE attempt SET active_device = NULL WHERE seat_id = $1 AND state = 'open' RETURNING id`, [seatId])).length
}

/** How many phones of each seat were declared ready. */
export const readyDevices = (seatIds: string[]) =>
  sql<{ seatId: string; devices: number }>(
    `SELECT seat_id AS "seatId", count(*)::int AS devices FROM readiness WHERE ready AND seat_id = ANY($1::uuid[]) GROUP BY seat_id`,
    [seatIds],
  )

export async function noteReadiness(
  r: { seatId: string; device: string; ready: boolean; checks: unknown; userAgent: string | null },
  now: Date,
): Promise<void> {
  await sql(
    `INSERT INTO readiness (seat_id, device, at, ready, checks, user_agent) VALUES ($1,$2,$3,$4,$5,$6)
     ON CONFLICT (seat_id, device) DO UPDATE SET at = excluded.at, ready = excluded.ready, checks = excluded.checks, user_agent = excluded.user_agent`,
    [r.seatId, r.device, now, r.ready, JSON.stringify(r.checks), r.userAgent],
  )
}

/** The last sign of life before `before`: the newest entry made, or contact had, on any phone of the attempt. */
export async function lastSign(attemptId: string, before: Date): Promise<Date | null> {
  const rows = await sql<{ at: Date | null }>(
    `SELECT greatest((SELECT max(at) FROM journal_event WHERE attempt_id = $1 AND at < $2), (SELECT max(last_contact_at) FROM attempt_device WHERE attempt_id = $1 AND last_contact_at < $2)) AS at`,
    [attemptId, before],
  )
  return rows[0]?.at ?? null
}

/** Seats of a sitting with at least one phone that was declared ready. */
export const readySeats = async (sittingId: string): Promise<number> =>
  (
    await sql<{ n: number }>(
      `SELECT count(DISTINCT r.seat_id)::int AS n FROM readiness r JOIN seat s ON s.id = r.seat_id WHERE r.ready AND s.sitting_id = $1`,
      [sittingId],
    )
  )[0]!.n

/** Seats of a sitting whose packet was handed to a phone, or whose test has begun. */
export const fetchedSeats = async (sittingId: string): Promise<number> =>
  (
    await sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM seat s WHERE s.sitting_id = $1
        AND (EXISTS (SELECT 1 FROM desk_visit v WHERE v.seat_id = s.id) OR EXISTS (SELECT 1 FROM attempt a WHERE a.seat_id = s.id))`,
      [sittingId],
    )
  )[0]!.n
