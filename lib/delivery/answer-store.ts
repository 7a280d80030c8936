import { plainArray, textArray } from '@/lib/platform/array-text'
import { answers } from '@/lib/platform/db'
import type { AllowanceRow } from '@/lib/sittings/model'
import type { JudgedEntry } from './judge'

/** A phone that hands in for an attempt. */
export type Phone = { attemptId: string; device: string }

/** The statements of the answer path: one to read what a batch is judged by, one to make many batches durable. */

/** What an attempt's entries are judged by. */
export type AttemptFacts = {
  id: string
  seatId: string
  sittingId: string
  roomId: string | null
  formId: string
  state: 'open' | 'closed'
  activeDevice: string | null
  startedAt: Date
  closedAt: Date | null
  opensAt: Date
  closesAt: Date
  /** The version of the card in force, and when the one before it was voided. */
  cardVersion: number
  cardRenewedAt: Date | null
  durationSeconds: number
  extraSeconds: number
  allowances: AllowanceRow[]
}

/** An allowance as a statement gathers it into JSON. */
export type RawAllowance = { kind: 'extend' | 'pause'; seconds: number | null; started: string; ended: string | null }
type Raw = Omit<AttemptFacts, 'allowances'> & { raw: RawAllowance[] | null }

export const allowancesOf = (raw: RawAllowance[] | null): AllowanceRow[] =>
  (raw ?? []).map((a) => ({
    kind: a.kind,
    seconds: a.seconds,
    startedAt: new Date(a.started),
    endedAt: a.ended ? new Date(a.ended) : null,
  }))

/** Facts of many attempts in one statement. */
export async function attemptFacts(ids: string[]): Promise<AttemptFacts[]> {
  const { rows } = await answers().query<Raw>({
    name: 'attempt-facts',
    text: `SELECT a.id, a.seat_id AS "seatId", s.sitting_id AS "sittingId", s.room_id AS "roomId", a.form_id AS "formId", a.state, a.active_device AS "activeDevice",
       a.started_at AS "startedAt", a.closed_at AS "closedAt", t.opens_at AS "opensAt", t.closes_at AS "closesAt", s.card_version AS "cardVersion", s.card_renewed_at AS "cardRenewedAt", a.duration_seconds AS "durationSeconds", s.extra_seconds AS "extraSeconds",
       (SELECT json_agg(json_build_object('kind', l.kind, 'seconds', l.seconds, 'started', l.started_at, 'ended', l.ended_at)) FROM allowance l
         WHERE l.sitting_id = s.sitting_id AND (l.room_id IS NULL OR l.room_id = s.room_id) AND (l.seat_id IS NULL OR l.seat_id = s.id)) AS raw
     FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id WHERE a.id = ANY($1::uuid[])`,
    values: [ids],
  })
  return rows.map(({ raw, ...rest }) => ({ ...rest, allowances: allowancesOf(raw) }))
}

/** How far a device's journal reaches without a gap, where it says finish, and how many bytes it has said. */
export type Reach = { ack: number; finish: number | null; bytes: number }

/** The reach of devices, counted from the journal itself. */
export async function reachOf(phones: Phone[]): Promise<(Phone & Reach)[]> {
  const { rows } = await answers().query<Phone & Reach>({
    name: 'reach-of',
    text: `SELECT attempt_id AS "attemptId", device, coalesce(max(seq) FILTER (WHERE seq = n), 0)::int AS ack, min(seq) FILTER (WHERE kind = 'finish') AS finish, coalesce(sum(size), 0)::int AS bytes
       FROM (SELECT j.attempt_id, j.device, j.seq, j.kind, pg_column_size(j.body) AS size, row_number() OVER (PARTITION BY j.attempt_id, j.device ORDER BY j.seq) AS n
               FROM journal_event j JOIN unnest($1::uuid[], $2::text[]) AS w(a, d) ON j.attempt_id = w.a AND j.device = w.d) t
      GROUP BY attempt_id, device`,
    values: [phones.map((b) => b.attemptId), phones.map((b) => b.device)],
  })
  return rows
}

export type Batch = Phone & { entries: JudgedEntry[] }

/**
 * Appends the batches of many phones and brings their current responses up to date, in one statement and so in one commit.
 * A row that stands is left alone, so replays change nothing; of two writers the later (at, device, seq) wins. Rows are
 * written in key order, so that two processes cannot wait for each other. What is closed stays closed, whatever this process
 * remembers: closed attempts are locked and looked at here. An answer behind the phone's own finish, or made after the test
 * was handed in on another, is kept as `after`; one that another phone kept to itself until the hand-in, or for a result that was read or released as `held`. Returns the closed attempts whose responses changed: they are marked in
 * the same commit as waiting for a new score.
 */
