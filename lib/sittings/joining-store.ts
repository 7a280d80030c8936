import { sql, type Transaction } from '@/lib/platform/db'
import { touch, type Joining, type Touched } from '@/lib/platform/personal'

/** Seats of two records of one person. */

/** Whether somebody sat there, or says so. */
const used = (seat: string) =>
  `(${seat}.attendance = 'present' OR EXISTS (SELECT 1 FROM attempt a WHERE a.seat_id = ${seat}.id) OR EXISTS (SELECT 1 FROM late_claim k WHERE k.seat_id = ${seat}.id))`

/** Cycles of their seats and those to come, so that nobody is given a seat meanwhile; then the seats, so that nobody begins a test. */
export async function hold(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.query(
    `SELECT id FROM cycle WHERE id IN (SELECT y.cycle_id FROM sitting y LEFT JOIN seat s ON s.sitting_id = y.id AND s.teacher_id = ANY($1::uuid[])
        WHERE s.id IS NOT NULL OR y.closes_at > now()) ORDER BY id FOR UPDATE`,
    [ids],
  )
  await tx.query(`SELECT id FROM seat WHERE teacher_id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`, [ids])
}

/** A sitting that is going on, a cycle that both took part in, and lots that say two things of one person. */
export async function obstacles({ keep, drop, now }: Pick<Joining, 'keep' | 'drop' | 'now'>): Promise<string[]> {
  const [running, twice, drawn] = await Promise.all([
    sql<{ name: string }>(
      `SELECT DISTINCT y.name FROM seat s JOIN sitting y ON y.id = s.sitting_id WHERE s.teacher_id = ANY($1::uuid[]) AND y.opens_at <= $2 AND y.closes_at > $2`,
      [[keep, drop], now],
    ),
    sql<{ name: string }>(
      `SELECT DISTINCT c.name FROM seat s JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id
         JOIN sitting z ON z.cycle_id = c.id AND (z.id = y.id OR NOT c.practice) JOIN seat o ON o.sitting_id = z.id
        WHERE s.teacher_id = $1 AND o.teacher_id = $2 AND ${used('s')} AND ${used('o')} ORDER BY 1`,
      [keep, drop],
    ),
    sql<{ name: string }>(
      `SELECT c.name FROM retest_member k JOIN retest_member o ON o.cycle_id = k.cycle_id AND o.later <> k.later JOIN cycle c ON c.id = k.cycle_id WHERE k.teacher_id = $1 AND o.teacher_id = $2`,
      [keep, drop],
    ),
  ])
  return [
    ...running.map((r) => `Sesi ${r.name} sedang berlangsung dan salah satunya menjadi peserta. Tunggu sampai sesinya ditutup.`),
    ...twice.map((r) => `Keduanya mengikuti ${r.name}. Satu orang tidak duduk di dua kursi; mungkin ini dua orang yang berbeda.`),
    ...drawn.map((r) => `Undian ${r.name} menentukan waktu tes yang berbeda bagi keduanya; undian tidak diubah sesudahnya.`),
  ]
}

/**
 * A seat of a day to come that the person does not need goes away. One that stayed empty on a day that was, beside the one where she sat,
 * stays in the minutes as nobody's. All others are hers.
 */
export async function handOver(tx: Transaction, { keep, drop, nobody, now }: Joining): Promise<Touched> {
  const sat = `EXISTS (SELECT 1 FROM seat u JOIN sitting z ON z.id = u.sitting_id WHERE z.cycle_id = y.cycle_id AND u.teacher_id IN ($1, $2) AND ${used('u')})`
  const other = `(SELECT o.teacher_id FROM seat o JOIN sitting z ON z.id = o.sitting_id WHERE z.cycle_id = y.cycle_id AND o.teacher_id IN ($1, $2) AND o.teacher_id <> s.teacher_id LIMIT 1)`
  const waits = `EXISTS (SELECT 1 FROM seat o JOIN sitting z ON z.id = o.sitting_id WHERE z.cycle_id = y.cycle_id AND o.teacher_id = $1 AND z.closes_at > $3)`
  return touch(tx, [
    [
      'seat',
      `DELETE FROM seat s USING sitting y WHERE y.id = s.sitting_id AND s.teacher_id IN ($1, $2) AND y.closes_at > $3 AND NOT ${used('s')}
          AND ${other} IS NOT NULL AND (${sat} OR s.teacher_id = $2 AND ${waits})`,
      [keep, drop, now],
    ],
    [
      'seat',
      `UPDATE seat s SET teacher_id = $3, card_version = greatest(s.card_version, s.card_highest) + 1, card_highest = greatest(s.card_version, s.card_highest) + 1, card_before = NULL, card_before_at = NULL
         FROM seat o WHERE o.sitting_id = s.sitting_id AND o.id <> s.id AND s.teacher_id IN ($1, $2) AND o.teacher_id IN ($1, $2) AND NOT ${used('s')} AND (${used('o')} OR s.teacher_id = $2)`,
      [keep, drop, nobody],
    ],
    ['seat', `UPDATE seat SET teacher_id = $1 WHERE teacher_id = $2`, [keep, drop]],
    [
      'retest_member',
      `UPDATE retest_member k SET teacher_id = CASE WHEN EXISTS (SELECT 1 FROM retest_member o WHERE o.cycle_id = k.cycle_id AND o.teacher_id = $1) THEN $3::uuid ELSE $1::uuid END WHERE k.teacher_id = $2`,
      [keep, drop, nobody],
    ],
  ])
}
