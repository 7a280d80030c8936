import { sql, type Transaction } from '@/lib/platform/db'

/** Photographs of meetings, as they were drawn anew. */

export type PhotoRow = { id: string; meetingId: string }
export const photosOf = (meetingIds: readonly string[]) =>
  sql<PhotoRow>(`SELECT id, meeting_id AS "meetingId" FROM meeting_photo WHERE meeting_id = ANY($1::uuid[]) ORDER BY arrived_at, id`, [
    meetingIds,
  ])

/** Photos of a meeting, which is held already. */
export const photosHeld = async (tx: Transaction, meetingId: string): Promise<string[]> =>
  (await tx.query<{ id: string }>(`SELECT id FROM meeting_photo WHERE meeting_id = $1`, [meetingId])).rows.map((r) => r.id)

export type NewPhoto = {
  id: string
  meetingId: string
  addedBy: string
  agreedAt: Date
  mime: string
  bytes: Uint8Array<ArrayBuffer>
}
/** Keeps a photo; one of this id that is here already stays as it is. */
export async function addPhoto(tx: Transaction, p: NewPhoto, now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO meeting_photo (id, meeting_id, added_by, agreed_at, arrived_at, mime, bytes) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [p.id, p.meetingId, p.addedBy, p.agreedAt, now, p.mime, Buffer.from(p.bytes)],
  )
}

/** A photo with the two whose meeting it shows. */
export type PhotoOfPair = { id: string; mime: string; bytes: Buffer<ArrayBuffer>; tutorId: string; learnerId: string }
export const photoById = async (id: string): Promise<PhotoOfPair | null> =>
  (
    await sql<PhotoOfPair>(
      `SELECT f.id, f.mime, f.bytes, p.tutor_id AS "tutorId", p.learner_id AS "learnerId"
         FROM meeting_photo f JOIN meeting m ON m.id = f.meeting_id JOIN pairing p ON p.id = m.pairing_id WHERE f.id = $1`,
      [id],
    )
  )[0] ?? null

/** Removes a photo of a pair to which this teacher belongs; a photo that is not there is no fault. */
export async function dropPhoto(tx: Transaction, id: string, teacherId: string): Promise<void> {
  await tx.query(
    `DELETE FROM meeting_photo f USING meeting m, pairing p WHERE f.id = $1 AND m.id = f.meeting_id AND p.id = m.pairing_id AND $2 IN (p.tutor_id, p.learner_id)`,
    [id, teacherId],
  )
}

/** Removes what a note had when it is taken back. */
export async function dropPhotosOf(tx: Transaction, meetingId: string): Promise<void> {
  await tx.query(`DELETE FROM meeting_photo WHERE meeting_id = $1`, [meetingId])
}

/** Deletes photos that arrived before a moment; answers how many. */
export const sweepPhotos = async (before: Date, most: number): Promise<number> =>
  (
    await sql(
      `DELETE FROM meeting_photo WHERE id IN (SELECT id FROM meeting_photo WHERE arrived_at < $1 ORDER BY arrived_at LIMIT $2) RETURNING id`,
      [before, most],
    )
  ).length
