import { uuidv7 } from 'uuidv7'
import { isDeepStrictEqual } from 'node:util'
import type { Scope } from '@/lib/access/model'
import { within } from '@/lib/access/reach'
import { db, inTransaction, insertMany, sql, type Transaction } from '@/lib/platform/db'
import { takeTurn } from '@/lib/platform/turn-store'
import type { Module } from './catalogue'
import { TierRules, type Mode, type PlanState, type StepState, type TierFound } from './model'

/** Rules, catalogue and plans. */
export type TierRuleRow = {
  id: string
  version: number
  shipped: boolean
  note: string
  rules: TierRules
  createdAt: Date
}
const RULE = `SELECT id, version, shipped, note, content, created_at AS "createdAt" FROM tier_rule`
const toRule = ({ content, ...r }: Omit<TierRuleRow, 'rules'> & { content: unknown }): TierRuleRow => ({
  ...r,
  rules: TierRules.parse(content),
})

export const tierRuleVersions = async (): Promise<TierRuleRow[]> =>
  (await sql<Omit<TierRuleRow, 'rules'> & { content: unknown }>(`${RULE} ORDER BY version DESC`)).map(toRule)
export const tierRuleInForce = async (): Promise<TierRuleRow | null> => (await tierRuleVersions())[0] ?? null

/**
 * Writes the next version; of two at once each takes its own number. One that says just what is in force, for the same reason, is that
 * one, and the shipped rule is written only where there is none.
 */
export async function addTierRule(rules: TierRules, note: string, shipped: boolean, createdBy: string | null, now: Date): Promise<void> {
  await inTransaction(async (tx) => {
    await takeTurn(tx, 'tier-rule', '')
    const standing = await tierRuleInForce()
    if (standing && (shipped || (standing.note === note && isDeepStrictEqual(standing.rules, rules)))) return
    const version = (standing?.version ?? 0) + 1
    await db().tierRule.create({ data: { id: uuidv7(), version, shipped, note, content: rules, createdBy, createdAt: now } })
  })
}

/** Content domains by the code that plans use: instrument and domain. */
export const domainTitles = () =>
  sql<{ code: string; title: string }>(
    `SELECT i.code || ':' || d.code AS code, d.title FROM content_domain d JOIN instrument i ON i.id = d.instrument_id`,
  )

export type ModuleRow = Module & {
  id: string
  mode: Mode
  link: string | null
  capacity: number | null
  startsOn: Date | null
  endsOn: Date | null
  active: boolean
  updatedAt: Date
}

export async function modules(): Promise<ModuleRow[]> {
  const rows = await db().module.findMany({ orderBy: { code: 'asc' } })
  return rows.map(({ content, ...r }) => ({
    ...(content as Pick<Module, 'outcome' | 'steps' | 'evidence' | 'reflection' | 'size'>),
    ...r,
    mode: r.mode as Mode,
    subjects: r.subjects.length ? r.subjects : undefined,
  }))
}

/** Puts the shipped catalogue into the table; what BGTK changed by hand (link, capacity, dates, cost, active) stays. */
export async function upsertModules(list: readonly Module[], now: Date): Promise<void> {
  await inTransaction(async (tx) => {
    await takeTurn(tx, 'catalogue', '')
    for (const m of list) {
      const { code, title, mode, hours, sessions, cost, provider, targets, subjects, ...content } = m
      const own = { title, mode, hours, sessions, provider, targets, subjects: subjects ?? [], content, updatedAt: now }
      await db().module.upsert({ where: { code }, create: { id: uuidv7(), code, cost, ...own }, update: own })
    }
  })
}

export async function changeModule(
  code: string,
  data: {
    link: string | null
    capacity: number | null
    startsOn: Date | null
    endsOn: Date | null
    cost: number
    provider: string
    active: boolean
  },
  now: Date,
): Promise<void> {
  await db().module.update({ where: { code }, data: { ...data, updatedAt: now } })
}

export type NewPlan = {
  id: string
  teacherId: string
  cycleCode: string
  ruleId: string
  tiers: TierFound[]
  steps: { id: string; moduleId: string; part: string; code: string; why: string; startsOn: string; dueOn: string }[]
}

/** Seats of each module that teachers have agreed to and not yet finished; proposals that may still be replaced do not count. */
export const agreedSeats = async (): Promise<Map<string, number>> =>
  new Map(
    (
      await sql<{ code: string; n: number }>(
        `SELECT m.code, count(*)::int AS n FROM plan_step s JOIN plan p ON p.id = s.plan_id AND p.state = 'accepted' JOIN module m ON m.id = s.module_id
          WHERE s.state IN ('agreed', 'running') GROUP BY m.code`,
      )
    ).map((r) => [r.code, r.n]),
  )

