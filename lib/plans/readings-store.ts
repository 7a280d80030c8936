import type { Scope } from '@/lib/access/model'
import { within } from '@/lib/access/reach'
import { sql } from '@/lib/platform/db'
import { counts, shownToPeople } from '@/lib/sittings/release'
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

type Row = Omit<PlacedReading, 'basis' | 'score' | 'se' | 'areas'> & {
  points: number | null
  pointsSe: number | null
  items: number
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
 * Instruments without a released scale get the error of a raw percent from `errorOfRaw`. Areas are content domains ('MTK:ALJ') of the
 * professional part and indicators ('1.2') of the others; an area of a single item is left out, because it says nothing.
 */
export async function latestReadings(f: ReadingFilter, errorOfRaw: (percent: number, items: number) => number): Promise<PlacedReading[]> {
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
     )
     SELECT sat.id AS "attemptId", sat.teacher_id AS "teacherId", sat.competency_code AS part, sat.cycle_code AS "cycleCode", sat.starts_on AS "cycleStart", sat.school_id AS "schoolId",
            sat.region_id AS "regionId", r.kemendagri_code AS "regionCode", l.code AS "levelCode", u.code AS subject,
            v.percent, v.items, b.scale AS points, b.scale_se AS "pointsSe", areas.areas
       FROM sat JOIN score v ON v.attempt_id = sat.id AND v.kind = 'raw' AND v.scope = 'total' AND v.superseded_at IS NULL
       JOIN region r ON r.id = sat.region_id JOIN education_level l ON l.id = sat.level_id LEFT JOIN subject u ON u.id = sat.subject_id
       LEFT JOIN score_run q ON q.instrument_id = sat.instrument_id AND q.kind = 'theta' AND q.state = 'released'
       LEFT JOIN ability b ON b.run_id = q.id AND b.attempt_id = sat.id
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
  return rows.map(({ points, pointsSe, items, areas, ...rest }) =>
    points !== null && pointsSe !== null
      ? { ...rest, basis: 'scale', score: points, se: pointsSe, areas: areas ?? [] }
      : { ...rest, basis: 'raw', score: rest.percent, se: errorOfRaw(rest.percent, items), areas: areas ?? [] },
  )
}
