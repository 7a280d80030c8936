import type { Tested } from './tested-model'
import { uuidv7 } from 'uuidv7'
import { db, inTransaction, sql } from '@/lib/platform/db'
import type { CalibratedItem } from './calibrated-item'
import { byLabel } from './test-summary'
import type { ParameterRow, CalibrationRow } from './store'
import type { LinkReport } from './link-model'

export type LinkRow = {
  id: string
  instrumentId: string
  baseCalibrationId: string
  calibrationId: string
  linkedCalibrationId: string | null
  state: 'computing' | 'done' | 'failed'
  excluded: string[]
  reason: string
  error: number | null
  gate: 'open' | 'closed' | null
  report: LinkReport | null
  createdAt: Date
  finishedAt: Date | null
}

const LINK = `SELECT id, instrument_id AS "instrumentId", base_calibration_id AS "baseCalibrationId", calibration_id AS "calibrationId",
    linked_calibration_id AS "linkedCalibrationId", state, excluded, reason, error, gate, report, created_at AS "createdAt", finished_at AS "finishedAt" FROM scale_link`

export const linkById = async (id: string) => (await sql<LinkRow>(`${LINK} WHERE id = $1`, [id]))[0] ?? null
/** Links made from a calibration, newest first. */
export const linksOf = (calibrationId: string) =>
  sql<LinkRow>(`${LINK} WHERE calibration_id = $1 ORDER BY created_at DESC, id DESC`, [calibrationId])
/** The link that a linked record came from; null for an ordinary calibration. */
export const linkBehind = async (linkedCalibrationId: string) =>
  (await sql<LinkRow>(`${LINK} WHERE linked_calibration_id = $1`, [linkedCalibrationId]))[0] ?? null

export async function addLink(
  l: {
    instrumentId: string
    baseCalibrationId: string
    calibrationId: string
    excluded: string[]
    reason: string
    createdBy: string | null
  },
  now: Date,
): Promise<string> {
  const id = uuidv7()
  await db().scaleLink.create({ data: { id, ...l, state: 'computing', createdAt: now } })
  return id
}

export async function failLink(id: string, now: Date): Promise<void> {
  await sql(`UPDATE scale_link SET state = 'failed', finished_at = $2 WHERE id = $1 AND finished_at IS NULL`, [id, now])
}

/** Writes the link and, as an immutable record like any calibration, the items of both on one scale. Returns the record's id; null when the link had ended otherwise. */
export async function finishLink(
  link: LinkRow,
  report: LinkReport,
  base: CalibrationRow,
  later: CalibrationRow,
  items: readonly CalibratedItem[],
  sources: readonly ParameterRow[],
  tested: Tested,
  now: Date,
): Promise<string | null> {
  const id = uuidv7()
  const statistics = new Map(sources.map((s) => [s.itemVersionId, s]))
  return inTransaction(async (tx) => {
    // A job that was begun again after it had ended finds its record, and writes no second one.
    const held = await tx.query<{ state: string; linked: string | null }>(
      `SELECT state, linked_calibration_id AS linked FROM scale_link WHERE id = $1 FOR UPDATE`,
      [link.id],
    )
    if (held.rows[0]?.state !== 'computing') return held.rows[0]?.linked ?? null
    await tx.query(
      `INSERT INTO calibration (id, instrument_id, cycle_codes, state, settings, engine, data_hash, n, log_lik, cycles, converged, latent_mean, latent_variance, warnings, summary, created_by, created_at, finished_at)
       VALUES ($1,$2,$3,'done',$4,$5,$6,$7,NULL,NULL,true,$8,$9,'[]',$10,NULL,$11,$11)`,
      [
        id,
        link.instrumentId,
        [...new Set([...base.cycleCodes, ...later.cycleCodes])],
        JSON.stringify(later.settings),
        base.engine,
        later.dataHash,
        (base.n ?? 0) + (later.n ?? 0),
        base.latentMean,
        base.latentVariance,
        base.summary
          ? JSON.stringify({ ...base.summary, tested, forms: [...base.summary.forms, ...(later.summary?.forms ?? [])].sort(byLabel) })
          : null,
        now,
      ],
    )
    for (const item of items) {
      const source = statistics.get(item.id)!
      await tx.query(
        `INSERT INTO item_parameter (calibration_id, item_version_id, model, a, d, c, codes, se, statistics) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
        [id, item.id, item.model, item.a, item.d, item.c, item.codes, JSON.stringify(source.se), JSON.stringify(source.statistics)],
      )
    }
    await tx.query(
      `UPDATE scale_link SET state = 'done', linked_calibration_id = $2, error = $3, gate = $4, report = $5, finished_at = $6 WHERE id = $1`,
      [link.id, id, report.error, report.reasons.length ? 'closed' : 'open', JSON.stringify(report), now],
    )
    return id
  })
}

/** Error of the newest link of every instrument, points of 100 a deviation of the base. */
export const newestLinkErrors = async () =>
  (
    await sql<{ error: number; baseSd: number }>(
      `SELECT DISTINCT ON (instrument_id) error, (report->>'baseSd')::float8 AS "baseSd" FROM scale_link
        WHERE state = 'done' AND error IS NOT NULL ORDER BY instrument_id, created_at DESC, id DESC`,
    )
  ).map((r) => (100 * r.error) / r.baseSd)

/** Links whose record stands behind a released run, with the cycles on both sides: what growth may be read from. */
export const linksInForce = () =>
  sql<{
    instrumentId: string
    competencyCode: string
    title: string
    runId: string
    error: number
    gate: 'open' | 'closed'
    sigma: number
    baseCycles: string[]
    laterCycles: string[]
    finishedAt: Date
    report: LinkReport
  }>(
    `SELECT l.instrument_id AS "instrumentId", i.competency_code AS "competencyCode", i.title, r.id AS "runId", l.error, l.gate, k.sigma, b.cycle_codes AS "baseCycles",
            c.cycle_codes AS "laterCycles", l.finished_at AS "finishedAt", l.report
       FROM scale_link l JOIN calibration b ON b.id = l.base_calibration_id JOIN calibration c ON c.id = l.calibration_id JOIN instrument i ON i.id = l.instrument_id
       JOIN scale k ON k.calibration_id = l.linked_calibration_id JOIN score_run r ON r.scale_id = k.id AND r.state = 'released'
      WHERE l.state = 'done' AND l.error IS NOT NULL ORDER BY i.competency_code, i.title`,
  )