/**
 * Writes proposals; tells how many. A plan that its teacher has accepted is left as it is, and so is one in which anything has happened:
 * an hour noted, a place in a class or in a lottery, a step that is no proposal any more. Any other proposal for the same cycle gives way.
 */
export async function insertPlans(tx: Transaction, plans: readonly NewPlan[], now: Date): Promise<number> {
  const wanted = [plans.map((p) => p.teacherId), plans.map((p) => p.cycleCode)]
  const PROPOSED = `plan p JOIN unnest($1::uuid[], $2::text[]) AS n(teacher_id, cycle_code)
     ON p.teacher_id = n.teacher_id AND p.cycle_code = n.cycle_code AND p.state = 'proposed'`
  // Held before they are looked at: an hour that is being noted comes before this, or finds the new plan.
  await tx.query(`SELECT p.id FROM ${PROPOSED} ORDER BY p.id FOR UPDATE OF p`, wanted)
  await tx.query(`SELECT s.id FROM ${PROPOSED} JOIN plan_step s ON s.plan_id = p.id ORDER BY s.id FOR UPDATE OF s`, wanted)
  await tx.query(
    `DELETE FROM plan WHERE id IN (SELECT p.id FROM ${PROPOSED}
      WHERE NOT EXISTS (SELECT 1 FROM plan_step s WHERE s.plan_id = p.id AND (s.state <> 'proposed' OR s.cohort_id IS NOT NULL
        OR EXISTS (SELECT 1 FROM lottery_member k WHERE k.step_id = s.id) OR EXISTS (SELECT 1 FROM step_attendance a WHERE a.step_id = s.id))))`,
    wanted,
  )
  await insertMany(
    tx,
    'plan',
    { id: 'uuid', teacher_id: 'uuid', cycle_code: 'text', rule_id: 'uuid', tiers: 'jsonb', state: 'text', proposed_at: 'timestamptz' },
    plans.map((p) => [p.id, p.teacherId, p.cycleCode, p.ruleId, p.tiers, 'proposed', now.toISOString()]),
    'ON CONFLICT (teacher_id, cycle_code) DO NOTHING',
  )
  const standing = await tx.query<{ id: string }>(`SELECT id FROM plan WHERE id = ANY($1::uuid[])`, [plans.map((p) => p.id)])
  const written = new Set(standing.rows.map((r) => r.id))
  await insertMany(
    tx,
    'plan_step',
    {
      id: 'uuid',
      plan_id: 'uuid',
      module_id: 'uuid',
      part: 'text',
      code: 'text',
      why: 'text',
      position: 'int',
      state: 'text',
      starts_on: 'date',
      due_on: 'date',
    },
    plans
      .filter((p) => written.has(p.id))
      .flatMap((p) => p.steps.map((s, i) => [s.id, p.id, s.moduleId, s.part, s.code, s.why, i + 1, 'proposed', s.startsOn, s.dueOn])),
  )
  return written.size
}

export type PlanRow = {
  id: string
  teacherId: string
  cycleCode: string
  ruleVersion: number
  tiers: TierFound[]
  state: PlanState
  proposedAt: Date
  acceptedAt: Date | null
}
const PLAN = `SELECT p.id, p.teacher_id AS "teacherId", p.cycle_code AS "cycleCode", r.version AS "ruleVersion", p.tiers, p.state, p.proposed_at AS "proposedAt",
    p.accepted_at AS "acceptedAt" FROM plan p JOIN tier_rule r ON r.id = p.rule_id`
export const planOfTeacher = async (teacherId: string): Promise<PlanRow | null> =>
  (await sql<PlanRow>(`${PLAN} WHERE p.teacher_id = $1 ORDER BY p.proposed_at DESC, p.id DESC LIMIT 1`, [teacherId]))[0] ?? null

export type StepRow = {
  id: string
  planId: string
  teacherId: string
  moduleCode: string
  part: string
  code: string
  why: string
  state: StepState
  startsOn: string
  dueOn: string
  reflection: string | null
  evidence: string | null
  note: string | null
  doneAt: Date | null
  cohortId: string | null
  attended: number
}
const STEP = `SELECT s.id, s.plan_id AS "planId", p.teacher_id AS "teacherId", m.code AS "moduleCode", s.part, s.code, s.why, s.state, s.starts_on::text AS "startsOn", s.due_on::text AS "dueOn",
    s.reflection, s.evidence, s.note, s.done_at AS "doneAt", s.cohort_id AS "cohortId", coalesce((SELECT sum(hours) FROM step_attendance a WHERE a.step_id = s.id), 0)::float8 AS attended
  FROM plan_step s JOIN plan p ON p.id = s.plan_id JOIN module m ON m.id = s.module_id`
