import { sql, type Transaction } from '@/lib/platform/db'
import { touch, type Joining, type Touched } from '@/lib/platform/personal'

/** Pairs of two records of one person. */

export async function hold(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.query(`SELECT id FROM pairing WHERE tutor_id = ANY($1::uuid[]) OR learner_id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`, [ids])
}

/** Nobody is her own tutor, and nobody has two. */
export async function obstacles({ keep, drop }: Pick<Joining, 'keep' | 'drop' | 'now'>): Promise<string[]> {
  const [[among], [open]] = await Promise.all([
    sql(
      `SELECT 1 FROM (SELECT tutor_id, learner_id FROM pairing UNION ALL SELECT tutor_id, learner_id FROM match_order) p
        WHERE p.tutor_id IN ($1, $2) AND p.learner_id IN ($1, $2) LIMIT 1`,
      [keep, drop],
    ),
    sql(
      `SELECT 1 FROM pairing p JOIN pairing o ON o.learner_id = $2 AND o.state IN ('proposed', 'active') WHERE p.learner_id = $1 AND p.state IN ('proposed', 'active') LIMIT 1`,
      [keep, drop],
    ),
  ])
  return [
    ...(among ? ['Keduanya pernah dipasangkan sebagai tutor dan yang didampingi, jadi dua orang yang berbeda.'] : []),
    ...(open ? ['Keduanya sedang atau akan didampingi seorang tutor. Akhiri salah satu pasangannya lebih dahulu.'] : []),
  ]
}

/** The later of two answers counts. A lot that both had in one matching stays with the record that goes on; the other is nobody's. */
export const handOver = (tx: Transaction, { keep, drop, nobody }: Joining): Promise<Touched> =>
  touch(tx, [
    [
      'match_lot',
      `UPDATE match_lot k SET learner_id = CASE WHEN EXISTS (SELECT 1 FROM match_lot o WHERE o.run_id = k.run_id AND o.learner_id = $1) THEN $3::uuid ELSE $1::uuid END WHERE k.learner_id = $2`,
      [keep, drop, nobody],
    ],
    [
      'tutor_offer',
      `DELETE FROM tutor_offer x USING tutor_offer o WHERE x.teacher_id IN ($1, $2) AND o.teacher_id IN ($1, $2) AND x.teacher_id <> o.teacher_id
          AND (coalesce(x.answered_at, '-infinity'), x.teacher_id = $1) < (coalesce(o.answered_at, '-infinity'), o.teacher_id = $1)`,
      [keep, drop],
    ],
    ['tutor_offer', `UPDATE tutor_offer SET teacher_id = $1 WHERE teacher_id = $2`, [keep, drop]],
    [
      'learner_wish',
      `DELETE FROM learner_wish x USING learner_wish o WHERE x.teacher_id IN ($1, $2) AND o.teacher_id IN ($1, $2) AND x.teacher_id <> o.teacher_id
          AND (x.at, x.teacher_id = $1) < (o.at, o.teacher_id = $1)`,
      [keep, drop],
    ],
    ['learner_wish', `UPDATE learner_wish SET teacher_id = $1 WHERE teacher_id = $2`, [keep, drop]],
    [
      'match_order',
      `UPDATE match_order SET tutor_id = CASE WHEN tutor_id = $2 THEN $1 ELSE tutor_id END, learner_id = CASE WHEN learner_id = $2 THEN $1 ELSE learner_id END WHERE tutor_id = $2 OR learner_id = $2`,
      [keep, drop],
    ],
    ['certificate', `UPDATE certificate SET teacher_id = $1 WHERE teacher_id = $2`, [keep, drop]],
    [
      'meeting',
      `UPDATE meeting SET logged_by = CASE WHEN logged_by = $2 THEN $1 ELSE logged_by END, answered_by = CASE WHEN answered_by = $2 THEN $1 ELSE answered_by END WHERE logged_by = $2 OR answered_by = $2`,
      [keep, drop],
    ],
    ['meeting_photo', `UPDATE meeting_photo SET added_by = $1 WHERE added_by = $2`, [keep, drop]],
    [
      'pairing',
      `UPDATE pairing SET tutor_id = CASE WHEN tutor_id = $2 THEN $1 ELSE tutor_id END, learner_id = CASE WHEN learner_id = $2 THEN $1 ELSE learner_id END WHERE tutor_id = $2 OR learner_id = $2`,
      [keep, drop],
    ],
  ])
