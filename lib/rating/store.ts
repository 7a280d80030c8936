import { uuidv7 } from 'uuidv7'
import { inTransaction, insertMany, pool, sql, type Transaction } from '@/lib/platform/db'
import { allOrRowByRow, logged, type Tell } from '@/lib/platform/rows'
import type { Criterion, ItemContent } from '@/lib/items/model'
import { counts } from '@/lib/sittings/release'
import type { Resolution } from './resolve'

/** A reserved response that is not judged within this many minutes goes back to the queue. */
export const RESERVED_MINUTES = 30

/**
 * Brings the queue in step with closed attempts that count: new and changed texts wait for raters, and what was emptied or is
 * practice waits no more.
 * A text that cannot be taken in stops none of the others. Returns how many were taken in.
 */
export async function collect(now: Date, tell: Tell = logged): Promise<number> {
  await sql(
    `DELETE FROM rated_response x USING response r JOIN attempt a ON a.id = r.attempt_id JOIN seat s ON s.id = a.seat_id JOIN sitting y ON y.id = s.sitting_id
       JOIN cycle c ON c.id = y.cycle_id
      WHERE r.attempt_id = x.attempt_id AND r.item_version_id = x.item_version_id
        AND (btrim(coalesce(r.value ->> 'text', '')) = '' OR x.state <> 'resolved' AND NOT (${counts('c')}))`,
  )
  const found = await sql<{ attemptId: string; itemVersionId: string; text: string }>(
    `SELECT a.id AS "attemptId", v.id AS "itemVersionId", r.value ->> 'text' AS text
       FROM form_item fi JOIN item_version v ON v.id = fi.item_version_id AND v.type = 'extended'
       JOIN attempt a ON a.form_id = fi.form_id AND a.state = 'closed'
       JOIN response r ON r.attempt_id = a.id AND r.item_version_id = v.id
       JOIN seat s ON s.id = a.seat_id JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id AND ${counts('c')}
       LEFT JOIN rated_response x ON x.attempt_id = a.id AND x.item_version_id = v.id
      WHERE btrim(coalesce(r.value ->> 'text', '')) <> '' AND (x.id IS NULL OR x.text <> r.value ->> 'text')`,
  )
  const take = async (some: typeof found) => {
    await insertMany(
      pool(),
      'rated_response',
      { id: 'uuid', attempt_id: 'uuid', item_version_id: 'uuid', text: 'text', state: 'text', collected_at: 'timestamptz' },
      some.map((f) => [uuidv7(), f.attemptId, f.itemVersionId, f.text, 'waiting', now]),
      QUEUED_ANEW,
    )
    return some
  }
  return (await allOrRowByRow(found, take, (f) => `attempt:${f.attemptId}`, tell)).length
}

/** A changed text is another one for its raters. */
const QUEUED_ANEW = `ON CONFLICT (attempt_id, item_version_id) DO UPDATE
       SET text = excluded.text, edition = rated_response.edition + 1, state = 'waiting', share = NULL, method = NULL, resolved_at = NULL
     WHERE rated_response.text <> excluded.text`

/** Whether a rater may still be given this response: not judged by them, not their own, and a place is free. `$1` rater, `$2` now. */
const OPEN = `r.state <> 'resolved'
  AND NOT EXISTS (SELECT 1 FROM response_rating m WHERE m.response_id = r.id AND m.edition = r.edition AND m.rater_id = $1 AND m.given_at IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN user_account u ON u.teacher_id = s.teacher_id WHERE a.id = r.attempt_id AND u.id = $1)
  AND (SELECT count(*) FROM response_rating g WHERE g.response_id = r.id AND g.edition = r.edition AND g.rater_id <> $1
        AND (g.given_at IS NOT NULL OR g.taken_at > $2::timestamptz - interval '${RESERVED_MINUTES} minutes')) < CASE r.state WHEN 'disputed' THEN 3 ELSE 2 END`

export type QueueRow = { itemCode: string; instrumentTitle: string; waiting: number; given: number }

/** The items whose responses a rater was asked to judge: how many wait for this rater, and how many are done. */
export const queueOf = (raterId: string, now: Date) =>
  sql<QueueRow>(
    `SELECT i.code AS "itemCode", n.title AS "instrumentTitle", (count(*) FILTER (WHERE ${OPEN}))::int AS waiting,
            (SELECT count(*)::int FROM response_rating m JOIN rated_response x ON x.id = m.response_id JOIN item_version w ON w.id = x.item_version_id
              WHERE w.item_id = i.id AND m.rater_id = $1 AND m.given_at IS NOT NULL) AS given
       FROM rated_response r JOIN item_version v ON v.id = r.item_version_id JOIN item i ON i.id = v.item_id JOIN instrument n ON n.id = i.instrument_id
      WHERE EXISTS (SELECT 1 FROM item_task t WHERE t.kind = 'rate' AND t.user_id = $1 AND t.instrument_id = n.id AND t.done_at IS NULL)
      GROUP BY i.id, i.code, n.title ORDER BY i.code`,
    [raterId, now],
  )

