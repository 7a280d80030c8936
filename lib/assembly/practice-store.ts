import { sql, type Transaction } from '@/lib/platform/db'
import { counts } from '@/lib/sittings/release'

/** Where a form counts: cycles that chose it, hold it at a seat, or have an attempt on it. Practice and rehearsals are left out. */
const COUNTING = `
  SELECT x.form_id, c.name FROM (
    SELECT form_id, cycle_id FROM cycle_form
    UNION SELECT f.form_id, t.cycle_id FROM seat_form f JOIN seat s ON s.id = f.seat_id JOIN sitting t ON t.id = s.sitting_id
    UNION SELECT a.form_id, t.cycle_id FROM attempt a JOIN seat s ON s.id = a.seat_id JOIN sitting t ON t.id = s.sitting_id) x
  JOIN cycle c ON c.id = x.cycle_id WHERE ${counts('c')} AND x.form_id`

/** Names of the cycles in which a form counts or counted; read in the transaction that holds the form. */
export async function countingCycles(tx: Transaction, formId: string): Promise<string[]> {
  return (await tx.query<{ name: string }>(`SELECT DISTINCT name FROM (${COUNTING} = $1) y ORDER BY name`, [formId])).rows.map(
    (r) => r.name,
  )
}

/** Those of these forms that count or counted in some cycle. */
export const countingForms = async (formIds: string[]): Promise<Set<string>> =>
  new Set((await sql<{ id: string }>(`SELECT DISTINCT form_id AS id FROM (${COUNTING} = ANY($1::uuid[])) y`, [formIds])).map((r) => r.id))
