import { uuidv7 } from 'uuidv7'
import { sql, type Transaction } from '@/lib/platform/db'
import { competencyOrder } from '@/lib/sittings/model'
import { counts, shownToPeople } from '@/lib/sittings/release'
import type { CycleThen, Headline, Slice, Snapshot, SnapshotAudit, SnapshotState, StoredCell, StoredView } from './model'

const SNAPSHOT = `SELECT id, series, number, state, words, cycles, runs, code_version AS "codeVersion", rules_version AS "rulesVersion", rules_shipped AS "rulesShipped", hide_below AS "hideBelow",
  hatch_below AS "hatchBelow", reaches, audit, hash_in AS "hashIn", hash_out AS "hashOut", made_by AS "madeBy", made_name AS "madeName", made_at AS "madeAt",
  last_closed AS "lastClosed", proposed_by AS "proposedBy", proposed_name AS "proposedName", proposed_at AS "proposedAt", published_by AS "publishedBy",
  published_name AS "publishedName", published_at AS "publishedAt", withdrawn_name AS "withdrawnName", withdrawn_at AS "withdrawnAt", withdrawn_why AS "withdrawnWhy"
  FROM snapshot`

export const snapshotById = async (id: string) => (await sql<Snapshot>(`${SNAPSHOT} WHERE id = $1`, [id]))[0] ?? null
export const snapshots = () => sql<Snapshot>(`${SNAPSHOT} ORDER BY series, number DESC`)
/** The snapshots in force, one a series, the series of the oldest cycle first. */
export const inForce = () => sql<Snapshot>(`${SNAPSHOT} WHERE state = 'published' ORDER BY cycles->0->>'startsOn', series`)
/** Series of which nothing is in force because the last that was published was withdrawn. */
export const withdrawnSeries = () =>
  sql<{ series: string; at: Date; why: string }>(
    `SELECT DISTINCT ON (series) series, withdrawn_at AS at, withdrawn_why AS why FROM snapshot s WHERE state = 'withdrawn'
        AND NOT EXISTS (SELECT 1 FROM snapshot x WHERE x.series = s.series AND x.state = 'published') ORDER BY series, number DESC`,
  )
/** What was published of a series before, withdrawn and replaced ones included: somebody may have kept it. Oldest first. */
export const everPublished = (series: string) =>
  sql<Snapshot>(`${SNAPSHOT} WHERE series = $1 AND published_at IS NOT NULL ORDER BY number`, [series])

/** A snapshot, held until the transaction ends. */
export const holdSnapshot = async (tx: Transaction, id: string) =>
  (await tx.query<Snapshot>(`${SNAPSHOT} WHERE id = $1 FOR UPDATE`, [id])).rows[0] ?? null

/** Series that people have taken tests of, with their cycles; practice and rehearsals are none. */
export const seriesTaken = () =>
  sql<{ series: string; cycles: CycleThen[] }>(
    `SELECT c.series, jsonb_agg(jsonb_build_object('code', c.code, 'name', c.name, 'startsOn', c.starts_on, 'simulated', c.simulated, 'lastClosed', null) ORDER BY c.starts_on) AS cycles
       FROM cycle c WHERE ${counts('c')} GROUP BY c.series ORDER BY min(c.starts_on), c.series`,
  )

export async function addSnapshot(
  s: Pick<
    Snapshot,
    'series' | 'cycles' | 'codeVersion' | 'rulesVersion' | 'rulesShipped' | 'hideBelow' | 'hatchBelow' | 'madeBy' | 'madeName'
  >,
  now: Date,
): Promise<string> {
  const id = uuidv7()
  await sql(
    `INSERT INTO snapshot (id, series, number, state, cycles, code_version, rules_version, rules_shipped, hide_below, hatch_below, made_by, made_name, made_at)
     SELECT $1, $2, coalesce(max(number), 0) + 1, 'building', $3, $4, $5, $6, $7, $8, $9, $10, $11 FROM snapshot WHERE series = $2`,
    [
      id,
      s.series,
      JSON.stringify(s.cycles),
      s.codeVersion,
      s.rulesVersion,
      s.rulesShipped,
      s.hideBelow,
      s.hatchBelow,
      s.madeBy,
      s.madeName,
      now,
    ],
  )
  return id
}

