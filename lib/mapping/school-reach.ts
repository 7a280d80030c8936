import { z } from 'zod'
import { allow, denied } from '@/lib/access/service'
import type { Actor, Scope } from '@/lib/access/model'
import { schoolById } from '@/lib/roster/service'

/** A school of which the actor may read named results; null where there is none. Throws `Forbidden` for one out of reach. */
export async function schoolInReach(
  actor: Actor,
  schoolId: string,
): Promise<{ school: NonNullable<Awaited<ReturnType<typeof schoolById>>>; scope: Scope } | null> {
  const scope = allow(actor, 'result:named')
  const school = z.uuid().safeParse(schoolId).success ? await schoolById(schoolId) : null
  if (!school) return null
  const inScope = scope.all || scope.schoolIds.includes(schoolId) || scope.regionIds.includes(school.regionId)
  const levelOk = scope.levelCodes === null || scope.levelCodes.includes(school.level.code)
  if (!inScope || !levelOk) throw denied(actor, 'result:named')
  return { school, scope }
}
