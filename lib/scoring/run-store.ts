import { uuidv7 } from 'uuidv7'
import { db, insertMany, sql, type Transaction } from '@/lib/platform/db'
import { counts, shownToPeople } from '@/lib/sittings/release'
import type { CutRow } from '@/lib/standards/inside'
import { SCALE_CUT, SCALE_SD, type Difference, type LatentOfRun } from './model'
import type { Kept } from './judgement-model'
import type { Measure } from './measure'
import type { Spread } from '@/lib/psychometrics/posterior'

export async function addScale(
  s: { calibrationId: string; cutScoreId: string; thetaCut: number; thetaCutError: number; sigma: number },
  now: Date,
): Promise<string> {
  const id = uuidv7()
  await db().scale.create({ data: { id, ...s, createdAt: now } })
  return id
}

export type RunState = 'computing' | 'draft' | 'released' | 'superseded' | 'failed'
export type RunRow = {
  id: string
  instrumentId: string
  instrumentTitle: string
  ruleVersionId: string
  ruleVersion: number
  scaleId: string
  calibrationId: string
  cutMethod: CutRow['method']
  cutReason: string
  thetaCut: number
  /** Standard error of the cut, θ: 0 for a provisional one. */
  cutError: number
  sigma: number
  state: RunState
  diff: Difference | null
  latent: LatentOfRun | null
  createdAt: Date
  releasedAt: Date | null
}

const RUN = `SELECT r.id, r.instrument_id AS "instrumentId", i.title AS "instrumentTitle", r.rule_version_id AS "ruleVersionId", v.version AS "ruleVersion",
    r.scale_id AS "scaleId", k.calibration_id AS "calibrationId", u.method AS "cutMethod", u.reason AS "cutReason", k.theta_cut AS "thetaCut", k.theta_cut_error AS "cutError", k.sigma, r.state, r.diff, r.latent,
    r.created_at AS "createdAt", r.released_at AS "releasedAt"
  FROM score_run r JOIN scale k ON k.id = r.scale_id JOIN cut_score u ON u.id = k.cut_score_id JOIN instrument i ON i.id = r.instrument_id
  JOIN rule_version v ON v.id = r.rule_version_id WHERE r.kind = 'theta'`

export const runById = async (id: string): Promise<RunRow | null> => (await sql<RunRow>(`${RUN} AND r.id = $1`, [id]))[0] ?? null
export const runsOfCalibration = (calibrationId: string) =>
  sql<RunRow>(`${RUN} AND k.calibration_id = $1 ORDER BY r.created_at DESC`, [calibrationId])
export const releasedRun = async (instrumentId: string): Promise<RunRow | null> =>
  (await sql<RunRow>(`${RUN} AND r.instrument_id = $1 AND r.state = 'released'`, [instrumentId]))[0] ?? null
/** Runs that a newly closed or changed attempt belongs into: the released one, drafts, and those being computed. */
export const livingRuns = (instrumentId: string) =>
  sql<RunRow>(`${RUN} AND r.instrument_id = $1 AND r.state IN ('computing', 'draft', 'released') ORDER BY r.created_at`, [instrumentId])
export const releasedRuns = () => sql<RunRow>(`${RUN} AND r.state = 'released' ORDER BY i.competency_code, i.title`)

export async function addRun(
  r: { instrumentId: string; scaleId: string; ruleVersionId: string; engine: string },
  now: Date,
): Promise<string> {
  const id = uuidv7()
  await db().scoreRun.create({ data: { id, kind: 'theta', ...r, state: 'computing', createdAt: now } })
  return id
}

/**
 * Writes measures of a run. `standing` says what becomes of one that is there: brought up to date (a draft), brought up to date unless
 * late answers have been admitted (a released measure is moved by a new run that a person has reviewed, not by them), or kept, because
 * it was worked out from answers newer than these.
 */
export async function insertAbilities(
  tx: { query: (text: string, values: unknown[]) => Promise<unknown> },
  runId: string,
  rows: { attemptId: string; measure: Measure }[],
  standing: 'update' | 'update-unless-admitted' | 'keep',
): Promise<void> {
  const update = `ON CONFLICT (run_id, attempt_id) DO UPDATE SET theta = excluded.theta, se = excluded.se, scale = excluded.scale, scale_se = excluded.scale_se,
       mastery = excluded.mastery, mastery_low = excluded.mastery_low, mastery_high = excluded.mastery_high, posterior_mean = excluded.posterior_mean, posterior_sd = excluded.posterior_sd, reached_scale = excluded.reached_scale, reached_se = excluded.reached_se, areas = excluded.areas, items = excluded.items, fit = excluded.fit`
  const conflict = {
    update,
    'update-unless-admitted': `${update} WHERE NOT EXISTS (SELECT 1 FROM late_decision d WHERE d.attempt_id = ability.attempt_id AND d.accepted)`,
    keep: 'ON CONFLICT (run_id, attempt_id) DO NOTHING',
  }
  await insertMany(
    tx,
    'ability',
    {
      run_id: 'uuid',
      attempt_id: 'uuid',
      theta: 'float8',
      se: 'float8',
      scale: 'float8',
      scale_se: 'float8',
      mastery: 'float8',
      mastery_low: 'float8',
      mastery_high: 'float8',
      items: 'int',
      fit: 'float8',
      posterior_mean: 'float8',
      posterior_sd: 'float8',
      reached_scale: 'float8',
      reached_se: 'float8',
      areas: 'jsonb',
    },
    rows.map(({ attemptId, measure: m }) => [
      runId,
      attemptId,
      m.theta,
      m.se,
      m.scale,
      m.scaleSe,
      m.mastery,
      m.masteryLow,
      m.masteryHigh,
      m.items,
      m.fit,
      m.posteriorMean,
      m.posteriorSd,
      m.reachedScale,
      m.reachedSe,
      m.areas,
    ]),
    conflict[standing],
  )
}