/**
 * Takes down whose test goes in: of each person, instrument and cycle the last one that is closed, counts and may be shown, with what the
 * released run measured of it; and which schools the roster knows. From here on nothing that happens elsewhere changes the snapshot.
 */
export async function gather(id: string, series: string): Promise<number> {
  const taken = await sql(
    `INSERT INTO snapshot_member (snapshot_id, part, attempt_id, region_id, school_id, level, subject_id, status, cycle, latest, form_id, instrument_id, raw, mastery, low, high, mean, sd)
     SELECT DISTINCT ON (s.teacher_id, a.instrument_id, c.id) $1, a.competency_code, a.id, s.region_id, s.school_id, l.code, s.subject_id, s.employment_status, c.code,
            a.started_at = max(a.started_at) OVER (PARTITION BY s.teacher_id, a.instrument_id), a.form_id, a.instrument_id, v.percent, b.mastery, b.mastery_low, b.mastery_high,
            b.posterior_mean, b.posterior_sd
       FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id JOIN education_level l ON l.id = s.level_id
       JOIN score v ON v.attempt_id = a.id AND v.kind = 'raw' AND v.scope = 'total' AND v.scope_code = '' AND v.superseded_at IS NULL
       LEFT JOIN score_run r ON r.instrument_id = a.instrument_id AND r.kind = 'theta' AND r.state = 'released'
       LEFT JOIN ability b ON b.run_id = r.id AND b.attempt_id = a.id
      WHERE a.state = 'closed' AND ${counts('c')} AND ${shownToPeople('t')} AND c.series = $2
      ORDER BY s.teacher_id, a.instrument_id, c.id, a.started_at DESC RETURNING 1`,
    [id, series],
  )
  await sql(
    `INSERT INTO snapshot_roster (snapshot_id, school_id, region_id, level, subject, n)
     SELECT $1, x.id, x.region_id, l.code, coalesce(t.subject_id::text, ''), count(t.id)::int
       FROM school x JOIN education_level l ON l.id = x.level_id AND l.active LEFT JOIN teacher t ON t.school_id = x.id GROUP BY x.id, x.region_id, l.code, t.subject_id`,
    [id],
  )
  return taken.length
}

/** Notes what the gathered tests are: cycles with their last test, the runs that measured them. */
export const describe = (id: string) =>
  sql(
    `UPDATE snapshot s SET
       cycles = (SELECT jsonb_agg(c || jsonb_build_object('lastClosed', (SELECT max(a.closed_at) FROM snapshot_member m JOIN attempt a ON a.id = m.attempt_id WHERE m.snapshot_id = s.id AND m.cycle = c->>'code')) ORDER BY c->>'startsOn')
                   FROM jsonb_array_elements(s.cycles) c),
       last_closed = (SELECT max(a.closed_at) FROM snapshot_member m JOIN attempt a ON a.id = m.attempt_id WHERE m.snapshot_id = s.id),
       runs = coalesce((SELECT jsonb_agg(jsonb_build_object('instrument', i.code, 'run', r.id, 'releasedAt', r.released_at) ORDER BY i.code)
                 FROM score_run r JOIN instrument i ON i.id = r.instrument_id
                WHERE r.kind = 'theta' AND r.state = 'released' AND r.instrument_id IN (SELECT instrument_id FROM snapshot_member WHERE snapshot_id = s.id)), '[]')
     WHERE s.id = $1`,
    [id],
  )

