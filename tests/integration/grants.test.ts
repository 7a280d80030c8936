import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, type Actor, type Grant, type Role } from '@/lib/access/model'
import * as delivery from '@/lib/delivery/service'
import { formFor } from '@/lib/instruments/inside'
import { parseGrowthFilter } from '@/lib/growth/model'
import { parseMapFilter } from '@/lib/mapping/model'
import * as mapping from '@/lib/mapping/service'
import { inTransaction, sql } from '@/lib/platform/db'
import { seeded } from '@/lib/platform/random'
import { addRules, currentRules } from '@/lib/standards/rules-store'
import { insertScores, standingRun } from '@/lib/scoring/score-store'
import * as sittings from '@/lib/sittings/service'
import { shippedTierRules } from '@/lib/plans/model'
import * as supportInside from '@/lib/plans/inside'
import * as support from '@/lib/plans/service'
import { createUser } from '@/lib/access/store'
import { publishAll } from './published'
import { aSchool, aSitting, anAccount, idOf, openWorld } from './world'
import * as growthRoom from '@/lib/growth/service'
import * as records from '@/lib/records/service'
import * as consoles from '@/lib/console/service'

/**
 * Three kabupaten with a school of every level, everybody tested twice. What somebody with several grants sees is compared with what each
 * grant sees by itself: the union, no row more and no row less. Schools have 3, 6, 12, 24 and 48 teachers by level, so that the sum of a
 * kabupaten tells which of its schools are in it.
 */
const now = new Date()
const levels = ['SD', 'SMP', 'SMA', 'SMK', 'SLB']
const regions = ['18.01', '18.02', '18.10']
const SMALLEST = 3
let world: Awaited<ReturnType<typeof openWorld>>
const schools = new Map<string, string>()
const placeOf = new Map<string, string>()
/** One teacher of every school. */
const someTeachers: string[] = []
const rooms: string[] = []
const days: string[] = []
let userId: string
const grants: Record<string, Grant> = {}
const schoolOf = (region: string, level: string) => schools.get(`${region} ${level}`)!

