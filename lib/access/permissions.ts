import { noteRefusal } from './refusal-log'
import { Forbidden, type Actor, type Role, type Scope } from './model'

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

/** The reach of `action` for this actor, or null when no grant allows it. */
export function scopeOf(actor: Actor, action: Action): Scope | null {
  const row: Partial<Record<Role, Reach>> = permissions[action]
  const scope: Scope = { all: false, regionIds: [], schoolIds: [], levelCodes: null, ownRooms: false, ownSelf: false }
  let allowed = false
  let limits: string[] | null = []
  for (const grant of actor.grants) {
    const reach = row[grant.role]
    if (!reach) continue
    if (reach === 'region' && !grant.regionId) continue
    if (reach === 'school' && !grant.schoolId) continue
    allowed = true
    if (reach === 'all' || reach === 'levels') scope.all = true
    if (reach === 'region' && grant.regionId) scope.regionIds.push(grant.regionId)
    if (reach === 'school' && grant.schoolId) scope.schoolIds.push(grant.schoolId)
    if (reach === 'rooms') scope.ownRooms = true
    if (reach === 'own') scope.ownSelf = true
    const own = grant.levelCodes.length ? grant.levelCodes : officeLevels[grant.role]
    limits = own && limits ? [...limits, ...own] : null
  }
  if (!allowed) return null
  scope.levelCodes = limits && limits.length ? [...new Set(limits)] : null
  return scope
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

/** The role in which this actor does `action`; null for the system itself, which has none. */
export function roleFor(actor: Actor, action: string): Role | null {
  const row: Partial<Record<Role, Reach>> = Object.hasOwn(permissions, action) ? permissions[action as Action] : {}
  return actor.grants.find((g) => row[g.role])?.role ?? actor.grants[0]?.role ?? null
}
