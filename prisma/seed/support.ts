import { hashPassword } from '@/lib/access/login'
import { createUser } from '@/lib/access/store'
import { insertMany, inTransaction, sql } from '@/lib/platform/db'
import { proposePlans } from '@/lib/plans/plan-service'
import { abilities, performMatch } from '@/lib/tutoring/tutor-service'
import { addRun, askTutors, publishRun } from '@/lib/tutoring/store'
import { shippedMatchRules } from '@/lib/tutoring/matching'
import { seededId } from './people'

/** Simulated support between the first test and the re-test: plans with hours received, tutors who agreed, meetings that were held. */
const day = (text: string) => new Date(`${text}T02:00:00Z`)
const WEEK_MS = 7 * 86_400_000

/** Schools get a place near the capital of their kabupaten/kota, scattered over its area. */
export async function placeSchools(random: () => number): Promise<void> {
  const schools = await sql<{ id: string; lat: number; lon: number; km2: number }>(
    `SELECT x.id, r.lat, r.lon, r.area_km2 AS km2 FROM school x JOIN region r ON r.id = x.region_id WHERE x.simulated ORDER BY x.npsn`,
  )
  const degrees = (km2: number) => (Math.sqrt(km2) / 111) * 0.7
  await sql(
    `UPDATE school SET lat = n.lat, lon = n.lon FROM unnest($1::uuid[], $2::float8[], $3::float8[]) AS n(id, lat, lon) WHERE school.id = n.id`,
    [
      schools.map((s) => s.id),
      schools.map((s) => s.lat + (random() - 0.5) * degrees(s.km2)),
      schools.map((s) => s.lon + (random() - 0.5) * degrees(s.km2)),
    ],
  )
}

/** Seven in ten of those who could help say yes, one in ten cannot, the rest have not answered. */
export async function askAndAnswer(random: () => number): Promise<void> {
  const able = [...(await abilities()).keys()].sort()
  await askTutors(able, 3, day('2026-01-27'))
  const answers = able.flatMap((id): [string, string, number][] => {
    const u = random()
    if (u < 0.7) return [[id, 'yes', 3 + Math.floor(random() * 3)]]
    return u < 0.8 ? [[id, 'no', 3]] : []
  })
  await sql(
    `UPDATE tutor_offer SET answer = n.answer, capacity = n.capacity, answered_at = $4 FROM unnest($1::uuid[], $2::text[], $3::int[]) AS n(id, answer, capacity)
      WHERE tutor_offer.teacher_id = n.id`,
    [answers.map((a) => a[0]), answers.map((a) => a[1]), answers.map((a) => a[2]), day('2026-01-30')],
  )
}

/** Most teachers accept their plan, and most of those attend; some steps are finished, some never begin. */
export async function carryOut(random: () => number): Promise<void> {
  const steps = await sql<{ id: string; plan: string; starts: string; sessions: number; hours: number; outcome: string }>(
    `SELECT s.id, s.plan_id AS plan, s.starts_on::text AS starts, m.sessions, m.hours, m.content->>'reflection' AS outcome
       FROM plan_step s JOIN module m ON m.id = s.module_id JOIN plan p ON p.id = s.plan_id JOIN teacher t ON t.id = p.teacher_id
       JOIN teacher_identifier i ON i.teacher_id = t.id AND i.scheme = 'NUPTK' ORDER BY i.value, s.position`,
  )
  const accepted = new Map<string, number>()
  const attendance: unknown[][] = []
  const done: string[] = []
  const running: string[] = []
  for (const s of steps) {
    const diligence = accepted.get(s.plan) ?? (random() < 0.72 ? 0.35 + 0.65 * random() : 0)
    accepted.set(s.plan, diligence)
    if (diligence === 0) continue
    let held = 0
    for (let k = 0; k < s.sessions; k++) {
      if (random() > diligence) continue
      held++
      const on = new Date(Date.parse(s.starts) + k * WEEK_MS).toISOString().slice(0, 10)
      attendance.push([seededId(random), s.id, on, s.hours / s.sessions, null, `${on}T09:00:00Z`])
    }
    if (held >= s.sessions * 0.75) done.push(s.id)
    else if (held > 0) running.push(s.id)
  }
  const plans = [...accepted].flatMap(([id, d]) => (d > 0 ? [id] : []))
  await inTransaction(async (tx) => {
    await tx.query(`UPDATE plan SET state = 'accepted', accepted_at = '2026-02-02T03:00:00Z' WHERE id = ANY($1::uuid[])`, [plans])
    await tx.query(`UPDATE plan_step SET state = 'agreed' WHERE plan_id = ANY($1::uuid[])`, [plans])
    await insertMany(
      tx,
      'step_attendance',
      { id: 'uuid', step_id: 'uuid', held_on: 'date', hours: 'float8', noted_by: 'uuid', noted_at: 'timestamptz' },
      attendance,
    )
    await tx.query(`UPDATE plan_step SET state = 'running' WHERE id = ANY($1::uuid[])`, [running])
    await tx.query(
      `UPDATE plan_step SET state = 'done', done_at = (due_on + 1)::timestamptz, reflection = 'Refleksi simulasi: kegiatan dicoba di kelas dan hasilnya dibahas bersama rekan.',
          evidence = 'Bukti simulasi' WHERE id = ANY($1::uuid[])`,
      [done],
    )
    await tx.query(
      `UPDATE plan p SET state = 'done' WHERE p.state = 'accepted' AND NOT EXISTS (SELECT 1 FROM plan_step s WHERE s.plan_id = p.id AND s.state <> 'done')
          AND EXISTS (SELECT 1 FROM plan_step s WHERE s.plan_id = p.id)`,
    )
  })
}

