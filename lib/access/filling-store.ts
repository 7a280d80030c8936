import { sql, type Transaction } from '@/lib/platform/db'

/** Fillings of forms that were taken; read and written in the transaction of the act that they stand for. */
export type Taken = { print: string; answer: unknown }

/** Takes a filling; a second one of the same id waits until the first is whole, and then hears what was answered. */
export async function takeFilling(
  tx: Transaction,
  filling: { id: string; owner: string; print: string; now: Date },
): Promise<Taken | null> {
  const { id, owner, print, now } = filling
  const { rowCount } = await tx.query(
    `INSERT INTO form_filling (id, owner, print, answer, at) VALUES ($1, $2, $3, 'null', $4) ON CONFLICT DO NOTHING`,
    [id, owner, print, now],
  )
  if (rowCount) return null
  const { rows } = await tx.query<Taken>(`SELECT print, answer FROM form_filling WHERE owner = $1 AND id = $2`, [owner, id])
  return rows[0] ?? null
}

export const keepAnswer = (tx: Transaction, owner: string, id: string, answer: unknown): Promise<unknown> =>
  tx.query(`UPDATE form_filling SET answer = $3 WHERE owner = $1 AND id = $2`, [owner, id, JSON.stringify(answer)])

/** Forgets fillings from before a moment, so many at most; answers how many went. */
export const sweepFillings = async (before: Date, most: number): Promise<number> =>
  (
    await sql(`DELETE FROM form_filling WHERE (owner, id) IN (SELECT owner, id FROM form_filling WHERE at < $1 LIMIT $2) RETURNING 1`, [
      before,
      most,
    ])
  ).length
