import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as access from '@/lib/access/service'
import { shippedPolicy } from '@/lib/access/policy-model'
import { createUser } from '@/lib/access/store'
import { runActions } from '@/lib/console/proctor'
import { db, inTransaction, sql } from '@/lib/platform/db'
import * as sittings from '@/lib/sittings/service'
import * as forms from '@/lib/sittings/form-service'
import { publishMatch } from '@/lib/tutoring/tutor-service'
import { uuidv7 } from 'uuidv7'
import type { Actor, Role } from '@/lib/access/model'
import { aSchool, aSitting, aTeacher, anAccount, openWorld } from './world'

let world: Awaited<ReturnType<typeof openWorld>>
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

let count = 0
const person = (name: string) =>
  createUser(
    { name, email: `tx-${++count}@uji.id`, passwordHash: null, grants: [{ role: 'bgtk', regionId: null, schoolId: null, levelCodes: [] }] },
    new Date(),
  )
const named = async (name: string) =>
  (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM user_account WHERE name = $1`, [name]))[0]!.n

describe('a transaction', () => {
  it('takes in what stores do through Prisma, through SQL and through a transaction of their own', async () => {
    const stop = new Error('stop')
    await expect(
      inTransaction(async () => {
        await Promise.all([
          person('Ani'),
          person('Ani'),
          sql(`SELECT 1`),
          inTransaction((tx) =>
            tx.query(`INSERT INTO user_account (id, name, email, created_at) VALUES (gen_random_uuid(), 'Ani', 'ani@uji.id', now())`),
          ),
        ])
        expect(await named('Ani')).toBe(3)
        expect(await db().user.count({ where: { name: 'Ani' } })).toBe(3)
        throw stop
      }),
    ).rejects.toBe(stop)
    expect(await named('Ani')).toBe(0)
  })
  it('keeps what it did when only a part of it failed and somebody minded', async () => {
    await inTransaction(async () => {
      await person('Budi')
      await inTransaction(async () => {
        await person('Budi')
        throw new Error('part')
      }).catch(() => undefined)
      await person('Budi')
    })
    expect(await named('Budi')).toBe(2)
  })
  it('does not say that it was done when the server undid it', async () => {
    const broken = inTransaction(async () => {
      await person('Cici')
      await sql(`SELECT 1/0`).catch(() => undefined)
      return 'done'
    })
    await expect(broken).rejects.toThrow('undone')
    expect(await named('Cici')).toBe(0)
  })
  it('lets nothing that goes on after it was undone write on its own', async () => {
    let late: Promise<unknown> = Promise.resolve()
    await inTransaction(async () => {
      late = new Promise((r) => setImmediate(() => setTimeout(r, 50))).then(() => person('Dodi'))
      throw new Error('stop')
    }).catch(() => undefined)
    await expect(late).rejects.toThrow('undone')
    expect(await named('Dodi')).toBe(0)
  })
})

const NOW = new Date()
const actors = {} as Record<'bgtk' | 'administrator' | 'pengawas', Actor>
let eka = ''
let sitting: Awaited<ReturnType<typeof aSitting>>
const cycleOf = async () => (await sql<{ id: string }>(`SELECT cycle_id AS id FROM sitting WHERE id = $1`, [sitting.sittingId]))[0]!.id

/** What all tables but the log, queues and sessions hold, as one number a table. */
async function everything(): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT IN ('audit_entry', '_prisma_migrations') ORDER BY 1`,
  )
  const found: Record<string, string> = {}
  for (const { name } of tables)
    found[name] = (
      await sql<{ sum: string }>(
        `SELECT count(*) || ':' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS sum FROM "${name}" t`,
      )
    )[0]!.sum
  return found
}

type Act = [words: string, run: () => Promise<unknown>]
const acts: Act[] = [
  ['limits are changed', () => access.changePolicy(actors.administrator, 0, { ...shippedPolicy, idleMinutes: 45 }, 'Surat 1/2026')],
  ['an account is switched off', () => access.setActive(actors.administrator, eka, false)],
  [
    'a cycle is made',
    () =>
      sittings.addCycle(actors.bgtk, {
        code: `AKT${++count}`,
        name: 'Siklus Akta',
        series: 'Uji',
        startsOn: '2027-01-10',
        minutes: { '1': 60, '2': 60, '3': 60, '4': 90 },
      }),
  ],
  [
    'a venue is made',
    async () =>
      sittings.addVenue(actors.bgtk, {
        name: 'Gedung Akta',
        regionId: (await sql<{ id: string }>(`SELECT id FROM region WHERE kemendagri_code = '18.10'`))[0]!.id,
      }),
  ],
  ['a proctor is put into all rooms', () => sittings.appointProctor(actors.bgtk, sitting.sittingId, actors.pengawas.userId!, null)],
  ['held results are opened', () => sittings.releaseResults(actors.bgtk, sitting.sittingId)],
  ['seats are set in rows', () => forms.changeRoom(actors.bgtk, sitting.sittingId, sitting.roomId, 6)],
  ['a rule is changed', async () => forms.changeOutageRule(actors.bgtk, await cycleOf(), 7)],
  [
    'a room is paused',
    async () =>
      runActions(
        actors.bgtk,
        [{ id: uuidv7(), kind: 'pause', scope: 'room', target: sitting.roomId, reason: 'Listrik padam', at: NOW.getTime() }],
        NOW,
      ),
  ],
  [
    'a card is voided',
    async () => runActions(actors.bgtk, [{ id: uuidv7(), kind: 'card', seat: sitting.seatIds[0], at: NOW.getTime() }], NOW),
  ],
]

