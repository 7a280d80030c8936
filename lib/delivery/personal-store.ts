import { sql, type Transaction } from '@/lib/platform/db'
import { counts } from '@/lib/sittings/release'
import { ERASED, touch, type Forgotten, type PersonalRows, type Touched } from '@/lib/platform/personal'

/** Whether a teacher is in the middle of a test. */
export const hasOpenAttempt = async (teacherId: string): Promise<boolean> =>
  (await sql(`SELECT 1 FROM attempt a JOIN seat s ON s.id = a.seat_id WHERE s.teacher_id = $1 AND a.state = 'open' LIMIT 1`, [teacherId]))
    .length > 0

const OWN = `JOIN attempt a ON a.id = x.attempt_id JOIN seat s ON s.id = a.seat_id`

/** Answers as she gave them; an item stands by its place, because what it asked is kept secret for others. */
export async function dataOf(teacherId: string): Promise<PersonalRows> {
  const of = (text: string) => sql<Record<string, unknown>>(text, [teacherId])
  const [attempts, answers, journal, devices, readiness, visits, claims, entries, decisions] = await Promise.all([
    of(`SELECT s.participant_number AS "nomor peserta", CASE WHEN ${counts('c')} THEN 'tes' ELSE 'latihan, tidak dihitung' END AS jenis, a.competency_code AS bagian, a.started_at AS mulai, a.finished_at AS selesai, a.closed_at AS ditutup,
          a.close_reason AS "sebab ditutup", a.duration_seconds / 60 AS "lama (menit)", a.provisional AS "dimulai tanpa server"
        FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id WHERE s.teacher_id = $1 ORDER BY a.started_at`),
    of(`SELECT s.participant_number AS "nomor peserta", a.competency_code AS bagian, f.position AS "butir ke", x.value AS jawaban, x.at AS waktu
        FROM response x ${OWN} LEFT JOIN form_item f ON f.form_id = a.form_id AND f.item_version_id = x.item_version_id
        WHERE s.teacher_id = $1 ORDER BY a.started_at, f.position`),
    of(`SELECT s.participant_number AS "nomor peserta", a.competency_code AS bagian, x.seq AS urutan, x.kind AS kejadian, x.body AS isi, x.at AS waktu,
          x.received_at AS "diterima server", x.late AS terlambat FROM journal_event x ${OWN} WHERE s.teacher_id = $1 ORDER BY a.started_at, x.device, x.seq`),
    of(
      `SELECT a.competency_code AS bagian, x.last_contact_at AS "kontak terakhir", x.user_agent AS peramban FROM attempt_device x ${OWN} WHERE s.teacher_id = $1 ORDER BY 2`,
    ),
    of(
      `SELECT x.at AS waktu, x.ready AS siap, x.checks AS pemeriksaan, x.user_agent AS peramban FROM readiness x JOIN seat s ON s.id = x.seat_id WHERE s.teacher_id = $1 ORDER BY x.at`,
    ),
    of(
      `SELECT s.participant_number AS "nomor peserta", x.at AS waktu FROM desk_visit x JOIN seat s ON s.id = x.seat_id WHERE s.teacher_id = $1 ORDER BY x.at`,
    ),
    of(`SELECT x.part AS bagian, x.begun_at AS "mulai menurut ponsel", x.received_at AS "diterima server", x.reason AS "sebab menunggu", x.packet AS "paket soal yang dibuka", x.accepted AS diterima, x.decided_at AS diputuskan,
          x.decision AS keputusan FROM late_claim x JOIN seat s ON s.id = x.seat_id WHERE s.teacher_id = $1 ORDER BY x.received_at`),
    of(`SELECT c.part AS bagian, x.seq AS urutan, x.entry AS isi, x.received_at AS "diterima server" FROM late_entry x JOIN late_claim c ON c.id = x.claim_id JOIN seat s ON s.id = c.seat_id
        WHERE s.teacher_id = $1 ORDER BY c.received_at, x.seq`),
    of(
      `SELECT a.competency_code AS bagian, x.at AS waktu, x.accepted AS diterima, x.answers AS jawaban, x.reason AS alasan FROM late_decision x ${OWN} WHERE s.teacher_id = $1 ORDER BY x.at`,
    ),
  ])
  return {
    attempt: attempts,
    response: answers,
    journal_event: journal,
    attempt_device: devices,
    readiness,
    desk_visit: visits,
    late_claim: claims,
    late_entry: entries,
    late_decision: decisions,
  }
}

