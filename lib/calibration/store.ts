import { uuidv7 } from 'uuidv7'
import { db, inTransaction, sql } from '@/lib/platform/db'
import { counts } from '@/lib/sittings/release'
import type { ResponseValue } from '@/lib/items/model'
import type { InstrumentAnalysis, ItemStatistics } from './analyse-instrument'
import type { TestSummary } from './test-summary'
import type { MeasurementSettings } from './measurement-rule'

export type CalibrationState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

export type CalibrationRow = {
  id: string
  instrumentId: string
  instrumentCode: string
  instrumentTitle: string
  competencyCode: string
  cycleCodes: string[]
  /** The day of its newest data. */
  dataUntil: Date | null
  /** Made by a link out of two calibrations: holds no data of its own. */
  linked: boolean
  state: CalibrationState
  settings: MeasurementSettings
  engine: string
  dataHash: string | null
  n: number | null
  logLik: number | null
  cycles: number | null
  converged: boolean | null
  latentMean: number | null
  latentVariance: number | null
  warnings: { id: string | null; code: string; detail: string }[] | null
  summary: TestSummary | null
  createdAt: Date
  finishedAt: Date | null
}

const COLUMNS = `c.id, c.instrument_id AS "instrumentId", i.code AS "instrumentCode", i.title AS "instrumentTitle", i.competency_code AS "competencyCode",
  c.cycle_codes AS "cycleCodes", (SELECT max(y.starts_on) FROM cycle y WHERE y.code = ANY(c.cycle_codes)) AS "dataUntil",
  EXISTS (SELECT 1 FROM scale_link l WHERE l.linked_calibration_id = c.id) AS linked, c.state, c.settings, c.engine, c.data_hash AS "dataHash", c.n, c.log_lik AS "logLik", c.cycles, c.converged,
  c.latent_mean AS "latentMean", c.latent_variance AS "latentVariance", c.warnings, c.created_at AS "createdAt", c.finished_at AS "finishedAt"`
const FROM = `FROM calibration c JOIN instrument i ON i.id = c.instrument_id LEFT JOIN subject s ON s.id = i.subject_id`

/** A record of an engine before the second holds no figures by form and did not say what it could not test. */
const asCalibration = (row: CalibrationRow): CalibrationRow => ({
  ...row,
  summary: row.summary && { ...row.summary, forms: row.summary.forms ?? [] },
})
const asParameters = (row: ParameterRow): ParameterRow => ({
  ...row,
  statistics: {
    ...row.statistics,
    untested: row.statistics.untested ?? [{ comparison: null, reason: 'not-looked', n: { reference: 0, focal: 0 } }],
  },
})

/** Newest first; without the large summary. */
export const calibrations = (instrumentId: string | null) =>
  sql<CalibrationRow>(
    `SELECT ${COLUMNS}, NULL::jsonb AS summary ${FROM} WHERE $1::uuid IS NULL OR c.instrument_id = $1 ORDER BY c.created_at DESC, c.id DESC`,
    [instrumentId],
  )

export const calibrationById = async (id: string): Promise<CalibrationRow | null> =>
  (await sql<CalibrationRow>(`SELECT ${COLUMNS}, c.summary ${FROM} WHERE c.id = $1`, [id])).map(asCalibration)[0] ?? null

const LEADING = `LEFT JOIN scale k ON k.calibration_id = c.id LEFT JOIN score_run r ON r.scale_id = k.id AND r.state = 'released' WHERE c.state = 'done'`

/** The calibration whose parameters count today: that of the released run, else the newest finished one. */
export const leadingCalibration = async (instrumentId: string): Promise<CalibrationRow | null> =>
  (
    await sql<CalibrationRow>(
      `SELECT ${COLUMNS}, c.summary ${FROM} ${LEADING} AND c.instrument_id = $1 ORDER BY (r.id IS NOT NULL) DESC, c.created_at DESC LIMIT 1`,
      [instrumentId],
    )
  ).map(asCalibration)[0] ?? null

/** The leading calibration of every instrument that has one. */
export const leadingCalibrations = async () =>
  (
    await sql<CalibrationRow>(
      `SELECT DISTINCT ON (c.instrument_id) ${COLUMNS}, c.summary ${FROM} ${LEADING} ORDER BY c.instrument_id, (r.id IS NOT NULL) DESC, c.created_at DESC`,
    )
  ).map(asCalibration)

export async function addCalibration(
  c: { instrumentId: string; cycleCodes: string[]; settings: MeasurementSettings; engine: string; createdBy: string | null },
  now: Date,
): Promise<string> {
  const id = uuidv7()
  await db().calibration.create({ data: { id, ...c, settings: c.settings as object, state: 'waiting', createdAt: now } })
  return id
}

/** Marks a waiting calibration as running; false when it was cancelled or taken before. */
export async function takeCalibration(id: string): Promise<boolean> {
  const rows = await sql(
    `UPDATE calibration SET state = 'running' WHERE id = $1 AND state IN ('waiting', 'running') AND NOT cancel_asked RETURNING id`,
    [id],
  )
  return rows.length === 1
}

