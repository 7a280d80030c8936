import { uuidv7 } from 'uuidv7'
import type pg from 'pg'
import { inject } from 'vitest'
import type { Present } from '@/lib/access/factor-event'
import { recordConfirmation } from '@/lib/access/factor-store'
import type { Actor, Role } from '@/lib/access/model'
import { beginSession } from '@/lib/access/session-service'
import { createUser } from '@/lib/access/store'
import { saveItem } from '@/lib/instruments/service'
import { grantToApplication } from '@/lib/platform/database-roles'
import { closeDatabase, sql, inTransaction } from '@/lib/platform/db'
import { createCycle, createSitting, createVenue, insertSeats } from '@/lib/sittings/store'
import { settle } from '@/lib/platform/config'
import { connected, databaseAt, demonstrationOn } from '../demonstration'
import { SECRET } from '../secret'

/**
 * A database of its own for one test file, copied from the template; with `demonstration` from the one that holds the simulated province.
 * Tests act as the application; `asOwner` is for what only the owner may.
 */
export async function openWorld({ demonstration = false } = {}): Promise<{
  url: string
  ownerUrl: string
  asOwner: <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>
  close: () => Promise<void>
}> {
  settle({ NEXTAUTH_SECRET: SECRET })
  const server = inject('server')
  const name = `petaguru_world_${uuidv7().replaceAll('-', '')}`
  const run = <Row extends pg.QueryResultRow>(url: string, text: string, values: unknown[] = []) =>
    connected(url, async (client) => (await client.query<Row>(text, values)).rows)
  if (demonstration) await demonstrationOn(server, inject('demonstration'))
  await run(server, `CREATE DATABASE "${name}" TEMPLATE "${inject(demonstration ? 'demonstration' : 'template')}"`)
  const ownerUrl = databaseAt(server, name)
  const application = new URL(ownerUrl)
  application.username = inject('role')
  application.password = inject('password')
  if (demonstration) await grantToApplication({ url: application.href, ownerUrl })
  settle({ DATABASE_URL: application.href })
  return {
    url: application.href,
    ownerUrl,
    asOwner: (text, values) => run(ownerUrl, text, values),
    close: async () => {
      await closeDatabase()
      // A connection of a pool that is just closing would be cut off, and whoever holds it would hear of it too late to listen.
      const others = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = '${name}'`
      for (const end = Date.now() + 5_000; Date.now() < end && (await run<{ n: number }>(server, others))[0]!.n > 0;)
        await new Promise((done) => setTimeout(done, 25))
      await run(server, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
    },
  }
}

export const idOf = async (table: string, code: string, column = 'code'): Promise<string> =>
  (await sql<{ id: string }>(`SELECT id FROM ${table} WHERE ${column} = $1`, [code]))[0]!.id

/** Codes of new items of a subject that stand in no form: every item of the bank itself does. */
export async function spareItems(office: Actor, instrument: string, many: number): Promise<string[]> {
  const [domain] = await sql<{ code: string }>(
    `SELECT d.code FROM content_domain d JOIN instrument i ON i.id = d.instrument_id WHERE i.code = $1 ORDER BY d.sort LIMIT 1`,
    [instrument],
  )
  const codes: string[] = []
  for (let n = 0; n < many; n++) {
    const saved = await saveItem(
      office,
      instrument,
      {
        type: 'single',
        indicator: '4.1.1',
        domain: domain!.code,
        level: 'L2',
        stem: `Soal cadangan ${uuidv7()}`,
        lines: 'satu\n* dua\ntiga',
        rationale: 'Jawabannya dua, karena demikian.',
      },
      new Date('2026-03-01T01:00:00Z'),
    )
    if (!saved.ok) throw new Error(saved.message)
    codes.push(saved.value.code)
  }
  return codes
}

let count = 0
/** A school in a kabupaten, by Kemendagri code. */
export async function aSchool(regionCode = '18.10', level = 'SMA', name = `SMAN ${++count} Contoh`): Promise<string> {
  const id = uuidv7()
  await sql(`INSERT INTO school (id, npsn, name, ownership, level_id, region_id) VALUES ($1,$2,$3,'negeri',$4,$5)`, [
    id,
    String(98000000 + ++count),
    name,
    await idOf('education_level', level),
    await idOf('region', regionCode, 'kemendagri_code'),
  ])
  return id
}

export async function aTeacher(schoolId: string, subject = 'MTK', name = `Guru ${++count}`): Promise<string> {
  const id = uuidv7()
  await sql(`INSERT INTO teacher (id, name, school_id, subject_id) VALUES ($1,$2,$3,$4)`, [
    id,
    name,
    schoolId,
    await idOf('subject', subject),
  ])
  return id
}

/** A sitting that is open around `now`, with one room and one seat a teacher. */
export async function aSitting(
  teacherIds: string[],
  now: Date,
  options: { releaseRule?: string; code?: string; practice?: boolean; rehearsal?: boolean } = {},
): Promise<{ sittingId: string; roomId: string; seatIds: string[] }> {
  const code = options.code ?? `T${++count}`
  const cycleId = await createCycle({
    code,
    name: `Siklus ${code}`,
    series: 'Uji',
    startsOn: now,
    practice: options.practice ?? false,
    rehearsal: options.rehearsal ?? false,
    minutes: { '4': 90, '1': 60, '2': 60, '3': 60 },
  })
  const venueId = await createVenue({ name: `Tempat ${code}`, regionId: await idOf('region', '18.10', 'kemendagri_code') })
  const hour = 3_600_000
  const sittingId = await createSitting({
    cycleId,
    venueId,
    name: `Sesi ${code}`,
    opensAt: new Date(now.getTime() - hour),
    closesAt: new Date(now.getTime() + 6 * hour),
    releaseRule: options.releaseRule ?? 'immediate',
  })
  const roomId = uuidv7()
  const facts = await sql<{ id: string; schoolId: string; regionId: string; levelId: string; subjectId: string }>(
    `SELECT t.id, t.school_id AS "schoolId", s.region_id AS "regionId", s.level_id AS "levelId", t.subject_id AS "subjectId" FROM teacher t JOIN school s ON s.id = t.school_id WHERE t.id = ANY($1::uuid[])`,
    [teacherIds],
  )
  const seatIds = teacherIds.map(() => uuidv7())
  await inTransaction(async (tx) => {
    await tx.query(`INSERT INTO room (id, sitting_id, name, capacity) VALUES ($1,$2,'Ruang 01',40)`, [roomId, sittingId])
    await insertSeats(
      tx,
      sittingId,
      teacherIds.map((t, i) => {
        const f = facts.find((x) => x.id === t)!
        return {
          id: seatIds[i]!,
          roomId,
          teacherId: t,
          participantNumber: `${code}-${String(i + 1).padStart(5, '0')}`,
          seatNumber: i + 1,
          schoolId: f.schoolId,
          regionId: f.regionId,
          levelId: f.levelId,
          subjectId: f.subjectId,
          employmentStatus: 'PNS',
        }
      }),
    )
  })
  return { sittingId, roomId, seatIds }
}

export const participant = (seatId: string, teacherId: string): Actor & { cardVersion: number } => ({
  userId: null,
  seatId,
  teacherId,
  name: 'Peserta',
  cardVersion: 1,
  grants: [{ role: 'guru', regionId: null, schoolId: null, levelCodes: [] }],
})

/** The same person in a session of its own, who has just proven once more who it is. */
export async function proven(actor: Actor, now: Date): Promise<Present> {
  const claim = { kind: 'user' as const, id: actor.userId!, version: 1, name: actor.name }
  const { id: sessionId } = await beginSession(claim, { address: '10.0.0.1', userAgent: null }, {}, now)
  await recordConfirmation(sessionId, actor.userId!, 'password', now)
  return { ...actor, sessionId }
}

/** An account with one role. */
export async function anAccount(role: Role, scope: { regionId?: string; schoolId?: string } = {}): Promise<Actor> {
  const grant = { role, regionId: scope.regionId ?? null, schoolId: scope.schoolId ?? null, levelCodes: [] }
  const userId = await createUser(
    { name: `Akun ${role}`, email: `${role}-${++count}@uji.id`, passwordHash: null, grants: [grant] },
    new Date(),
  )
  return { userId, seatId: null, teacherId: null, name: `Akun ${role}`, grants: [grant] }
}