const CELLS_AT_ONCE = 5_000
/** Columns of a figure with their types, and where each is taken from. */
const columns: [name: string, type: string, of: (c: StoredCell) => unknown][] = [
  ['part', 'text', (c) => c.part],
  ['basis', 'text', (c) => c.basis],
  ['reach', 'text', (c) => c.reach],
  ['cycle', 'text', (c) => c.cycle],
  ['level', 'text', (c) => c.level],
  ['subject', 'text', (c) => c.subject],
  ['status', 'text', (c) => c.status],
  ['indicator', 'text', (c) => c.indicator],
  ['place', 'text', (c) => c.place],
  ['region', 'text', (c) => c.region],
  ['n', 'int', (c) => c.n],
  ['schools', 'int', (c) => c.schools],
  ['mean', 'float8', (c) => c.mean],
  ['se', 'float8', (c) => c.se],
  ['df', 'float8', (c) => c.df],
  ['margin', 'float8', (c) => c.margin],
  ['share', 'float8', (c) => c.share],
  ['share_se', 'float8', (c) => c.shareSe],
  ['share_margin', 'float8', (c) => c.shareMargin],
  ['compared', 'text', (c) => c.compared],
  ['state', 'text', (c) => c.state],
  ['items', 'int', (c) => c.items],
  ['measured', 'int', (c) => c.measured],
  ['bands', 'text', (c) => `{${c.bands.join()}}`],
  ['quantiles', 'text', (c) => `{${c.quantiles.join()}}`],
]
/** A column of lists travels as texts: a list of lists would have to be of one length. */
const lists: Record<string, string> = { bands: 'bands::int[]', quantiles: 'quantiles::float8[]' }
const names = columns.map(([name]) => name)
const ADD_CELLS = `INSERT INTO snapshot_cell (snapshot_id, ${names.join(', ')})
  SELECT $1, ${names.map((name) => lists[name] ?? name).join(', ')} FROM unnest(${columns.map(([, type], i) => `$${i + 2}::${type}[]`).join(', ')}) AS t(${names.join(', ')})`

/** Adds figures to a snapshot that is being made. */
export async function addCells(id: string, cells: readonly StoredCell[]): Promise<void> {
  for (let from = 0; from < cells.length; from += CELLS_AT_ONCE) {
    const some = cells.slice(from, from + CELLS_AT_ONCE)
    await sql(ADD_CELLS, [id, ...columns.map(([, , of]) => some.map(of))])
  }
}

const VIEWS_AT_ONCE = 200
/** Adds pages to a snapshot that is being made. */
export async function addViews(id: string, views: readonly StoredView[]): Promise<void> {
  for (let from = 0; from < views.length; from += VIEWS_AT_ONCE) {
    const rows = views.slice(from, from + VIEWS_AT_ONCE).map((v) => ({ ...v, snapshot_id: id }))
    await sql(`INSERT INTO snapshot_view SELECT * FROM jsonb_populate_recordset(NULL::snapshot_view, $1::jsonb)`, [JSON.stringify(rows)])
  }
}
/** A page as it was published; null where there is none for this reach. */
export const viewOf = async <Body>(id: string, kind: string, reach: string, name: string): Promise<Body | null> =>
  (
    await sql<{ body: Body }>(`SELECT body FROM snapshot_view WHERE snapshot_id = $1 AND kind = $2 AND reach = $3 AND name = $4`, [
      id,
      kind,
      reach,
      name,
    ])
  )[0]?.body ?? null
/** Headlines of the pages for whoever sees everything. */
export const headlinesOf = (id: string) =>
  sql<Headline & { name: string }>(
    `SELECT concat_ws('|', v.kind, v.name, h->>'words') AS name, h->>'words' AS words, (h->>'n')::int AS n, (h->>'value')::float8 AS value
       FROM snapshot_view v, jsonb_array_elements(v.body->'headlines') h WHERE v.snapshot_id = $1 AND v.reach = ''`,
    [id],
  )