beforeAll(async () => {
  world = await openWorld()
  const mathematics = await idOf('subject', 'MTK')
  const teachers: string[] = []
  for (const region of regions)
    for (const [i, level] of levels.entries()) {
      const id = await aSchool(region, level)
      schools.set(`${region} ${level}`, id)
      placeOf.set(id, `${region} ${level}`)
      const own = Array.from({ length: SMALLEST * 2 ** i }, () => uuidv7())
      await sql(`INSERT INTO teacher (id, name, school_id, subject_id) SELECT x, 'Guru ' || x, $2, $3 FROM unnest($1::uuid[]) x`, [
        own,
        id,
        mathematics,
      ])
      teachers.push(...own)
      someTeachers.push(own[0]!)
    }
  const [before, after] = [new Date(now.getTime() - 200 * 86_400_000), new Date(now.getTime() - 20 * 86_400_000)]
  const first = await aSitting(teachers, before, { code: 'AWAL' })
  const second = await aSitting(teachers, after, { code: 'ULANG' })
  for (const day of [first, second]) {
    rooms.push(day.roomId)
    days.push(day.sittingId)
  }
  await sql(`UPDATE cycle SET base_cycle_id = (SELECT id FROM cycle WHERE code = 'AWAL') WHERE code = 'ULANG'`)
  const form = (await formFor('4', mathematics))!
  const rules = await currentRules()
  await addRules({ ...rules.rules, hideBelow: SMALLEST, hatchBelow: SMALLEST }, 'batas uji', null, now)
  const raw = await standingRun(rules.id, before)
  const [base, linked, cut, scale, released] = [uuidv7(), uuidv7(), uuidv7(), uuidv7(), uuidv7()]
  for (const [id, code] of [
    [base, 'AWAL'],
    [linked, 'ULANG'],
  ])
    await sql(
      `INSERT INTO calibration (id, instrument_id, cycle_codes, state, settings, engine, created_at, finished_at) VALUES ($1, $2, ARRAY[$3], 'done', '{}', 'uji', $4, $4)`,
      [id, form.instrumentId, code, before],
    )
  await sql(`INSERT INTO cut_score (id, instrument_id, method, share, reason, decided_at) VALUES ($1, $2, 'provisional', 0.6, 'uji', $3)`, [
    cut,
    form.instrumentId,
    before,
  ])
  await sql(`INSERT INTO scale (id, calibration_id, cut_score_id, theta_cut, sigma, created_at) VALUES ($1, $2, $3, 0, 1, $4)`, [
    scale,
    base,
    cut,
    before,
  ])
  await sql(
    `INSERT INTO score_run (id, kind, rule_version_id, engine, created_at, instrument_id, scale_id, state, released_at) VALUES ($1, 'theta', $2, 'uji', $3, $4, $5, 'released', $3)`,
    [released, rules.id, before, form.instrumentId, scale],
  )
  await sql(
    `INSERT INTO scale_link (id, instrument_id, base_calibration_id, calibration_id, linked_calibration_id, state, excluded, reason, error, gate, report, created_at, finished_at)
     VALUES ($1, $2, $3, $4, $3, 'done', '{}', 'uji', 0.05, 'open', '{"anchors": []}', $5, $5)`,
    [uuidv7(), form.instrumentId, base, linked, after],
  )
  for (const [day, at] of [
    [first, before],
    [second, after],
  ] as const) {
    const attempts = day.seatIds.map((seat, i) => ({ id: uuidv7(), seat, percent: 30 + ((i * 7) % 50) }))
    await sql(
      `INSERT INTO attempt (id, seat_id, form_id, instrument_id, competency_code, seed, state, duration_seconds, started_at, closed_at)
       SELECT x.id, x.seat, $3, $4, '4', 1, 'closed', 5400, $5, $5 FROM unnest($1::uuid[], $2::uuid[]) AS x(id, seat)`,
      [attempts.map((a) => a.id), attempts.map((a) => a.seat), form.formId, form.instrumentId, at],
    )
    const row = (attemptId: string, percent: number, scope: 'total' | 'indicator', scopeCode: string) => ({
      attemptId,
      kind: 'raw' as const,
      scope,
      scopeCode,
      raw: (40 * percent) / 100,
      max: 40,
      percent,
      items: 40,
    })
    await inTransaction((tx) =>
      insertScores(
        tx,
        raw,
        attempts.flatMap((a) => [row(a.id, a.percent, 'total', ''), row(a.id, a.percent, 'indicator', '4.1')]),
      ),
    )
    await sql(
      `INSERT INTO ability (run_id, attempt_id, theta, se, scale, scale_se, mastery, mastery_low, mastery_high, items, fit)
       SELECT $1, x.id, (x.p - 50) / 10, 0.2, 400 + x.p, 20, x.p, x.p - 2, x.p + 2, 40, null FROM unnest($2::uuid[], $3::float8[]) AS x(id, p)`,
      [released, attempts.map((a) => a.id), attempts.map((a) => a.percent)],
    )
  }
  await support.tierRules()
  await supportInside.proposePlans({}, now)
  userId = (await anAccount('pengawas')).userId!
  await sql(`INSERT INTO proctor_assignment (user_id, room_id) VALUES ($1, $2)`, [userId, rooms[0]])
  const grant = (role: Role, more: Partial<Grant> = {}): Grant => ({ role, regionId: null, schoolId: null, levelCodes: [], ...more })
  const [one, two, three] = await Promise.all(regions.map((r) => idOf('region', r, 'kemendagri_code')))
  Object.assign(grants, {
    guru: grant('guru'),
    pengawas: grant('pengawas'),
    pakar: grant('pakar'),
    administrator: grant('administrator'),
    'kepala SMA satu': grant('kepala-sekolah', { schoolId: schoolOf(regions[0]!, 'SMA') }),
    'kepala SD dua': grant('kepala-sekolah', { schoolId: schoolOf(regions[1]!, 'SD') }),
    'kepala tanpa sekolah': grant('kepala-sekolah'),
    'dinas satu': grant('dinas-kabupaten', { regionId: one! }),
    'dinas dua': grant('dinas-kabupaten', { regionId: two! }),
    'dinas SMA dua': grant('dinas-kabupaten', { regionId: two!, levelCodes: ['SMA'] }),
    'dinas SMK tiga': grant('dinas-kabupaten', { regionId: three!, levelCodes: ['SMK'] }),
    'dinas tanpa kabupaten': grant('dinas-kabupaten'),
    provinsi: grant('dinas-provinsi'),
    'provinsi SLB': grant('dinas-provinsi', { levelCodes: ['SLB'] }),
    bgtk: grant('bgtk'),
    'bgtk SMP': grant('bgtk', { levelCodes: ['SMP'] }),
  })
  // Everybody who appears below holds an account when the figures are published.
  const readers = Object.keys(grants).filter((name) => /^(?:dinas|provinsi|bgtk)/.test(name) && name !== 'dinas tanpa kabupaten')
  const groups = readers.flatMap((a, i) => readers.slice(i).flatMap((b, j) => readers.slice(i + j).map((c) => [...new Set([a, b, c])])))
  for (const [i, names] of groups.entries())
    await createUser({ name: names.join(), email: `baca${i}@contoh.id`, passwordHash: null, grants: names.map((n) => grants[n]!) }, now)
  await publishAll()
})
afterAll(() => world.close())

