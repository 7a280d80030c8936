import { figuresOfSnapshot } from '@/lib/growth/inside'
import { performSnapshot, prepareSnapshot, putIntoForce } from '@/lib/publication/inside'
import { sql } from '@/lib/platform/db'

/** Publishes every series as it stands, as two persons of the office do; what has no test that may be shown is left out. Answers the snapshots' ids. */
export async function publishAll(now = new Date()): Promise<string[]> {
  return each(now, async (id) => {
    const put = await putIntoForce(id, { userId: null, name: 'Pertama' }, { userId: null, name: 'Kedua' }, now)
    if (!put.ok) throw new Error(put.message)
  })
}

/** Makes a draft of every series and publishes none. */
export const draftAll = (now = new Date()): Promise<string[]> => each(now, async () => undefined)

async function each(now: Date, then: (id: string) => Promise<void>): Promise<string[]> {
  const series = await sql<{ series: string }>(`SELECT DISTINCT series FROM cycle WHERE NOT practice AND NOT rehearsal ORDER BY 1`)
  const ids: string[] = []
  for (const { series: name } of series) {
    const prepared = await prepareSnapshot(name, { userId: null, name: 'Pertama' }, now)
    if (!prepared.ok) throw new Error(prepared.message)
    const made = await performSnapshot(prepared.value.id, figuresOfSnapshot)
    if (made.state === 'failed') continue
    await then(prepared.value.id)
    ids.push(prepared.value.id)
  }
  return ids
}