/** What went in and what came out as one number each: school by school and slice by slice, so that it takes no memory that grows with the people. */
const HASH_IN = `SELECT encode(sha256(convert_to(coalesce(string_agg(h, '' ORDER BY part, school_id), ''), 'UTF8')), 'hex') AS hash FROM (
    SELECT part, school_id, encode(sha256(convert_to(string_agg((m.*)::text, E'\\n' ORDER BY attempt_id), 'UTF8')), 'hex') AS h
      FROM snapshot_member m WHERE snapshot_id = $1 GROUP BY part, school_id) x`
const HASH_OUT = `SELECT encode(sha256(convert_to(coalesce(string_agg(h, '' ORDER BY k), ''), 'UTF8')), 'hex') AS hash FROM (
    SELECT concat_ws('|', part, basis, reach, cycle, level) AS k, encode(sha256(convert_to(string_agg((c.*)::text, E'\\n' ORDER BY subject, status, indicator, place), 'UTF8')), 'hex') AS h
      FROM snapshot_cell c WHERE snapshot_id = $1 GROUP BY part, basis, reach, cycle, level
    UNION ALL SELECT concat_ws('|', 'view', kind, reach, name), encode(sha256(convert_to(v.body::text, 'UTF8')), 'hex') FROM snapshot_view v WHERE snapshot_id = $1
    UNION ALL SELECT 'roster', encode(sha256(convert_to(string_agg((r.*)::text, E'\\n' ORDER BY school_id, subject), 'UTF8')), 'hex') FROM snapshot_roster r WHERE snapshot_id = $1) x`
export async function hashesOf(id: string): Promise<{ hashIn: string; hashOut: string }> {
  const [[a], [b]] = await Promise.all([sql<{ hash: string }>(HASH_IN, [id]), sql<{ hash: string }>(HASH_OUT, [id])])
  return { hashIn: a!.hash, hashOut: b!.hash }
}

/** The making has come to its end. */
export const endMaking = (
  id: string,
  end: {
    state: 'draft' | 'failed'
    words: string
    audit: SnapshotAudit | null
    reaches: string[]
    hashIn: string | null
    hashOut: string | null
  },
) =>
  sql(
    `UPDATE snapshot SET state = $2, words = $3, audit = $4, reaches = $5, hash_in = $6, hash_out = $7 WHERE id = $1 AND state = 'building'`,
    [id, end.state, end.words, end.audit && JSON.stringify(end.audit), JSON.stringify(end.reaches), end.hashIn, end.hashOut],
  )

/** What was made so far of a snapshot whose making broke off, so that it is made from its beginning. */
export async function clearRows(id: string): Promise<void> {
  for (const table of ['snapshot_cell', 'snapshot_view', 'snapshot_roster', 'snapshot_member'])
    await sql(`DELETE FROM ${table} WHERE snapshot_id = $1`, [id])
}

type Who = { userId: string | null; name: string }
export const propose = (id: string, who: Who, now: Date) =>
  sql(`UPDATE snapshot SET state = 'proposed', proposed_by = $2, proposed_name = $3, proposed_at = $4 WHERE id = $1`, [
    id,
    who.userId,
    who.name,
    now,
  ])
/** Puts a snapshot into force, in the place of the one of its series that is. */
export async function publish(tx: Transaction, s: Snapshot, who: Who, now: Date): Promise<void> {
  await tx.query(`UPDATE snapshot SET state = 'replaced' WHERE series = $1 AND state = 'published'`, [s.series])
  await tx.query(`UPDATE snapshot SET state = 'published', published_by = $2, published_name = $3, published_at = $4 WHERE id = $1`, [
    s.id,
    who.userId,
    who.name,
    now,
  ])
}
export const withdraw = (id: string, who: Who, why: string, now: Date) =>
  sql(
    `UPDATE snapshot SET state = 'withdrawn', withdrawn_by = $2, withdrawn_name = $3, withdrawn_why = $4, withdrawn_at = $5 WHERE id = $1`,
    [id, who.userId, who.name, why, now],
  )
export const setState = (id: string, state: SnapshotState) => sql(`UPDATE snapshot SET state = $2 WHERE id = $1`, [id, state])

