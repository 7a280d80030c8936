import { counts } from '@/lib/sittings/release'
import { sql } from '@/lib/platform/db'

/** The newest re-measurement that a cycle, or a series by its name, is or holds, with the cycle that it measures again. */
export async function remeasurementIn(cycleOrSeries: string): Promise<{ code: string; name: string; baseName: string } | null> {
  const [found] = await sql<{ code: string; name: string; baseName: string }>(
    `SELECT c.code, c.name, b.name AS "baseName" FROM cycle c JOIN cycle b ON b.id = c.base_cycle_id
      WHERE ${counts('c')} AND (c.code = $1 OR c.series = $1) ORDER BY c.starts_on DESC LIMIT 1`,
    [cycleOrSeries],
  )
  return found ?? null
}
