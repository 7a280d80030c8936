import { describe, expect, it } from 'vitest'
import { roles, type Actor, type Grant, type Reaching, type Role, type Scope } from '@/lib/access/model'
import { may, permissions, roleFor, scopeOf, type Action } from '@/lib/access/permissions'
import { anywhere, isWhole, levelsOf, reaching, regionIdsOf, schoolIdsOf, within, type Place } from '@/lib/access/reach'
import { seeded } from '@/lib/platform/random'

/** No two grants together do more than one of them: over random people and random places. */
const regions = ['r1', 'r2', 'r3']
const levels = ['SD', 'SMP', 'SMA', 'SMK', 'SLB']
const actions = Object.keys(permissions) as Action[]
const person = (grants: Grant[]): Actor => ({ userId: 'u', seatId: null, teacherId: null, name: 'x', grants })
const places: Place[] = regions.flatMap((regionId) => levels.map((levelCode, i) => ({ regionId, schoolId: `${regionId}s${i}`, levelCode })))

const random = seeded(20261127)
const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
function aGrant(): Grant {
  const place = one(places)
  return {
    role: one(roles),
    regionId: random() < 0.75 ? place.regionId : null,
    schoolId: random() < 0.75 ? place.schoolId : null,
    levelCodes: random() < 0.4 ? levels.filter(() => random() < 0.4) : [],
  }
}
const people = Array.from({ length: 300 }, () => Array.from({ length: 2 + Math.floor(random() * 2) }, aGrant))
const allowed = (grants: Grant[], action: Action, at: Place) => reaching(scopeOf(person(grants), action) ?? [], at).length > 0