export const stepsOfPlan = (planId: string) => sql<StepRow>(`${STEP} WHERE s.plan_id = $1 ORDER BY s.position`, [planId])
export const stepById = async (id: string): Promise<StepRow | null> => (await sql<StepRow>(`${STEP} WHERE s.id = $1`, [id]))[0] ?? null

/** A plan, held until the transaction ends; null when it is not there any more. Whoever changes a plan or its steps holds it first. */
export async function holdPlan(tx: Transaction, id: string): Promise<PlanState | null> {
  return (await tx.query<{ state: PlanState }>(`SELECT state FROM plan WHERE id = $1 FOR UPDATE`, [id])).rows[0]?.state ?? null
}

/** Writes the days of a proposal that its teacher agrees to; steps that cannot be held any more leave it, with the reason. Nothing once it is agreed. */
export async function scheduleProposal(
  tx: Transaction,
  planId: string,
  held: readonly { id: string; startsOn: string; dueOn: string }[],
  lost: readonly string[],
  reason: string,
  now: Date,
): Promise<void> {
  const OPEN = `plan_id = $1 AND plan_step.state = 'proposed' AND EXISTS (SELECT 1 FROM plan p WHERE p.id = $1 AND p.state = 'proposed')`
  await tx.query(
    `UPDATE plan_step SET starts_on = n.starts, due_on = n.due, changed_at = $5 FROM unnest($2::uuid[], $3::date[], $4::date[]) AS n(id, starts, due)
      WHERE plan_step.id = n.id AND ${OPEN}`,
    [planId, held.map((h) => h.id), held.map((h) => h.startsOn), held.map((h) => h.dueOn), now],
  )
  await tx.query(`UPDATE plan_step SET state = 'dropped', note = $3, changed_at = $4 WHERE plan_step.id = ANY($2::uuid[]) AND ${OPEN}`, [
    planId,
    lost,
    reason,
    now,
  ])
}

export async function acceptPlan(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.query(`UPDATE plan SET state = 'accepted', accepted_at = $2 WHERE id = $1 AND state = 'proposed'`, [id, now])
  await tx.query(`UPDATE plan_step SET state = 'agreed', changed_at = $2 WHERE plan_id = $1 AND state = 'proposed'`, [id, now])
}

/** A plan that was done goes on when a step is taken up again. */
export async function reopenPlan(tx: Transaction, id: string): Promise<void> {
  await tx.query(`UPDATE plan SET state = 'accepted' WHERE id = $1 AND state = 'done'`, [id])
}

/**
 * Titles of those of these modules that have no seat left for this plan: as many steps of other teachers' accepted plans are agreed or
 * running as the quota says. The modules are held, in one order, so that of two teachers who want the last seat one gets it.
 */
export async function fullModules(tx: Transaction, planId: string, moduleIds: readonly string[]): Promise<string[]> {
  const { rows } = await tx.query<{ id: string; title: string; capacity: number }>(
    `SELECT id, title, capacity FROM module WHERE id = ANY($1::uuid[]) AND capacity IS NOT NULL ORDER BY id FOR NO KEY UPDATE`,
    [moduleIds],
  )
  if (!rows.length) return []
  const taken = await tx.query<{ id: string; n: number }>(
    `SELECT s.module_id AS id, count(*)::int AS n FROM plan_step s JOIN plan p ON p.id = s.plan_id AND p.state = 'accepted'
      WHERE s.module_id = ANY($1::uuid[]) AND s.state IN ('agreed', 'running') AND p.id <> $2 GROUP BY 1`,
    [rows.map((r) => r.id), planId],
  )
  return rows.filter((r) => (taken.rows.find((t) => t.id === r.id)?.n ?? 0) >= r.capacity).map((r) => r.title)
}

/** Modules of the steps of a plan that would take a seat with its acceptance. */
export const wantedModules = async (tx: Transaction, planId: string): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      `SELECT DISTINCT module_id AS id FROM plan_step WHERE plan_id = $1 AND state IN ('proposed', 'agreed', 'running')`,
      [planId],
    )
  ).rows.map((r) => r.id)

/** Of these steps those that are there and not dropped, held until the transaction ends. */
export const holdSteps = async (tx: Transaction, ids: readonly string[]): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(`SELECT id FROM plan_step WHERE id = ANY($1::uuid[]) AND state <> 'dropped' ORDER BY id FOR UPDATE`, [
      ids,
    ])
  ).rows.map((r) => r.id)

export async function changeStep(
  id: string,
  data: Partial<{
    moduleId: string
    state: StepState
    code: string
    why: string
    reflection: string
    evidence: string
    note: string
    startsOn: Date
    dueOn: Date
    doneAt: Date | null
  }>,
  now: Date,
): Promise<void> {
  await db().planStep.update({ where: { id }, data: { ...data, changedAt: now } })
}