/** Taps and phones go; answers stay as figures for the calibration of items, without the words that were typed. */
export async function forget(tx: Transaction, p: Forgotten): Promise<Touched> {
  const attempts = `SELECT a.id FROM attempt a JOIN seat s ON s.id = a.seat_id WHERE s.teacher_id = $1`
  const taps = await tx.query<{ n: number }>(`SELECT forget_journal($1)::int AS n`, [p.requestId])
  const rest = await touch(tx, [
    ['late_claim', `DELETE FROM late_claim WHERE seat_id IN (SELECT id FROM seat WHERE teacher_id = $1)`, [p.teacherId]],
    ['late_decision', `UPDATE late_decision SET reason = $2 WHERE attempt_id IN (${attempts})`, [p.teacherId, ERASED]],
    ['desk_visit', `DELETE FROM desk_visit WHERE seat_id IN (SELECT id FROM seat WHERE teacher_id = $1)`, [p.teacherId]],
    ['attempt_device', `UPDATE attempt_device SET user_agent = NULL WHERE attempt_id IN (${attempts})`, [p.teacherId]],
    ['readiness', `DELETE FROM readiness WHERE seat_id IN (SELECT id FROM seat WHERE teacher_id = $1)`, [p.teacherId]],
    [
      'response',
      `UPDATE response SET value = jsonb_set(value, '{text}', to_jsonb($2::text)) WHERE attempt_id IN (${attempts}) AND btrim(coalesce(value ->> 'text', '')) <> ''`,
      [p.teacherId, ERASED],
    ],
    [
      // Value by value, so that no name can break the shape of an answer.
      'response',
      `UPDATE response SET value = CASE jsonb_typeof(value)
           WHEN 'string' THEN to_jsonb(regexp_replace(value #>> '{}', $2, $3, 'gi'))
           WHEN 'object' THEN (SELECT jsonb_object_agg(k, CASE jsonb_typeof(v) WHEN 'string' THEN to_jsonb(regexp_replace(v #>> '{}', $2, $3, 'gi')) ELSE v END) FROM jsonb_each(value) AS e(k, v))
           ELSE value END
        WHERE attempt_id IN (${attempts}) AND value::text ~* $2`,
      [p.teacherId, p.pattern, ERASED],
    ],
    ['attempt', `UPDATE attempt SET active_device = NULL WHERE id IN (${attempts})`, [p.teacherId]],
  ])
  return { journal_event: taps.rows[0]!.n, ...rest }
}

/** Deletes the taps of some tests that closed before a moment and are scored; answers how many rows went, 0 when none is left. */
export async function sweepJournal(before: Date, most: number): Promise<number> {
  const [done] = await sql<{ n: number }>(`SELECT sweep_journal($1, $2)::int AS n`, [before, Math.max(1, Math.floor(most / 200))])
  const claims = await sql(
    `DELETE FROM late_entry WHERE (claim_id, seq) IN (SELECT e.claim_id, e.seq FROM late_entry e JOIN late_claim c ON c.id = e.claim_id WHERE c.decided_at < $1 LIMIT $2) RETURNING seq`,
    [before, most],
  )
  return done!.n + claims.length
}

/** Forgets what phones were, where they were last heard of before a moment; answers how many rows it touched. */
export async function sweepPhones(before: Date, most: number): Promise<number> {
  const checks = await sql(
    `DELETE FROM readiness WHERE (seat_id, device) IN (SELECT seat_id, device FROM readiness WHERE at < $1 LIMIT $2) RETURNING seat_id`,
    [before, most],
  )
  const browsers = await sql(
    `UPDATE attempt_device SET user_agent = NULL WHERE (attempt_id, device) IN
       (SELECT attempt_id, device FROM attempt_device WHERE last_contact_at < $1 AND user_agent IS NOT NULL LIMIT $2) RETURNING attempt_id`,
    [before, most],
  )
  return checks.length + browsers.length
}
