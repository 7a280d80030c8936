import { activeGrants } from '@/lib/access/inside'
import { isWhole } from '@/lib/access/reach'
import { scopeOf } from '@/lib/access/permissions'
import type { Grant, Scope } from '@/lib/access/model'
import { regions } from '@/lib/roster/service'
import { reachKey } from './reach'

/**
 * Offices for which groups are summed besides everybody's: those that hold an account now, and every education office by law, so that one
 * that is given an account tomorrow finds its figures in what was published today.
 */
export async function standingReaches(): Promise<{ key: string; scope: Scope }[]> {
  const office = (role: Grant['role'], regionId: string | null): Grant[] => [{ role, regionId, schoolId: null, levelCodes: [] }]
  const byLaw = [office('dinas-provinsi', null), ...(await regions()).map((r) => office('dinas-kabupaten', r.id))]
  const found = new Map<string, Scope>()
  for (const grants of [...(await activeGrants()), ...byLaw]) {
    const scope = scopeOf({ userId: null, seatId: null, teacherId: null, name: '', grants }, 'map:read')
    if (scope && !isWhole(scope)) found.set(reachKey(scope), scope)
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, scope]) => ({ key, scope }))
}