/** The schools whose teachers make this number of a kabupaten. */
const decoded = (region: string, n: number | null | undefined): string[] => {
  const sum = n ?? 0
  expect(sum % SMALLEST).toBe(0)
  return levels.flatMap((level, i) => ((sum / SMALLEST) & (2 ** i) ? [`${region} ${level}`] : []))
}
const cells = (list: readonly { code: string; n?: number | null; roster?: number }[]) => list.flatMap((c) => decoded(c.code, c.n))
const map = (tampilan = 'peta') => parseMapFilter({ bagian: '4', tampilan, siklus: 'ULANG' })
const growth = () => parseGrowthFilter({ bagian: '4', ulang: 'ULANG' })
/** What opens of many things, each asked by itself; what is forbidden is not there. */
async function opened(ids: readonly string[], ask: (id: string) => Promise<unknown>): Promise<string[]> {
  const seen: string[] = []
  for (const id of ids) {
    const answer = await ask(id).catch((error: unknown) => {
      if (error instanceof Forbidden) return null
      throw error
    })
    if (answer && (!Array.isArray(answer) || answer.length)) seen.push(placeOf.get(id) ?? id)
  }
  return seen
}
const allSchools = () => [...schools.values()]
/** Schools where the answer itself depends on the grants: named rows are read of a few. */
const someSchools = () => [
  schoolOf('18.01', 'SMA'),
  schoolOf('18.01', 'SMP'),
  schoolOf('18.02', 'SD'),
  schoolOf('18.02', 'SMA'),
  schoolOf('18.10', 'SMK'),
]

/** What an actor sees by a use case, as a list of places, rooms or sittings. `by`: tells only what another one of the table tells. */
type Sight = { sees: (actor: Actor) => Promise<string[]> } | { by: string }
const sees = (ask: (actor: Actor) => Promise<string[]>): Sight => ({ sees: ask })
const by = (name: string): Sight => ({ by: name })