/** The condition as a database would judge it, on one row. */
function judged(scope: Scope, at: Place): boolean {
  const values: unknown[] = ['first parameter of the statement']
  const text = within(scope, { region: 'REGION', school: 'SCHOOL', level: 'LEVEL' }, values)
  const row = { REGION: at.regionId, SCHOOL: at.schoolId, LEVEL: at.levelCode }
  return text
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((grant) =>
      grant
        .replace(/^\((.*)\)$/, '$1')
        .split(' AND ')
        .every((limit) => {
          if (limit === 'true' || limit === 'false') return limit === 'true'
          const [, column, n] = /^(\w+) = (?:ANY\()?\$(\d+)::/.exec(limit)!
          const value = values[Number(n) - 1]
          const own = row[column as keyof typeof row]
          return Array.isArray(value) ? value.includes(own) : value === own
        }),
    )
}

describe('grants', () => {
  it('allow together exactly what one of them allows, for every action and place', () => {
    for (const grants of people)
      for (const action of actions)
        for (const at of places)
          if (allowed(grants, action, at) !== grants.some((g) => allowed([g], action, at)))
            throw new Error(`${action} at ${JSON.stringify(at)} is wider than each of ${JSON.stringify(grants)}`)
  })
  it('open an action exactly when one of them does', () => {
    for (const grants of people)
      for (const action of actions) expect(may(person(grants), action)).toBe(grants.some((g) => may(person([g]), action)))
  })
  it('say the same to a database as to a place', () => {
    for (const grants of people.slice(0, 100))
      for (const action of actions) {
        const scope = scopeOf(person(grants), action)
        if (scope) for (const at of places) expect(judged(scope, at)).toBe(reaching(scope, at).length > 0)
      }
  })
  it('name the role of a grant that allows it by itself', () => {
    for (const grants of people)
      for (const action of actions) {
        const actor = person(grants)
        if (!may(actor, action)) continue
        const role = roleFor(actor, action)
        expect(grants.some((g) => g.role === role && may(person([g]), action))).toBe(true)
        for (const at of places)
          for (const r of reaching(scopeOf(actor, action)!, at))
            expect(
              allowed(
                grants.filter((g) => g.role === r.role),
                action,
                at,
              ),
            ).toBe(true)
      }
  })
})

const grant = (role: Role, more: Partial<Grant> = {}): Grant => ({ role, regionId: null, schoolId: null, levelCodes: [], ...more })
const reads = (action: Action, at: Place, ...grants: Grant[]) => allowed(grants, action, at)

describe('somebody with two roles', () => {
  it('who heads a school and works for a dinas does not read the senior schools of the kabupaten by name', () => {
    const two = [grant('kepala-sekolah', { schoolId: 's1' }), grant('dinas-kabupaten', { regionId: 'r1' })]
    expect(reads('result:named', { regionId: 'r1', schoolId: 's2', levelCode: 'SMA' }, ...two)).toBe(false)
    expect(reads('result:named', { regionId: 'r2', schoolId: 's1', levelCode: 'SMA' }, ...two)).toBe(true)
    expect(reads('result:named', { regionId: 'r1', schoolId: 's2', levelCode: 'SMP' }, ...two)).toBe(true)
  })
  it('who may see SMA of one kabupaten and SMK of another sees neither the other way round', () => {
    const two = [
      grant('dinas-kabupaten', { regionId: 'r1', levelCodes: ['SMA'] }),
      grant('dinas-kabupaten', { regionId: 'r2', levelCodes: ['SMK'] }),
    ]
    const seen = ['r1', 'r2'].flatMap((regionId) =>
      levels.flatMap((levelCode) =>
        reads('map:read', { regionId, schoolId: 's', levelCode }, ...two) ? [`${regionId} ${levelCode}`] : [],
      ),
    )
    expect(seen).toEqual(['r1 SMA', 'r2 SMK'])
  })
  it('who holds a role that names no place gets none through the place of the other', () => {
    const two = [grant('kepala-sekolah'), grant('dinas-kabupaten', { regionId: 'r1' })]
    expect(scopeOf(person(two), 'school:read')).toBeNull()
    expect(scopeOf(person([grant('dinas-kabupaten'), grant('kepala-sekolah', { schoolId: 's1' })]), 'map:read')).toBeNull()
  })
  it('is named by the role that reached the place, not by the first that could have', () => {
    const scope = scopeOf(
      person([grant('kepala-sekolah', { schoolId: 's1' }), grant('dinas-kabupaten', { regionId: 'r1' })]),
      'result:named',
    )!
    expect(reaching(scope, { regionId: 'r1', schoolId: 's9', levelCode: 'SD' }).map((r) => r.role)).toEqual(['dinas-kabupaten'])
    expect(reaching(scope, { regionId: 'r9', schoolId: 's1', levelCode: 'SD' }).map((r) => r.role)).toEqual(['kepala-sekolah'])
    // A role without its place has not been the one, though the table knows it.
    expect(roleFor(person([grant('kepala-sekolah'), grant('bgtk')]), 'result:named')).toBe('bgtk')
  })
})

describe('a scope', () => {
  const reach = (more: Partial<Reaching>): Reaching => ({
    role: 'bgtk',
    regionId: null,
    schoolId: null,
    levelCodes: null,
    only: null,
    ...more,
  })
  it('reaches everything only by a grant that nothing narrows', () => {
    expect(isWhole([reach({ regionId: 'r1' }), reach({ levelCodes: ['SMA'] })])).toBe(false)
    expect(isWhole([reach({ regionId: 'r1' }), reach({})])).toBe(true)
    expect(isWhole([reach({ only: 'own' })])).toBe(false)
    expect(anywhere([reach({ only: 'rooms' })])).toBeNull()
  })
  it('of one place has the levels of the grants that reach it', () => {
    expect(levelsOf([reach({ levelCodes: ['SMA'] }), reach({ levelCodes: ['SMK', 'SMA'] })])).toEqual(['SMA', 'SMK'])
    expect(levelsOf([reach({ levelCodes: ['SMA'] }), reach({})])).toBeNull()
  })
  it('names its kabupaten and schools, or none where it reaches them all', () => {
    expect(regionIdsOf([reach({ regionId: 'r1' }), reach({ schoolId: 's1' }), reach({ regionId: 'r1', levelCodes: ['SD'] })])).toEqual([
      'r1',
    ])
    expect(regionIdsOf([reach({ regionId: 'r1' }), reach({ levelCodes: ['SD'] })])).toBeNull()
    expect(schoolIdsOf([reach({ regionId: 'r1' }), reach({ schoolId: 's1' })])).toEqual(['s1'])
  })
  it('that holds nothing but rooms or own work lets no row of a place through', () => {
    expect(within([reach({ only: 'rooms' })], { region: 'r', school: 's', level: 'l' }, [])).toBe('false')
    expect(within(null, { region: 'r', school: 's', level: 'l' }, [])).toBe('true')
  })
})
