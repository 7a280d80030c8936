import { sql } from '@/lib/platform/db'
import type { PersonalRows, Touched } from '@/lib/platform/personal'
import { counts, shownToPeople } from '@/lib/sittings/release'

const SHOWN = `JOIN attempt a ON a.id = x.attempt_id AND a.state = 'closed' JOIN seat s ON s.id = a.seat_id
  JOIN sitting y ON y.id = s.sitting_id AND ${shownToPeople('y')} JOIN cycle c ON c.id = y.cycle_id`
/** A copy holds practice as well, and says that it is. */
const KIND = `CASE WHEN ${counts('c')} THEN 'tes' ELSE 'latihan, tidak dihitung' END AS jenis`

/** Results that may be shown, in whole numbers: a copy of one's data tells no more about keys than the page of results. */
export async function dataOf(teacherId: string): Promise<PersonalRows> {
  const of = (text: string) => sql<Record<string, unknown>>(text, [teacherId])
  const [scores, abilities] = await Promise.all([
    of(`SELECT s.participant_number AS "nomor peserta", ${KIND}, a.competency_code AS bagian, x.scope AS lingkup, x.scope_code AS kode, round(x.percent)::int AS persen, x.items AS butir
        FROM score x ${SHOWN} WHERE s.teacher_id = $1 AND x.superseded_at IS NULL AND (x.scope = 'total' OR x.items > 1) ORDER BY a.started_at, x.scope, x.scope_code`),
    of(`SELECT s.participant_number AS "nomor peserta", ${KIND}, a.competency_code AS bagian, round(x.scale)::int AS skala, round(x.mastery_low)::int AS "penguasaan paling rendah",
          round(x.mastery_high)::int AS "penguasaan paling tinggi", r.released_at AS dirilis
        FROM ability x JOIN score_run r ON r.id = x.run_id AND r.state = 'released' ${SHOWN} WHERE s.teacher_id = $1 ORDER BY a.started_at`),
  ])
  return { score: scores, ability: abilities }
}

export type ShownResult = { seatId: string; part: string; percent: number; low: number | null; high: number | null; few: boolean }
/** One person's results that may be shown, as ranges where they are measured; practice makes none. `levels`: of schools at the day, null for all. */
export const shownResults = (teacherId: string, levels: string[] | null) =>
  sql<ShownResult>(
    `SELECT DISTINCT ON (a.seat_id, a.competency_code) a.seat_id AS "seatId", a.competency_code AS part, coalesce(b.mastery, v.percent) AS percent, b.mastery_low AS low, b.mastery_high AS high,
            coalesce(v.answered * 2 < v.items, false) AS few
       FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id JOIN education_level l ON l.id = s.level_id
       JOIN score v ON v.attempt_id = a.id AND v.kind = 'raw' AND v.scope = 'total' AND v.superseded_at IS NULL
       LEFT JOIN score_run r ON r.instrument_id = a.instrument_id AND r.kind = 'theta' AND r.state = 'released'
       LEFT JOIN ability b ON b.run_id = r.id AND b.attempt_id = a.id
      WHERE s.teacher_id = $1 AND a.state = 'closed' AND ${counts('c')} AND ${shownToPeople('y')} AND ($2::text[] IS NULL OR l.code = ANY($2))
      ORDER BY a.seat_id, a.competency_code, a.started_at DESC`,
    [teacherId, levels],
  )

/** Scores hang on attempts, and attempts on a seat that stands for nobody afterwards: nothing here names a person. */
export const forget = async (): Promise<Touched> => ({})
