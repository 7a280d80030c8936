import { sql } from '@/lib/platform/db'
import { counts } from '@/lib/sittings/release'
import type { Behind } from './ground-model'

/** Instruments that people were tested with. Reads every test: asked for seldom. */
export const testedInstruments = async (): Promise<string[]> =>
  (
    await sql<{ id: string }>(
      `SELECT DISTINCT a.instrument_id AS id FROM attempt a JOIN seat x ON x.id = a.seat_id JOIN sitting y ON y.id = x.sitting_id JOIN cycle z ON z.id = y.cycle_id
        WHERE a.state = 'closed' AND ${counts('z')}`,
    )
  ).map((r) => r.id)

/**
 * These instruments, of a part and a subject (null for whichever), each by the run that was released last up to a moment (null: now): what was
 * published then rests on what stood then.
 */
export const behind = (tested: readonly string[], part: string | null, subject: string | null, at: Date | null) =>
  sql<Behind>(
    `SELECT i.title, u.method = 'provisional' AS provisional, (c.summary ->> 'wle')::float8 AS reliability
       FROM instrument i LEFT JOIN subject s ON s.id = i.subject_id
       LEFT JOIN LATERAL (SELECT r.scale_id FROM score_run r WHERE r.instrument_id = i.id AND r.released_at IS NOT NULL
         AND ($3::timestamptz IS NULL AND r.state = 'released' OR r.released_at <= $3) ORDER BY r.released_at DESC LIMIT 1) r ON true
       LEFT JOIN scale k ON k.id = r.scale_id LEFT JOIN cut_score u ON u.id = k.cut_score_id LEFT JOIN calibration c ON c.id = k.calibration_id
      WHERE i.id = ANY($4::uuid[]) AND ($1::text IS NULL OR i.competency_code = $1) AND ($2::text IS NULL OR s.code = $2)
      ORDER BY i.title`,
    [part, subject, at, tested],
  )
