import { isDeepStrictEqual } from 'node:util'
import { uuidv7 } from 'uuidv7'
import { db, inTransaction, sql, type Transaction } from '@/lib/platform/db'
import { takeTurn } from '@/lib/platform/turn-store'
import { Rules, shippedRules } from './rules-model'

export type RuleVersionRow = { id: string; version: number; shipped: boolean; note: string; rules: Rules; createdAt: Date }

/** The rules in force: the newest version; the shipped ones are written when there are none. */
export async function currentRules(): Promise<RuleVersionRow> {
  const [row] = await sql<Omit<RuleVersionRow, 'rules'> & { content: unknown }>(
    `SELECT id, version, shipped, note, content, created_at AS "createdAt" FROM rule_version ORDER BY version DESC LIMIT 1`,
  )
  if (row) {
    const { content, ...rest } = row
    return { ...rest, rules: Rules.parse(content) }
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

/** Writes the next version; of two at once each takes its own number. False when just this is in force, for the same reason. */
export async function addRules(rules: Rules, note: string, userId: string | null, now: Date): Promise<boolean> {
  return inTransaction(async (tx) => {
    await takeTurn(tx, 'rule-version', '')
    const current = await currentRules()
    if (current.note === note && isDeepStrictEqual(current.rules, rules)) return false
    await db().ruleVersion.create({
      data: { id: uuidv7(), version: current.version + 1, shipped: false, note, content: rules, createdBy: userId, createdAt: now },
    })
    return true
  })
}

/** The rules in force, held: nobody puts others into force before this transaction ends. */
export async function holdRules(tx: Transaction): Promise<RuleVersionRow> {
  await takeTurn(tx, 'rule-version', '')
  return currentRules()
}