/** Every use case whose answer depends on what a grant reaches. `tests/unit/platform/doors.test.ts` names the ones that are missing. */
const scoped: Record<string, Sight> = {
  'mapping.mapView': sees(async (a) => {
    const view = await mapping.mapView(a, map())
    return [...view.cells.flatMap((c) => decoded(c.code, c.roster).map((p) => `roster ${p}`)), ...cells(view.cells)]
  }),
  'mapping.heatView': sees(async (a) =>
    (await mapping.heatView(a, map())).rows.filter((r) => r.code === 'MTK').flatMap((r) => cells(r.cells)),
  ),
  'mapping.spreadView': sees(async (a) => cells((await mapping.spreadView(a, map())).boxes)),
  'mapping.indicatorView': sees(async (a) => (await mapping.indicatorView(a, map())).flatMap((r) => cells(r.cells))),
  'mapping.mapPage': by('mapping.mapView'),
  'mapping.regionView': sees(async (a) => {
    const found = await Promise.all(regions.map((code) => mapping.regionView(a, code, map())))
    return found.flatMap((f) => f?.schools.map((s) => placeOf.get(s.id)!) ?? [])
  }),
  'mapping.schoolView': sees((a) =>
    opened(someSchools(), async (id) => ((await mapping.schoolView(a, id))?.teachers ?? []).filter((t) => t.parts['4'])),
  ),
  'mapping.ownSchools': sees(async (a) => (await mapping.ownSchools(a)).map((s) => placeOf.get(s.id)!)),
  'mapping.ownSchool': sees((a) => opened(someSchools(), (id) => mapping.ownSchool(a, id))),
  'records.teacherView': sees((a) =>
    opened(someTeachers, async (id) => ((await records.teacherView(a, id, now))?.seats.length ? [id] : [])),
  ),
  'growth.growthPage': sees(async (a) => cells((await growthRoom.growthPage(a, growth())).view?.regions ?? [])),
  // Whether a cycle is a re-measurement is the same for everybody who reads the map.
  'growth.remeasured': by('growth.growthPage'),
  'response.whatCanBeDone': by('mapping.indicatorView'),
  'response.schoolTopics': by('plans.schoolPlans'),
  'response.briefFor': by('mapping.mapView'),
  'growth.schoolGrowth': sees((a) => opened(someSchools(), (id) => growthRoom.schoolGrowth(a, id))),
  'plans.tierEffect': sees(async (a) =>
    (await support.tierEffect(a, shippedTierRules, '4')).open().figures.byRegion.flatMap((r) => decoded(r.key, r.total)),
  ),
  'plans.progress': sees(async (a) => (await support.progress(a)).regions.flatMap((r) => decoded(r.code, r.plans))),
  'plans.schoolPlans': sees((a) => opened(allSchools(), (id) => support.schoolPlans(a, id))),
  'plans.catalogue': sees(async (a) => (await support.catalogue(a)).map((m) => m.code)),
  'sittings.roomFor': sees((a) => opened(rooms, (id) => sittings.roomFor(a, id))),
  'sittings.sittingFor': sees((a) => opened(days, (id) => sittings.sittingFor(a, id))),
  'sittings.watchedRoom': by('sittings.roomFor'),
  'sittings.watchedSitting': by('sittings.sittingFor'),
  'sittings.watchesWhole': by('sittings.sittingFor'),
  'sittings.myRooms': sees(async (a) => (await sittings.myRooms(a)).map((r) => r.id)),
  'sittings.mySittings': sees(async (a) => (await sittings.mySittings(a)).map((s) => s.id)),
  'console.consoleOf': sees((a) => opened([...rooms, ...days], (id) => consoles.consoleOf(a, id, now))),
  'console.roomMinutes': sees((a) => opened(rooms, (id) => consoles.roomMinutes(a, id, 'minutes'))),
  'delivery.spokenCode': sees((a) => opened(days, (id) => delivery.spokenCode(a, id, null, now))),
  'console.runActions': sees((a) =>
    opened(rooms, async (target) => {
      const action = { id: uuidv7(), at: now.getTime(), kind: 'incident', scope: 'room', target, about: 'listrik', note: 'listrik padam' }
      return (await consoles.runActions(a, [action], now)).filter((r) => r.outcome === 'done')
    }),
  ),
}

const person = (names: string[]): Actor => ({
  userId,
  seatId: null,
  teacherId: null,
  name: 'Dua peran',
  grants: names.map((n) => grants[n]!),
})
const alone = new Map<string, Promise<Set<string>>>()
const ask = async (see: (actor: Actor) => Promise<string[]>, names: string[]): Promise<Set<string>> =>
  new Set(
    await see(person(names)).catch((error: unknown) => {
      if (error instanceof Forbidden) return []
      throw error
    }),
  )