/** Whether this person was asked to rate responses of the item's instrument. */
export const isRater = async (raterId: string, itemCode: string): Promise<boolean> =>
  (
    await sql(
      `SELECT 1 FROM item_task t JOIN item i ON i.instrument_id = t.instrument_id WHERE t.kind = 'rate' AND t.user_id = $1 AND i.code = $2 AND t.done_at IS NULL LIMIT 1`,
      [raterId, itemCode],
    )
  ).length > 0

export type Reserved = {
  ratingId: string
  text: string
  content: ItemContent
  rubric: Criterion[]
  points: number[]
  note: string
  given: boolean
}
const RESERVED = `
  SELECT m.id AS "ratingId", r.text, v.content, v.scoring -> 'rubric' AS rubric, m.points, m.note, m.given_at IS NOT NULL AS given
    FROM response_rating m JOIN rated_response r ON r.id = m.response_id AND r.edition = m.edition
    JOIN item_version v ON v.id = r.item_version_id JOIN item i ON i.id = v.item_id`

/** A live reservation: `$1` rater, `$2` item, `$3` now. */
const HELD = `WHERE m.rater_id = $1 AND i.code = $2 AND m.given_at IS NULL AND r.state <> 'resolved'
  AND m.taken_at > $3::timestamptz - interval '${RESERVED_MINUTES} minutes' ORDER BY m.taken_at DESC LIMIT 1`

/** The response that a rater holds now for this item. */
export const reservedBy = async (raterId: string, itemCode: string, now: Date): Promise<Reserved | null> =>
  (await sql<Reserved>(`${RESERVED} ${HELD}`, [raterId, itemCode, now]))[0] ?? null

/** The rater's newest judgement of this item, as long as it can still be changed. */
export const lastGiven = async (raterId: string, itemCode: string): Promise<Reserved | null> =>
  (
    await sql<Reserved>(
      `${RESERVED} WHERE m.rater_id = $1 AND i.code = $2 AND m.given_at IS NOT NULL AND r.state <> 'resolved' ORDER BY m.given_at DESC LIMIT 1`,
      [raterId, itemCode],
    )
  )[0] ?? null

/**
 * Gives the rater a response, unless one is in their hands already: disputed ones first, then those that miss one rating, in an
 * order of the rater's own. False when none is left. Takers of one item wait for each other, for a few milliseconds.
 */
