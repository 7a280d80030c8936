import { uuidv7 } from 'uuidv7'
import { answers, inTransaction, sql, type Transaction } from '@/lib/platform/db'
import { shownToPeople } from '@/lib/sittings/release'
import type { Doubt } from './doubt'

/** What came too late to count by itself: held answers of attempts, and starts that nobody can believe unseen, with their journals. */

/** When a seat first had what it needs to begin without the server; null when it never had. */
export const firstVisit = async (seatId: string): Promise<Date | null> =>
  (await answers().query<{ at: Date }>(`SELECT at FROM desk_visit WHERE seat_id = $1`, [seatId])).rows[0]?.at ?? null

/**
 * Notes the first visit of seats; later ones change nothing. Held, so that none goes while its phone gets what it needs. Tells which of them
 * are there.
 */
export async function noteVisits(seatIds: string[], at: Date): Promise<Set<string>> {
  const { rows } = await answers().query<{ id: string }>(
    `WITH held AS MATERIALIZED (SELECT id FROM seat WHERE id = ANY($1::uuid[]) ORDER BY id FOR KEY SHARE),
       noted AS (INSERT INTO desk_visit (seat_id, at) SELECT id, $2 FROM held ON CONFLICT DO NOTHING)
     SELECT id FROM held`,
    [seatIds, at],
  )
  return new Set(rows.map((r) => r.id))
}

/** Four parts on a few phones each; a voided card in somebody's hands does not use up the places of the true one. */
const MOST_CLAIMS = 16
const MOST_OF_VOIDED = 4

export type NewClaim = { seatId: string; part: string; device: string; begunAt: Date; reason: Doubt; packet: string | null }
type RawEntry = { seq: number; text: string }

/**
 * Keeps a doubtful start and its entries. Safe to repeat: what stands is left alone, a decided one takes nothing more.
 * Returns the highest contiguous seq that is durable; null when the seat has too many claims, 'gone' when it is no more. `most`: bytes that
 * one claim may hold.
 */
export function keepClaim(claim: NewClaim, entries: RawEntry[], most: number, now: Date): Promise<number | 'gone' | null> {
  return inTransaction(async (tx) => {
    // One journal at a time for a seat, so that its claims and bytes are counted truly.
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('late_claim'), hashtext($1))`, [claim.seatId])
    if (!(await tx.query(`SELECT 1 FROM seat WHERE id = $1 FOR KEY SHARE`, [claim.seatId])).rows.length) return 'gone'
    const others = await tx.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM late_claim WHERE seat_id = $1 AND NOT (part = $2 AND device = $3) AND (reason = 'card') = ($4 = 'card')`,
      [claim.seatId, claim.part, claim.device, claim.reason],
    )
    if (others.rows[0]!.n >= (claim.reason === 'card' ? MOST_OF_VOIDED : MOST_CLAIMS)) return null
    const { rows } = await tx.query<{ id: string; decided: boolean }>(
      `INSERT INTO late_claim (id, seat_id, part, device, begun_at, received_at, reason, packet) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)
       ON CONFLICT (seat_id, part, device) DO UPDATE SET received_at = greatest(late_claim.received_at, excluded.received_at)
       RETURNING id, decided_at IS NOT NULL AS decided`,
      [uuidv7(), claim.seatId, claim.part, claim.device, claim.begunAt, now, claim.reason, claim.packet],
    )
    const { id, decided } = rows[0]!
    if (!decided && entries.length) {
      await tx.query(
        `INSERT INTO late_entry (claim_id, seq, entry, received_at)
         SELECT $1, e.s, e.b::jsonb, $4 FROM unnest($2::int[], $3::text[]) AS e(s, b)
          WHERE (SELECT coalesce(sum(pg_column_size(l.entry)), 0) FROM late_entry l JOIN late_claim c ON c.id = l.claim_id WHERE c.seat_id = $5) < $6
         ON CONFLICT DO NOTHING`,
        [id, entries.map((e) => e.seq), entries.map((e) => e.text), now, claim.seatId, most],
      )
    }
    const found = await tx.query<{ ack: number }>(
      `SELECT coalesce(max(seq) FILTER (WHERE seq = n), 0)::int AS ack FROM (SELECT seq, row_number() OVER (ORDER BY seq) AS n FROM late_entry WHERE claim_id = $1) t`,
      [id],
    )
    return found.rows[0]!.ack
  })
}

