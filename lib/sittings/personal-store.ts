import { sql, type Transaction } from '@/lib/platform/db'
import { byPeople, counts } from './release'
import { ERASED, touch, type Forgotten, type PersonalRows, type Touched } from '@/lib/platform/personal'

export async function dataOf(teacherId: string): Promise<PersonalRows> {
  const of = (text: string) => sql<Record<string, unknown>>(text, [teacherId])
  const [seats, forms, allowances, incidents, drawn] = await Promise.all([
    of(`SELECT c.name AS siklus, y.name AS sesi, v.name AS tempat, r.name AS ruang, y.opens_at AS dibuka, y.closes_at AS ditutup, s.participant_number AS "nomor peserta",
          s.seat_number AS kursi, x.name AS "sekolah saat itu", s.employment_status AS "status saat itu", s.attendance AS kehadiran, s.extra_seconds / 60 AS "tambahan waktu (menit)"
        FROM seat s JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id JOIN venue v ON v.id = y.venue_id LEFT JOIN room r ON r.id = s.room_id
        LEFT JOIN school x ON x.id = s.school_id WHERE s.teacher_id = $1 ORDER BY y.opens_at`),
    of(`SELECT s.participant_number AS "nomor peserta", f.competency_code AS bagian, o.code AS "formulir soal", f.opened_at AS "dibuka ponsel sebelum kursi dibagi ulang"
        FROM seat_form f JOIN seat s ON s.id = f.seat_id JOIN form o ON o.id = f.form_id WHERE s.teacher_id = $1 ORDER BY 1, 2`),
    of(`SELECT y.name AS sesi, a.kind AS jenis, a.seconds AS detik, a.started_at AS mulai, a.ended_at AS selesai, a.reason AS alasan
        FROM allowance a JOIN seat s ON s.id = a.seat_id JOIN sitting y ON y.id = a.sitting_id WHERE s.teacher_id = $1 ORDER BY a.started_at`),
    of(`SELECT y.name AS sesi, i.kind AS jenis, i.note AS catatan, i.at AS waktu
        FROM incident i JOIN seat s ON s.id = i.seat_id JOIN sitting y ON y.id = i.sitting_id WHERE s.teacher_id = $1 ORDER BY i.at`),
    of(`SELECT c.name AS siklus, k.later AS "dites pertama kali pada ukur ulang", d.drawn_at AS diundi
        FROM retest_member k JOIN retest_draw d ON d.cycle_id = k.cycle_id JOIN cycle c ON c.id = k.cycle_id WHERE k.teacher_id = $1 ORDER BY d.drawn_at`),
  ])
  return { seat: seats, seat_form: forms, allowance: allowances, incident: incidents, retest_member: drawn }
}

/** The number on the card names a person to whoever holds a list on paper; a number nobody holds takes its place. */
export async function forget(tx: Transaction, p: Forgotten): Promise<Touched> {
  const own = `SELECT id FROM seat WHERE teacher_id = $1`
  const sittings = `SELECT sitting_id FROM seat WHERE teacher_id = $1`
  return touch(tx, [
    ['retest_member', `UPDATE retest_member SET teacher_id = $2 WHERE teacher_id = $1`, [p.teacherId, p.pseudonym]],
    ['allowance', `UPDATE allowance SET reason = $2 WHERE seat_id IN (${own})`, [p.teacherId, ERASED]],
    ['incident', `UPDATE incident SET note = $2 WHERE seat_id IN (${own})`, [p.teacherId, ERASED]],
    [
      'allowance',
      `UPDATE allowance SET reason = regexp_replace(reason, $2, $3, 'gi') WHERE sitting_id IN (${sittings}) AND reason ~* $2`,
      [p.teacherId, p.pattern, ERASED],
    ],
    [
      'incident',
      `UPDATE incident SET note = regexp_replace(note, $2, $3, 'gi') WHERE sitting_id IN (${sittings}) AND note ~* $2`,
      [p.teacherId, p.pattern, ERASED],
    ],
    [
      'seat',
      `DELETE FROM seat s USING sitting y WHERE y.id = s.sitting_id AND s.teacher_id = $1 AND y.closes_at > $2 AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.seat_id = s.id)`,
      [p.teacherId, p.now],
    ],
    [
      'seat',
      `UPDATE seat SET teacher_id = $2, participant_number = 'HAPUS-' || upper(substr(replace(gen_random_uuid()::text, '-', ''), 1, 12)), card_version = greatest(card_version, card_highest) + 1, card_highest = greatest(card_version, card_highest) + 1, card_before = NULL, card_before_at = NULL,
          extra_seconds = 0 WHERE teacher_id = $1`,
      [p.teacherId, p.pseudonym],
    ],
  ])
}

export type SeatHeld = {
  id: string
  cycleCode: string
  cycle: string
  practice: boolean
  sittingId: string
  sitting: string
  venue: string
  opensAt: Date
  closesAt: Date
  number: string
  school: string | null
  levelCode: string
  attendance: string
}
/** The seats of one person, newest first, with the school of that day. Ghosts of a rehearsal sat for nobody. */
export const seatsHeld = (teacherId: string) =>
  sql<SeatHeld>(
    `SELECT s.id, c.code AS "cycleCode", c.name AS cycle, NOT ${counts('c')} AS practice, y.id AS "sittingId", y.name AS sitting, v.name AS venue, y.opens_at AS "opensAt", y.closes_at AS "closesAt",
        s.participant_number AS number, x.name AS school, l.code AS "levelCode", s.attendance
       FROM seat s JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id JOIN venue v ON v.id = y.venue_id LEFT JOIN school x ON x.id = s.school_id
       JOIN education_level l ON l.id = s.level_id WHERE s.teacher_id = $1 AND ${byPeople('c')} ORDER BY y.opens_at DESC, s.id`,
    [teacherId],
  )
