import { pool, sql } from '@/lib/platform/db'
import type { AllowanceRow } from '@/lib/sittings/model'
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
  activeDevice: string | null
}

const ATTEMPT = `id, seat_id AS "seatId", form_id AS "formId", instrument_id AS "instrumentId", competency_code AS "competencyCode", seed, state,
  duration_seconds AS "durationSeconds", started_at AS "startedAt", finished_at AS "finishedAt", closed_at AS "closedAt", close_reason AS "closeReason", unscored_since AS "unscoredSince", active_device AS "activeDevice"`

export const attemptById = async (id: string) => (await sql<AttemptRow>(`SELECT ${ATTEMPT} FROM attempt WHERE id = $1`, [id]))[0] ?? null
export const attemptsOfSeats = (seatIds: string[]) =>
  sql<AttemptRow>(`SELECT ${ATTEMPT} FROM attempt WHERE seat_id = ANY($1::uuid[])`, [seatIds])
export const attemptOf = async (seatId: string, part: string) =>
  (await sql<AttemptRow>(`SELECT ${ATTEMPT} FROM attempt WHERE seat_id = $1 AND competency_code = $2`, [seatId, part]))[0] ?? null

/** Opens the attempt, or finds the one that stands: a start tapped twice makes one attempt. */
export async function openAttempt(
  a: {
    id: string
    seatId: string
    formId: string
    instrumentId: string
    part: string
    seed: number
    durationSeconds: number
    device: string
  },
  now: Date,
): Promise<AttemptRow> {
  await sql(
    `INSERT INTO attempt (id, seat_id, form_id, instrument_id, competency_code, seed, state, duration_seconds, started_at, active_device)
     VALUES ($1,$2,$3,$4,$5,$6,'open',$7,$8,$9) ON CONFLICT (seat_id, competency_code) DO NOTHING`,
    [a.id, a.seatId, a.formId, a.instrumentId, a.part, a.seed, a.durationSeconds, now, a.device],
  )
  return (await attemptOf(a.seatId, a.part))!
}

export async function setActiveDevice(attemptId: string, device: string): Promise<void> {
  await sql(`UPDATE attempt SET active_device = $2 WHERE id = $1`, [attemptId, device])
}

export async function touchDevice(attemptId: string, device: string, userAgent: string | null, now: Date): Promise<number> {
  const rows = await sql<{ ack: number }>(
    `INSERT INTO attempt_device (attempt_id, device, ack_seq, last_contact_at, user_agent) VALUES ($1,$2,0,$3,$4)
     ON CONFLICT (attempt_id, device) DO UPDATE SET last_contact_at = excluded.last_contact_at, user_agent = coalesce(excluded.user_agent, attempt_device.user_agent)
     RETURNING ack_seq AS ack`,
    [attemptId, device, now, userAgent],
  )
  return rows[0]!.ack
}

export const highestSeq = async (attemptId: string, device: string): Promise<number> =>
  (
    await sql<{ n: number }>(`SELECT coalesce(max(seq), 0)::int AS n FROM journal_event WHERE attempt_id = $1 AND device = $2`, [
      attemptId,
      device,
    ])
  )[0]!.n

export type SyncContext = AttemptRow & { extraSeconds: number; allowances: AllowanceRow[] }

/** All that a batch needs to be judged, in one statement. */
export async function syncContext(attemptId: string): Promise<SyncContext | null> {
  const rows = await sql<
    AttemptRow & {
      extraSeconds: number
      raw: { kind: 'extend' | 'pause'; seconds: number | null; started: string; ended: string | null }[] | null
    }
  >(
    `SELECT a.*, s.extra_seconds AS "extraSeconds",
       (SELECT json_agg(json_build_object('kind', l.kind, 'seconds', l.seconds, 'started', l.started_at, 'ended', l.ended_at)) FROM allowance l
         WHERE l.sitting_id = s.sitting_id AND (l.room_id IS NULL OR l.room_id = s.room_id) AND (l.seat_id IS NULL OR l.seat_id = s.id)) AS raw
     FROM (SELECT ${ATTEMPT} FROM attempt WHERE id = $1) a JOIN seat s ON s.id = a."seatId"`,
    [attemptId],
  )
  const row = rows[0]
  if (!row) return null
  const { raw, ...rest } = row
  return {
    ...rest,
    allowances: (raw ?? []).map((a) => ({
      kind: a.kind,
      seconds: a.seconds,
      startedAt: new Date(a.started),
      endedAt: a.ended ? new Date(a.ended) : null,
    })),
  }
}

