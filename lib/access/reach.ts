import type { Reaching, Scope } from './model'

/** What a scope reaches: the one place that decides about places and rows, for every room alike (decision 043). */

/** Where a row belongs: ids of its kabupaten and school, code of its level. */
export type Place = { regionId: string; schoolId: string; levelCode: string }

/** The grants that reach this place, in their order; none: it is out of reach. The first names the role under which it was reached. */
export const reaching = (scope: Scope, at: Place): Reaching[] =>
  scope.filter(
    (r) =>
      r.only === null &&
      (r.regionId === null || r.regionId === at.regionId) &&
      (r.schoolId === null || r.schoolId === at.schoolId) &&
      (r.levelCodes === null || r.levelCodes.includes(at.levelCode)),
  )

/** The first grant that reaches every place, whatever its levels. */
export const anywhere = (scope: Scope): Reaching | null =>
  scope.find((r) => r.only === null && r.regionId === null && r.schoolId === null) ?? null

/** Whether one grant reaches everything: no place, no level and no list of rooms narrows it. */
export const isWhole = (scope: Scope): boolean =>
  scope.some((r) => r.only === null && r.regionId === null && r.schoolId === null && r.levelCodes === null)

/** The kabupaten that a scope names; null when it reaches every one. Schools are reached by their own id and add none. */
export const regionIdsOf = (scope: Scope): string[] | null =>
  anywhere(scope) ? null : [...new Set(scope.flatMap((r) => (r.only === null && r.regionId ? [r.regionId] : [])))]

/** The schools that a scope names, for whoever acts for a school. */
export const schoolIdsOf = (scope: Scope): string[] => [
  ...new Set(scope.flatMap((r) => (r.only === null && r.schoolId ? [r.schoolId] : []))),
]

/** Levels of these grants taken together, for rows of a place that all of them reach; null: every level. */
export const levelsOf = (grants: readonly Reaching[]): string[] | null =>
  grants.some((r) => r.levelCodes === null) ? null : [...new Set(grants.flatMap((r) => r.levelCodes ?? []))]

/** SQL expressions that say where a row belongs. */
export type Columns = { region: string; school: string; level: string }

/**
 * A condition of SQL that holds for the rows which one grant of `scope` reaches. Its parameters are appended to `values`, which must hold
 * those of the statement so far. `null` stands for a caller who has narrowed the rows to one person or one school itself.
 */
export function within(scope: Scope | null, at: Columns, values: unknown[]): string {
  if (scope === null) return 'true'
  const name = (value: unknown, type: string) => `$${values.push(value)}::${type}`
  const grants = scope.flatMap((r) => {
    if (r.only !== null) return []
    const limits = [
      ...(r.regionId === null ? [] : [`${at.region} = ${name(r.regionId, 'uuid')}`]),
      ...(r.schoolId === null ? [] : [`${at.school} = ${name(r.schoolId, 'uuid')}`]),
      ...(r.levelCodes === null ? [] : [`${at.level} = ANY(${name(r.levelCodes, 'text[]')})`]),
    ]
    return [limits.length ? `(${limits.join(' AND ')})` : 'true']
  })
  return grants.length ? `(${grants.join(' OR ')})` : 'false'
}
