import { sql, type Transaction } from '@/lib/platform/db'
import { ERASED, touch, type Forgotten, type PersonalRows, type Touched } from '@/lib/platform/personal'
import { shownToPeople } from '@/lib/sittings/release'

const OWN = `JOIN attempt a ON a.id = r.attempt_id JOIN seat s ON s.id = a.seat_id`
/** What raters gave is told once the result itself may be shown. */
const SHOWN = `JOIN sitting y ON y.id = s.sitting_id AND ${shownToPeople('y')}`

export async function dataOf(teacherId: string): Promise<PersonalRows> {
  const of = (text: string) => sql<Record<string, unknown>>(text, [teacherId])
  const [texts, ratings] = await Promise.all([
    of(`SELECT a.competency_code AS bagian, r.text AS uraian, r.state AS keadaan, r.collected_at AS dikumpulkan, r.resolved_at AS "selesai dinilai"
        FROM rated_response r ${OWN} WHERE s.teacher_id = $1 ORDER BY r.collected_at`),
    of(`SELECT a.competency_code AS bagian, m.place AS "penilai ke", m.points AS poin, m.note AS catatan, m.given_at AS waktu
        FROM response_rating m JOIN rated_response r ON r.id = m.response_id ${OWN} ${SHOWN} WHERE s.teacher_id = $1 AND m.given_at IS NOT NULL ORDER BY m.given_at`),
  ])
  return { rated_response: texts, response_rating: ratings }
}

/** Points stay, words go. A text that nobody has judged yet waits for no rater any more; its item stays out of the score, as it was. */
export async function forget(tx: Transaction, p: Forgotten): Promise<Touched> {
  const own = `SELECT r.id FROM rated_response r ${OWN} WHERE s.teacher_id = $1`
  return touch(tx, [
    ['response_rating', `UPDATE response_rating SET note = '' WHERE response_id IN (${own}) AND note <> ''`, [p.teacherId]],
    [
      'rated_response',
      `UPDATE rated_response SET text = $2, method = CASE WHEN state = 'resolved' THEN method ELSE 'erased' END, state = 'resolved',
          resolved_at = coalesce(resolved_at, $3) WHERE id IN (${own})`,
      [p.teacherId, ERASED, p.now],
    ],
  ])
}