export type WaitingClaim = {
  id: string
  seatId: string
  part: string
  device: string
  begunAt: Date
  receivedAt: Date
  reason: Doubt
  /** The packet that the phone says it opened; null when it did not say. */
  packet: string | null
  entries: number
  answers: number
}
const CLAIM = `c.id, c.seat_id AS "seatId", c.part, c.device, c.begun_at AS "begunAt", c.received_at AS "receivedAt", c.reason, c.packet,
  (SELECT count(*)::int FROM late_entry e WHERE e.claim_id = c.id) AS entries,
  (SELECT count(DISTINCT e.entry->>'item')::int FROM late_entry e WHERE e.claim_id = c.id AND e.entry->>'kind' = 'answer') AS answers`

/** Starts of a cycle's seats that wait for the office. */
export const waitingClaims = (cycleId: string) =>
  sql<WaitingClaim>(
    `SELECT ${CLAIM} FROM late_claim c JOIN seat s ON s.id = c.seat_id JOIN sitting t ON t.id = s.sitting_id WHERE c.decided_at IS NULL AND t.cycle_id = $1 ORDER BY c.received_at`,
    [cycleId],
  )

/**
 * One undecided start with the verdict written into it under a lock; null when it is decided, or another verdict is being carried
 * out. The same verdict may be given again, so that what a crash interrupted is finished.
 */
export async function takeClaim(tx: Transaction, id: string, by: string, accepted: boolean, reason: string): Promise<WaitingClaim | null> {
  const { rows } = await tx.query<WaitingClaim>(
    `SELECT ${CLAIM} FROM late_claim c WHERE c.id = $1 AND c.decided_at IS NULL AND (c.accepted IS NULL OR c.accepted = $2) FOR UPDATE OF c`,
    [id, accepted],
  )
  if (rows[0])
    await tx.query(`UPDATE late_claim SET decided_by = $2, accepted = $3, decision = $4 WHERE id = $1`, [id, by, accepted, reason])
  return rows[0] ?? null
}

export const claimEntries = async (id: string): Promise<unknown[]> =>
  (await sql<{ entry: unknown }>(`SELECT entry FROM late_entry WHERE claim_id = $1 ORDER BY seq`, [id])).map((r) => r.entry)

/** The verdict of a start has been carried out. */
export async function closeClaim(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.query(`UPDATE late_claim SET decided_at = $2 WHERE id = $1`, [id, now])
}

export type HeldAnswer = { item: string; value: unknown; at: Date; device: string; seq: number }
export type WaitingAnswers = {
  attemptId: string
  seatId: string
  part: string
  formId: string
  settledAt: Date | null
  receivedAt: Date
  answers: number
}

/** Held entries that no decision has looked at yet; what a phone wrote behind its own finish waits for nobody. */
const UNDECIDED = `j.kind = 'held' AND NOT EXISTS (SELECT 1 FROM late_decision d WHERE d.attempt_id = j.attempt_id AND d.at >= j.received_at)
  AND NOT EXISTS (SELECT 1 FROM journal_event f WHERE f.attempt_id = j.attempt_id AND f.device = j.device AND f.kind = 'finish' AND f.seq < j.seq)`

