import type { Transaction } from '@/lib/platform/db'

/** Seats that follow a teacher's record: to another school, or to the record that takes hers up. */

/** Puts the seats of sittings that have not opened yet to the teacher's new school; those that have keep the school of their day. Answers how many. */
export async function seatsToSchool(
  tx: Transaction,
  teacherId: string,
  school: { id: string; regionId: string; levelId: string },
  now: Date,
): Promise<number> {
  const moved = await tx.query(
    `UPDATE seat s SET school_id = $2, region_id = $3, level_id = $4 FROM sitting y
      WHERE y.id = s.sitting_id AND s.teacher_id = $1 AND y.opens_at > $5 AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.seat_id = s.id)`,
    [teacherId, school.id, school.regionId, school.levelId, now],
  )
  return moved.rowCount ?? 0
}