const CELL = `SELECT part, basis, reach, cycle, level, subject, status, indicator, place, region, n, schools, mean, se, df, margin, share, share_se AS "shareSe",
  share_margin AS "shareMargin", compared, state, items, measured, bands, quantiles FROM snapshot_cell`

/** Both of what figures are made of: said where either may be, so that the key of the figures still finds the rest. */
const EITHER = `basis IN ('raw', 'mastery')`

/** Cells of the slices that match, schools left out. What is undefined in `slice` may be anything. */
export function cellsOf(id: string, slice: Partial<Slice>): Promise<StoredCell[]> {
  const values: unknown[] = [id]
  const conditions = Object.entries(slice).map(([name, value]) => `${name} = $${values.push(value)}`)
  if (slice.basis === undefined) conditions.push(EITHER)
  return sql<StoredCell>(`${CELL} WHERE snapshot_id = $1 AND ${conditions.join(' AND ')} AND place NOT LIKE 'school:%'`, values)
}
/** Schools of one kabupaten, of all subjects together. */
export const schoolCells = (id: string, slice: Slice, region: string) =>
  sql<StoredCell>(`${CELL} WHERE snapshot_id = $1 AND part = $2 AND basis = $3 AND cycle = $4 AND region = $5`, [
    id,
    slice.part,
    slice.basis,
    slice.cycle,
    region,
  ])
/** One school's figures by part and basis, over the whole series. */
export const cellsOfSchool = (id: string, schoolId: string) =>
  sql<StoredCell>(
    // Told of all its people together: with that said, the key of the figures finds them.
    `${CELL} WHERE snapshot_id = $1 AND part = ANY($3) AND ${EITHER} AND reach = '' AND cycle = '' AND level = '' AND subject = '' AND status = '' AND indicator = '' AND place = $2`,
    [id, `school:${schoolId}`, competencyOrder],
  )

/** Teachers of the roster by kabupaten and level, of one subject where it is said. */
export const rosterOf = (id: string, subject: string) =>
  sql<{ regionId: string; level: string; n: number }>(
    `SELECT region_id AS "regionId", level, sum(n)::int AS n FROM snapshot_roster WHERE snapshot_id = $1 AND ($2 = '' OR subject = $2) GROUP BY region_id, level`,
    [id, subject],
  )
/** Schools of a kabupaten with their teachers on the roster. */
export const rosterOfSchools = (id: string, regionId: string) =>
  sql<{ schoolId: string; level: string; n: number }>(
    `SELECT school_id AS "schoolId", level, sum(n)::int AS n FROM snapshot_roster WHERE snapshot_id = $1 AND region_id = $2 GROUP BY school_id, level`,
    [id, regionId],
  )

/** Schools that have teachers, those of them from which nobody sat a part, and their teachers, by kabupaten and level. */
export const schoolsOfRoster = (id: string, part: string) =>
  sql<{ regionId: string; level: string; schools: number; untested: number; teachers: number }>(
    `SELECT r.region_id AS "regionId", r.level, count(*)::int AS schools, (count(*) FILTER (WHERE c.place IS NULL))::int AS untested, sum(r.n)::int AS teachers
       FROM (SELECT school_id, region_id, level, sum(n)::int AS n FROM snapshot_roster WHERE snapshot_id = $1 GROUP BY school_id, region_id, level) r
       LEFT JOIN snapshot_cell c ON c.snapshot_id = $1 AND c.part = $2 AND c.basis = 'raw' AND c.reach = '' AND c.cycle = '' AND c.level = '' AND c.subject = ''
        AND c.status = '' AND c.indicator = '' AND c.place = 'school:' || r.school_id
      WHERE r.n > 0 GROUP BY r.region_id, r.level`,
    [id, part],
  )
/** Teachers of the roster by subject. */
export const rosterOfSubjects = (id: string) =>
  sql<{ subject: string; n: number }>(`SELECT subject, sum(n)::int AS n FROM snapshot_roster WHERE snapshot_id = $1 GROUP BY subject`, [id])
