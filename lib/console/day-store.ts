import { uuidv7 } from 'uuidv7'
import { sql, type Transaction } from '@/lib/platform/db'
import type { DayEvent, DaySeat, DaySitting } from './day-model'

/** The days that guests may read, and what is counted of a day: one statement a question, however many people sit. */

export type GuestDay = { id: string; day: string; openedAt: Date; closedAt: Date | null; by: string | null }

const COLUMNS = `g.id, to_char(g.day, 'YYYY-MM-DD') AS day, g.opened_at AS "openedAt", g.closed_at AS "closedAt", (SELECT u.name FROM user_account u WHERE u.id = g.opened_by) AS by`

/** The openings of a day, newest first. */
export const openings = (day: string) =>
  sql<GuestDay>(`SELECT ${COLUMNS} FROM guest_day g WHERE g.day = $1::date ORDER BY g.opened_at DESC`, [day])

/** Whether that opening stands: read anew at every request, so that closing counts at once. */
export const standing = async (day: string) => (await openings(day)).find((o) => !o.closedAt) ?? null

export const openDay = (tx: Transaction, day: string, by: string, at: Date) =>
  tx.query(`INSERT INTO guest_day (id, day, opened_by, opened_at) VALUES ($1, $2::date, $3, $4)`, [uuidv7(), day, by, at])

export const closeDay = (tx: Transaction, id: string, at: Date) =>
  tx.query(`UPDATE guest_day SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL`, [id, at])

/** Sittings that count and open between two moments; neither practice nor rehearsal. */
export const sittingsBetween = (from: Date, until: Date) =>
  sql<DaySitting>(
    `SELECT t.id, t.name, v.name AS venue, v.id AS "venueId", r.kemendagri_code AS "regionCode", r.name AS "regionName", t.opens_at AS "opensAt", t.closes_at AS "closesAt", c.simulated
     FROM sitting t JOIN venue v ON v.id = t.venue_id JOIN region r ON r.id = v.region_id JOIN cycle c ON c.id = t.cycle_id
     WHERE t.opens_at >= $1 AND t.opens_at < $2 AND NOT c.practice AND NOT c.rehearsal ORDER BY t.opens_at, v.name`,
    [from, until],
  )

/** Every seat of those sittings, without saying whose it is. */
export const seatsOf = (sittings: readonly string[]) =>
  sql<DaySeat>(
    `WITH begun AS (
       SELECT a.seat_id, count(*)::int AS begun, bool_or(a.state = 'open') AS running, max(d.contact) FILTER (WHERE a.state = 'open') AS contact,
         coalesce(sum(d.kept), 0)::int AS kept, coalesce(sum(d.missing), 0)::int AS missing
       FROM attempt a JOIN seat s ON s.id = a.seat_id
         LEFT JOIN LATERAL (SELECT max(e.last_contact_at) AS contact, sum(e.ack_seq) AS kept, sum(greatest(0, e.finish_seq - e.ack_seq)) AS missing
                            FROM attempt_device e WHERE e.attempt_id = a.id) d ON true
       WHERE s.sitting_id = ANY($1::uuid[]) GROUP BY a.seat_id)
     SELECT s.sitting_id AS sitting, s.attendance, (SELECT count(*)::int FROM cycle_part p WHERE p.cycle_id = t.cycle_id) AS parts,
       coalesce(b.begun, 0) AS begun, coalesce(b.running, false) AS running, b.contact, coalesce(b.kept, 0) AS kept, coalesce(b.missing, 0) AS missing
     FROM seat s JOIN sitting t ON t.id = s.sitting_id LEFT JOIN begun b ON b.seat_id = s.id WHERE s.sitting_id = ANY($1::uuid[])`,
    [sittings],
  )

/** What happened to places: pauses of rooms and sittings, and what was noted about network, power and devices. Notes themselves may name persons and stay inside. */
export const eventsOf = (sittings: readonly string[]) =>
  sql<DayEvent>(
    `SELECT i.at, i.kind, NULL::timestamptz AS until, v.name AS venue FROM incident i JOIN sitting t ON t.id = i.sitting_id JOIN venue v ON v.id = t.venue_id
       WHERE i.sitting_id = ANY($1::uuid[]) AND i.seat_id IS NULL AND i.kind IN ('jaringan', 'listrik', 'perangkat')
     UNION ALL
     SELECT w.started_at, 'jeda', w.ended_at, v.name FROM allowance w JOIN sitting t ON t.id = w.sitting_id JOIN venue v ON v.id = t.venue_id
       WHERE w.sitting_id = ANY($1::uuid[]) AND w.seat_id IS NULL AND w.kind = 'pause'`,
    [sittings],
  )

/** How much was noted about persons. */
export const othersOf = async (sittings: readonly string[]) =>
  (
    await sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM incident WHERE sitting_id = ANY($1::uuid[]) AND NOT (seat_id IS NULL AND kind IN ('jaringan', 'listrik', 'perangkat'))`,
      [sittings],
    )
  )[0]!.n
