import { sql, type Transaction } from '@/lib/platform/db'

/** What phones have already done at seats, for whoever wants to take one away or put it elsewhere. */

/** Of these seats, how many have a test that was begun (or is claimed to have been), and how many gave a phone its packet. */
export const phonesAt = async (seatIds: string[]): Promise<{ begun: number; fetched: number }> =>
  (
    await sql<{ begun: number; fetched: number }>(
      `SELECT (count(*) FILTER (WHERE EXISTS (SELECT 1 FROM attempt a WHERE a.seat_id = s.id) OR EXISTS (SELECT 1 FROM late_claim k WHERE k.seat_id = s.id)))::int AS begun,
              (count(*) FILTER (WHERE EXISTS (SELECT 1 FROM desk_visit v WHERE v.seat_id = s.id)))::int AS fetched
         FROM unnest($1::uuid[]) AS s(id)`,
      [seatIds],
    )
  )[0]!

/** A phone that was ready was so for the sitting of before: it has to say so again. */
export async function forgetReadiness(tx: Transaction, seatIds: string[]): Promise<void> {
  await tx.query(`DELETE FROM readiness WHERE seat_id = ANY($1::uuid[])`, [seatIds])
}

/** The same for everybody of a sitting whose hours were changed. */
export async function forgetReadinessOf(tx: Transaction, sittingId: string): Promise<void> {
  await tx.query(`DELETE FROM readiness r USING seat s WHERE s.id = r.seat_id AND s.sitting_id = $1`, [sittingId])
}

/** What phones of seats said of themselves goes with the seats. */
export async function forgetPhones(tx: Transaction, seatIds: string[]): Promise<void> {
  await forgetReadiness(tx, seatIds)
  await tx.query(`DELETE FROM desk_visit WHERE seat_id = ANY($1::uuid[])`, [seatIds])
}
