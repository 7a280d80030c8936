import { uuidv7 } from 'uuidv7'
import { db, inTransaction, insertMany, sql, type Transaction } from '@/lib/platform/db'
import { takeTurn } from '@/lib/platform/turn-store'
import { byPeople } from '@/lib/sittings/release'
import type { Answered, ScoreRow } from './model'

const ENGINE = 'raw-1'

const standingRuns = new Map<string, string>()

/** The standing run of a rule version, made on first use. It stays for good, so each process asks once. */
export async function standingRun(ruleVersionId: string, now: Date): Promise<string> {
  const known = standingRuns.get(ruleVersionId)
  if (known) return known
  const id = await findOrMakeRun(ruleVersionId, now)
  standingRuns.set(ruleVersionId, id)
  return id
}

async function findOrMakeRun(ruleVersionId: string, now: Date): Promise<string> {
  return inTransaction(async (tx) => {
    await takeTurn(tx, 'standing-run', ruleVersionId)
    const found = await db().scoreRun.findFirst({ where: { ruleVersionId, kind: 'raw', engine: ENGINE }, orderBy: { createdAt: 'asc' } })
    return found?.id ?? newRun(ruleVersionId, now)
  })
}

export async function newRun(ruleVersionId: string, now: Date): Promise<string> {
  return (await db().scoreRun.create({ data: { id: uuidv7(), kind: 'raw', ruleVersionId, engine: ENGINE, createdAt: now } })).id
}

export async function insertScores(
  tx: Transaction,
  runId: string,
  rows: (ScoreRow & { attemptId: string } & Partial<Answered>)[],
): Promise<void> {
  await insertMany(
    tx,
    'score',
    {
      run_id: 'uuid',
      attempt_id: 'uuid',
      kind: 'text',
      scope: 'text',
      scope_code: 'text',
      raw: 'float8',
      max: 'float8',
      percent: 'float8',
      items: 'int',
      answered: 'int',
      reached: 'int',
    },
    rows.map((r) => [
      runId,
      r.attemptId,
      r.kind,
      r.scope,
      r.scopeCode,
      r.raw,
      r.max,
      r.percent,
      r.items,
      r.answered ?? null,
      r.reached ?? null,
    ]),
  )
}

type Standing = { attemptId: string; scope: string; scopeCode: string; raw: number } & Partial<Answered>
const lineOf = (s: Omit<Standing, 'attemptId'>) => `${s.scope}|${s.scopeCode}|${s.raw}|${s.answered ?? ''}|${s.reached ?? ''}`

/**
 * Writes the scores of attempts, all or none; what stood before stays, marked as superseded, under its own run. Scores that
 * have not changed are left alone. `since`: the mark of waiting that the attempt bore when its answers were read; one that bears another
 * has changed or was scored meanwhile, and what was worked out from older answers supersedes nothing. One that was taken away gets none.
 */
export async function replaceScores(
  attempts: { attemptId: string; since: Date | null; rows: (ScoreRow & Partial<Answered>)[] }[],
  ruleVersionId: string,
  now: Date,
): Promise<void> {
  const standing = await standingRun(ruleVersionId, now)
  await inTransaction(async (tx) => {
    const held = await tx.query<{ id: string; since: Date | null }>(
      `SELECT id, unscored_since AS since FROM attempt WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`,
      [attempts.map((a) => a.attemptId)],
    )
    const marks = new Map(held.rows.map((r) => [r.id, r.since?.getTime() ?? null]))
    const there = attempts.filter((a) => marks.get(a.attemptId) === (a.since?.getTime() ?? null))
    const before = new Map<string, Set<string>>()
    const lines = await tx.query<Standing>(
      `SELECT attempt_id AS "attemptId", scope, scope_code AS "scopeCode", raw, answered, reached FROM score WHERE attempt_id = ANY($1::uuid[]) AND superseded_at IS NULL`,
      [there.map((a) => a.attemptId)],
    )
    for (const line of lines.rows) before.set(line.attemptId, (before.get(line.attemptId) ?? new Set()).add(lineOf(line)))
    const changed = there.filter(({ attemptId, rows }) => {
      const own = before.get(attemptId)
      return !own || own.size !== rows.length || rows.some((r) => !own.has(lineOf(r)))
    })
    if (changed.length === 0) return
    const again = changed.some((a) => before.has(a.attemptId)) ? await newRun(ruleVersionId, now) : standing
    await tx.query(`UPDATE score SET superseded_at = $2 WHERE attempt_id = ANY($1::uuid[]) AND superseded_at IS NULL`, [
      changed.map((a) => a.attemptId),
      now,
    ])
    for (const runId of new Set([standing, again])) {
      const rows = changed.filter((a) => (before.has(a.attemptId) ? again : standing) === runId)
      if (rows.length)
        await insertScores(
          tx,
          runId,
          rows.flatMap((a) => a.rows.map((r) => ({ ...r, attemptId: a.attemptId }))),
        )
    }
  })
}

/** Takes the scores of attempts away that were never anybody's: a rehearsal's. Runs that only they had go with them. */
export async function removeScores(attemptIds: string[]): Promise<void> {
  await inTransaction(async (tx) => {
    const gone = await tx.query<{ runId: string }>(`DELETE FROM score WHERE attempt_id = ANY($1::uuid[]) RETURNING run_id AS "runId"`, [
      attemptIds,
    ])
    await tx.query(`DELETE FROM ability WHERE attempt_id = ANY($1::uuid[])`, [attemptIds])
    await tx.query(
      `DELETE FROM score_run r WHERE r.id = ANY($1::uuid[]) AND r.kind = 'raw' AND NOT EXISTS (SELECT 1 FROM score s WHERE s.run_id = r.id)
         AND EXISTS (SELECT 1 FROM score_run o WHERE o.rule_version_id = r.rule_version_id AND o.kind = 'raw' AND o.engine = r.engine AND o.created_at < r.created_at)`,
      [[...new Set(gone.rows.map((r) => r.runId))]],
    )
  })
}

export type CurrentScore = ScoreRow & { attemptId: string; answered: number | null; reached: number | null }
export const scoresOf = (attemptIds: string[]) =>
  sql<CurrentScore>(
    `SELECT attempt_id AS "attemptId", kind, scope, scope_code AS "scopeCode", raw, max, percent, items, answered, reached FROM score
      WHERE attempt_id = ANY($1::uuid[]) AND superseded_at IS NULL ORDER BY scope, scope_code`,
    [attemptIds],
  )

export type FormUse = { formId: string; cycleName: string; sittings: number; attempts: number; scores: number }
/** Where forms were delivered: cycle by cycle, with sittings, attempts and how many of these have a score. */
export const formUses = (formIds: string[]) =>
  sql<FormUse>(
    `SELECT a.form_id AS "formId", c.name AS "cycleName", count(DISTINCT t.id)::int AS sittings, count(*)::int AS attempts,
            count(*) FILTER (WHERE EXISTS (SELECT 1 FROM score s WHERE s.attempt_id = a.id))::int AS scores
       FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id
      WHERE a.form_id = ANY($1::uuid[]) AND ${byPeople('c')} GROUP BY a.form_id, c.id ORDER BY c.starts_on, a.form_id`,
    [formIds],
  )
