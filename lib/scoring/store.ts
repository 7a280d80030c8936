import { uuidv7 } from 'uuidv7'
import { db, inTransaction, insertMany, sql, type Transaction } from '@/lib/platform/db'
import { Rules, shippedRules, type ScoreRow } from './model'

export type RuleVersionRow = { id: string; version: number; shipped: boolean; note: string; rules: Rules; createdAt: Date }

/** The rules in force: the newest version; the shipped ones are written when there are none. */
export async function currentRules(): Promise<RuleVersionRow> {
  const row = await db().ruleVersion.findFirst({ orderBy: { version: 'desc' } })
  if (row)
    return {
      id: row.id,
      version: row.version,
      shipped: row.shipped,
      note: row.note,
      rules: Rules.parse(row.content),
      createdAt: row.createdAt,
    }
  await sql(
    `INSERT INTO rule_version (id, version, shipped, note, content, created_at) VALUES ($1,1,true,$2,$3,now()) ON CONFLICT (version) DO NOTHING`,
    [uuidv7(), 'Bawaan sistem; belum ditetapkan BGTK', JSON.stringify(shippedRules)],
  )
  return currentRules()
}

/** Rules by version id: what an old result was judged by. */
export async function rulesOfVersions(ids: string[]): Promise<Map<string, { version: number; shipped: boolean; rules: Rules }>> {
  const rows = await db().ruleVersion.findMany({ where: { id: { in: ids } } })
  return new Map(rows.map((r) => [r.id, { version: r.version, shipped: r.shipped, rules: Rules.parse(r.content) }]))
}

export const ruleVersions = () => db().ruleVersion.findMany({ orderBy: { version: 'desc' } })

export async function addRules(rules: Rules, note: string, userId: string | null, now: Date): Promise<void> {
  const current = await currentRules()
  await db().ruleVersion.create({
    data: { id: uuidv7(), version: current.version + 1, shipped: false, note, content: rules, createdBy: userId, createdAt: now },
  })
}

const ENGINE = 'raw-1'

/** The standing run of a rule version, made on first use. */
export async function standingRun(ruleVersionId: string, now: Date): Promise<string> {
  const found = await db().scoreRun.findFirst({ where: { ruleVersionId, kind: 'raw', engine: ENGINE }, orderBy: { createdAt: 'asc' } })
  return found?.id ?? newRun(ruleVersionId, now)
}

export async function newRun(ruleVersionId: string, now: Date): Promise<string> {
  return (await db().scoreRun.create({ data: { id: uuidv7(), kind: 'raw', ruleVersionId, engine: ENGINE, createdAt: now } })).id
}

export async function insertScores(tx: Transaction, runId: string, rows: (ScoreRow & { attemptId: string })[]): Promise<void> {
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
    },
    rows.map((r) => [runId, r.attemptId, r.kind, r.scope, r.scopeCode, r.raw, r.max, r.percent, r.items]),
  )
}

/** Writes the scores of one attempt; what stood before stays, marked as superseded, under its own run. */
export async function replaceScores(attemptId: string, ruleVersionId: string, rows: ScoreRow[], now: Date): Promise<void> {
  const standing = await standingRun(ruleVersionId, now)
  const before = await sql<{ runId: string; scope: string; scopeCode: string; raw: number }>(
    `SELECT run_id AS "runId", scope, scope_code AS "scopeCode", raw FROM score WHERE attempt_id = $1 AND superseded_at IS NULL`,
    [attemptId],
  )
  const same =
    before.length === rows.length &&
    rows.every((r) => before.some((b) => b.scope === r.scope && b.scopeCode === r.scopeCode && b.raw === r.raw))
  if (same) return
  const runId = before.length ? await newRun(ruleVersionId, now) : standing
  await inTransaction(async (tx) => {
    await tx.query(`SELECT id FROM attempt WHERE id = $1 FOR UPDATE`, [attemptId])
    await tx.query(`UPDATE score SET superseded_at = $2 WHERE attempt_id = $1 AND superseded_at IS NULL`, [attemptId, now])
    await insertScores(
      tx,
      runId,
      rows.map((r) => ({ ...r, attemptId })),
    )
  })
}

export type CurrentScore = ScoreRow & { attemptId: string }
export const scoresOf = (attemptIds: string[]) =>
  sql<CurrentScore>(
    `SELECT attempt_id AS "attemptId", kind, scope, scope_code AS "scopeCode", raw, max, percent, items FROM score
      WHERE attempt_id = ANY($1::uuid[]) AND superseded_at IS NULL ORDER BY scope, scope_code`,
    [attemptIds],
  )