/** One attendance a step and day; noting the same day again corrects its hours. */
export async function noteAttendance(
  steps: readonly string[],
  heldOn: string,
  hours: number,
  notedBy: string | null,
  now: Date,
): Promise<void> {
  await inTransaction(async (tx) => {
    await insertMany(
      tx,
      'step_attendance',
      { id: 'uuid', step_id: 'uuid', held_on: 'date', hours: 'float8', noted_by: 'uuid', noted_at: 'timestamptz' },
      steps.map((step) => [uuidv7(), step, heldOn, hours, notedBy, now.toISOString()]),
      'ON CONFLICT (step_id, held_on) DO UPDATE SET hours = excluded.hours, noted_by = excluded.noted_by, noted_at = excluded.noted_at',
    )
    await tx.query(`UPDATE plan_step SET state = 'running' WHERE id = ANY($1::uuid[]) AND state IN ('proposed', 'agreed')`, [steps])
  })
}

/** Marks a plan done when every step that was taken is done. */
export async function closePlanIfDone(planId: string): Promise<void> {
  await sql(
    `UPDATE plan SET state = 'done' WHERE id = $1 AND state = 'accepted'
       AND NOT EXISTS (SELECT 1 FROM plan_step WHERE plan_id = $1 AND state NOT IN ('done', 'dropped'))
       AND EXISTS (SELECT 1 FROM plan_step WHERE plan_id = $1 AND state = 'done')`,
    [planId],
  )
}

/** A teacher's plan is the newest one; what went before it is history and stands on no list. */
const NEWEST = `NOT EXISTS (SELECT 1 FROM plan n WHERE n.teacher_id = p.teacher_id AND (n.proposed_at, n.id) > (p.proposed_at, p.id))`

export type ProgressRow = {
  regionId: string
  regionCode: string
  schoolId: string
  plans: number
  accepted: number
  steps: number
  done: number
  hours: number
  planned: number
}
/** Progress of plans by school, inside a scope. */
export async function progressBySchool(scope: Scope): Promise<(ProgressRow & { name: string })[]> {
  const values: unknown[] = []
  const reached = within(scope, { region: 'x.region_id', school: 'x.id', level: 'l.code' }, values)
  return sql<ProgressRow & { name: string }>(
    `SELECT x.id AS "schoolId", x.name, g.id AS "regionId", g.kemendagri_code AS "regionCode", count(DISTINCT p.id)::int AS plans,
            count(DISTINCT p.id) FILTER (WHERE p.state <> 'proposed')::int AS accepted, count(s.id) FILTER (WHERE s.state <> 'dropped')::int AS steps,
            count(s.id) FILTER (WHERE s.state = 'done')::int AS done, coalesce(sum(a.hours), 0)::float8 AS hours, coalesce(sum(m.hours) FILTER (WHERE s.state <> 'dropped'), 0)::int AS planned
       FROM plan p JOIN teacher t ON t.id = p.teacher_id JOIN school x ON x.id = t.school_id JOIN region g ON g.id = x.region_id JOIN education_level l ON l.id = x.level_id
       LEFT JOIN plan_step s ON s.plan_id = p.id LEFT JOIN module m ON m.id = s.module_id
       LEFT JOIN LATERAL (SELECT sum(hours) AS hours FROM step_attendance WHERE step_id = s.id) a ON true
      WHERE ${NEWEST} AND ${reached} GROUP BY x.id, x.name, g.id ORDER BY x.name`,
    values,
  )
}

export type SchoolPlanRow = {
  teacherId: string
  name: string
  subject: string | null
  state: PlanState
  tiers: TierFound[]
  steps: number
  done: number
  hours: number
}
/** Plans of one school by name, one a teacher: for its head. */
export const plansOfSchool = (schoolId: string) =>
  sql<SchoolPlanRow>(
    `SELECT t.id AS "teacherId", t.name, u.name AS subject, p.state, p.tiers, count(s.id) FILTER (WHERE s.state <> 'dropped')::int AS steps,
            count(s.id) FILTER (WHERE s.state = 'done')::int AS done, coalesce(sum(a.hours), 0)::float8 AS hours
       FROM plan p JOIN teacher t ON t.id = p.teacher_id LEFT JOIN subject u ON u.id = t.subject_id LEFT JOIN plan_step s ON s.plan_id = p.id
       LEFT JOIN LATERAL (SELECT sum(hours) AS hours FROM step_attendance WHERE step_id = s.id) a ON true
      WHERE t.school_id = $1 AND ${NEWEST} GROUP BY p.id, t.id, u.name ORDER BY t.name`,
    [schoolId],
  )