/** One matching, shared with everybody; three pairs in four begin, most of them meet. */
export async function tutorNetwork(random: () => number): Promise<void> {
  const [cycle] = await sql<{ code: string }>(`SELECT code FROM cycle WHERE NOT practice ORDER BY starts_on DESC LIMIT 1`)
  const run = await addRun(cycle!.code, shippedMatchRules, null, day('2026-02-03'))
  await performMatch(run, () => day('2026-02-03'))
  await inTransaction((tx) => publishRun(tx, run))
  const pairs = await sql<{ id: string; tutor: string; learner: string }>(
    `SELECT p.id, p.tutor_id AS tutor, p.learner_id AS learner FROM pairing p JOIN teacher_identifier i ON i.teacher_id = p.learner_id AND i.scheme = 'NUPTK' WHERE p.run_id = $1 ORDER BY i.value`,
    [run],
  )
  const began = pairs.filter(() => random() < 0.75)
  const meetings: unknown[][] = []
  const topics = [
    'Membahas salah paham murid',
    'Menyusun perangkat bersama',
    'Mengamati satu pelajaran',
    'Menelaah hasil kerja murid',
    'Merencanakan langkah berikutnya',
  ]
  for (const p of began) {
    const many = random() < 0.12 ? 0 : 1 + Math.floor(random() * 6)
    for (let k = 0; k < many; k++) {
      const at = new Date(day('2026-02-11').getTime() + k * WEEK_MS * (1 + Math.floor(random() * 2)))
      const on = at.toISOString().slice(0, 10)
      meetings.push([
        seededId(random),
        p.id,
        on,
        30 + 15 * Math.floor(random() * 5),
        topics[Math.floor(random() * topics.length)],
        '',
        p.tutor,
        at.toISOString(),
        at.toISOString(),
        13 * 60 + 30 * Math.floor(random() * 6),
        ...(k === many - 1 && many > 2 ? [null, null, null] : ['yes', p.learner, new Date(at.getTime() + 3_600_000).toISOString()]),
      ])
    }
  }
  await inTransaction(async (tx) => {
    await tx.query(
      `UPDATE pairing SET state = 'active', tutor_agreed_at = '2026-02-05T03:00:00Z', learner_agreed_at = '2026-02-06T03:00:00Z', started_at = '2026-02-06T03:00:00Z' WHERE id = ANY($1::uuid[])`,
      [began.map((p) => p.id)],
    )
    await insertMany(
      tx,
      'meeting',
      {
        id: 'uuid',
        pairing_id: 'uuid',
        held_on: 'date',
        minutes: 'int',
        topic: 'text',
        note: 'text',
        logged_by: 'uuid',
        written_at: 'timestamptz',
        arrived_at: 'timestamptz',
        starts_minute: 'int',
        answer: 'text',
        answered_by: 'uuid',
        answered_at: 'timestamptz',
      },
      meetings,
    )
  })
}

/** Accounts for both sides of one pair, of the first wave if there is one, so that a newcomer can see help and re-test. */
export async function pairAccounts(password: string, now: Date): Promise<void> {
  // Counted once for everybody, not anew for every pair.
  const [pair] = await sql<{ tutor: string; tutorName: string; learner: string; learnerName: string }>(
    `WITH met AS (SELECT pairing_id AS id FROM meeting GROUP BY 1 HAVING count(*) > 1),
          stepped AS (SELECT q.teacher_id AS id FROM plan q JOIN plan_step s ON s.plan_id = q.id GROUP BY q.id HAVING count(*) > 1),
          taken AS (SELECT teacher_id AS id FROM user_account WHERE teacher_id IS NOT NULL),
          first AS (SELECT s.teacher_id AS id, count(*)::int AS n FROM seat s JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id WHERE c.code = '2510' GROUP BY 1)
     SELECT p.tutor_id AS tutor, t.name AS "tutorName", p.learner_id AS learner, l.name AS "learnerName" FROM pairing p JOIN teacher t ON t.id = p.tutor_id JOIN teacher l ON l.id = p.learner_id
       JOIN teacher_identifier i ON i.teacher_id = l.id AND i.scheme = 'NUPTK' LEFT JOIN first f ON f.id = t.id LEFT JOIN first g ON g.id = l.id
      WHERE p.state = 'active' AND t.id NOT IN (SELECT id FROM taken) AND l.id NOT IN (SELECT id FROM taken) AND p.id IN (SELECT id FROM met) AND l.id IN (SELECT id FROM stepped)
      ORDER BY coalesce(f.n, 0) + coalesce(g.n, 0) DESC, i.value LIMIT 1`,
  )
  if (!pair) return
  const passwordHash = await hashPassword(password)
  const grants = [{ role: 'guru' as const, regionId: null, schoolId: null, levelCodes: [] }]
  await createUser(
    { name: pair.tutorName, email: 'tutor@contoh.id', passwordHash, teacherId: pair.tutor, grants, demonstration: true },
    now,
  )
  await createUser(
    { name: pair.learnerName, email: 'rekan@contoh.id', passwordHash, teacherId: pair.learner, grants, demonstration: true },
    now,
  )
}

/** A plan for everybody who was tested. */
export const writePlans = async (): Promise<string> => `${await proposePlans({}, day('2026-01-28'))} rencana belajar`