export async function appendBatches(batches: Batch[], now: number): Promise<string[]> {
  const rows = batches.flatMap((b) => b.entries.map((e) => ({ a: b.attemptId, d: b.device, e })))
  rows.sort((x, y) => (x.a < y.a ? -1 : x.a > y.a ? 1 : x.d < y.d ? -1 : x.d > y.d ? 1 : x.e.seq - y.e.seq))
  const sorted = batches.toSorted((x, y) => (x.attemptId < y.attemptId ? -1 : 1))
  const result = await answers().query<{ id: string }>({
    name: 'append-batches',
    text: `
    WITH closed AS MATERIALIZED (
      SELECT a.id, a.finished_at, a.settled_at IS NOT NULL OR t.released_at IS NOT NULL AS settled,
             (SELECT f.device FROM journal_event f WHERE f.attempt_id = a.id AND f.kind = 'finish' ORDER BY f.received_at, f.at LIMIT 1) AS finisher FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id
       WHERE a.id = ANY($11::uuid[]) AND a.state = 'closed' ORDER BY a.id FOR SHARE OF a
    ), sent AS (
      SELECT * FROM unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::uuid[], $6::text[], $7::float8[], $8::bool[], $10::bool[]) AS e(a, d, s, k, i, b, t, l, trimmed)
    ), ended AS (
      SELECT a, d, min(s) AS s FROM (
        SELECT a, d, s FROM sent WHERE k = 'finish'
        UNION ALL SELECT w.a, w.d, f.seq FROM unnest($11::uuid[], $12::text[]) AS w(a, d) JOIN journal_event f ON f.attempt_id = w.a AND f.device = w.d AND f.kind = 'finish'
      ) f GROUP BY a, d
    ), added AS (
      INSERT INTO journal_event (attempt_id, device, seq, kind, item_id, body, at, received_at, late)
      SELECT sent.a, sent.d, sent.s,
             CASE WHEN k IN ('answer', 'held') AND (sent.s > ended.s OR to_timestamp(t / 1000.0) > closed.finished_at) THEN 'after' WHEN k = 'answer' AND (closed.settled OR closed.finisher <> sent.d) THEN 'held' ELSE k END,
             i, CASE WHEN trimmed THEN 'null'::jsonb ELSE b::jsonb END, to_timestamp(t / 1000.0), to_timestamp($9 / 1000.0), l
        FROM sent LEFT JOIN ended ON ended.a = sent.a AND ended.d = sent.d LEFT JOIN closed ON closed.id = sent.a ORDER BY sent.a, sent.d, sent.s
      ON CONFLICT DO NOTHING RETURNING attempt_id, device, seq, kind, item_id, at
    ), responded AS (
      INSERT INTO response AS r (attempt_id, item_version_id, value, at, device, seq)
      SELECT DISTINCT ON (attempt_id, item_id) attempt_id, item_id, sent.b::jsonb, at, device, seq
        FROM added JOIN sent ON sent.a = attempt_id AND sent.d = device AND sent.s = seq WHERE kind = 'answer'
       ORDER BY attempt_id, item_id, at DESC, device DESC, seq DESC
      ON CONFLICT (attempt_id, item_version_id) DO UPDATE SET value = excluded.value, at = excluded.at, device = excluded.device, seq = excluded.seq
        WHERE (excluded.at, excluded.device, excluded.seq) > (r.at, r.device, r.seq)
      RETURNING attempt_id
    )
    UPDATE attempt SET unscored_since = to_timestamp($9 / 1000.0) WHERE id = ANY(ARRAY(SELECT attempt_id FROM responded)) AND state = 'closed' RETURNING id`,
    values: [
      plainArray(rows.map((r) => r.a)),
      textArray(rows.map((r) => r.d)),
      plainArray(rows.map((r) => r.e.seq)),
      textArray(rows.map((r) => r.e.kind)),
      plainArray(rows.map((r) => r.e.item)),
      textArray(rows.map((r) => JSON.stringify(r.e.body ?? null))),
      plainArray(rows.map((r) => r.e.at)),
      plainArray(rows.map((r) => r.e.late)),
      now,
      plainArray(rows.map((r) => r.e.trimmed)),
      plainArray(sorted.map((b) => b.attemptId)),
      textArray(sorted.map((b) => b.device)),
    ],
  })
  return result.rows.map((r) => r.id)
}

/**
 * Takes back what a phone had answered behind its own finish, when the later entry came first: the order of arrival does not
 * decide what counts. The journal keeps what it was given; only the current responses go back to what stood before. Asked for
 * phones whose finish has just arrived. Returns closed attempts that changed.
 */
