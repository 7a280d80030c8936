import { sql } from '@/lib/platform/db'
import { counts, shownToPeople } from '@/lib/sittings/release'

export type ReachRow = {
  cycle: string
  form: string
  venue: string
  userAgent: string | null
  items: number
  answered: number
  reached: number
}
/** What each person did with the instrument, where results are shown to people, with what could be the cause. */
export const reachRows = (instrumentCode: string) =>
  sql<ReachRow>(
    `SELECT c.name AS cycle, coalesce(f.label || ' · ', '') || f.code AS form, n.name AS venue, v.items, v.answered, v.reached,
            (SELECT d.user_agent FROM attempt_device d WHERE d.attempt_id = a.id ORDER BY d.last_contact_at DESC LIMIT 1) AS "userAgent"
       FROM score v JOIN attempt a ON a.id = v.attempt_id AND a.state = 'closed' JOIN instrument i ON i.id = a.instrument_id AND i.code = $1
       JOIN form f ON f.id = a.form_id JOIN seat s ON s.id = a.seat_id JOIN sitting y ON y.id = s.sitting_id AND ${shownToPeople('y')}
       JOIN venue n ON n.id = y.venue_id JOIN cycle c ON c.id = y.cycle_id AND ${counts('c')}
      WHERE v.kind = 'raw' AND v.scope = 'total' AND v.superseded_at IS NULL AND v.answered IS NOT NULL AND v.reached IS NOT NULL`,
    [instrumentCode],
  )
