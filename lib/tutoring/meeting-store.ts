import { sql, type Transaction } from '@/lib/platform/db'
import type { MeetingLog } from './model'

/** Meetings of pairs and the partners' answers to them. */
export type MeetingRow = {
  id: string
  pairingId: string
  /** WIB day. */
  heldOn: string
  startsMinute: number | null
  minutes: number
  topic: string
  note: string
  loggedBy: string
  revision: number
  answer: 'yes' | 'no' | null
  answeredAt: Date | null
  /** Taken back by its writer: on record, and counted nowhere. */
  withdrawnAt: Date | null
}
const COLUMNS = `m.id, m.pairing_id AS "pairingId", m.held_on::text AS "heldOn", m.starts_minute AS "startsMinute", m.minutes, m.topic, m.note, m.logged_by AS "loggedBy", m.revision, m.answer, m.answered_at AS "answeredAt", m.withdrawn_at AS "withdrawnAt"`

export const meetingsOf = (pairingIds: readonly string[]) =>
  sql<MeetingRow>(`SELECT ${COLUMNS} FROM meeting m WHERE m.pairing_id = ANY($1::uuid[]) ORDER BY m.held_on DESC, m.id`, [pairingIds])

/** Confirmed meetings of these teachers that stand, over all their pairs, on either side. */
export const confirmedOf = (teacherIds: readonly string[]) =>
  sql<MeetingRow & { teacherId: string; answeredAt: Date }>(
    `SELECT ${COLUMNS}, t.id AS "teacherId" FROM unnest($1::uuid[]) AS t(id) JOIN pairing p ON t.id IN (p.tutor_id, p.learner_id)
       JOIN meeting m ON m.pairing_id = p.id WHERE m.answer = 'yes' AND m.withdrawn_at IS NULL`,
    [teacherIds],
  )

export type PairSpan = { id: string; tutorId: string; learnerId: string; startedAt: Date | null; endedAt: Date | null }
/** The pairs of one teacher, held against a change until the transaction ends. */
export const lockPairs = async (tx: Transaction, teacherId: string): Promise<PairSpan[]> =>
  (
    await tx.query<PairSpan>(
      `SELECT id, tutor_id AS "tutorId", learner_id AS "learnerId", started_at AS "startedAt", ended_at AS "endedAt" FROM pairing
        WHERE tutor_id = $1 OR learner_id = $1 ORDER BY id FOR SHARE`,
      [teacherId],
    )
  ).rows

export type Standing = Pick<MeetingRow, 'id' | 'pairingId' | 'loggedBy' | 'revision' | 'answer' | 'withdrawnAt'> & {
  answerWritten: Date | null
}
/** Meetings that are here already, held until the transaction ends. */
export const lockMeetings = async (tx: Transaction, ids: readonly string[]): Promise<Map<string, Standing>> =>
  new Map(
    (
      await tx.query<Standing>(
        `SELECT id, pairing_id AS "pairingId", logged_by AS "loggedBy", revision, answer, answer_written AS "answerWritten", withdrawn_at AS "withdrawnAt" FROM meeting
          WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`,
        [ids],
      )
    ).rows.map((m) => [m.id, m]),
  )

/** Keeps a log: a new one, or a later revision of an own one, which takes the partner's answer away. Anything else changes nothing, least of all one that was withdrawn. */
export async function keepMeeting(tx: Transaction, l: MeetingLog, loggedBy: string, now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO meeting (id, pairing_id, held_on, starts_minute, minutes, topic, note, logged_by, written_at, arrived_at, revision)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (id) DO UPDATE SET held_on = excluded.held_on, starts_minute = excluded.starts_minute, minutes = excluded.minutes, topic = excluded.topic,
       note = excluded.note, written_at = excluded.written_at, revision = excluded.revision, answer = NULL, answered_by = NULL, answer_written = NULL, answered_at = NULL
     WHERE meeting.logged_by = excluded.logged_by AND meeting.pairing_id = excluded.pairing_id AND meeting.revision < excluded.revision AND meeting.withdrawn_at IS NULL`,
    [l.id, l.pairingId, l.heldOn, l.startsMinute, l.minutes, l.topic, l.note, loggedBy, new Date(l.writtenAt), now, l.revision],
  )
}

export async function answerMeeting(
  tx: Transaction,
  id: string,
  answer: 'yes' | 'no',
  by: string,
  written: Date,
  now: Date,
): Promise<void> {
  await tx.query(
    `UPDATE meeting SET answer = $2, answered_by = $3, answer_written = $4, answered_at = $5 WHERE id = $1 AND withdrawn_at IS NULL`,
    [id, answer, by, written, now],
  )
}

/** Takes a note back for good; one that was taken back before keeps its moment. */
export async function withdrawMeeting(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.query(`UPDATE meeting SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL`, [id, now])
}

/** Confirmed meetings of learners with their tutors between the two tests, by competency; how many minutes of each count is not said here. */
export const tutoredBetween = (baseCode: string, laterCode: string) =>
  sql<{ teacherId: string; part: string; meetingId: string }>(
    `SELECT p.learner_id AS "teacherId", CASE WHEN p.code ~ '^[1-4]' THEN left(p.code, 1) ELSE '4' END AS part, m.id AS "meetingId"
       FROM pairing p JOIN meeting m ON m.pairing_id = p.id AND m.answer = 'yes' AND m.withdrawn_at IS NULL JOIN cycle b ON b.code = $1 JOIN cycle l ON l.code = $2
      WHERE m.held_on > b.starts_on AND m.held_on < l.starts_on`,
    [baseCode, laterCode],
  )
