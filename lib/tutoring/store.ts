import { uuidv7 } from 'uuidv7'
import { db, inTransaction, insertMany, sql, type Transaction } from '@/lib/platform/db'
import { ERASED_NAME } from '@/lib/platform/personal'
import type { MatchSummary, PairState, Band } from './model'

/** Offers, wishes, runs of the matching and pairs. */
export type OfferRow = { teacherId: string; answer: 'asked' | 'yes' | 'no'; capacity: number; answeredAt: Date | null }
export const offers = () =>
  sql<OfferRow>(`SELECT teacher_id AS "teacherId", answer, capacity, answered_at AS "answeredAt" FROM tutor_offer`)
export const offerOf = async (teacherId: string): Promise<OfferRow | null> =>
  (
    await sql<OfferRow>(
      `SELECT teacher_id AS "teacherId", answer, capacity, answered_at AS "answeredAt" FROM tutor_offer WHERE teacher_id = $1`,
      [teacherId],
    )
  )[0] ?? null

/** Asks people who have not been asked; answers how many. */
export async function askTutors(teacherIds: readonly string[], capacity: number, now: Date): Promise<number> {
  const rows = await sql<{ id: string }>(
    `INSERT INTO tutor_offer (teacher_id, answer, capacity, asked_at) SELECT unnest($1::uuid[]), 'asked', $2, $3 ON CONFLICT DO NOTHING RETURNING teacher_id AS id`,
    [teacherIds, capacity, now],
  )
  return rows.length
}
export async function answerOffer(teacherId: string, answer: 'yes' | 'no', capacity: number, now: Date): Promise<void> {
  await sql(
    `INSERT INTO tutor_offer (teacher_id, answer, capacity, asked_at, answered_at) VALUES ($1, $2, $3, $4, $4)
     ON CONFLICT (teacher_id) DO UPDATE SET answer = excluded.answer, capacity = excluded.capacity, answered_at = excluded.answered_at`,
    [teacherId, answer, capacity, now],
  )
}

export type WishRow = { teacherId: string; wants: boolean; sexWanted: 'L' | 'P' | null }
const wishesWhere = (where: string, values: unknown[]) =>
  sql<WishRow>(`SELECT teacher_id AS "teacherId", wants, sex_wanted AS "sexWanted" FROM learner_wish ${where}`, values)
export const wishes = () => wishesWhere('', [])
export const wishOf = async (teacherId: string): Promise<WishRow | null> =>
  (await wishesWhere(`WHERE teacher_id = $1`, [teacherId]))[0] ?? null
export async function saveWish(w: WishRow, now: Date): Promise<void> {
  await sql(
    `INSERT INTO learner_wish (teacher_id, wants, sex_wanted, at) VALUES ($1,$2,$3,$4)
     ON CONFLICT (teacher_id) DO UPDATE SET wants = excluded.wants, sex_wanted = excluded.sex_wanted, at = excluded.at`,
    [w.teacherId, w.wants, w.sexWanted, now],
  )
}

export type PlaceRow = {
  id: string
  sex: 'L' | 'P' | null
  schoolId: string
  regionCode: string
  lat: number
  lon: number
  subject: string | null
}
/** Where teachers work; a school without coordinates stands at the capital of its kabupaten/kota. */
export const places = (ids: readonly string[]) =>
  sql<PlaceRow>(
    `SELECT t.id, t.sex, x.id AS "schoolId", r.kemendagri_code AS "regionCode", coalesce(x.lat, r.lat) AS lat, coalesce(x.lon, r.lon) AS lon, u.code AS subject
       FROM teacher t JOIN school x ON x.id = t.school_id JOIN region r ON r.id = x.region_id LEFT JOIN subject u ON u.id = t.subject_id WHERE t.id = ANY($1::uuid[])`,
    [ids],
  )

export type OrderRow = {
  id: string
  kind: 'pin' | 'forbid'
  tutorId: string
  learnerId: string
  reason: string
  tutorName: string
  learnerName: string
}
export const ordersInForce = () =>
  sql<OrderRow>(
    `SELECT o.id, o.kind, o.tutor_id AS "tutorId", o.learner_id AS "learnerId", o.reason, t.name AS "tutorName", l.name AS "learnerName"
       FROM match_order o JOIN teacher t ON t.id = o.tutor_id JOIN teacher l ON l.id = o.learner_id WHERE o.lifted_at IS NULL ORDER BY o.created_at`,
  )