describe('an act and the line that tells of it', () => {
  beforeAll(async () => {
    for (const role of Object.keys({ bgtk: 1, administrator: 1, pengawas: 1 }) as (keyof typeof actors)[])
      actors[role] = await anAccount(role as Role)
    eka = await person('Eka')
    const teacher = await aTeacher(await aSchool())
    sitting = await aSitting([teacher], NOW, { releaseRule: 'held' })
  })

  it.each(acts)('leave nothing behind when the line cannot be written: %s', async (_words, run) => {
    await world.asOwner(
      `CREATE OR REPLACE FUNCTION refuse_line() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the log is full'; END $$`,
    )
    const before = await everything()
    await world.asOwner(`CREATE TRIGGER refuse_line BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_line()`)
    try {
      await expect(run()).rejects.toThrow('the log is full')
      expect(await everything()).toEqual(before)
    } finally {
      await world.asOwner(`DROP TRIGGER refuse_line ON audit_entry`)
    }
  })

  it.each(acts)('stand together when it can: %s', async (_words, run) => {
    const lines = async () => (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM audit_entry`))[0]!.n
    const [before, log] = [await everything(), await lines()]
    expect(JSON.stringify(await run())).not.toMatch(/"ok":false|refused/)
    expect(await everything()).not.toEqual(before)
    expect(await lines()).toBeGreaterThan(log)
  })

  it('leave nothing behind when the second half of the act fails: a proctor for two rooms, of which the second takes nobody', async () => {
    const second = uuidv7()
    await sql(`INSERT INTO room (id, sitting_id, name, capacity) VALUES ($1,$2,'Ruang 02',40)`, [second, sitting.sittingId])
    const other = await anAccount('pengawas')
    await world.asOwner(
      `CREATE FUNCTION refuse_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.room_id = '${second}' THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW; END $$`,
    )
    await world.asOwner(`CREATE TRIGGER refuse_room BEFORE INSERT ON proctor_assignment FOR EACH ROW EXECUTE FUNCTION refuse_room()`)
    const lines = () => sql(`SELECT id FROM audit_entry WHERE detail->>'proctor' = $1`, [other.userId])
    await expect(sittings.appointProctor(actors.bgtk, sitting.sittingId, other.userId!, null)).rejects.toThrow()
    await world.asOwner(`DROP TRIGGER refuse_room ON proctor_assignment`)
    expect(await sql(`SELECT 1 FROM proctor_assignment WHERE user_id = $1`, [other.userId])).toEqual([])
    expect(await lines()).toEqual([])
    expect(await sittings.appointProctor(actors.bgtk, sitting.sittingId, other.userId!, null)).toMatchObject({ ok: true, value: 2 })
    expect(await lines()).toHaveLength(1)
  })

  it('change nothing when the act is refused half way: a matching that cannot be shared ends no other', async () => {
    const runId = uuidv7()
    await sql(`INSERT INTO match_run (id, cycle_code, state, rules, created_at) VALUES ($1, 'X', 'published', '{}', now())`, [runId])
    expect(await publishMatch(actors.bgtk, uuidv7())).toMatchObject({ ok: false, code: 'state' })
    expect(await sql(`SELECT state FROM match_run WHERE id = $1`, [runId])).toEqual([{ state: 'published' }])
  })

  it('wait for no other line: while an act is under way, others write theirs and get their place in the chain', async () => {
    let goOn: () => void = () => undefined
    const paused = new Promise<void>((r) => (goOn = r))
    const slow = access.act(async (tx) => {
      await access.audit(actors.bgtk, 'cycle:manage', 'cycle:lambat', {}, tx)
      await paused
      return { ok: true, value: null }
    })
    await access.auditCopy(actors.bgtk, 'report:export', 'cepat')
    const linked = await sql(`SELECT 1 FROM audit_entry a JOIN ledger.audit_chain c ON c.audit_id = a.id WHERE a.object = 'cepat'`)
    goOn()
    await slow
    expect(linked).toHaveLength(1)
    expect(
      await sql(`SELECT 1 FROM audit_entry a JOIN ledger.audit_chain c ON c.audit_id = a.id WHERE a.object = 'cycle:lambat'`),
    ).toHaveLength(1)
  })
})
