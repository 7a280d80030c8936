import { db, sql } from '@/lib/platform/db'

/** What ghosts of a rehearsal wrote: read again for the proof, and taken away afterwards. */

/** How many attempts of these seats are closed, and how many of those wait for no score. */
export async function settledAttempts(sittingId: string): Promise<{ closed: number; scored: number }> {
  const rows = await sql<{ closed: number; scored: number }>(
    `SELECT count(*)::int AS closed, (count(*) FILTER (WHERE a.unscored_since IS NULL))::int AS scored
       FROM attempt a JOIN seat s ON s.id = a.seat_id WHERE s.sitting_id = $1 AND a.state = 'closed'`,
    [sittingId],
  )
  return rows[0]!
}

export type StoredEntry = { attemptId: string; device: string; seq: number; kind: string; item: string | null; body: unknown; at: Date }
export const journalOf = (attemptIds: string[]) =>
  sql<StoredEntry>(
    `SELECT attempt_id AS "attemptId", device, seq, kind, item_id AS item, body, at FROM journal_event WHERE attempt_id = ANY($1::uuid[]) ORDER BY attempt_id, device, seq`,
    [attemptIds],
  )

export const attemptIdsOfSitting = async (sittingId: string) =>
  (
    await sql<{ id: string }>(`SELECT a.id FROM attempt a JOIN seat s ON s.id = a.seat_id WHERE s.sitting_id = $1 ORDER BY a.id`, [
      sittingId,
    ])
  ).map((r) => r.id)

/** Takes away what ghosts wrote. The journal lets go only of what belongs to a rehearsal; the database sees to that. */
export async function removeAttempts(attemptIds: string[]): Promise<void> {
  await sql(`DELETE FROM journal_event WHERE attempt_id = ANY($1::uuid[])`, [attemptIds])
  await sql(`DELETE FROM response WHERE attempt_id = ANY($1::uuid[])`, [attemptIds])
  await sql(`DELETE FROM attempt_device WHERE attempt_id = ANY($1::uuid[])`, [attemptIds])
  await sql(`DELETE FROM attempt WHERE id = ANY($1::uuid[])`, [attemptIds])
}

/** Takes away what phones of a sitting said of themselves, and the sitting's keys. */
export async function removeSittingTraces(sittingId: string): Promise<void> {
  await sql(`DELETE FROM readiness USING seat s WHERE s.id = readiness.seat_id AND s.sitting_id = $1`, [sittingId])
  await sql(`DELETE FROM desk_visit USING seat s WHERE s.id = desk_visit.seat_id AND s.sitting_id = $1`, [sittingId])
  await db().sittingKey.deleteMany({ where: { sittingId } })
}
