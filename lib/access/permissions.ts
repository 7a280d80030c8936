import { noteRefusal } from './refusal-log'
import { Forbidden, type Actor, type Grant, type Reaching, type Role, type Scope } from './model'

/**
 * Who may do what, and how far: the one table. Built on the role matrix of the domain dossier §1.7.
 * `all` everything · `levels` the school levels of the grant · `region` the grant's kabupaten · `school` the grant's school
 * `rooms` rooms the proctor is assigned to · `own` one's own seat and results
 */
export type Reach = 'all' | 'levels' | 'region' | 'school' | 'rooms' | 'own'

export const permissions = {
  'test:take': { guru: 'own' },
  'result:own': { guru: 'own' },
  'result:named': { 'kepala-sekolah': 'school', 'dinas-kabupaten': 'region', 'dinas-provinsi': 'levels', bgtk: 'all' },
  'result:release': { bgtk: 'all' },
  'map:read': { 'dinas-kabupaten': 'region', 'dinas-provinsi': 'levels', bgtk: 'all' },
  'report:export': { 'dinas-kabupaten': 'region', 'dinas-provinsi': 'levels', bgtk: 'all' },
  'school:read': { 'kepala-sekolah': 'school', bgtk: 'all' },
  'roster:read': { bgtk: 'all' },
  'roster:import': { bgtk: 'all' },
  'roster:correct': { bgtk: 'all' },
  'instrument:read': { bgtk: 'all' },
  'bank:manage': { bgtk: 'all' },
  'item:write': { pakar: 'own', bgtk: 'all' },
  'item:review': { pakar: 'own' },
  'response:rate': { pakar: 'own' },
  'analysis:read': { pakar: 'all', bgtk: 'all' },
  'calibration:run': { bgtk: 'all' },
  'panel:manage': { bgtk: 'all' },
  'panel:judge': { pakar: 'own' },
  'validity:rate': { pakar: 'own' },
  'cycle:manage': { bgtk: 'all' },
  'cards:print': { bgtk: 'all' },
  'room:watch': { pengawas: 'rooms', bgtk: 'all' },
  'room:act': { pengawas: 'rooms', bgtk: 'all' },
  'rules:manage': { bgtk: 'all' },
  'publication:manage': { bgtk: 'all' },
  'publication:public': { 'dinas-provinsi': 'all', bgtk: 'all' },
  'plan:own': { guru: 'own' },
  'tutor:own': { guru: 'own' },
  'support:manage': { bgtk: 'all' },
  'support:read': { 'kepala-sekolah': 'school', 'dinas-kabupaten': 'region', 'dinas-provinsi': 'levels', bgtk: 'all' },
  'objection:answer': { bgtk: 'all' },
  'users:manage': { administrator: 'all' },
  'policy:manage': { administrator: 'all' },
  'jobs:manage': { administrator: 'all', bgtk: 'all' },
  'privacy:own': { guru: 'own' },
  'privacy:manage': { bgtk: 'all', administrator: 'all' },
  'privacy:propose': { bgtk: 'all' },
  'privacy:erase': { administrator: 'all' },
  'audit:read': { administrator: 'all', bgtk: 'all' },
} as const satisfies Record<string, Partial<Record<Role, Reach>>>

export type Action = keyof typeof permissions

/** Levels that each kind of office answers for when the grant itself names none. */
const officeLevels: Partial<Record<Role, string[]>> = {
  'dinas-provinsi': ['SMA', 'SMK', 'SLB'],
  'dinas-kabupaten': ['SD', 'SMP'],
}

/** How far this one grant carries `action`; null when it does not allow it, or does not say where. */
function reachOf(grant: Grant, action: Action): Reaching | null {
  const row: Partial<Record<Role, Reach>> = permissions[action]
  const reach = row[grant.role]
  if (!reach || (reach === 'region' && !grant.regionId) || (reach === 'school' && !grant.schoolId)) return null
  return {
    role: grant.role,
    regionId: reach === 'region' ? grant.regionId : null,
    schoolId: reach === 'school' ? grant.schoolId : null,
    levelCodes: grant.levelCodes.length ? [...grant.levelCodes] : (officeLevels[grant.role] ?? null),
    only: reach === 'rooms' || reach === 'own' ? reach : null,
  }
}

/** How far each grant of this actor carries `action`, in the order of the grants; null when none allows it. */
export function scopeOf(actor: Actor, action: Action): Scope | null {
  const scope = actor.grants.flatMap((grant) => reachOf(grant, action) ?? [])
  return scope.length ? scope : null
}

export const may = (actor: Actor, action: Action): boolean => scopeOf(actor, action) !== null

/** The scope of `action`; throws `Forbidden` when there is none. */
export function allow(actor: Actor, action: Action): Scope {
  const scope = scopeOf(actor, action)
  if (!scope) throw denied(actor, action)
  return scope
}

/** The refusal of `action`, noted in the audit log; for every place that decides about a permission. */
export function denied(actor: Actor, action: Action | 'account'): Forbidden {
  noteRefusal({ what: 'permission', object: `permission:${action}`, actor, role: roleFor(actor, action) })
  return new Forbidden(action)
}

/**
 * The role in which this actor does `action`: that of the first grant that allows it. Where grants reach different things, whoever has
 * looked at the thing names the role instead. Null for the system itself, which has none.
 */
export function roleFor(actor: Actor, action: string): Role | null {
  const scope = Object.hasOwn(permissions, action) ? scopeOf(actor, action as Action) : null
  return scope?.[0]?.role ?? actor.grants[0]?.role ?? null
}