export async function addOrder(
  o: { kind: 'pin' | 'forbid'; tutorId: string; learnerId: string; reason: string },
  createdBy: string | null,
  now: Date,
): Promise<void> {
  await db().matchOrder.create({ data: { id: uuidv7(), ...o, createdBy, createdAt: now } })
}
/** Lifts an order; false when it was lifted before or is not there. */
export async function liftOrder(id: string, now: Date): Promise<boolean> {
  return (await sql(`UPDATE match_order SET lifted_at = $2 WHERE id = $1 AND lifted_at IS NULL RETURNING id`, [id, now])).length > 0
}

export type RunRow = {
  id: string
  cycleCode: string
  state: 'computing' | 'proposed' | 'published' | 'superseded' | 'failed'
  summary: MatchSummary | null
  /** Seed of the lot among equals; null where none was asked for. */
  lotSeed: string | null
  createdAt: Date
  finishedAt: Date | null
}
const RUN = `SELECT id, cycle_code AS "cycleCode", state, summary, lot_seed AS "lotSeed", created_at AS "createdAt", finished_at AS "finishedAt" FROM match_run`
export const runs = () => sql<RunRow>(`${RUN} ORDER BY created_at DESC LIMIT 20`)
export const runById = async (id: string): Promise<RunRow | null> => (await sql<RunRow>(`${RUN} WHERE id = $1`, [id]))[0] ?? null
/** The seed of the lot of a cycle, once it was asked for: a matching that is made again draws nothing anew. */
export const lotSeedOf = async (cycleCode: string): Promise<string | null> =>
  (
    await sql<{ seed: string }>(
      `SELECT lot_seed AS seed FROM match_run WHERE cycle_code = $1 AND lot_seed IS NOT NULL ORDER BY created_at, id LIMIT 1`,
      [cycleCode],
    )
  )[0]?.seed ?? null

/** Whether a lot among equals decided about a teacher in the published run that stands, and how. */
export const ownLotOf = async (teacherId: string): Promise<'served' | 'waiting' | null> => {
  const [row] = await sql<{ served: boolean }>(
    `SELECT k.served FROM match_lot k JOIN match_run r ON r.id = k.run_id WHERE k.learner_id = $1 AND r.state = 'published' ORDER BY r.created_at DESC LIMIT 1`,
    [teacherId],
  )
  return row ? (row.served ? 'served' : 'waiting') : null
}

/** Learners who waited because a lot fell on an equal in the published run that stands. */
export const waitedByLot = async (): Promise<string[]> =>
  (
    await sql<{ id: string }>(
      `SELECT k.learner_id AS id FROM match_lot k JOIN match_run r ON r.id = k.run_id WHERE r.state = 'published' AND NOT k.served`,
    )
  ).map((r) => r.id)

export async function addRun(
  cycleCode: string,
  rules: object,
  createdBy: string | null,
  now: Date,
  lotSeed: string | null = null,
): Promise<string> {
  const id = uuidv7()
  await db().matchRun.create({ data: { id, cycleCode, state: 'computing', rules, createdBy, createdAt: now, lotSeed } })
  return id
}
/** A run that has come to an end stays what it is, whatever a later try of its job meets. */
export async function failRun(id: string, now: Date): Promise<void> {
  await sql(`UPDATE match_run SET state = 'failed', finished_at = $2 WHERE id = $1 AND state = 'computing'`, [id, now])
}

export type NewPairing = {
  tutorId: string
  learnerId: string
  code: string
  goals: string[]
  km: number
  gap: number
  band: Band
  pinned: boolean
}