/** One journal entry as judged by the handler: its time made plausible, late or not, and whether it counts for the score. */
export type JudgedEntry = { seq: number; kind: string; item: string | null; body: unknown; at: Date; late: boolean; counts: boolean }

/**
 * Appends a batch and brings the current responses up to date, in one statement and so in one commit.
 * A row that stands is left alone, so replays change nothing; of two writers the later (at, device, seq) wins.
 * Returns the highest contiguous seq of this device that is durable, how many response rows changed, and whether a finish entry is there.
 */
export async function appendBatch(
  attemptId: string,
  device: string,
  entries: JudgedEntry[],
  position: number,
  now: Date,
): Promise<{ ack: number; changed: number; finishing: boolean }> {
  const { rows } = await pool().query<{ ack: number; changed: number; finishing: boolean }>({
    text: `
    WITH incoming AS (
      SELECT * FROM jsonb_to_recordset($3::jsonb) AS e(seq int, kind text, item uuid, body jsonb, at timestamptz, late boolean, counts boolean)
    ), added AS (
      INSERT INTO journal_event (attempt_id, device, seq, kind, item_id, body, at, received_at, late)
      SELECT $1, $2, seq, kind, item, coalesce(body, 'null'::jsonb), at, $4, late FROM incoming ON CONFLICT DO NOTHING
      RETURNING seq
    ), latest AS (
      SELECT DISTINCT ON (i.item) i.item, i.body, i.at, i.seq FROM incoming i JOIN added USING (seq)
      WHERE i.kind = 'answer' AND i.counts ORDER BY i.item, i.at DESC, i.seq DESC
    ), responded AS (
      INSERT INTO response AS r (attempt_id, item_version_id, value, at, device, seq)
      SELECT $1, item, coalesce(body, 'null'::jsonb), at, $2, seq FROM latest ORDER BY item
      ON CONFLICT (attempt_id, item_version_id) DO UPDATE SET value = excluded.value, at = excluded.at, device = excluded.device, seq = excluded.seq
        WHERE (excluded.at, excluded.device, excluded.seq) > (r.at, r.device, r.seq)
      RETURNING 1
    ), marked AS (
      UPDATE attempt SET unscored_since = $4 WHERE id = $1 AND state = 'closed' AND EXISTS (SELECT 1 FROM responded)
    ), known AS (
      SELECT coalesce((SELECT ack_seq FROM attempt_device WHERE attempt_id = $1 AND device = $2), 0) AS ack
    ), stored AS (
      SELECT seq FROM journal_event, known WHERE attempt_id = $1 AND device = $2 AND seq > known.ack
      UNION SELECT seq FROM added
    ), reached AS (
      SELECT coalesce(max(seq), (SELECT ack FROM known)) AS ack
        FROM (SELECT seq, row_number() OVER (ORDER BY seq) AS n FROM stored WHERE seq > (SELECT ack FROM known)) t WHERE seq = n + (SELECT ack FROM known)
    ), contact AS (
      INSERT INTO attempt_device AS d (attempt_id, device, ack_seq, position, last_contact_at) SELECT $1, $2, ack, $5, $4 FROM reached
      ON CONFLICT (attempt_id, device) DO UPDATE SET ack_seq = greatest(d.ack_seq, excluded.ack_seq), position = excluded.position, last_contact_at = greatest(d.last_contact_at, excluded.last_contact_at)
      RETURNING ack_seq
    )
    SELECT (SELECT ack_seq FROM contact) AS ack, (SELECT count(*)::int FROM responded) AS changed,
      (EXISTS (SELECT 1 FROM incoming WHERE kind = 'finish') OR EXISTS (SELECT 1 FROM journal_event WHERE attempt_id = $1 AND kind = 'finish')) AS finishing`,
    values: [attemptId, device, JSON.stringify(entries), now, position],
  })
  return rows[0]!
}

/**
 * Closes an attempt whose finish event and every earlier entry of that device have arrived. Returns true when it was this call that closed it.
 */