export async function askCancel(id: string): Promise<boolean> {
  const rows = await sql(`UPDATE calibration SET cancel_asked = true WHERE id = $1 AND state IN ('waiting', 'running') RETURNING id`, [id])
  return rows.length === 1
}

export const isCancelAsked = async (id: string): Promise<boolean> =>
  (await sql<{ asked: boolean }>(`SELECT cancel_asked AS asked FROM calibration WHERE id = $1`, [id]))[0]?.asked ?? true

export async function endCalibration(id: string, state: 'failed' | 'cancelled', detail: string, now: Date): Promise<void> {
  await sql(`UPDATE calibration SET state = $2, warnings = $3, finished_at = $4 WHERE id = $1 AND finished_at IS NULL`, [
    id,
    state,
    JSON.stringify([{ id: null, code: state, detail }]),
    now,
  ])
}

/** Writes the record once: a finished calibration is never changed. */
export async function finishCalibration(id: string, dataHash: string, a: InstrumentAnalysis, now: Date): Promise<void> {
  const c = a.calibration
  await inTransaction(async (tx) => {
    const done = await tx.query(
      `UPDATE calibration SET state = 'done', data_hash = $2, n = $3, log_lik = $4, cycles = $5, converged = $6, latent_mean = $7, latent_variance = $8,
              warnings = $9, summary = $10, finished_at = $11 WHERE id = $1 AND finished_at IS NULL`,
      [
        id,
        dataHash,
        c.n,
        c.logLik,
        c.cycles,
        c.converged,
        c.latent[0]!.mean,
        c.latent[0]!.variance,
        JSON.stringify(c.warnings),
        JSON.stringify(a.summary),
        now,
      ],
    )
    if (!done.rowCount) return
    for (const item of c.items) {
      await tx.query(
        `INSERT INTO item_parameter (calibration_id, item_version_id, model, a, d, c, codes, se, statistics) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
        [id, item.id, item.model, item.a, item.d, item.c, item.codes, JSON.stringify(item.se), JSON.stringify(a.items[item.id])],
      )
    }
  })
}

export type ParameterRow = {
  calibrationId: string
  itemVersionId: string
  itemCode: string
  version: number
  model: 'pcm' | 'gpcm'
  a: number
  d: number[]
  c: number
  codes: number[]
  se: { a: number | null; d: number[]; b: number[] } | null
  statistics: ItemStatistics
}

/** Parameters with statistics of these calibrations, by item code. */
export const parametersOf = async (...calibrationIds: string[]) =>
  (
    await sql<ParameterRow>(
      `SELECT p.calibration_id AS "calibrationId", p.item_version_id AS "itemVersionId", i.code AS "itemCode", v.version, p.model, p.a, p.d, p.c, p.codes, p.se, p.statistics
         FROM item_parameter p JOIN item_version v ON v.id = p.item_version_id JOIN item i ON i.id = v.item_id WHERE p.calibration_id = ANY($1::uuid[]) ORDER BY i.code`,
      [calibrationIds],
    )
  ).map(asParameters)

/** Only what measuring needs: parameters and codes, in item order. */
export const itemParameters = (calibrationId: string) =>
  sql<{ id: string; model: 'pcm' | 'gpcm'; a: number; d: number[]; c: number; codes: number[] }>(
    `SELECT p.item_version_id AS id, p.model, p.a, p.d, p.c, p.codes FROM item_parameter p JOIN item_version v ON v.id = p.item_version_id
       JOIN item i ON i.id = v.item_id WHERE p.calibration_id = $1 ORDER BY i.code, v.version`,
    [calibrationId],
  )

/** The same item in every finished calibration, oldest first: its history. */
export const historyOf = (itemCode: string) =>
  sql<{
    calibrationId: string
    cycleCodes: string[]
    createdAt: Date
    version: number
    n: number
    se: ParameterRow['se']
    statistics: ItemStatistics
  }>(
    `SELECT c.id AS "calibrationId", c.cycle_codes AS "cycleCodes", c.created_at AS "createdAt", v.version, c.n, p.se, p.statistics
       FROM item_parameter p JOIN calibration c ON c.id = p.calibration_id JOIN item_version v ON v.id = p.item_version_id JOIN item i ON i.id = v.item_id
      WHERE i.code = $1 AND c.state = 'done' ORDER BY c.created_at, c.id`,
    [itemCode],
  )

export type AttemptData = {
  attemptId: string
  /** The same in every cycle for the same teacher. */
  person: string
  formId: string
  cycleCode: string
  seed: number
  sex: string | null
  ownership: string
  regionCode: string
  userAgent: string | null
  responses: Record<string, ResponseValue> | null
  /** Shares that raters gave to extended responses, by item version. */
  rated: Record<string, number> | null
}

/** Closed attempts of an instrument in these cycles (null: all but practice) with their current responses, in a fixed order. */
export const attemptData = (instrumentId: string, cycleCodes: string[] | null) =>
  sql<AttemptData>(
    `SELECT a.id AS "attemptId", coalesce(s.teacher_id, s.id) AS person, a.form_id AS "formId", c.code AS "cycleCode", a.seed, t.sex, x.ownership, g.kemendagri_code AS "regionCode",
            (SELECT d.user_agent FROM attempt_device d WHERE d.attempt_id = a.id ORDER BY d.last_contact_at DESC LIMIT 1) AS "userAgent",
            (SELECT jsonb_object_agg(r.item_version_id, r.value) FROM response r WHERE r.attempt_id = a.id) AS responses,
            (SELECT jsonb_object_agg(x.item_version_id, x.share) FROM rated_response x WHERE x.attempt_id = a.id AND x.share IS NOT NULL) AS rated
       FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id
       LEFT JOIN teacher t ON t.id = s.teacher_id JOIN school x ON x.id = s.school_id JOIN region g ON g.id = s.region_id
      WHERE a.instrument_id = $1 AND a.state = 'closed' AND ${counts('c')} AND ($2::text[] IS NULL OR c.code = ANY($2)) ORDER BY a.id`,
    [instrumentId, cycleCodes],
  )

/** The cycle of each of these attempts that counts, by its code; one of practice has none. */
export const cyclesOf = async (attemptIds: readonly string[]): Promise<Map<string, string>> =>
  new Map(
    (
      await sql<{ id: string; code: string }>(
        `SELECT a.id, c.code FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id
          WHERE a.id = ANY($1::uuid[]) AND ${counts('c')}`,
        [attemptIds],
      )
    ).map((r) => [r.id, r.code]),
  )

/** Names of the cycles whose closed attempts that count hold one of these item versions, oldest first. */
export const cyclesOfItem = async (itemVersionIds: readonly string[]): Promise<string[]> =>
  (
    await sql<{ name: string }>(
      `SELECT c.name FROM cycle c WHERE ${counts('c')} AND EXISTS (
         SELECT 1 FROM sitting y JOIN seat s ON s.sitting_id = y.id JOIN attempt a ON a.seat_id = s.id AND a.state = 'closed'
           JOIN form_item f ON f.form_id = a.form_id WHERE y.cycle_id = c.id AND f.item_version_id = ANY($1::uuid[])) ORDER BY c.starts_on`,
      [itemVersionIds],
    )
  ).map((r) => r.name)

/** What people call these forms: the letter where there is one, and the code that tells two of a letter apart. */
export const formNames = async (formIds: readonly string[]): Promise<Map<string, string>> =>
  new Map(
    (
      await sql<{ id: string; name: string }>(
        `SELECT id, CASE WHEN label IS NULL THEN code ELSE label || ' · ' || code END AS name FROM form WHERE id = ANY($1::uuid[])`,
        [[...new Set(formIds)]],
      )
    ).map((f) => [f.id, f.name]),
  )

/** How many persons met each item of an instrument in these cycles: the number of the item that fewest met. */
export const fewestMeetings = async (instrumentId: string, cycleCodes: string[]): Promise<number> =>
  (
    await sql<{ n: number | null }>(
      `SELECT min(n)::int AS n FROM (SELECT count(*) AS n FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting y ON y.id = s.sitting_id
         JOIN cycle c ON c.id = y.cycle_id JOIN form_item f ON f.form_id = a.form_id
        WHERE a.instrument_id = $1 AND a.state = 'closed' AND ${counts('c')} AND c.code = ANY($2::text[]) GROUP BY f.item_version_id) x`,
      [instrumentId, cycleCodes],
    )
  )[0]?.n ?? 0

/** Different persons behind the closed attempts of each instrument, over all cycles. */
export const peopleByInstrument = () =>
  sql<{ instrumentId: string; responses: number; people: number }>(
    `SELECT a.instrument_id AS "instrumentId", count(*)::int AS responses, count(DISTINCT coalesce(s.teacher_id, s.id))::int AS people
       FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id
      WHERE a.state = 'closed' AND ${counts('c')} GROUP BY a.instrument_id`,
  )

/** Closed attempts of each instrument by cycle: what could be calibrated. */
export const attemptCounts = () =>
  sql<{ instrumentId: string; cycleCode: string; cycleName: string; n: number }>(
    `SELECT a.instrument_id AS "instrumentId", c.code AS "cycleCode", c.name AS "cycleName", count(*)::int AS n
       FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id
      WHERE a.state = 'closed' AND ${counts('c')} GROUP BY a.instrument_id, c.code, c.name, c.starts_on ORDER BY c.starts_on`,
  )

/** Instruments in the order of screens. */
export const instrumentsForAnalysis = () =>
  sql<{ id: string; code: string; title: string; competencyCode: string }>(
    `SELECT i.id, i.code, i.title, i.competency_code AS "competencyCode" FROM instrument i LEFT JOIN subject s ON s.id = i.subject_id
      ORDER BY i.competency_code DESC, s.sort, i.title`,
  )
