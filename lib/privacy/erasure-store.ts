import type { Transaction } from '@/lib/platform/db'
import { groupBy } from '@/lib/platform/group'

/** The access log stays, and a person's own columns are not words about somebody else. */
const NOT_SEARCHED = `('audit_entry', '_prisma_migrations')`
const NAME_COLUMNS = `('teacher.name', 'user_account.name', 'certificate.name')`
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** Columns of text in which the pattern still stands, as "table.column": words that a person must look at. Reads every table once. */
export async function wordsLeft(tx: Transaction, pattern: string): Promise<string[]> {
  const { rows } = await tx.query<{ table: string; column: string }>(
    `SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type IN ('text', 'jsonb', 'json', 'character varying', 'ARRAY')
        AND c.table_name NOT IN ${NOT_SEARCHED} AND c.table_name || '.' || c.column_name NOT IN ${NAME_COLUMNS} ORDER BY 1, 2`,
  )
  const byTable = groupBy(rows, (r) => r.table)
  const left: string[] = []
  for (const [table, columns] of byTable) {
    const tests = columns.map((c, i) => `bool_or(${quoted(c.column)}::text ~* $1) AS c${i}`)
    const { rows: found } = await tx.query<Record<string, boolean | null>>(`SELECT ${tests.join(', ')} FROM ${quoted(table)}`, [pattern])
    left.push(...columns.filter((_, i) => found[0]![`c${i}`]).map((c) => `${table}.${c.column}`))
  }
  return left
}