/** Attempts of a cycle with answers that wait for the office. */
export const waitingAnswers = (cycleId: string) =>
  sql<WaitingAnswers>(
    `SELECT a.id AS "attemptId", a.seat_id AS "seatId", a.competency_code AS part, a.form_id AS "formId", a.settled_at AS "settledAt", max(j.received_at) AS "receivedAt",
            count(DISTINCT j.item_id)::int AS answers
       FROM journal_event j JOIN attempt a ON a.id = j.attempt_id JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id
      WHERE t.cycle_id = $1 AND ${UNDECIDED} GROUP BY a.id ORDER BY max(j.received_at)`,
    [cycleId],
  )

/** How much waits for the office in every cycle where anything does. */
export const waitingByCycle = () =>
  sql<{ cycleId: string; waiting: number }>(
    `SELECT cycle_id AS "cycleId", sum(n)::int AS waiting FROM (
       SELECT t.cycle_id, count(DISTINCT a.id) AS n FROM journal_event j JOIN attempt a ON a.id = j.attempt_id JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id
        WHERE ${UNDECIDED} GROUP BY 1
       UNION ALL
       SELECT t.cycle_id, count(*) FROM late_claim c JOIN seat s ON s.id = c.seat_id JOIN sitting t ON t.id = s.sitting_id WHERE c.decided_at IS NULL GROUP BY 1
     ) w GROUP BY 1`,
  )

/** The held answers of an attempt, the last one an item, as they would count: only those later than what stands. */
export const heldAnswers = (attemptId: string) =>
  sql<HeldAnswer>(
    `SELECT DISTINCT ON (j.item_id) j.item_id AS item, j.body AS value, j.at, j.device, j.seq FROM journal_event j
      WHERE j.attempt_id = $1 AND ${UNDECIDED}
        AND NOT EXISTS (SELECT 1 FROM response r WHERE r.attempt_id = j.attempt_id AND r.item_version_id = j.item_id AND (r.at, r.device, r.seq) > (j.at, j.device, j.seq))
      ORDER BY j.item_id, j.at DESC, j.device DESC, j.seq DESC`,
    [attemptId],
  )

/** Locks an attempt; false when it is not closed. */
export async function lockClosed(tx: Transaction, attemptId: string): Promise<boolean> {
  return (await tx.query(`SELECT 1 FROM attempt WHERE id = $1 AND state = 'closed' FOR UPDATE`, [attemptId])).rows.length > 0
}

/** Writes down what the office decided; returns how many answers the decision was about, 0 when none waited any more. */
export async function decideAnswers(
  tx: Transaction,
  attemptId: string,
  by: string,
  accepted: boolean,
  reason: string,
  now: Date,
): Promise<number> {
  const { rows } = await tx.query<{ n: number }>(
    `SELECT count(DISTINCT j.item_id)::int AS n FROM journal_event j WHERE j.attempt_id = $1 AND ${UNDECIDED}`,
    [attemptId],
  )
  const n = rows[0]!.n
  if (n === 0) return 0
  if (accepted)
    await tx.query(
      `INSERT INTO response AS r (attempt_id, item_version_id, value, at, device, seq)
       SELECT DISTINCT ON (j.item_id) j.attempt_id, j.item_id, j.body, j.at, j.device, j.seq FROM journal_event j WHERE j.attempt_id = $1 AND ${UNDECIDED}
        ORDER BY j.item_id, j.at DESC, j.device DESC, j.seq DESC
       ON CONFLICT (attempt_id, item_version_id) DO UPDATE SET value = excluded.value, at = excluded.at, device = excluded.device, seq = excluded.seq
         WHERE (excluded.at, excluded.device, excluded.seq) > (r.at, r.device, r.seq)`,
      [attemptId],
    )
  await tx.query(`INSERT INTO late_decision (id, attempt_id, at, by_user_id, accepted, answers, reason) VALUES ($1,$2,$3,$4,$5,$6,$7)`, [
    uuidv7(),
    attemptId,
    now,
    by,
    accepted,
    n,
    reason,
  ])
  if (accepted) await tx.query(`UPDATE attempt SET unscored_since = $2 WHERE id = $1 AND state = 'closed'`, [attemptId, now])
  return n
}