export async function take(rater: { userId: string; name: string }, itemCode: string, now: Date): Promise<boolean> {
  return inTransaction(async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('response-rating:' || $1, 0))`, [itemCode])
    const held = await tx.query(`${RESERVED} ${HELD}`, [rater.userId, itemCode, now])
    if (held.rowCount) return true
    const { rows } = await tx.query<{ id: string; edition: number; state: string }>(
      `SELECT r.id, r.edition, r.state FROM rated_response r JOIN item_version v ON v.id = r.item_version_id JOIN item i ON i.id = v.item_id
        WHERE i.code = $3 AND ${OPEN}
        ORDER BY (r.state = 'disputed') DESC,
                 EXISTS (SELECT 1 FROM response_rating g WHERE g.response_id = r.id AND g.edition = r.edition AND g.given_at IS NOT NULL) DESC,
                 hashtextextended(r.id::text || $1::text, 0)
        LIMIT 1`,
      [rater.userId, now, itemCode],
    )
    const found = rows[0]
    if (!found) return false
    const capacity = found.state === 'disputed' ? 3 : 2
    // The rater's own lapsed reservation goes, and the oldest of others where no place is free otherwise.
    await tx.query(`DELETE FROM response_rating WHERE response_id = $1 AND edition = $2 AND given_at IS NULL AND rater_id = $3`, [
      found.id,
      found.edition,
      rater.userId,
    ])
    await tx.query(
      `DELETE FROM response_rating WHERE id = (SELECT id FROM response_rating WHERE response_id = $1 AND edition = $2 AND given_at IS NULL
         AND taken_at <= $3::timestamptz - interval '${RESERVED_MINUTES} minutes' ORDER BY taken_at, id LIMIT 1)
         AND (SELECT count(*) FROM response_rating WHERE response_id = $1 AND edition = $2) >= $4`,
      [found.id, found.edition, now, capacity],
    )
    await tx.query(
      `INSERT INTO response_rating (id, response_id, edition, rater_id, rater_name, place, points, note, taken_at)
       SELECT $1, $2, $3, $4, $5, p, '{}', '', $6 FROM generate_series(1, $7::int) p
        WHERE NOT EXISTS (SELECT 1 FROM response_rating g WHERE g.response_id = $2 AND g.edition = $3 AND g.place = p) ORDER BY p LIMIT 1`,
      [uuidv7(), found.id, found.edition, rater.userId, rater.name, now, capacity],
    )
    return true
  })
}

export type Rated = { responseId: string; attemptId: string; state: string; tops: number[] }

/** The response behind a rating of this rater, locked; null when it is not theirs or its text has changed since. */
export async function lockRating(tx: Transaction, ratingId: string, raterId: string): Promise<Rated | null> {
  const { rows } = await tx.query<{ responseId: string; attemptId: string; state: string; rubric: Criterion[] }>(
    `SELECT r.id AS "responseId", r.attempt_id AS "attemptId", r.state, v.scoring -> 'rubric' AS rubric
       FROM response_rating m JOIN rated_response r ON r.id = m.response_id AND r.edition = m.edition JOIN item_version v ON v.id = r.item_version_id
      WHERE m.id = $1 AND m.rater_id = $2 FOR UPDATE OF r`,
    [ratingId, raterId],
  )
  const found = rows[0]
  return found ? { ...found, tops: found.rubric.map((c) => c.levels.length - 1) } : null
}

/** Whether a rating says just this already. */
export const saysSo = async (tx: Transaction, ratingId: string, points: number[], note: string): Promise<boolean> =>
  (
    await tx.query(`SELECT 1 FROM response_rating WHERE id = $1 AND given_at IS NOT NULL AND points = $2::int[] AND note = $3`, [
      ratingId,
      points,
      note,
    ])
  ).rows.length > 0

/** Writes points and returns all given ratings of the edition, in order of place. */
export async function writeRating(
  tx: Transaction,
  ratingId: string,
  responseId: string,
  points: number[],
  note: string,
  now: Date,
): Promise<number[][]> {
  await tx.query(`UPDATE response_rating SET points = $2, note = $3, given_at = $4 WHERE id = $1`, [ratingId, points, note, now])
  const { rows } = await tx.query<{ points: number[] }>(
    `SELECT m.points FROM response_rating m JOIN rated_response r ON r.id = m.response_id AND r.edition = m.edition
      WHERE r.id = $1 AND m.given_at IS NOT NULL ORDER BY m.place`,
    [responseId],
  )
  return rows.map((r) => r.points)
}

export async function writeResolution(tx: Transaction, responseId: string, r: Resolution, now: Date): Promise<void> {
  const resolved = r.state === 'resolved'
  await tx.query(`UPDATE rated_response SET state = $2, share = $3, method = $4, resolved_at = $5 WHERE id = $1`, [
    responseId,
    r.state,
    resolved ? r.share : null,
    resolved ? r.method : null,
    resolved ? now : null,
  ])
}

/** What raters gave to extended responses: share of full credit by attempt and item version, where it is resolved. */
export const sharesOf = (attemptIds: string[]) =>
  sql<{ attemptId: string; itemVersionId: string; share: number }>(
    `SELECT attempt_id AS "attemptId", item_version_id AS "itemVersionId", share FROM rated_response WHERE attempt_id = ANY($1::uuid[]) AND share IS NOT NULL`,
    [attemptIds],
  )

export type ItemProgress = {
  itemCode: string
  responses: number
  waiting: number
  disputed: number
  resolved: number
  third: number
  top: number
}

export const progressOf = (instrumentId: string) =>
  sql<ItemProgress>(
    `SELECT i.code AS "itemCode", count(*)::int AS responses, (count(*) FILTER (WHERE r.state = 'waiting'))::int AS waiting,
            (count(*) FILTER (WHERE r.state = 'disputed'))::int AS disputed, (count(*) FILTER (WHERE r.state = 'resolved'))::int AS resolved,
            (count(*) FILTER (WHERE r.method = 'third'))::int AS third,
            max((SELECT sum(jsonb_array_length(c -> 'levels') - 1) FROM jsonb_array_elements(v.scoring -> 'rubric') c))::int AS top
       FROM rated_response r JOIN item_version v ON v.id = r.item_version_id JOIN item i ON i.id = v.item_id
      WHERE i.instrument_id = $1 GROUP BY i.code ORDER BY i.code`,
    [instrumentId],
  )

export type PairRow = {
  itemCode: string
  first: number[]
  second: number[]
  firstRater: string
  secondRater: string
}

/** The blind pairs of an instrument: the first two ratings of every response that has both, in its present edition. */
export const pairsOf = (instrumentId: string) =>
  sql<PairRow>(
    `SELECT i.code AS "itemCode", a.points AS first, b.points AS second, a.rater_id AS "firstRater", b.rater_id AS "secondRater"
       FROM rated_response r JOIN response_rating a ON a.response_id = r.id AND a.edition = r.edition AND a.place = 1 AND a.given_at IS NOT NULL
       JOIN response_rating b ON b.response_id = r.id AND b.edition = r.edition AND b.place = 2 AND b.given_at IS NOT NULL
       JOIN item_version v ON v.id = r.item_version_id JOIN item i ON i.id = v.item_id WHERE i.instrument_id = $1`,
    [instrumentId],
  )
