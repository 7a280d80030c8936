import { sql } from '@/lib/platform/db'

/** What people of the house met when they tried a cycle's forms; only read. */

export type PartTried = {
  part: string
  minutes: number
  begun: number
  finished: number
  /** Ended by the clock. */
  ranOut: number
  /** Minutes that they used: in the middle and at most; null while nobody has finished. */
  median: number | null
  most: number | null
}

export const partsTried = (sittingId: string) =>
  sql<PartTried>(
    `SELECT p.competency_code AS part, p.minutes, count(a.id)::int AS begun, (count(a.id) FILTER (WHERE a.state = 'closed'))::int AS finished,
            (count(a.id) FILTER (WHERE a.close_reason = 'timeout'))::int AS "ranOut",
            percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM a.finished_at - a.started_at) / 60) AS median,
            max(extract(epoch FROM a.finished_at - a.started_at) / 60)::float8 AS most
       FROM sitting t JOIN cycle_part p ON p.cycle_id = t.cycle_id LEFT JOIN seat s ON s.sitting_id = t.id LEFT JOIN attempt a ON a.seat_id = s.id AND a.competency_code = p.competency_code
      WHERE t.id = $1 GROUP BY p.competency_code, p.minutes, p.sort ORDER BY p.sort`,
    [sittingId],
  )

export type ItemTried = { instrument: string; code: string; shown: number; answered: number; seconds: number | null }

/** Each item of the forms that were closed: to how many it was shown, how many answered it, and the middle of the seconds before the answer. */
export const itemsTried = (sittingId: string) =>
  sql<ItemTried>(
    `WITH tried AS (SELECT a.id, a.form_id, a.started_at FROM attempt a JOIN seat s ON s.id = a.seat_id WHERE s.sitting_id = $1 AND a.state = 'closed'),
          gaps AS (SELECT j.item_id, extract(epoch FROM j.at - lag(j.at, 1, t.started_at) OVER (PARTITION BY j.attempt_id ORDER BY j.at, j.seq)) AS seconds
                     FROM tried t JOIN journal_event j ON j.attempt_id = t.id WHERE j.kind = 'answer'),
          paces AS (SELECT item_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS seconds FROM gaps GROUP BY item_id)
     SELECT n.title AS instrument, i.code, count(t.id)::int AS shown, count(r.attempt_id)::int AS answered, max(p.seconds) AS seconds
       FROM tried t JOIN form_item f ON f.form_id = t.form_id JOIN item_version v ON v.id = f.item_version_id JOIN item i ON i.id = v.item_id JOIN instrument n ON n.id = i.instrument_id
       LEFT JOIN response r ON r.attempt_id = t.id AND r.item_version_id = v.id LEFT JOIN paces p ON p.item_id = v.id
      GROUP BY n.title, i.code ORDER BY n.title, i.code`,
    [sittingId],
  )

export type PhoneTried = { userAgent: string | null; ready: boolean; checks: Record<string, unknown> }

/** What each phone said of itself at its last check. */
export const phonesTried = (sittingId: string) =>
  sql<PhoneTried>(
    `SELECT y.user_agent AS "userAgent", y.ready, y.checks FROM readiness y JOIN seat s ON s.id = y.seat_id WHERE s.sitting_id = $1 ORDER BY y.at, y.device`,
    [sittingId],
  )