/**
 * A voided card holds again as if it had never been voided: what its phone answered since `voidedAt` counts, as it would have. Where a
 * result was read or released meanwhile, where it came after the sitting's grace, or where another phone handed the part in, it goes on
 * waiting for the office. Returns how many answers count now.
 */
export async function countGivenBack(
  tx: Transaction,
  given: { seatId: string; voidedAt: Date; graceEnd: Date; by: string },
  now: Date,
): Promise<number> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT a.id FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id
      WHERE a.seat_id = $1 AND a.settled_at IS NULL AND t.released_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM journal_event j WHERE j.attempt_id = a.id AND ${UNDECIDED} AND (j.at <= $2 OR j.received_at > $3 OR (a.state = 'closed' AND j.device IS DISTINCT FROM
          (SELECT f.device FROM journal_event f WHERE f.attempt_id = a.id AND f.kind = 'finish' ORDER BY f.received_at, f.at LIMIT 1))))
      ORDER BY a.id FOR UPDATE OF a`,
    [given.seatId, given.voidedAt, given.graceEnd],
  )
  let counted = 0
  for (const { id } of rows) counted += await decideAnswers(tx, id, given.by, true, 'Pembatalan kartu ditarik', now)
  return counted
}

/** The start of this phone that waits although an attempt stands for it now, on the form of that attempt; null when none does. */
export const liftedClaim = async (attemptId: string, device: string): Promise<string | null> =>
  (
    await sql<{ id: string }>(
      `SELECT c.id FROM late_claim c JOIN attempt a ON a.seat_id = c.seat_id AND a.competency_code = c.part
        WHERE a.id = $1 AND c.device = $2 AND c.decided_at IS NULL AND c.accepted IS NULL
          AND (c.packet IS NULL OR EXISTS (SELECT 1 FROM packet p WHERE p.sha256 = c.packet AND p.form_id = a.form_id))`,
      [attemptId, device],
    )
  )[0]?.id ?? null

/** Its journal is where answers belong: nothing waits any more, unless somebody has given a word on it meanwhile. */
export async function closeLifted(id: string, now: Date): Promise<void> {
  await sql(
    `UPDATE late_claim SET accepted = true, decided_at = $2, decision = 'Tidak ada lagi yang meragukan: tes ini dibuka seperti biasa' WHERE id = $1 AND decided_at IS NULL AND accepted IS NULL`,
    [id, now],
  )
}

/** From now on the results of these closed attempts stand: late answers wait. The first moment stays. */
export async function settle(attemptIds: string[], now: Date): Promise<void> {
  await sql(
    `UPDATE attempt a SET settled_at = $2 FROM (SELECT id FROM attempt WHERE id = ANY($1::uuid[]) AND state = 'closed' AND settled_at IS NULL ORDER BY id FOR UPDATE) w WHERE a.id = w.id`,
    [attemptIds, now],
  )
}

/**
 * Closed attempts whose result is shown, of whoever works at a school now (wherever the test was written) or of one teacher: whoever reads
 * them by name settles them.
 */
export async function settleShown(of: { schoolId: string } | { teacherId: string }, now: Date): Promise<void> {
  const [whose, id] = 'schoolId' in of ? ['IN (SELECT id FROM teacher WHERE school_id = $1)', of.schoolId] : ['= $1', of.teacherId]
  await sql(
    `UPDATE attempt a SET settled_at = $2 FROM (
       SELECT x.id FROM attempt x JOIN seat s ON s.id = x.seat_id JOIN sitting t ON t.id = s.sitting_id
        WHERE s.teacher_id ${whose} AND x.state = 'closed' AND x.settled_at IS NULL AND ${shownToPeople('t')} ORDER BY x.id FOR UPDATE OF x
     ) w WHERE a.id = w.id`,
    [id, now],
  )
}