/** Ends the computing of a run: a draft with what its release would change and the populations under which its people were read. */
export async function finishRun(tx: Transaction, runId: string, diff: Difference, latent: LatentOfRun | null): Promise<void> {
  await tx.query(`UPDATE score_run SET state = 'draft', diff = $2, latent = $3 WHERE id = $1 AND state = 'computing'`, [
    runId,
    JSON.stringify(diff),
    latent && JSON.stringify(latent),
  ])
}

/**
 * How far the people of the other instruments of the same competency differ, each by its newest run on a model of equal slopes: only such
 * logits are of one length.
 */
export const spreadsOfKin = async (instrumentId: string): Promise<Spread[]> =>
  (
    await sql<{ own: Spread }>(
      `SELECT DISTINCT ON (r.instrument_id) r.latent->'own' AS own FROM score_run r JOIN instrument i ON i.id = r.instrument_id JOIN scale k ON k.id = r.scale_id
         JOIN calibration c ON c.id = k.calibration_id AND c.settings->>'model' = 'pcm'
        WHERE i.competency_code = (SELECT competency_code FROM instrument WHERE id = $1) AND r.instrument_id <> $1 AND r.state IN ('draft', 'released')
          AND r.latent IS NOT NULL AND i.competency_code = '4' ORDER BY r.instrument_id, r.created_at DESC`,
      [instrumentId],
    )
  ).map((r) => r.own)

/** A run, with every run of its instrument that lives held until the transaction ends: of two releases at once the later sees the earlier. */
export async function holdRun(tx: Transaction, id: string): Promise<RunRow | null> {
  await tx.query(
    `SELECT id FROM score_run WHERE instrument_id = (SELECT instrument_id FROM score_run WHERE id = $1) AND kind = 'theta'
        AND (state IN ('released', 'draft') OR id = $1) ORDER BY id FOR NO KEY UPDATE`,
    [id],
  )
  return runById(id)
}

/** Makes a draft the run that people see; the one before steps back. False when it is no draft. */
export async function releaseRun(
  tx: Transaction,
  run: { id: string; instrumentId: string },
  by: string | null,
  now: Date,
): Promise<boolean> {
  const { rows } = await tx.query<{ id: string; state: string }>(
    `SELECT id, state FROM score_run WHERE instrument_id = $1 AND state IN ('released', 'draft') ORDER BY id FOR UPDATE`,
    [run.instrumentId],
  )
  if (!rows.some((r) => r.id === run.id && r.state === 'draft')) return false
  await tx.query(`UPDATE score_run SET state = 'superseded' WHERE instrument_id = $1 AND state = 'released'`, [run.instrumentId])
  await tx.query(`UPDATE score_run SET state = 'released', released_at = $2, released_by = $3 WHERE id = $1`, [run.id, now, by])
  return true
}

export type AbilityRow = Omit<Measure, keyof Kept | 'reachedScale' | 'reachedSe' | 'areas'> &
  Kept & { attemptId: string; runId: string; cycleCode?: string }
const ABILITY = `a.attempt_id AS "attemptId", a.run_id AS "runId", a.theta, a.se, a.scale, a.scale_se AS "scaleSe", a.mastery, a.mastery_low AS "masteryLow",
  a.mastery_high AS "masteryHigh", a.items, a.fit, a.posterior_mean AS "posteriorMean", a.posterior_sd AS "posteriorSd"`

/** What is released about these attempts. */
export const releasedAbilities = (attemptIds: string[]) =>
  sql<AbilityRow>(
    `SELECT ${ABILITY}, c.code AS "cycleCode" FROM ability a JOIN score_run r ON r.id = a.run_id AND r.state = 'released' JOIN attempt t ON t.id = a.attempt_id
       JOIN seat s ON s.id = t.seat_id JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id WHERE a.attempt_id = ANY($1::uuid[])`,
    [attemptIds],
  )
