import { uuidv7 } from 'uuidv7'
import type { Actor } from '@/lib/access/model'
import { formFor } from '@/lib/instruments/inside'
import { giveTask } from '@/lib/instruments/service'
import { inTransaction, sql } from '@/lib/platform/db'
import { currentRules } from '@/lib/standards/rules-store'
import { insertScores, standingRun } from '@/lib/scoring/score-store'
import { addCut } from '@/lib/standards/cut-store'
import { addRun, addScale } from '@/lib/scoring/run-store'
import { aSchool, aSitting, aTeacher, participant } from './world'

/** Beginnings of stories that several tests tell on: somebody with a result, a draft of scores, a pair that works. */

export const value = <T>(r: { ok: true; value: T } | { ok: false; message: string }): T => {
  if (!r.ok) throw new Error(r.message)
  return r.value
}

export const draft = {
  type: 'single',
  indicator: '4.1.1',
  domain: 'ALJ',
  level: 'L2',
  stem: 'Nilai dari $2 + 3$ adalah …',
  lines: 'empat\n* lima\nenam',
  rationale: 'Dua ditambah tiga sama dengan lima.',
}

export const askedToWrite = async (office: Actor, writer: Actor, count: number, now: Date) =>
  value(await giveTask(office, 'MTK', { userId: writer.userId, kind: 'write', count: String(count) }, now))

/** Mathematics teachers with a closed test whose calculus is thin; the first of them is strong in everything. */
export async function testedTeachers(n: number, tested: Date): Promise<Actor[]> {
  const school = await aSchool()
  const teachers = await Promise.all(Array.from({ length: n }, () => aTeacher(school)))
  const { seatIds } = await aSitting(teachers, tested)
  const form = (await formFor('4', (await sql<{ id: string }>(`SELECT id FROM subject WHERE code = 'MTK'`))[0]!.id))!
  const run = await standingRun((await currentRules()).id, tested)
  await inTransaction(async (tx) => {
    for (const [i, seat] of seatIds.entries()) {
      const attemptId = uuidv7()
      await tx.query(
        `INSERT INTO attempt (id, seat_id, form_id, instrument_id, competency_code, seed, state, duration_seconds, started_at, closed_at) VALUES ($1,$2,$3,$4,'4',1,'closed',5400,$5,$5)`,
        [attemptId, seat, form.formId, form.instrumentId, tested],
      )
      const row = (scope: 'total' | 'domain', scopeCode: string, items: number, percent: number) => ({
        ...{ attemptId, kind: 'raw' as const, scope, scopeCode, percent, items },
        raw: (items * percent) / 100,
        max: items,
      })
      const [total, calculus] = i === 0 ? [95, 100] : [40, 10]
      await insertScores(tx, run, [row('total', '', 40, total), row('domain', 'KAL', 20, calculus), row('domain', 'ALJ', 20, total)])
    }
  })
  return seatIds.map((seat, i) => participant(seat, teachers[i]!))
}

/** A draft of scores of an instrument on a calibration without items, which leaves no question open. */
export async function aDraftRun(instrumentId: string, now: Date): Promise<string> {
  const calibrationId = uuidv7()
  await sql(
    `INSERT INTO calibration (id, instrument_id, cycle_codes, state, settings, engine, converged, latent_mean, latent_variance, warnings, created_at, finished_at)
     VALUES ($1,$2,'{X}','done','{}','uji',true,0,1,'[]',$3,$3)`,
    [calibrationId, instrumentId, now],
  )
  const cut = {
    instrumentId,
    panelId: null,
    method: 'provisional' as const,
    share: 0.55,
    se: null,
    recommended: null,
    reason: 'Batas untuk uji.',
  }
  await addCut(cut, null, now)
  const [{ id: cutScoreId }] = (await sql<{ id: string }>(`SELECT id FROM cut_score WHERE instrument_id = $1 LIMIT 1`, [instrumentId])) as [
    { id: string },
  ]
  const scaleId = await addScale({ calibrationId, cutScoreId, thetaCut: 0, thetaCutError: 0, sigma: 1 }, now)
  const runId = await addRun({ instrumentId, scaleId, ruleVersionId: (await currentRules()).id, engine: 'uji' }, now)
  await sql(`UPDATE score_run SET state = 'draft' WHERE id = $1`, [runId])
  return runId
}

/** A run of the matching with one pair in a state. */
export async function aPair(
  tutor: Actor,
  learner: Actor,
  runState: string,
  state: string,
  now: Date,
): Promise<{ runId: string; pairId: string }> {
  const [runId, pairId] = [uuidv7(), uuidv7()]
  await sql(`INSERT INTO match_run (id, cycle_code, state, rules, created_at) VALUES ($1, 'X', $2, '{}', $3)`, [runId, runState, now])
  await sql(
    `INSERT INTO pairing (id, run_id, tutor_id, learner_id, code, goals, km, gap, band, state, tutor_agreed_at, learner_agreed_at, started_at)
     VALUES ($1, $2, $3, $4, 'MTK:KAL', ARRAY['MTK:KAL'], 0, 1, 'sekolah', $5, $6, $6, $6)`,
    [pairId, runId, tutor.teacherId, learner.teacherId, state, state === 'proposed' ? null : now],
  )
  return { runId, pairId }
}
