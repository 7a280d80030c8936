import { makeFigures } from '@/lib/mapping/inside'
import { performSnapshot, prepareSnapshot, putIntoForce } from '@/lib/publication/inside'
import { sql } from '@/lib/platform/db'

/** Publishes every series as it stands, as two persons of the office do; what has no test that may be shown is left out. Answers the snapshots' ids. */
export async function publishAll(now = new Date()): Promise<string[]> {
  const series = await sql<{ series: string }>(`SELECT DISTINCT series FROM cycle WHERE NOT practice AND NOT rehearsal ORDER BY 1`)
  const ids: string[] = []
  for (const { series: name } of series) {
    const prepared = await prepareSnapshot(name, { userId: null, name: 'Pertama' }, now)
    if (!prepared.ok) throw new Error(prepared.message)
    const made = await performSnapshot(prepared.value.id, makeFigures)
    if (made.state === 'failed') continue
    const put = await putIntoForce(prepared.value.id, { userId: null, name: 'Pertama' }, { userId: null, name: 'Kedua' }, now)
    if (!put.ok) throw new Error(put.message)
    ids.push(prepared.value.id)
  }
  return ids
}
