import type { Scope } from '@/lib/access/model'
import { within } from '@/lib/access/reach'
import { sql } from '@/lib/platform/db'
import { counts, shownToPeople } from '@/lib/sittings/release'
import { sharePosterior, type Posterior } from '@/lib/psychometrics/posterior'
import { tooFew } from '@/lib/calibration/reach-model'
import { posteriorOf } from '@/lib/scoring/judgement-model'
import type { Area, Reading } from './model'

/** What tiers, plans and matching read of the rooms below: the latest closed test of every teacher and competency that is shown to people, practice left out. */
export type PlacedReading = Reading & {
  attemptId: string
  cycleCode: string
  cycleStart: Date
  schoolId: string
  regionId: string
  regionCode: string
  levelCode: string
  subject: string | null
}

type Row = Omit<PlacedReading, 'basis' | 'score' | 'posterior' | 'areas' | 'few'> & {
  answered: number | null
  points: number | null
  gaps: Record<string, Posterior> | null
  pointsSe: number | null
  posteriorMean: number | null
  posteriorSd: number | null
  items: number
  /** Of all who took the instrument, where it has no scale: mean, variance and mean error variance of the raw share. */
  peerMean: number | null
  peerVariance: number | null
  peerError: number | null
  peers: number | null
  areas: Area[] | null
}

export type ReadingFilter = {
  teacherId?: string
  teacherIds?: string[]
  /** Earlier tests of the same competency as well, newest first. */
  earlier?: boolean
  part?: string
  /** What the reader's grants reach; left out where the rows stay inside the house. */
  scope?: Scope
}

/**
 * Instruments without a released scale are read by raw percents among all who took them. Areas are content domains ('MTK:ALJ') of the
 * professional part and indicators ('1.2') of the others; an area of a single item is left out, because it says nothing.
 */
export async function latestReadings(f: ReadingFilter): Promise<PlacedReading[]> {
  const values: unknown[] = [f.teacherId ?? null, f.part ?? null, f.teacherIds ?? null, f.earlier ?? false]
  const scope = within(f.scope ?? null, { region: 's.region_id', school: 's.school_id', level: 'l.code' }, values)
  const rows = await sql<Row>(
    `WITH sat AS (
       SELECT DISTINCT ON (s.teacher_id, a.competency_code, CASE WHEN $4::bool THEN a.id END) a.id, a.started_at, a.instrument_id, a.competency_code, s.teacher_id, s.school_id, s.region_id, s.level_id, s.subject_id,
              c.code AS cycle_code, c.starts_on
         FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id JOIN education_level l ON l.id = s.level_id
        WHERE a.state = 'closed' AND ${counts('c')} AND ${shownToPeople('t')}
          AND ($1::uuid IS NULL OR s.teacher_id = $1) AND ($2::text IS NULL OR a.competency_code = $2) AND ($3::uuid[] IS NULL OR s.teacher_id = ANY($3)) AND ${scope}
        ORDER BY s.teacher_id, a.competency_code, CASE WHEN $4::bool THEN a.id END, a.started_at DESC
     ), peers AS MATERIALIZED (
       SELECT a.instrument_id, avg(v.percent) / 100 AS mean, coalesce(var_samp(v.percent), 0) / 10000 AS variance,
              avg(v.percent * (100 - v.percent) / greatest(v.items - 1, 1)) / 10000 AS error, count(*)::int AS n
         FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id
         JOIN score v ON v.attempt_id = a.id AND v.kind = 'raw' AND v.scope = 'total' AND v.superseded_at IS NULL
        WHERE a.state = 'closed' AND ${counts('c')} AND a.instrument_id IN (SELECT instrument_id FROM sat) AND coalesce(v.answered * 2 >= v.items, true)
          AND NOT EXISTS (SELECT 1 FROM score_run q WHERE q.instrument_id = a.instrument_id AND q.kind = 'theta' AND q.state = 'released')
        GROUP BY a.instrument_id
     )
     SELECT sat.id AS "attemptId", sat.teacher_id AS "teacherId", sat.competency_code AS part, sat.cycle_code AS "cycleCode", sat.starts_on AS "cycleStart", sat.school_id AS "schoolId",
            sat.region_id AS "regionId", r.kemendagri_code AS "regionCode", l.code AS "levelCode", u.code AS subject,
            v.percent, v.items, v.answered, b.scale AS points, b.scale_se AS "pointsSe", b.posterior_mean AS "posteriorMean", b.posterior_sd AS "posteriorSd", b.areas AS gaps,
            k.mean AS "peerMean", k.variance AS "peerVariance", k.error AS "peerError", k.n AS peers, areas.areas
       FROM sat JOIN score v ON v.attempt_id = sat.id AND v.kind = 'raw' AND v.scope = 'total' AND v.superseded_at IS NULL
       JOIN region r ON r.id = sat.region_id JOIN education_level l ON l.id = sat.level_id LEFT JOIN subject u ON u.id = sat.subject_id
       LEFT JOIN score_run q ON q.instrument_id = sat.instrument_id AND q.kind = 'theta' AND q.state = 'released'
       LEFT JOIN ability b ON b.run_id = q.id AND b.attempt_id = sat.id LEFT JOIN peers k ON k.instrument_id = sat.instrument_id
       -- Looked up test by test: as a whole beside the whole it is made anew for every test when the planner knows its size badly.
       CROSS JOIN LATERAL (
         SELECT jsonb_agg(jsonb_build_object('code', CASE WHEN sat.competency_code = '4' THEN i.code || ':' || v.scope_code ELSE v.scope_code END,
                  'percent', v.percent, 'items', v.items) ORDER BY v.scope_code) AS areas
           FROM score v JOIN instrument i ON i.id = sat.instrument_id
          WHERE v.attempt_id = sat.id AND v.kind = 'raw' AND v.scope = CASE WHEN sat.competency_code = '4' THEN 'domain' ELSE 'indicator' END
            AND v.superseded_at IS NULL AND v.items > 1 AND (sat.competency_code = '4' OR v.scope_code LIKE sat.competency_code || '.%')
       ) areas
      ORDER BY sat.started_at DESC, sat.id`,
    values,
  )
  return rows.map(
    ({
      points,
      pointsSe,
      posteriorMean,
      posteriorSd,
      items,
      answered,
      peerMean,
      peerVariance,
      peerError,
      peers,
      areas: raw,
      gaps,
      ...rest
    }) => {
      const areas = (raw ?? []).map((a) => ({ ...a, gap: gaps?.[a.code.split(':').at(-1)!] ?? null }))
      if (points !== null && pointsSe !== null) {
        const posterior = posteriorOf({ scale: points, scaleSe: pointsSe, posteriorMean, posteriorSd })
        return { ...rest, basis: 'scale', score: points, posterior, areas }
      }
      const known = sharePosterior(rest.percent / 100, items, {
        mean: peerMean ?? 0.5,
        variance: peerVariance ?? 0,
        error: peerError ?? 0,
        n: peers ?? 0,
      })
      return {
        ...rest,
        basis: 'raw',
        few: answered !== null && tooFew({ items, answered }) ? { answered, items } : null,
        score: rest.percent,
        posterior: { mean: 100 * known.mean, sd: 100 * known.sd },
        areas,
      }
    },
  )
}
