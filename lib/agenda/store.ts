import type { Scope } from '@/lib/access/model'
import { within } from '@/lib/access/reach'
import { sql } from '@/lib/platform/db'
import { counts } from '@/lib/sittings/release'

/** Facts that somebody has to do something about, one statement a subject. Only read. */

export type SittingAhead = {
  id: string
  name: string
  venue: string
  opensAt: Date
  closesAt: Date
  prepared: boolean
  seats: number
  noRoom: number
  noForm: number
  notReady: number
  rooms: number
  noProctor: number
  overfull: number
}
/** Sittings that count, that have not ended and open before `until`. */
export const sittingsAhead = (now: Date, until: Date) =>
  sql<SittingAhead>(
    `SELECT t.id, t.name, v.name AS venue, t.opens_at AS "opensAt", t.closes_at AS "closesAt", t.frozen_at IS NOT NULL AS prepared, s.*, r.*
       FROM sitting t JOIN venue v ON v.id = t.venue_id JOIN cycle c ON c.id = t.cycle_id AND ${counts('c')},
       LATERAL (SELECT count(*)::int AS seats, count(*) FILTER (WHERE x.room_id IS NULL)::int AS "noRoom",
                       count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM seat_form f WHERE f.seat_id = x.id))::int AS "noForm",
                       count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM readiness y WHERE y.seat_id = x.id AND y.ready))::int AS "notReady"
                  FROM seat x WHERE x.sitting_id = t.id) s,
       LATERAL (SELECT count(*)::int AS rooms, count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM proctor_assignment p WHERE p.room_id = x.id))::int AS "noProctor",
                       count(*) FILTER (WHERE (SELECT count(*) FROM seat y WHERE y.room_id = x.id) > x.capacity)::int AS overfull
                  FROM room x WHERE x.sitting_id = t.id) r
      WHERE t.closes_at > $1 AND t.opens_at < $2 ORDER BY t.opens_at, t.id`,
    [now, until],
  )

/** Sittings ahead with participants whom this scope reaches, and how many. */
export function sittingsOf(scope: Scope, now: Date, until: Date) {
  const values: unknown[] = [now, until]
  return sql<{ id: string; name: string; venue: string; opensAt: Date; teachers: number }>(
    `SELECT t.id, t.name, v.name AS venue, t.opens_at AS "opensAt", count(*)::int AS teachers
       FROM sitting t JOIN venue v ON v.id = t.venue_id JOIN cycle c ON c.id = t.cycle_id AND ${counts('c')}
       JOIN seat s ON s.sitting_id = t.id JOIN education_level l ON l.id = s.level_id
      WHERE t.closes_at > $1 AND t.opens_at < $2 AND ${within(scope, { region: 's.region_id', school: 's.school_id', level: 'l.code' }, values)}
      GROUP BY t.id, v.name ORDER BY t.opens_at, t.id`,
    values,
  )
}

/** Rooms of a proctor in sittings that have not ended. */
export const roomsOf = (userId: string, now: Date, until: Date) =>
  sql<{ id: string; room: string; venue: string; opensAt: Date; closesAt: Date; seats: number; notReady: number }>(
    `SELECT r.id, r.name AS room, v.name AS venue, t.opens_at AS "opensAt", t.closes_at AS "closesAt", count(s.id)::int AS seats,
            count(s.id) FILTER (WHERE NOT EXISTS (SELECT 1 FROM readiness y WHERE y.seat_id = s.id AND y.ready))::int AS "notReady"
       FROM proctor_assignment p JOIN room r ON r.id = p.room_id JOIN sitting t ON t.id = r.sitting_id JOIN venue v ON v.id = t.venue_id
       JOIN cycle c ON c.id = t.cycle_id AND ${counts('c')} LEFT JOIN seat s ON s.room_id = r.id
      WHERE p.user_id = $1 AND t.closes_at > $2 AND t.opens_at < $3 GROUP BY r.id, v.name, t.id ORDER BY t.opens_at, r.name`,
    [userId, now, until],
  )