/** Writes a finished run, also one that broke off before. Two runs of one job cannot both write: the second finds the run finished. */
export async function finishRun(
  tx: Transaction,
  id: string,
  pairs: readonly NewPairing[],
  summary: MatchSummary,
  lots: readonly { learnerId: string; number: number; part: string; served: boolean }[],
  now: Date,
): Promise<void> {
  const open = await tx.query(
    `UPDATE match_run SET state = 'proposed', summary = $2, finished_at = $3 WHERE id = $1 AND state IN ('computing', 'failed') RETURNING id`,
    [id, JSON.stringify(summary), now],
  )
  if (open.rowCount === 0) return
  await insertMany(
    tx,
    'match_lot',
    { run_id: 'uuid', learner_id: 'uuid', number: 'int', part: 'text', served: 'bool' },
    lots.map((l) => [id, l.learnerId, l.number, l.part, l.served]),
  )
  await insertMany(
    tx,
    'pairing',
    {
      id: 'uuid',
      run_id: 'uuid',
      tutor_id: 'uuid',
      learner_id: 'uuid',
      code: 'text',
      km: 'float8',
      gap: 'float8',
      band: 'text',
      pinned: 'bool',
      state: 'text',
    },
    pairs.map((p) => [uuidv7(), id, p.tutorId, p.learnerId, p.code, p.km, p.gap, p.band, p.pinned, 'proposed']),
  )
  await tx.query(
    `UPDATE pairing SET goals = string_to_array(n.goals, '|') FROM unnest($2::uuid[], $3::text[]) AS n(learner_id, goals) WHERE run_id = $1 AND pairing.learner_id = n.learner_id`,
    [id, pairs.map((p) => p.learnerId), pairs.map((p) => p.goals.join('|'))],
  )
}

/**
 * Puts a run before the people it concerns. Pairs that already work go on; older proposals that did not become pairs give way, while those of a run
 * that was never shared stay with it. Everything
 * that this decides by is held before it is looked at: runs, then pairs. `standing`: this run was published before and still is; null: it
 * cannot be, and nothing has changed.
 */
export async function publishRun(tx: Transaction, id: string): Promise<'published' | 'standing' | null> {
  const { rows } = await tx.query<{ id: string; state: string }>(
    `SELECT id, state FROM match_run WHERE state IN ('proposed', 'published') OR id = $1 ORDER BY id FOR UPDATE`,
    [id],
  )
  const state = rows.find((r) => r.id === id)?.state
  if (state === 'published') return 'standing'
  if (state !== 'proposed') return null
  await tx.query(`SELECT id FROM pairing WHERE state IN ('proposed', 'active') ORDER BY id FOR UPDATE`)
  await tx.query(`DELETE FROM pairing WHERE run_id = $1 AND learner_id IN (SELECT learner_id FROM pairing WHERE state = 'active')`, [id])
  await tx.query(
    `UPDATE pairing p SET state = 'declined', end_reason = 'diganti pencocokan baru' FROM match_run r
      WHERE r.id = p.run_id AND r.state IN ('published', 'superseded') AND p.run_id <> $1 AND p.state = 'proposed'`,
    [id],
  )
  await tx.query(`UPDATE match_run SET state = 'superseded' WHERE state = 'published'`)
  await tx.query(`UPDATE match_run SET state = 'published' WHERE id = $1`, [id])
  return 'published'
}

export type PairRow = {
  id: string
  runId: string
  tutorId: string
  learnerId: string
  tutorName: string
  learnerName: string
  tutorSchool: string
  learnerSchool: string
  tutorRegion: string
  learnerRegion: string
  tutorPhone: string | null
  learnerPhone: string | null
  subject: string | null
  code: string
  goals: string[]
  km: number
  band: Band
  state: PairState
  pinned: boolean
  tutorAgreedAt: Date | null
  learnerAgreedAt: Date | null
  startedAt: Date | null
  endedAt: Date | null
  endReason: string | null
  handover: string | null
  /** Meetings that both sides confirmed. */
  meetings: number
  /** The last one that anybody noted and did not take back, confirmed or not. */
  lastMeeting: string | null
}
const PAIR = `SELECT p.id, p.run_id AS "runId", p.tutor_id AS "tutorId", p.learner_id AS "learnerId", coalesce(t.name, '${ERASED_NAME}') AS "tutorName", coalesce(l.name, '${ERASED_NAME}') AS "learnerName", coalesce(ts.name, '–') AS "tutorSchool",
    coalesce(ls.name, '–') AS "learnerSchool", coalesce(tr.kemendagri_code, '') AS "tutorRegion", coalesce(lr.kemendagri_code, '') AS "learnerRegion", t.phone AS "tutorPhone", l.phone AS "learnerPhone", u.name AS subject, p.code, p.goals, p.km, p.band, p.state, p.pinned,
    p.tutor_agreed_at AS "tutorAgreedAt", p.learner_agreed_at AS "learnerAgreedAt", p.started_at AS "startedAt", p.ended_at AS "endedAt", p.end_reason AS "endReason", p.handover,
    count(m.id) FILTER (WHERE m.answer = 'yes' AND m.withdrawn_at IS NULL)::int AS meetings, max(m.held_on) FILTER (WHERE m.withdrawn_at IS NULL)::text AS "lastMeeting"
  FROM pairing p JOIN match_run q ON q.id = p.run_id LEFT JOIN teacher t ON t.id = p.tutor_id LEFT JOIN teacher l ON l.id = p.learner_id
  LEFT JOIN school ts ON ts.id = t.school_id LEFT JOIN school ls ON ls.id = l.school_id LEFT JOIN region tr ON tr.id = ts.region_id LEFT JOIN region lr ON lr.id = ls.region_id
  LEFT JOIN subject u ON u.id = t.subject_id LEFT JOIN meeting m ON m.pairing_id = p.id`
