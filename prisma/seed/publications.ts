import { figuresOfSnapshot } from '@/lib/growth/inside'
import { performSnapshot, prepareSnapshot, putIntoForce } from '@/lib/publication/inside'

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
