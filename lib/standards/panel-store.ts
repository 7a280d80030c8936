import { uuidv7 } from 'uuidv7'
import { inTransaction, insertMany, sql } from '@/lib/platform/db'
import type { Judgement } from './panel'
import type { PanelMethod, PanelState } from './panel-model'

export type PanelRow = {
  id: string
  instrumentId: string
  instrumentCode: string
  instrumentTitle: string
  formId: string
  method: PanelMethod
  title: string
  state: PanelState
  simulated: boolean
  calibrationId: string | null
  createdAt: Date
  judges: number
  items: number
}

const PANEL = `SELECT p.id, p.instrument_id AS "instrumentId", i.code AS "instrumentCode", i.title AS "instrumentTitle", p.form_id AS "formId", p.method,
    p.title, p.state, p.simulated, p.calibration_id AS "calibrationId", p.created_at AS "createdAt",
    (SELECT count(*)::int FROM panel_judge j WHERE j.panel_id = p.id) AS judges, (SELECT count(*)::int FROM form_item f WHERE f.form_id = p.form_id) AS items
  FROM panel p JOIN instrument i ON i.id = p.instrument_id`

/** Newest first. */
export const panels = () => sql<PanelRow>(`${PANEL} ORDER BY p.created_at DESC, p.id DESC`)
export const panelById = async (id: string): Promise<PanelRow | null> => (await sql<PanelRow>(`${PANEL} WHERE p.id = $1`, [id]))[0] ?? null
/** Panels in which this account judges, with what it has judged by round. */
export const panelsOfUser = (userId: string) =>
  sql<PanelRow & { judgeId: string; done1: number; done2: number }>(
    `SELECT x.*, y.id AS "judgeId", (SELECT count(*)::int FROM panel_judgement g WHERE g.judge_id = y.id AND g.round = 1) AS done1,
            (SELECT count(*)::int FROM panel_judgement g WHERE g.judge_id = y.id AND g.round = 2) AS done2
       FROM (${PANEL}) x JOIN panel_judge y ON y.panel_id = x.id WHERE y.user_id = $1 ORDER BY (x.state = 'closed'), x."createdAt" DESC`,
    [userId],
  )

export type JudgeRow = { id: string; userId: string | null; name: string; expertise: string }
export const judgesOf = (panelId: string) =>
  sql<JudgeRow>(`SELECT id, user_id AS "userId", name, expertise FROM panel_judge WHERE panel_id = $1 ORDER BY name, id`, [panelId])

export const judgementsOf = (panelId: string) =>
  sql<Judgement>(
    `SELECT g.judge_id AS "judgeId", g.round, g.item_version_id AS "itemVersionId", g.value FROM panel_judgement g JOIN panel_judge j ON j.id = g.judge_id
      WHERE j.panel_id = $1`,
    [panelId],
  )

export type NewPanelRow = Pick<PanelRow, 'instrumentId' | 'formId' | 'method' | 'title' | 'simulated' | 'calibrationId'> & {
  createdBy: string | null
}

/** A panel in round 1 with its judges. */
export async function addPanel(
  p: NewPanelRow,
  judges: Omit<JudgeRow, 'id'>[],
  now: Date,
): Promise<{ panelId: string; judgeIds: string[] }> {
  const panelId = uuidv7()
  const judgeIds = judges.map(() => uuidv7())
  await inTransaction(async (tx) => {
    await tx.query(
      `INSERT INTO panel (id, instrument_id, form_id, method, title, state, simulated, calibration_id, created_by, created_at)
       VALUES ($1,$2,$3,$4,$5,'round-1',$6,$7,$8,$9)`,
      [panelId, p.instrumentId, p.formId, p.method, p.title, p.simulated, p.calibrationId, p.createdBy, now],
    )
    await insertMany(
      tx,
      'panel_judge',
      { id: 'uuid', panel_id: 'uuid', user_id: 'uuid', name: 'text', expertise: 'text' },
      judges.map((j, i) => [judgeIds[i], panelId, j.userId, j.name, j.expertise]),
    )
  })
  return { panelId, judgeIds }
}

/** One step forward; false when the panel is not in `from` any more. */
export const movePanel = async (id: string, from: PanelState, to: PanelState): Promise<boolean> =>
  (await sql(`UPDATE panel SET state = $3 WHERE id = $1 AND state = $2 RETURNING id`, [id, from, to])).length === 1

/**
 * Writes or replaces one judgement while the panel is in `state`; false when it has moved on. The share lock lets the
 * judges write side by side and makes a change of state wait for them; the lock on the judge keeps two taps of one person apart.
 */
export async function saveJudgement(
  j: { panelId: string; state: PanelState; judgeId: string; round: 1 | 2; itemVersionId: string | null; value: number },
  now: Date,
): Promise<boolean> {
  return inTransaction(async (tx) => {
    const { rows } = await tx.query<{ state: string }>(`SELECT state FROM panel WHERE id = $1 FOR SHARE`, [j.panelId])
    if (rows[0]?.state !== j.state) return false
    await tx.query(`SELECT id FROM panel_judge WHERE id = $1 FOR UPDATE`, [j.judgeId])
    const values = [j.judgeId, j.round, j.itemVersionId, j.value, now]
    const done = await tx.query(
      `UPDATE panel_judgement SET value = $4, at = $5 WHERE judge_id = $1 AND round = $2 AND item_version_id IS NOT DISTINCT FROM $3::uuid`,
      values,
    )
    if (!done.rowCount) {
      await tx.query(`INSERT INTO panel_judgement (judge_id, round, item_version_id, value, at, id) VALUES ($1,$2,$3,$4,$5,$6)`, [
        ...values,
        uuidv7(),
      ])
    }
    return true
  })
}

/** Many judgements at once, for simulated panels. */
export const insertJudgements = (rows: Judgement[], now: Date) =>
  inTransaction((tx) =>
    insertMany(
      tx,
      'panel_judgement',
      { id: 'uuid', judge_id: 'uuid', round: 'int', item_version_id: 'uuid', value: 'float8', at: 'timestamptz' },
      rows.map((r) => [uuidv7(), r.judgeId, r.round, r.itemVersionId, r.value, now]),
    ),
  )