export async function closeIfFinished(attemptId: string, now: Date): Promise<boolean> {
  const rows = await sql(
    `UPDATE attempt a SET state = 'closed', closed_at = $2, unscored_since = $2, close_reason = coalesce(f.reason, 'finished'), finished_at = f.at
       FROM (SELECT e.attempt_id, e.at, e.body #>> '{}' AS reason FROM journal_event e JOIN attempt_device d ON d.attempt_id = e.attempt_id AND d.device = e.device
              WHERE e.attempt_id = $1 AND e.kind = 'finish' AND d.ack_seq >= e.seq ORDER BY e.at LIMIT 1) f
      WHERE a.id = $1 AND a.id = f.attempt_id AND a.state = 'open' RETURNING a.id`,
    [attemptId, now],
  )
  return rows.length > 0
}

export async function closeAttempt(attemptId: string, reason: string, finishedAt: Date, now: Date): Promise<boolean> {
  const rows = await sql(
    `UPDATE attempt SET state = 'closed', closed_at = $4, unscored_since = $4, close_reason = $2, finished_at = $3 WHERE id = $1 AND state = 'open' RETURNING id`,
    [attemptId, reason, finishedAt, now],
  )
  return rows.length > 0
}

/** Attempts that have waited for their score since before `before`: a process died, or scoring failed, in between. */
export async function unscoredAttemptIds(before: Date): Promise<string[]> {
  return (await sql<{ id: string }>(`SELECT id FROM attempt WHERE unscored_since < $1 ORDER BY unscored_since`, [before])).map((r) => r.id)
}

/** Takes the mark away, unless the attempt changed again while it was being scored. */
export async function markScored(attemptId: string, waitingSince: Date): Promise<void> {
  await sql(`UPDATE attempt SET unscored_since = NULL WHERE id = $1 AND unscored_since = $2`, [attemptId, waitingSince])
}

/** Open attempts whose plain time ended before `since`; accommodations, extensions and pauses are for the caller to add. */
export async function overdueAttemptIds(since: Date): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    `SELECT id FROM attempt WHERE state = 'open' AND started_at + make_interval(secs => duration_seconds) < $1 ORDER BY started_at`,
    [since],
  )
  return rows.map((r) => r.id)
}

export const savedResponses = (attemptId: string) =>
  sql<{ item: string; value: ResponseValue; at: Date }>(`SELECT item_version_id AS item, value, at FROM response WHERE attempt_id = $1`, [
    attemptId,
  ])

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
  competencyCode: string
  attemptId: string
  state: string
  startedAt: Date
  durationSeconds: number
  answered: number
  items: number
  lastContactAt: Date | null
  finishedAt: Date | null
  closeReason: string | null
  devices: number
  focusLosses: number
  rejected: number
  overdue: number
}

/** Progress of every attempt of a room's seats. */
export const progressOfSeats = (seatIds: string[]) =>
  sql<ProgressRow>(
    `SELECT a.seat_id AS "seatId", a.competency_code AS "competencyCode", a.id AS "attemptId", a.state, a.started_at AS "startedAt", a.duration_seconds AS "durationSeconds",
       (SELECT count(*)::int FROM response r WHERE r.attempt_id = a.id AND r.value <> 'null'::jsonb) AS answered,
       (SELECT count(*)::int FROM form_item f WHERE f.form_id = a.form_id) AS items,
       (SELECT max(d.last_contact_at) FROM attempt_device d WHERE d.attempt_id = a.id) AS "lastContactAt",
       (SELECT count(*)::int FROM attempt_device d WHERE d.attempt_id = a.id) AS devices,
       (SELECT count(*)::int FROM journal_event e WHERE e.attempt_id = a.id AND e.kind = 'focus' AND e.body = '"hidden"'::jsonb) AS "focusLosses",
       (SELECT count(*)::int FROM journal_event e WHERE e.attempt_id = a.id AND e.kind = 'rejected') AS rejected,
       (SELECT count(*)::int FROM journal_event e WHERE e.attempt_id = a.id AND e.kind = 'overdue') AS overdue,
       a.finished_at AS "finishedAt", a.close_reason AS "closeReason"
     FROM attempt a WHERE a.seat_id = ANY($1::uuid[])`,
    [seatIds],
  )

/** Frees an attempt from its device, so that another one may continue it without asking. */
export async function releaseDevice(seatId: string): Promise<number> {
  return (await sql(`UPDATE attempt SET active_device = NULL WHERE seat_id = $1 AND state = 'open' RETURNING id`, [seatId])).length
}
