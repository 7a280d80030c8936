import { sql } from '@/lib/platform/db'
import { FOR_PRACTICE } from './form-store'
import type { SittingFacts } from './path-model'
import { counts } from './release'

/** The facts that the way of a cycle is read from; nothing is written. */

/** When cards were last taken is read from the log of access; its index `audit_entry_cards` finds it. */
const FACTS = `SELECT t.id, t.name, v.id AS "venueId", v.name AS venue, v.capacity, t.opens_at AS "opensAt", t.closes_at AS "closesAt", t.frozen_at IS NOT NULL AS prepared,
    t.release_rule AS "releaseRule", t.released_at AS "releasedAt", k.at AS "cardsAt", s.*, r.*, (SELECT count(*)::int FROM seat x JOIN sitting o ON o.id = x.sitting_id JOIN cycle oc ON oc.id = o.cycle_id
      WHERE o.venue_id = v.id AND o.opens_at < t.closes_at AND o.closes_at > t.opens_at AND (o.id = t.id OR ${counts('oc')})) AS "atVenue"
  FROM sitting t JOIN venue v ON v.id = t.venue_id
    LEFT JOIN LATERAL (SELECT max(e.at) AS at FROM audit_entry e WHERE e.action = 'cards:print' AND e.object = 'sitting:' || t.id
                        AND e.at < t.closes_at) k ON true,
    LATERAL (SELECT count(*)::int AS seats, (count(*) FILTER (WHERE x.room_id IS NULL))::int AS "noRoom",
               (count(*) FILTER (WHERE (SELECT count(*) FROM seat_form f WHERE f.seat_id = x.id) < (SELECT count(*) FROM cycle_part p WHERE p.cycle_id = t.cycle_id)))::int AS "noForm",
               (count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM readiness y WHERE y.seat_id = x.id AND y.ready)))::int AS "notReady",
               (count(*) FILTER (WHERE EXISTS (SELECT 1 FROM attempt a WHERE a.seat_id = x.id)))::int AS begun,
               (count(*) FILTER (WHERE x.added_at > k.at))::int AS "sinceCards"
          FROM seat x WHERE x.sitting_id = t.id) s,
    LATERAL (SELECT count(*)::int AS rooms, (count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM proctor_assignment p WHERE p.room_id = x.id)))::int AS "noProctor",
               (count(*) FILTER (WHERE (SELECT count(*) FROM seat y WHERE y.room_id = x.id) > x.capacity))::int AS overfull
          FROM room x WHERE x.sitting_id = t.id) r`

export const factsOfCycle = (cycleId: string) => sql<SittingFacts>(`${FACTS} WHERE t.cycle_id = $1 ORDER BY t.opens_at, t.name`, [cycleId])
export const factsOfSitting = async (sittingId: string): Promise<SittingFacts | null> =>
  (await sql<SittingFacts>(`${FACTS} WHERE t.id = $1`, [sittingId]))[0] ?? null

/** Parts, and among them subjects of participants, that no form of the cycle's kind serves, with how many people need it. */
export const partsWithoutForm = (cycleId: string) =>
  sql<{ part: string; subject: string | null; seats: number }>(
    `SELECT p.competency_code AS part, x.name AS subject, coalesce(x.seats, 0)::int AS seats FROM cycle_part p JOIN cycle c ON c.id = p.cycle_id
       LEFT JOIN LATERAL (SELECT s.subject_id, u.name, count(*) AS seats FROM seat s JOIN sitting t ON t.id = s.sitting_id LEFT JOIN subject u ON u.id = s.subject_id
                           WHERE t.cycle_id = c.id GROUP BY 1, 2) x ON true
      WHERE p.cycle_id = $1 AND NOT EXISTS (SELECT 1 FROM form f JOIN instrument i ON i.id = f.instrument_id WHERE f.practice = ${FOR_PRACTICE}
        AND i.competency_code = p.competency_code AND (i.subject_id IS NULL OR x.subject_id IS NULL OR i.subject_id = x.subject_id)) ORDER BY p.sort, x.name`,
    [cycleId],
  )

export const sameSeries = async (cycleId: string): Promise<number> =>
  (
    await sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM cycle c JOIN cycle own ON own.id = $1 AND own.series = c.series WHERE c.id <> own.id AND ${counts('c')}`,
      [cycleId],
    )
  )[0]!.n

/** Whether a snapshot that is published holds a result of the cycle. */
export const isPublished = async (code: string): Promise<boolean> =>
  (
    await sql<{ yes: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM snapshot n WHERE n.state = 'published' AND EXISTS (SELECT 1 FROM snapshot_member m WHERE m.snapshot_id = n.id AND m.cycle = $1)) AS yes`,
      [code],
    )
  )[0]!.yes

/** The newest trial of a cycle by people of the house: how many sit in it, began and finished every part. */
export const trialOf = async (cycleId: string) =>
  (
    await sql<{ id: string; people: number; begun: number; finished: number }>(
      `SELECT c.id, count(s.id)::int AS people, (count(s.id) FILTER (WHERE a.begun > 0))::int AS begun, (count(s.id) FILTER (WHERE a.closed >= p.parts))::int AS finished
         FROM cycle c LEFT JOIN sitting t ON t.cycle_id = c.id LEFT JOIN seat s ON s.sitting_id = t.id,
           LATERAL (SELECT count(*) AS parts FROM cycle_part WHERE cycle_id = c.id) p,
           LATERAL (SELECT count(*) AS begun, count(*) FILTER (WHERE x.finished_at IS NOT NULL) AS closed FROM attempt x WHERE x.seat_id = s.id) a
        WHERE c.trial_of_id = $1 GROUP BY c.id ORDER BY c.starts_on DESC, c.id DESC LIMIT 1`,
      [cycleId],
    )
  )[0] ?? null
