import { sql, type Transaction } from '@/lib/platform/db'

/** What a cycle and its venues may still be changed by. */

export async function holdCycle(tx: Transaction, cycleId: string): Promise<{ name: string; series: string } | null> {
  const { rows } = await tx.query<{ name: string; series: string }>(`SELECT name, series FROM cycle WHERE id = $1 FOR UPDATE`, [cycleId])
  return rows[0] ?? null
}

/** Whether a test of the cycle was begun, or is claimed to have been. */
export const isBegun = async (cycleId: string): Promise<boolean> =>
  (
    await sql<{ begun: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM seat s JOIN sitting t ON t.id = s.sitting_id WHERE t.cycle_id = $1
         AND (EXISTS (SELECT 1 FROM attempt a WHERE a.seat_id = s.id) OR EXISTS (SELECT 1 FROM late_claim k WHERE k.seat_id = s.id))) AS begun`,
      [cycleId],
    )
  )[0]!.begun

export async function nameCycle(tx: Transaction, cycleId: string, name: string, series: string): Promise<void> {
  await tx.query(`UPDATE cycle SET name = $2, series = $3 WHERE id = $1`, [cycleId, name, series])
}

export async function copyTimeRule(tx: Transaction, cycleId: string, baseId: string): Promise<void> {
  await tx.query(`UPDATE cycle SET outage_minutes = b.outage_minutes FROM cycle b WHERE cycle.id = $1 AND b.id = $2`, [cycleId, baseId])
}

export async function holdVenue(tx: Transaction, venueId: string): Promise<{ capacity: number | null } | null> {
  return (await tx.query<{ capacity: number | null }>(`SELECT capacity FROM venue WHERE id = $1 FOR UPDATE`, [venueId])).rows[0] ?? null
}

/** How many sit at a venue in the same hours at most, in sittings that are not over. */
export const mostSeated = async (venueId: string, now: Date): Promise<number> =>
  (
    await sql<{ n: number }>(
      `SELECT coalesce(max(n), 0)::int AS n FROM (
         SELECT (SELECT count(*) FROM seat s JOIN sitting o ON o.id = s.sitting_id WHERE o.venue_id = t.venue_id AND o.opens_at < t.closes_at AND o.closes_at > t.opens_at) AS n
           FROM sitting t WHERE t.venue_id = $1 AND t.closes_at > $2) x`,
      [venueId, now],
    )
  )[0]!.n

/** How many others are participants at the venue of a sitting at a time that overlaps this one. */
export const seatedBeside = async (sittingId: string, opensAt: Date, closesAt: Date): Promise<number> =>
  (
    await sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM seat s JOIN sitting o ON o.id = s.sitting_id
        WHERE o.venue_id = (SELECT venue_id FROM sitting WHERE id = $1) AND o.id <> $1 AND o.opens_at < $3 AND o.closes_at > $2`,
      [sittingId, opensAt, closesAt],
    )
  )[0]!.n

export type SittingRow = {
  id: string
  venueId: string
  name: string
  opensAt: Date
  closesAt: Date
  releaseRule: string
  /** Of a practice or a trial. */
  special: boolean
  seats: number
}

export const sittingRow = async (sittingId: string): Promise<SittingRow | null> =>
  (
    await sql<SittingRow>(
      `SELECT t.id, t.venue_id AS "venueId", t.name, t.opens_at AS "opensAt", t.closes_at AS "closesAt", t.release_rule AS "releaseRule",
              c.practice OR c.rehearsal OR c.trial_of_id IS NOT NULL AS special, (SELECT count(*)::int FROM seat s WHERE s.sitting_id = t.id) AS seats
         FROM sitting t JOIN cycle c ON c.id = t.cycle_id WHERE t.id = $1`,
      [sittingId],
    )
  )[0] ?? null

/** Seats whose card says another day or hour than the sitting now does. */
export async function markMoved(tx: Transaction, sittingId: string, now: Date): Promise<void> {
  await tx.query(`UPDATE seat SET moved_at = $2 WHERE sitting_id = $1`, [sittingId, now])
}

export async function planSitting(
  tx: Transaction,
  s: { id: string; name: string; opensAt: Date; closesAt: Date; releaseRule: string },
): Promise<void> {
  await tx.query(`UPDATE sitting SET name = $2, opens_at = $3, closes_at = $4, release_rule = $5 WHERE id = $1`, [
    s.id,
    s.name,
    s.opensAt,
    s.closesAt,
    s.releaseRule,
  ])
}

export async function setCapacity(tx: Transaction, venueId: string, capacity: number): Promise<void> {
  await tx.query(`UPDATE venue SET capacity = $2 WHERE id = $1`, [venueId, capacity])
}

/** Series that stand, newest first: to choose from, never chosen already. */
export const seriesNames = async (): Promise<string[]> =>
  (
    await sql<{ series: string }>(
      `SELECT series FROM cycle WHERE NOT practice AND NOT rehearsal GROUP BY series ORDER BY max(starts_on) DESC LIMIT 20`,
    )
  ).map((r) => r.series)