export async function foldAfterFinish(phones: Phone[], now: Date): Promise<string[]> {
  const { rows } = await answers().query<{ id: string }>({
    name: 'fold-after-finish',
    text: `
    WITH hit AS MATERIALIZED (
      SELECT r.attempt_id, r.item_version_id FROM unnest($1::uuid[], $2::text[]) AS w(a, d) JOIN attempt t ON t.id = w.a AND t.settled_at IS NULL
        JOIN response r ON r.attempt_id = w.a AND r.device = w.d
       WHERE EXISTS (SELECT 1 FROM journal_event f WHERE f.attempt_id = r.attempt_id AND f.device = r.device AND f.kind = 'finish' AND f.seq < r.seq)
    ), stands AS (
      SELECT DISTINCT ON (j.attempt_id, j.item_id) j.attempt_id, j.item_id, j.body, j.at, j.device, j.seq FROM hit
        JOIN journal_event j ON j.attempt_id = hit.attempt_id AND j.item_id = hit.item_version_id AND j.kind = 'answer'
       WHERE NOT EXISTS (SELECT 1 FROM journal_event f WHERE f.attempt_id = j.attempt_id AND f.device = j.device AND f.kind = 'finish' AND f.seq < j.seq)
       ORDER BY j.attempt_id, j.item_id, j.at DESC, j.device DESC, j.seq DESC
    ), restored AS (
      UPDATE response r SET value = s.body, at = s.at, device = s.device, seq = s.seq FROM stands s WHERE r.attempt_id = s.attempt_id AND r.item_version_id = s.item_id
    ), dropped AS (
      DELETE FROM response r USING hit WHERE r.attempt_id = hit.attempt_id AND r.item_version_id = hit.item_version_id
        AND NOT EXISTS (SELECT 1 FROM stands s WHERE s.attempt_id = r.attempt_id AND s.item_id = r.item_version_id)
    )
    UPDATE attempt SET unscored_since = $3 WHERE id = ANY(ARRAY(SELECT attempt_id FROM hit)) AND state = 'closed' RETURNING id`,
    values: [phones.map((p) => p.attemptId), phones.map((p) => p.device), now],
  })
  return rows.map((r) => r.id)
}

export type Contact = Phone & { ack: number; finish: number | null; position: number; at: number }

/** When each phone was last heard of and how far it has come: for people's eyes, never for an acknowledgement. */
export async function noteContacts(contacts: Contact[]): Promise<void> {
  const sorted = contacts.toSorted((x, y) => (x.attemptId + x.device < y.attemptId + y.device ? -1 : 1))
  await answers().query({
    name: 'note-contacts',
    text: `INSERT INTO attempt_device AS o (attempt_id, device, ack_seq, finish_seq, position, last_contact_at)
      SELECT a, d, k, f, p, to_timestamp(t / 1000.0) FROM unnest($1::uuid[], $2::text[], $3::int[], $4::int[], $5::int[], $6::float8[]) AS e(a, d, k, f, p, t)
      ON CONFLICT (attempt_id, device) DO UPDATE SET ack_seq = greatest(o.ack_seq, excluded.ack_seq), finish_seq = coalesce(o.finish_seq, excluded.finish_seq),
        position = excluded.position, last_contact_at = greatest(o.last_contact_at, excluded.last_contact_at)`,
    values: [
      plainArray(sorted.map((c) => c.attemptId)),
      textArray(sorted.map((c) => c.device)),
      plainArray(sorted.map((c) => c.ack)),
      plainArray(sorted.map((c) => c.finish)),
      plainArray(sorted.map((c) => c.position)),
      plainArray(sorted.map((c) => c.at)),
    ],
  })
}

/** Closes attempts whose finish entry and everything before it on that phone are here. Returns those that this call closed. */
export async function closeFinished(phones: Phone[], now: Date): Promise<string[]> {
  const { rows } = await answers().query<{ id: string }>({
    name: 'close-finished',
    text: `UPDATE attempt a SET state = 'closed', closed_at = $3, unscored_since = $3, close_reason = CASE WHEN f.body #>> '{}' = 'timeout' THEN 'timeout' ELSE 'finished' END, finished_at = f.at
       FROM (SELECT DISTINCT ON (e.attempt_id) e.attempt_id, e.body, e.at FROM journal_event e JOIN unnest($1::uuid[], $2::text[]) AS w(a, d) ON e.attempt_id = w.a AND e.device = w.d
              WHERE e.kind = 'finish' ORDER BY e.attempt_id, e.at) f
      WHERE a.id = f.attempt_id AND a.state = 'open' RETURNING a.id`,
    values: [phones.map((b) => b.attemptId), phones.map((b) => b.device), now],
  })
  return rows.map((r) => r.id)
}
