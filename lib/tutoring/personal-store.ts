import { sql, type Transaction } from '@/lib/platform/db'
import type { PairState } from './model'
import { ERASED, touch, type Forgotten, type PersonalRows, type Touched } from '@/lib/platform/personal'

export async function dataOf(teacherId: string): Promise<PersonalRows> {
  const of = (text: string) => sql<Record<string, unknown>>(text, [teacherId])
  const side = `CASE WHEN p.tutor_id = $1 THEN 'tutor' ELSE 'didampingi' END`
  const both = `(p.tutor_id = $1 OR p.learner_id = $1)`
  const [offers, wishes, orders, pairs, meetings, words, certificates, lots, photos] = await Promise.all([
    of(
      `SELECT answer AS jawaban, capacity AS "sanggup mendampingi", asked_at AS ditanya, answered_at AS dijawab FROM tutor_offer WHERE teacher_id = $1`,
    ),
    of(`SELECT wants AS "ingin didampingi", sex_wanted AS "jenis kelamin tutor", at AS waktu FROM learner_wish WHERE teacher_id = $1`),
    of(`SELECT kind AS jenis, CASE WHEN tutor_id = $1 THEN 'tutor' ELSE 'didampingi' END AS peran, reason AS alasan, created_at AS waktu, lifted_at AS dicabut
        FROM match_order WHERE tutor_id = $1 OR learner_id = $1 ORDER BY created_at`),
    of(`SELECT ${side} AS peran, p.goals AS sasaran, p.state AS keadaan, p.started_at AS mulai, p.ended_at AS selesai, p.end_reason AS "sebab selesai", p.handover AS "catatan serah terima"
        FROM pairing p WHERE ${both} ORDER BY p.started_at`),
    of(
      `SELECT ${side} AS peran, m.held_on::text AS tanggal, m.minutes AS menit, m.topic AS topik, m.note AS catatan, CASE WHEN m.logged_by = $1 THEN 'Anda' ELSE 'rekan' END AS penulis,
              CASE m.answer WHEN 'yes' THEN 'dibenarkan' WHEN 'no' THEN 'dinyatakan tidak benar' ELSE 'belum dijawab' END AS jawaban, m.withdrawn_at AS "ditarik penulisnya" FROM meeting m JOIN pairing p ON p.id = m.pairing_id WHERE ${both} ORDER BY m.held_on`,
    ),
    of(`SELECT f.helpful AS manfaat, f.words AS "kata Anda", f.at AS waktu FROM pairing_feedback f JOIN pairing p ON p.id = f.pairing_id
        WHERE p.tutor_id = $1 AND f.by_tutor OR p.learner_id = $1 AND NOT f.by_tutor ORDER BY f.at`),
    of(
      `SELECT code AS kode, CASE side WHEN 'tutor' THEN 'tutor' WHEN 'learner' THEN 'didampingi' ELSE 'tutor dan didampingi' END AS peran, coalesce(span, 'satu pasangan') AS rentang, name AS nama, school AS sekolah, areas AS area, meetings AS pertemuan, minutes AS menit, issued_at AS terbit, withdrawn_at AS dicabut, (SELECT json_agg(json_build_object('peran', l->>'side', 'area', l->>'areas', 'pertemuan', l->'meetings', 'menit', l->'minutes')) FROM jsonb_array_elements(lines) l) AS pasangan FROM certificate WHERE teacher_id = $1 ORDER BY issued_at`,
    ),
    of(
      `SELECT r.created_at AS pencocokan, k.part AS bagian, k.served AS "mendapat tutor lewat undian" FROM match_lot k JOIN match_run r ON r.id = k.run_id WHERE k.learner_id = $1 ORDER BY r.created_at`,
    ),
    of(
      `SELECT m.held_on::text AS "tanggal pertemuan", CASE WHEN f.added_by = $1 THEN 'Anda' ELSE 'rekan' END AS "ditambahkan oleh", f.arrived_at AS tiba,
              'data:' || f.mime || ';base64,' || translate(encode(f.bytes, 'base64'), E'\\n', '') AS foto
         FROM meeting_photo f JOIN meeting m ON m.id = f.meeting_id JOIN pairing p ON p.id = m.pairing_id WHERE ${both} ORDER BY m.held_on, f.id`,
    ),
  ])
  return {
    tutor_offer: offers,
    learner_wish: wishes,
    match_order: orders,
    pairing: pairs,
    meeting: meetings,
    pairing_feedback: words,
    certificate: certificates,
    match_lot: lots,
    meeting_photo: photos,
  }
}