/** Requests for a release code before its time that nobody has granted, of others than this account. */
export const earlyCodes = (userId: string | null, now: Date) =>
  sql<{ id: string; sittingId: string; sitting: string; by: string; at: Date; reason: string }>(
    `SELECT e.id, t.id AS "sittingId", t.name AS sitting, e.asked_name AS by, e.asked_at AS at, e.reason FROM early_code e JOIN sitting t ON t.id = e.sitting_id
      WHERE e.granted_at IS NULL AND t.opens_at > $2 AND e.asked_by IS DISTINCT FROM $1::uuid ORDER BY e.asked_at`,
    [userId, now],
  )

/** The newest draft run of each instrument that is newer than what is released. */
export const draftRuns = () =>
  sql<{ code: string; title: string; at: Date; link: 'open' | 'closed' | null }>(
    `SELECT i.code, i.title, max(r.created_at) AS at,
            (SELECT l.gate FROM scale_link l WHERE l.instrument_id = i.id AND l.state = 'done' ORDER BY l.created_at DESC LIMIT 1) AS link
       FROM score_run r JOIN instrument i ON i.id = r.instrument_id
      WHERE r.state = 'draft' AND r.created_at > coalesce((SELECT max(x.released_at) FROM score_run x WHERE x.instrument_id = i.id), '-infinity')
      GROUP BY i.id ORDER BY i.code`,
  )

/** Instruments whose newest link between two cycles is too uncertain to announce a change. */
export const closedLinks = () =>
  sql<{ title: string; at: Date }>(
    `SELECT i.title, l.at FROM instrument i JOIN LATERAL (
       SELECT gate, coalesce(finished_at, created_at) AS at FROM scale_link WHERE instrument_id = i.id AND state = 'done' ORDER BY created_at DESC LIMIT 1) l ON l.gate = 'closed'
      ORDER BY i.title`,
  )

/** Items whose key was corrected and whose scores still stand by the old one. */
export const oldKeys = () =>
  sql<{ code: string; instrument: string; at: Date }>(
    `SELECT i.code, n.title AS instrument, max(k.created_at) AS at FROM key_correction k JOIN item_version v ON v.id = k.item_version_id JOIN item i ON i.id = v.item_id
       JOIN instrument n ON n.id = i.instrument_id WHERE k.released_at IS NULL GROUP BY i.code, n.title ORDER BY i.code`,
  )

export const essays = async () =>
  (
    await sql<{ n: number; disputed: number; since: Date | null; raters: number }>(
      `SELECT count(*)::int AS n, count(*) FILTER (WHERE state = 'disputed')::int AS disputed, min(collected_at) AS since,
              (SELECT count(DISTINCT user_id) FROM item_task WHERE kind = 'rate' AND done_at IS NULL)::int AS raters
         FROM rated_response WHERE state <> 'resolved'`,
    )
  )[0]!

/** Pairs that do not meet, by cause. `quiet`: their last meeting lies long back. */
export const pairs = async (neverSince: Date, quietSince: Date) =>
  (
    await sql<{ never: number; quiet: number; tutor: number; learner: number; since: Date | null; active: number }>(
      `SELECT count(*) FILTER (WHERE p.state = 'active')::int AS active,
              count(*) FILTER (WHERE p.state = 'active' AND m.last IS NULL AND p.started_at < $1)::int AS never,
              count(*) FILTER (WHERE p.state = 'active' AND m.last < $2::date)::int AS quiet,
              count(*) FILTER (WHERE p.state = 'proposed' AND p.tutor_agreed_at IS NULL)::int AS tutor,
              count(*) FILTER (WHERE p.state = 'proposed' AND p.tutor_agreed_at IS NOT NULL AND p.learner_agreed_at IS NULL)::int AS learner,
              min(p.started_at) FILTER (WHERE p.state = 'active' AND m.last IS NULL) AS since
         FROM pairing p JOIN match_run r ON r.id = p.run_id AND r.state IN ('published', 'superseded')
         LEFT JOIN LATERAL (SELECT max(held_on) AS last FROM meeting x WHERE x.pairing_id = p.id AND x.withdrawn_at IS NULL) m ON true WHERE p.state IN ('active', 'proposed')`,
      [neverSince, quietSince],
    )
  )[0]!

const one = async (statement: string, values: unknown[] = []) =>
  (await sql<{ n: number; since: Date | null; due: Date | null }>(statement, values))[0]!