describe('whoever has several roles', () => {
  const random = seeded(20261127)
  const sets = () => {
    const names = Object.keys(grants)
    const some = Array.from({ length: 7 }, () => {
      const mixed = names.map((name) => ({ name, at: random() })).sort((a, b) => a.at - b.at)
      return mixed.slice(0, random() < 0.6 ? 2 : 3).map((m) => m.name)
    })
    return [
      ['kepala SMA satu', 'dinas satu'],
      ['dinas satu', 'kepala SMA satu'],
      ['dinas SMA dua', 'dinas SMK tiga'],
      ['kepala SMA satu', 'kepala SD dua'],
      ['pengawas', 'kepala SD dua'],
      ['provinsi SLB', 'dinas satu'],
      ['bgtk SMP', 'dinas SMK tiga'],
      ...some,
    ]
  }
  it.each(Object.entries(scoped).flatMap(([name, sight]) => ('sees' in sight ? [[name, sight.sees] as const] : [])))(
    'sees by %s the union of what each role sees, and nothing that only both together would',
    async (name, see) => {
      let something = 0
      for (const names of sets()) {
        const each = await Promise.all(
          names.map((n) => {
            const key = `${name} ${n}`
            if (!alone.has(key)) alone.set(key, ask(see, [n]))
            return alone.get(key)!
          }),
        )
        const union = [...new Set(each.flatMap((s) => [...s]))].sort()
        something += union.length
        expect([...(await ask(see, names))].sort(), names.join(' + ')).toEqual(union)
      }
      expect(something).toBeGreaterThan(0)
    },
    120_000,
  )
})

describe('a head of school who also works for the dinas', () => {
  it('does not read the senior schools of the kabupaten by name', async () => {
    const two = person(['kepala SMA satu', 'dinas satu'])
    await expect(mapping.schoolView(two, schoolOf('18.01', 'SMK'))).rejects.toThrow(Forbidden)
    await expect(mapping.schoolView(two, schoolOf('18.01', 'SMA'))).resolves.toBeTruthy()
    await expect(mapping.schoolView(two, schoolOf('18.01', 'SMP'))).resolves.toBeTruthy()
  })
  it('is written down under the role that opened the names', async () => {
    const two = person(['kepala SMA satu', 'dinas satu'])
    const last = async () =>
      (
        await sql<{ role: string }>(
          `SELECT actor_role AS role FROM audit_entry WHERE purpose = 'school-results' ORDER BY at DESC, id DESC LIMIT 1`,
        )
      )[0]?.role
    await mapping.schoolView(two, schoolOf('18.01', 'SMP'))
    expect(await last()).toBe('dinas-kabupaten')
    await mapping.schoolView(two, schoolOf('18.01', 'SMA'))
    expect(await last()).toBe('kepala-sekolah')
  })
})

describe('somebody of the office who is also put into a room as a proctor', () => {
  it('is written down as the proctor there and as the office elsewhere, for what is read and for what is done', async () => {
    const two = person(['bgtk', 'pengawas'])
    const other = person(['pengawas', 'bgtk'])
    const role = async (where: string, value: string) =>
      (
        await sql<{ role: string }>(`SELECT actor_role AS role FROM audit_entry WHERE ${where} ORDER BY at DESC, id DESC LIMIT 1`, [value])
      )[0]?.role
    await consoles.roomMinutes(other, rooms[0]!, 'minutes')
    expect(await role(`purpose = 'minutes' AND object = $1`, `room:${rooms[0]}`)).toBe('pengawas')
    await consoles.roomMinutes(other, rooms[1]!, 'minutes')
    expect(await role(`purpose = 'minutes' AND object = $1`, `room:${rooms[1]}`)).toBe('bgtk')
    const incident = (target: string) => ({
      id: uuidv7(),
      at: now.getTime(),
      kind: 'incident',
      scope: 'room',
      target,
      about: 'listrik',
      note: 'listrik padam',
    })
    await consoles.runActions(other, [incident(rooms[0]!), incident(rooms[1]!)], now)
    expect(await role(`action = 'room:act' AND object = $1`, `room:${rooms[0]}`)).toBe('pengawas')
    expect(await role(`action = 'room:act' AND object = $1`, `room:${rooms[1]}`)).toBe('bgtk')
    // The first grant that allows it is the one that is named.
    await consoles.roomMinutes(two, rooms[0]!, 'minutes')
    expect(await role(`purpose = 'minutes' AND object = $1`, `room:${rooms[0]}`)).toBe('bgtk')
  })
})

it('names only sights of its own', () => {
  for (const sight of Object.values(scoped)) if ('by' in sight) expect(Object.keys(scoped)).toContain(sight.by)
})
