import { figuresOfSnapshot } from '@/lib/growth/inside'
import { sql } from '@/lib/platform/db'
import { decidePublic, performSnapshot, prepareSnapshot, putIntoForce } from '@/lib/publication/inside'

/** Published snapshots of the demonstration: made as the office makes them, proposed and confirmed by two made-up persons. */
export async function publishSeries(series: string, now: Date): Promise<string> {
  const prepared = await prepareSnapshot(series, { userId: null, name: 'BGTK Peragaan' }, now)
  if (!prepared.ok) throw new Error(prepared.message)
  const { id } = prepared.value
  const made = await performSnapshot(id, figuresOfSnapshot)
  const published = await putIntoForce(id, { userId: null, name: 'BGTK Peragaan' }, { userId: null, name: 'Pimpinan Peragaan' }, now)
  if (!published.ok) throw new Error(published.message)
  return made.words
}

/** Both offices of the demonstration open the public page, each by its own account. */
export async function openPublicPage(now: Date): Promise<void> {
  for (const [office, email] of [
    ['bgtk', 'bgtk@contoh.id'],
    ['dinas', 'disdikbud@contoh.id'],
  ] as const) {
    const [who] = await sql<{ userId: string; name: string }>(`SELECT id AS "userId", name FROM user_account WHERE email = $1`, [email])
    if (who) await decidePublic(office, true, who, now)
  }
}
