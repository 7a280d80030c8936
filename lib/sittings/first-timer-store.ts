import { insertMany, sql, type Transaction } from '@/lib/platform/db'

/** The draw of those who are tested for the first time at the re-test. */
export type RetestDrawRow = {
  seed: string
  share: number
  note: string
  drawnBy: string | null
  drawnAt: Date
  later: number
  now: number
}
export const retestDraw = async (cycleId: string): Promise<RetestDrawRow | null> =>
  (
    await sql<RetestDrawRow>(
      `SELECT d.seed, d.share, d.note, u.name AS "drawnBy", d.drawn_at AS "drawnAt", count(*) FILTER (WHERE k.later)::int AS later, count(*) FILTER (WHERE NOT k.later)::int AS now
         FROM retest_draw d JOIN retest_member k ON k.cycle_id = d.cycle_id LEFT JOIN user_account u ON u.id = d.drawn_by WHERE d.cycle_id = $1 GROUP BY d.cycle_id, u.name`,
      [cycleId],
    )
  )[0] ?? null

/** Everybody with a seat in a cycle, and whether anything of it has begun: its first sitting opened, or a test was started. */
export const drawable = (cycleId: string) =>
  sql<{ teacherId: string; sittingId: string; schoolId: string; stratum: string }>(
    `SELECT s.teacher_id AS "teacherId", s.sitting_id AS "sittingId", s.school_id AS "schoolId", coalesce(u.code, '') AS stratum
       FROM seat s JOIN sitting t ON t.id = s.sitting_id LEFT JOIN subject u ON u.id = s.subject_id WHERE t.cycle_id = $1 ORDER BY s.teacher_id`,
    [cycleId],
  )
export const begun = async (cycleId: string, now: Date): Promise<boolean> =>
  (
    await sql<{ begun: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM sitting t WHERE t.cycle_id = $1 AND t.opens_at <= $2)
           OR EXISTS (SELECT 1 FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id WHERE t.cycle_id = $1) AS begun`,
      [cycleId, now],
    )
  )[0]!.begun

/** Until the transaction ends no seat of the cycle is visited for the first time. */
export async function lockSeatsOf(tx: Transaction, cycleId: string): Promise<void> {
  await tx.query(`SELECT 1 FROM seat WHERE sitting_id IN (SELECT id FROM sitting WHERE cycle_id = $1) ORDER BY id FOR UPDATE`, [cycleId])
}

/** Whether a phone of the cycle holds its questions already: its seat cannot be taken any more (decision 080). */
export const fetchedSeats = async (cycleId: string): Promise<boolean> =>
  (
    await sql<{ yes: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM desk_visit v JOIN seat s ON s.id = v.seat_id JOIN sitting t ON t.id = s.sitting_id WHERE t.cycle_id = $1) AS yes`,
      [cycleId],
    )
  )[0]!.yes

/** Writes the draw with everybody in it, and takes the seats of those who wait for the re-test. */
export async function writeRetestDraw(
  tx: Transaction,
  cycleId: string,
  draw: { seed: string; share: number; note: string; by: string | null; at: Date },
  people: readonly { teacherId: string; sittingId: string; schoolId: string; stratum: string; later: boolean }[],
): Promise<void> {
  await tx.query(`INSERT INTO retest_draw (cycle_id, seed, share, note, drawn_by, drawn_at) VALUES ($1, $2, $3, $4, $5, $6)`, [
    cycleId,
    draw.seed,
    draw.share,
    draw.note,
    draw.by,
    draw.at,
  ])
  await insertMany(
    tx,
    'retest_member',
    { cycle_id: 'uuid', teacher_id: 'uuid', sitting_id: 'uuid', school_id: 'uuid', stratum: 'text', later: 'bool' },
    people.map((p) => [cycleId, p.teacherId, p.sittingId, p.schoolId, p.stratum, p.later]),
  )
  await tx.query(
    `DELETE FROM seat USING sitting t, retest_member k WHERE t.id = seat.sitting_id AND t.cycle_id = $1 AND k.cycle_id = $1 AND k.teacher_id = seat.teacher_id AND k.later`,
    [cycleId],
  )
}

/** Who was drawn to wait for the re-test of a cycle, with the sitting in which a seat was kept. */
export const laterOf = (cycleId: string) =>
  sql<{ teacherId: string; sittingId: string }>(
    `SELECT teacher_id AS "teacherId", sitting_id AS "sittingId" FROM retest_member WHERE cycle_id = $1 AND later ORDER BY teacher_id`,
    [cycleId],
  )
