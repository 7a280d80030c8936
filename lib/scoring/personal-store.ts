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

/** Scores hang on attempts, and attempts on a seat that stands for nobody afterwards: nothing here names a person. */
export const forget = async (): Promise<Touched> => ({})
