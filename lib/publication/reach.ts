import { isWhole } from '@/lib/access/reach'
import type { Scope } from '@/lib/access/model'

/** Whom an office sees, as one word by which figures of exactly these people are kept; '' where it sees everybody. Grants that reach the same make the same word. */
export function reachKey(scope: Scope): string {
  if (isWhole(scope)) return ''
  const grants = scope.flatMap((r) =>
    r.only === null ? [[r.regionId ?? '', [...(r.levelCodes ?? [])].sort().join('+'), r.schoolId ?? ''].join(':')] : [],
  )
  return [...new Set(grants)].sort().join(';') || 'nobody'
}
