import type { Transaction } from '@/lib/platform/db'
import { counts } from '@/lib/sittings/release'
import type { Beside } from './model'

/** Fewer people than this in both parts say nothing of how the parts go together. */
const FEWEST = 100
/** Two parts are never taken for one. */
const HIGHEST = 0.95

/**
 * How the people of a run stand in the other parts by their released runs, each about the mean of its own test and cycle. Errors of two tests are
 * independent, so the covariance of their scores is that of the true ones; true spreads are those of the posteriors.
 */
export async function besideOfRun(tx: Transaction, runId: string): Promise<Beside[]> {
  const { rows } = await tx.query<{
    part: string
    n: number
    covariance: number
    own: number
    other: number
    ownTrue: number
    otherTrue: number
  }>(
    `WITH measured AS (
       SELECT b.run_id, a.competency_code AS part, s.teacher_id, y.cycle_id, b.posterior_sd AS sd,
              b.scale - avg(b.scale) OVER w AS score, b.posterior_mean - avg(b.posterior_mean) OVER w AS mean
         FROM ability b JOIN score_run r ON r.id = b.run_id JOIN attempt a ON a.id = b.attempt_id JOIN seat s ON s.id = a.seat_id
         JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id AND ${counts('c')}
        WHERE (b.run_id = $1 OR r.state = 'released') AND b.posterior_sd IS NOT NULL WINDOW w AS (PARTITION BY b.run_id, y.cycle_id))
     SELECT o.part, count(*)::int AS n, avg(m.score * o.score)::float8 AS covariance, avg(m.score ^ 2)::float8 AS own, avg(o.score ^ 2)::float8 AS other,
            avg(m.mean ^ 2 + m.sd ^ 2)::float8 AS "ownTrue", avg(o.mean ^ 2 + o.sd ^ 2)::float8 AS "otherTrue"
       FROM measured m JOIN measured o ON o.teacher_id = m.teacher_id AND o.cycle_id = m.cycle_id AND o.part <> m.part AND o.run_id <> m.run_id
      WHERE m.run_id = $1 GROUP BY o.part HAVING count(*) >= ${FEWEST} ORDER BY o.part`,
    [runId],
  )
  return rows
    .filter((r) => r.own > 0 && r.other > 0)
    .map((r) => ({
      part: r.part,
      n: r.n,
      correlation: Math.min(HIGHEST, Math.max(0, r.covariance / Math.sqrt(r.ownTrue * r.otherTrue))),
      observed: { sd: Math.sqrt(r.own), otherSd: Math.sqrt(r.other), correlation: r.covariance / Math.sqrt(r.own * r.other) },
      reliability: Math.min(1, r.ownTrue / r.own),
      otherReliability: Math.min(1, r.otherTrue / r.other),
    }))
}