export const objections = () =>
  one(`SELECT count(*)::int AS n, min(created_at) AS since, min(due_at) AS due FROM objection WHERE answered_at IS NULL`)
export const privacyRequests = () =>
  one(
    `SELECT count(*)::int AS n, min(created_at) AS since, min(due_at) AS due FROM privacy_request WHERE answered_at IS NULL AND proposed_at IS NULL`,
  )
export const erasures = () =>
  one(
    `SELECT count(*)::int AS n, min(proposed_at) AS since, min(due_at) AS due FROM privacy_request WHERE answered_at IS NULL AND proposed_at IS NOT NULL`,
  )
export const incidents = () =>
  one(`SELECT count(*)::int AS n, min(known_at) AS since, min(due_at) AS due FROM data_incident WHERE closed_at IS NULL`)
export const imports = () =>
  one(`SELECT count(*)::int AS n, min(created_at) AS since, NULL::timestamptz AS due FROM import_batch WHERE state = 'previewed'`)
export const undatedClasses = () =>
  one(
    `SELECT count(*)::int AS n, min(created_at) AS since, NULL::timestamptz AS due FROM cohort c WHERE starts_on IS NULL
       AND NOT EXISTS (SELECT 1 FROM plan_step s JOIN step_attendance a ON a.step_id = s.id WHERE s.cohort_id = c.id)`,
  )

/** Plans that teachers of this scope have been shown and not agreed to. */
export function openPlans(scope: Scope) {
  const values: unknown[] = []
  return one(
    `SELECT count(*)::int AS n, min(p.proposed_at) AS since, NULL::timestamptz AS due
       FROM plan p JOIN teacher t ON t.id = p.teacher_id JOIN school s ON s.id = t.school_id JOIN education_level l ON l.id = s.level_id
      WHERE p.state = 'proposed' AND ${within(scope, { region: 's.region_id', school: 's.id', level: 'l.code' }, values)}`,
    values,
  )
}

/** Schools of this scope that have teachers, and those of them of which nobody has ended a test. */
export async function untestedSchools(scope: Scope): Promise<{ schools: number; untested: number; teachers: number }> {
  const values: unknown[] = []
  const [found] = await sql<{ schools: number; untested: number; teachers: number }>(
    `WITH tested AS (SELECT DISTINCT x.school_id FROM seat x JOIN attempt a ON a.seat_id = x.id AND a.state = 'closed' JOIN sitting g ON g.id = x.sitting_id
                       JOIN cycle c ON c.id = g.cycle_id AND ${counts('c')})
     SELECT count(*)::int AS schools, count(*) FILTER (WHERE d.school_id IS NULL)::int AS untested, coalesce(sum(w.n) FILTER (WHERE d.school_id IS NULL), 0)::int AS teachers
       FROM (SELECT school_id, count(*) AS n FROM teacher WHERE erased_at IS NULL GROUP BY 1) w JOIN school s ON s.id = w.school_id
       JOIN education_level l ON l.id = s.level_id LEFT JOIN tested d ON d.school_id = s.id
      WHERE ${within(scope, { region: 's.region_id', school: 's.id', level: 'l.code' }, values)}`,
    values,
  )
  return found!
}

export type SnapshotAhead = {
  id: string
  series: string
  number: number
  state: string
  madeAt: Date
  proposedBy: string | null
  proposedName: string | null
  proposedAt: Date | null
}
/** Snapshots that are neither in force nor at an end. */
export const snapshotsAhead = () =>
  sql<SnapshotAhead>(
    `SELECT id, series, number, state, made_at AS "madeAt", proposed_by AS "proposedBy", proposed_name AS "proposedName", proposed_at AS "proposedAt"
       FROM snapshot WHERE state IN ('draft', 'proposed', 'failed') ORDER BY made_at`,
  )

/** What is in force, newest first, and since when scores were released that it does not hold. */
export const inForce = () =>
  sql<{ id: string; series: string; number: number; publishedAt: Date; newer: Date | null }>(
    `SELECT s.id, s.series, s.number, s.published_at AS "publishedAt", (SELECT max(r.released_at) FROM score_run r WHERE r.state = 'released' AND r.released_at > s.made_at) AS newer
       FROM snapshot s WHERE s.state = 'published' ORDER BY s.published_at DESC`,
  )