const GROUP = `GROUP BY p.id, t.id, l.id, ts.id, ls.id, tr.id, lr.id, u.id`

/** Pairs of one teacher, either side, of runs that were published. */
export const pairsOfTeacher = (teacherId: string) =>
  sql<PairRow>(
    `${PAIR} WHERE (p.tutor_id = $1 OR p.learner_id = $1) AND q.state IN ('published', 'superseded') AND p.state <> 'declined' ${GROUP} ORDER BY p.state, l.name`,
    [teacherId],
  )
export const pairsOfRun = (runId: string) => sql<PairRow>(`${PAIR} WHERE p.run_id = $1 ${GROUP} ORDER BY u.name, t.name`, [runId])
export const pairById = async (id: string): Promise<PairRow | null> =>
  (await sql<PairRow>(`${PAIR} WHERE p.id = $1 ${GROUP}`, [id]))[0] ?? null

/** Earlier pairs by learner, so that what worked can go on. */
export const formerPairs = () =>
  sql<{ learnerId: string; tutorId: string }>(
    `SELECT DISTINCT learner_id AS "learnerId", tutor_id AS "tutorId" FROM pairing WHERE state = 'active' OR (state = 'ended' AND started_at IS NOT NULL)`,
  )

/** One side agrees; the pair begins with the second yes. Returns what the pair is then: it may have been answered by the other side meanwhile. */
export const agree = (id: string, side: 'tutor' | 'learner', now: Date): Promise<PairState | null> =>
  inTransaction(async (tx) => {
    await tx.query(`UPDATE pairing SET ${side}_agreed_at = coalesce(${side}_agreed_at, $2) WHERE id = $1 AND state = 'proposed'`, [id, now])
    await tx.query(
      `UPDATE pairing SET state = 'active', started_at = $2 WHERE id = $1 AND state = 'proposed' AND tutor_agreed_at IS NOT NULL AND learner_agreed_at IS NOT NULL`,
      [id, now],
    )
    return (await tx.query<{ state: PairState }>(`SELECT state FROM pairing WHERE id = $1`, [id])).rows[0]?.state ?? null
  })
/** Ends a pair that is still in the state that was seen; false when somebody was faster. */
export async function endPair(
  id: string,
  from: 'proposed' | 'active',
  end: { state: 'declined' | 'ended'; reason: string; handover: string | null },
  now: Date,
): Promise<boolean> {
  const done = await sql<{ id: string }>(
    `UPDATE pairing SET state = $3, end_reason = $4, handover = $5, ended_at = $6 WHERE id = $1 AND state = $2 RETURNING id`,
    [id, from, end.state, end.reason, end.handover, now],
  )
  return done.length > 0
}

export async function saveFeedback(pairingId: string, byTutor: boolean, helpful: number, words: string, now: Date): Promise<void> {
  await sql(
    `INSERT INTO pairing_feedback (pairing_id, by_tutor, helpful, words, at) VALUES ($1,$2,$3,$4,$5)
     ON CONFLICT (pairing_id, by_tutor) DO UPDATE SET helpful = excluded.helpful, words = excluded.words, at = excluded.at`,
    [pairingId, byTutor, helpful, words, now],
  )
}
export const feedbackOf = (pairingIds: readonly string[]) =>
  sql<{ pairingId: string; byTutor: boolean; helpful: number; words: string }>(
    `SELECT pairing_id AS "pairingId", by_tutor AS "byTutor", helpful, words FROM pairing_feedback WHERE pairing_id = ANY($1::uuid[])`,
    [pairingIds],
  )