export type PairHeld = {
  id: string
  tutor: boolean
  partnerId: string
  partner: string | null
  state: PairState
  startedAt: Date | null
  endedAt: Date | null
  meetings: number
}
/** The pairs of one person that were put before people, newest first; a partner whose data are erased has no name. Meetings that both confirmed. */
export const pairsHeld = (teacherId: string) =>
  sql<PairHeld>(
    `SELECT p.id, p.tutor_id = $1 AS tutor, o.id AS "partnerId", t.name AS partner, p.state, p.started_at AS "startedAt", p.ended_at AS "endedAt",
            (SELECT count(*)::int FROM meeting m WHERE m.pairing_id = p.id AND m.answer = 'yes' AND m.withdrawn_at IS NULL) AS meetings
       FROM pairing p JOIN match_run r ON r.id = p.run_id CROSS JOIN LATERAL (SELECT CASE WHEN p.tutor_id = $1 THEN p.learner_id ELSE p.tutor_id END AS id) o
       LEFT JOIN teacher t ON t.id = o.id AND t.erased_at IS NULL
      WHERE (p.tutor_id = $1 OR p.learner_id = $1) AND r.state <> 'proposed' ORDER BY r.created_at DESC, p.id`,
    [teacherId],
  )

/** Hours of meetings stay as figures under a key that leads to nobody; words, wishes and certificates go. The partner keeps the pair's hours. */
export async function forget(tx: Transaction, p: Forgotten): Promise<Touched> {
  const pairs = `SELECT id FROM pairing WHERE tutor_id = $1 OR learner_id = $1`
  const own = [p.teacherId]
  const scrub = (column: string) => `${column} = regexp_replace(${column}, $2, $3, 'gi')`
  return touch(tx, [
    ['match_lot', `UPDATE match_lot SET learner_id = $2 WHERE learner_id = $1`, [p.teacherId, p.pseudonym]],
    ['tutor_offer', `DELETE FROM tutor_offer WHERE teacher_id = $1`, own],
    ['learner_wish', `DELETE FROM learner_wish WHERE teacher_id = $1`, own],
    ['match_order', `DELETE FROM match_order WHERE tutor_id = $1 OR learner_id = $1`, own],
    ['certificate', `DELETE FROM certificate WHERE teacher_id = $1`, own],
    ['meeting_photo', `DELETE FROM meeting_photo WHERE meeting_id IN (SELECT id FROM meeting WHERE pairing_id IN (${pairs}))`, own],
    [
      'meeting',
      `UPDATE meeting SET note = '', ${scrub('topic')}, logged_by = CASE WHEN logged_by = $1 THEN $4::uuid ELSE logged_by END,
          answered_by = CASE WHEN answered_by = $1 THEN $4::uuid ELSE answered_by END WHERE pairing_id IN (${pairs})`,
      [p.teacherId, p.pattern, ERASED, p.pseudonym],
    ],
    [
      'pairing_feedback',
      `UPDATE pairing_feedback f SET words = CASE WHEN (p.tutor_id = $1) = f.by_tutor THEN '' ELSE regexp_replace(f.words, $2, $3, 'gi') END
         FROM pairing p WHERE p.id = f.pairing_id AND (p.tutor_id = $1 OR p.learner_id = $1)`,
      [p.teacherId, p.pattern, ERASED],
    ],
    [
      'pairing',
      `UPDATE pairing SET handover = NULL, end_reason = CASE WHEN state IN ('proposed', 'active') THEN 'data seorang anggota dihapus' ELSE regexp_replace(end_reason, $2, $3, 'gi') END,
          ended_at = CASE WHEN state IN ('proposed', 'active') THEN $4 ELSE ended_at END, state = CASE state WHEN 'proposed' THEN 'declined' WHEN 'active' THEN 'ended' ELSE state END,
          tutor_id = CASE WHEN tutor_id = $1 THEN $5 ELSE tutor_id END, learner_id = CASE WHEN learner_id = $1 THEN $5 ELSE learner_id END
        WHERE tutor_id = $1 OR learner_id = $1`,
      [p.teacherId, p.pattern, ERASED, p.now, p.pseudonym],
    ],
  ])
}
