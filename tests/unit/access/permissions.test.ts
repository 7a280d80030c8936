import { describe, expect, it } from 'vitest'
import { cardCode, codeMatches, normaliseCode } from '@/lib/access/card'
import { Forbidden, roles, type Actor, type Grant, type Role } from '@/lib/access/model'
import { allow, may, permissions, scopeOf, type Action } from '@/lib/access/permissions'
import { homeOf } from '@/lib/access/home'

const actor = (...grants: Partial<Grant>[]): Actor => ({
  userId: 'u',
  seatId: null,
  teacherId: null,
  name: 'x',
  grants: grants.map((g) => ({ role: 'guru', regionId: null, schoolId: null, levelCodes: [], ...g })),
})
const full = (role: Role) => actor({ role, regionId: 'r1', schoolId: 's1' })

/** The role matrix of the dossier §1.7, written out once more by hand: a change in the table must be meant. */
const expected: Record<Action, Role[]> = {
  'test:take': ['guru'],
  'result:own': ['guru'],
  'result:named': ['kepala-sekolah', 'dinas-kabupaten', 'dinas-provinsi', 'bgtk'],
  'result:release': ['bgtk'],
  'map:read': ['dinas-kabupaten', 'dinas-provinsi', 'bgtk'],
  'report:export': ['dinas-kabupaten', 'dinas-provinsi', 'bgtk'],
  'school:read': ['kepala-sekolah', 'bgtk'],
  'roster:read': ['bgtk'],
  'roster:import': ['bgtk'],
  'roster:correct': ['bgtk'],
  'instrument:read': ['bgtk'],
  'bank:manage': ['bgtk'],
  'item:write': ['pakar', 'bgtk'],
  'item:review': ['pakar'],
  'response:rate': ['pakar'],
  'analysis:read': ['pakar', 'bgtk'],
  'calibration:run': ['bgtk'],
  'panel:manage': ['bgtk'],
  'panel:judge': ['pakar'],
  'validity:rate': ['pakar'],
  'cycle:manage': ['bgtk'],
  'cards:print': ['bgtk'],
  'room:watch': ['pengawas', 'bgtk'],
  'room:act': ['pengawas', 'bgtk'],
  'rules:manage': ['bgtk'],
  'publication:manage': ['bgtk'],
  'publication:public': ['dinas-provinsi', 'bgtk'],
  'plan:own': ['guru'],
  'tutor:own': ['guru'],
  'support:manage': ['bgtk'],
  'support:read': ['kepala-sekolah', 'dinas-kabupaten', 'dinas-provinsi', 'bgtk'],
  'objection:answer': ['bgtk'],
  'users:manage': ['administrator'],
  'policy:manage': ['administrator'],
  'jobs:manage': ['administrator', 'bgtk'],
  'privacy:own': ['guru'],
  'privacy:manage': ['bgtk', 'administrator'],
  'privacy:propose': ['bgtk'],
  'privacy:erase': ['administrator'],
  'audit:read': ['administrator', 'bgtk'],
}

describe('the permission table', () => {
  it.each(Object.keys(permissions) as Action[])('allows %s to exactly the roles of the dossier', (action) => {
    expect(roles.filter((r) => may(full(r), action)).sort()).toEqual([...expected[action]].sort())
    for (const role of roles) if (!expected[action].includes(role)) expect(() => allow(full(role), action)).toThrow(Forbidden)
  })
  it('reaches as far as the grant: own school, own kabupaten with its levels, the province with its levels', () => {
    expect(scopeOf(full('kepala-sekolah'), 'result:named')).toMatchObject([{ regionId: null, schoolId: 's1', levelCodes: null }])
    expect(scopeOf(full('dinas-kabupaten'), 'map:read')).toMatchObject([{ regionId: 'r1', schoolId: null, levelCodes: ['SD', 'SMP'] }])
    expect(scopeOf(full('dinas-provinsi'), 'map:read')).toMatchObject([{ regionId: null, levelCodes: ['SMA', 'SMK', 'SLB'] }])
    expect(scopeOf(full('bgtk'), 'map:read')).toMatchObject([{ regionId: null, schoolId: null, levelCodes: null, only: null }])
  })
  it('gives nothing for a grant without its region or school', () => {
    expect(scopeOf(actor({ role: 'dinas-kabupaten' }), 'map:read')).toBeNull()
    expect(scopeOf(actor({ role: 'kepala-sekolah' }), 'school:read')).toBeNull()
  })
  it('keeps several grants side by side, each with its own limits', () => {
    expect(scopeOf(actor({ role: 'dinas-kabupaten', regionId: 'r1' }, { role: 'bgtk' }), 'map:read')).toMatchObject([
      { role: 'dinas-kabupaten', regionId: 'r1', levelCodes: ['SD', 'SMP'] },
      { role: 'bgtk', regionId: null, levelCodes: null },
    ])
  })
  it('names a home for every role', () => expect(roles.map((r) => homeOf(full(r)))).not.toContain('/'))
})

describe('a participant card', () => {
  const key = Buffer.alloc(32, 7)
  it('carries sixty bits, differs by seat and version, and repeats for the same card', () => {
    const code = cardCode(key, 'seat-1', 1)
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(cardCode(key, 'seat-1', 1)).toBe(code)
    expect(new Set([code, cardCode(key, 'seat-2', 1), cardCode(key, 'seat-1', 2), cardCode(Buffer.alloc(32, 8), 'seat-1', 1)]).size).toBe(4)
  })
  it('is accepted as people type it: lower case, spaces, O for 0, I and L for 1', () => {
    expect(normaliseCode(' ab-oi l2 ')).toBe('AB0112')
    const code = cardCode(key, 'seat-1', 1)
    expect(codeMatches(code.toLowerCase().replaceAll('-', ' '), code)).toBe(true)
    expect(codeMatches(code.slice(0, -1), code)).toBe(false)
  })
})
