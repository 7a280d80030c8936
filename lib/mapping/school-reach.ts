import { z } from 'zod'
import { allow, denied, reaching } from '@/lib/access/service'
import type { Actor, Reaching } from '@/lib/access/model'
import { schoolById } from '@/lib/roster/service'

/**
 * A school of which the actor may read named results, with the grants that reach it: the first names the role, and no other grant has a
 * say. Null where there is none. Throws `Forbidden` for one out of reach.
 */
export async function schoolInReach(
  actor: Actor,
  schoolId: string,
): Promise<{ school: NonNullable<Awaited<ReturnType<typeof schoolById>>>; grants: Reaching[] } | null> {
  const scope = allow(actor, 'result:named')
  const school = z.uuid().safeParse(schoolId).success ? await schoolById(schoolId) : null
  if (!school) return null
  const grants = reaching(scope, { regionId: school.regionId, schoolId, levelCode: school.level.code })
  if (!grants.length) throw denied(actor, 'result:named')
  return { school, grants }
}