/** Measures of one run as they are kept. */
/** Everybody whom a run has measured, once: by the newest test that counts. */
export const peopleOfRun = (runId: string) =>
  sql<Kept & { schoolId: string; cycleCode: string; tests: number }>(
    `SELECT DISTINCT ON (coalesce(s.teacher_id, s.id)) count(*) OVER ()::int AS tests, b.scale, b.scale_se AS "scaleSe", b.posterior_mean AS "posteriorMean", b.posterior_sd AS "posteriorSd",
            s.school_id AS "schoolId", c.code AS "cycleCode"
       FROM ability b JOIN attempt a ON a.id = b.attempt_id JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id
       JOIN cycle c ON c.id = t.cycle_id AND ${counts('c')}
      WHERE b.run_id = $1 ORDER BY coalesce(s.teacher_id, s.id), a.started_at DESC, a.id`,
    [runId],
  )
/** Points of one run by attempt. */
export const pointsOfRun = (runId: string) =>
  sql<{ attemptId: string; scale: number }>(`SELECT attempt_id AS "attemptId", scale FROM ability WHERE run_id = $1`, [runId])
/** θ of one run by attempt, what was not reached left out: the measure that growth compares. */
export const thetasOfRun = async (runId: string): Promise<Map<string, number>> =>
  new Map(
    (
      await sql<{ id: string; theta: number }>(
        `SELECT a.attempt_id AS id, coalesce(k.theta_cut + (a.reached_scale - ${SCALE_CUT}) * k.sigma / ${SCALE_SD}, a.theta) AS theta
           FROM ability a JOIN score_run r ON r.id = a.run_id JOIN scale k ON k.id = r.scale_id WHERE a.run_id = $1`,
        [runId],
      )
    ).map((r) => [r.id, r.theta]),
  )
export type Move = {
  teacherId: string
  participantNumber: string
  name: string
  school: string
  region: string
  cycle: string
  percent: number | null
  before: number | null
  after: number
  afterSe: number
}
/** Every person of a run whose results are shown to people, with what stood before in another run (null: none), by participant number. */
export const movesOf = (runId: string, beforeRunId: string | null) =>
  sql<Move>(
    `SELECT t.id AS "teacherId", s.participant_number AS "participantNumber", t.name, x.name AS school, g.short_name AS region, c.code AS cycle, v.percent, b.scale AS before, n.scale AS after, n.scale_se AS "afterSe"
       FROM ability n JOIN attempt a ON a.id = n.attempt_id JOIN seat s ON s.id = a.seat_id JOIN teacher t ON t.id = s.teacher_id JOIN school x ON x.id = s.school_id
       JOIN region g ON g.id = s.region_id JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id AND ${counts('c')}
       LEFT JOIN ability b ON b.attempt_id = n.attempt_id AND b.run_id = $2
       LEFT JOIN score v ON v.attempt_id = n.attempt_id AND v.kind = 'raw' AND v.scope = 'total' AND v.superseded_at IS NULL
      WHERE n.run_id = $1 AND ${shownToPeople('y')} ORDER BY s.participant_number`,
    [runId, beforeRunId],
  )
/** Current raw percents of the attempts of an instrument. */
export const rawPercents = (instrumentId: string) =>
  sql<{ attemptId: string; percent: number }>(
    `SELECT v.attempt_id AS "attemptId", v.percent FROM score v JOIN attempt a ON a.id = v.attempt_id
       JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id AND ${counts('c')}
      WHERE a.instrument_id = $1 AND v.kind = 'raw' AND v.scope = 'total' AND v.superseded_at IS NULL`,
    [instrumentId],
  )
/** Raw share of full credit (0–1) of everybody who took an instrument, once: of the newest test that counts. */
export const rawShares = (instrumentId: string) =>
  sql<{ share: number; items: number; schoolId: string; tests: number }>(
    `SELECT DISTINCT ON (coalesce(s.teacher_id, s.id)) count(*) OVER ()::int AS tests, v.percent / 100 AS share, v.items, s.school_id AS "schoolId"
       FROM score v JOIN attempt a ON a.id = v.attempt_id JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id
       JOIN cycle c ON c.id = t.cycle_id AND ${counts('c')}
      WHERE a.instrument_id = $1 AND v.kind = 'raw' AND v.scope = 'total' AND v.superseded_at IS NULL
      ORDER BY coalesce(s.teacher_id, s.id), a.started_at DESC, a.id`,
    [instrumentId],
  )
/** Estimated against simulated ability, for the report on the demonstration. */
export const truthPairs = (runId: string) =>
  sql<{ theta: number; se: number; truth: number }>(
    `SELECT a.theta, a.se, t.ability AS truth FROM ability a JOIN simulated_truth t ON t.attempt_id = a.attempt_id WHERE a.run_id = $1 ORDER BY a.attempt_id`,
    [runId],
  )
export async function insertTruth(tx: { query: (text: string, values: unknown[]) => Promise<unknown> }, rows: unknown[][]): Promise<void> {
  await insertMany(tx, 'simulated_truth', { attempt_id: 'uuid', ability: 'float8' }, rows)
}
/** Closed attempts of an instrument, for scoring them anew. */
export const closedAttemptIds = async (instrumentId: string): Promise<string[]> =>
  (await sql<{ id: string }>(`SELECT id FROM attempt WHERE instrument_id = $1 AND state = 'closed' ORDER BY id`, [instrumentId])).map(
    (r) => r.id,
  )
