import { pool, sql } from '@/lib/platform/db'
import { normal, seeded } from '@/lib/platform/random'
import { latestForms } from '@/lib/instruments/inside'
import { addCalibration, performCalibration, performLink, performScoreRun, prepareLink, prepareScoreRun } from '@/lib/scoring/inside'
import { makePublic } from '@/lib/scoring/measure-service'
import { runById } from '@/lib/scoring/measure-store'
import { linkById } from '@/lib/scoring/link-store'
import { receivedBetween } from '@/lib/growth/effect-store'
import { tutoredHours } from '@/lib/tutoring/meeting-service'
import { buildFollowUp } from '@/lib/sittings/inside'
import { computeHere } from './measurement'
import { SEED, type DemoTeacher } from './people'
import { layForms, takeTests } from './taking'

/**
 * The re-test of the first wave six months later. What is true here and must be found on the screens: everybody gains a little,
 * some modules help and some do not, tutors help by the hour, and one anchor of the pedagogic test has become easier.
 */
export const FOLLOW_UP = { base: '2510', code: '2604', startsOn: '2026-04-18' }
/** The anchor that leaked, and by how many logits it is easier on that day. */
export const DRIFTING = { item: 'PED-037', easier: 0.9 }
/** Gain of everybody without any support, and its spread, logits. */
const EVERYBODY = { mean: 0.04, sd: 0.15 }
const TUTOR_HOUR = 0.035
const PRESENT = 0.94

/** True gain from a finished module, logits: every third module does nothing, the others 0.10–0.35. */
export function moduleGain(code: string): number {
  let h = 7
  for (const c of code) h = (h * 31 + c.charCodeAt(0)) % 9973
  return h % 3 === 0 ? 0 : 0.1 + 0.05 * (h % 6)
}

/** What each teacher truly gained in each part, by `teacher|part`. */
async function trueGains(): Promise<Map<string, number>> {
  const codes = new Map((await sql<{ id: string; code: string }>(`SELECT id, code FROM module`)).map((m) => [m.id, m.code]))
  const gains = new Map<string, number>()
  const add = (key: string, gain: number) => gains.set(key, (gains.get(key) ?? 0) + gain)
  // The cycle stands already, so that the product's own account of what was received in between is used.
  for (const r of await receivedBetween(FOLLOW_UP.base, FOLLOW_UP.code))
    add(`${r.teacherId}|${r.part}`, moduleGain(codes.get(r.moduleId)!) * Math.min(1, r.hours / r.planned))
  for (const t of await tutoredHours(FOLLOW_UP.base, FOLLOW_UP.code)) add(`${t.teacherId}|${t.part}`, TUTOR_HOUR * Math.min(6, t.hours))
  return gains
}

const firstTruths = async () =>
  new Map(
    (
      await sql<{ teacherId: string; part: string; ability: number }>(
        `SELECT s.teacher_id AS "teacherId", a.competency_code AS part, t.ability FROM simulated_truth t JOIN attempt a ON a.id = t.attempt_id
           JOIN seat s ON s.id = a.seat_id JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id WHERE c.code = $1`,
        [FOLLOW_UP.base],
      )
    ).map((r) => [`${r.teacherId}|${r.part}`, r.ability]),
  )

export async function writeFollowUp(teachers: ReadonlyMap<string, DemoTeacher>, say: (words: string) => void): Promise<void> {
  const random = seeded(SEED + 41)
  const gauss = () => normal(random)
  const [base] = await sql<{ id: string }>(`SELECT id FROM cycle WHERE code = $1`, [FOLLOW_UP.base])
  const { id } = await buildFollowUp(base!.id, {
    code: FOLLOW_UP.code,
    name: 'Ukur ulang, 18 April 2026',
    series: 'Ukur ulang 2026',
    startsOn: FOLLOW_UP.startsOn,
    absentees: true,
    newcomers: false,
  })
  await layForms(id)
  const seats = await sql<{ id: string; teacherId: string }>(
    `SELECT s.id, s.teacher_id AS "teacherId" FROM seat s JOIN sitting t ON t.id = s.sitting_id WHERE t.cycle_id = $1 ORDER BY s.participant_number`,
    [id],
  )
  const present = seats.filter(() => random() < PRESENT)
  await sql(`UPDATE seat SET attendance = CASE WHEN id = ANY($1::uuid[]) THEN 'present' ELSE 'absent' END WHERE id = ANY($2::uuid[])`, [
    present.map((s) => s.id),
    seats.map((s) => s.id),
  ])
  const [before, gains] = await Promise.all([firstTruths(), trueGains()])
  const seated = present.map((s) => ({ seatId: s.id, teacher: teachers.get(s.teacherId)!, day: FOLLOW_UP.startsOn }))
  await takeTests(
    {
      seated,
      abilityOf: ({ teacher }, part) =>
        (before.get(`${teacher.id}|${part}`) ?? gauss()) +
        EVERYBODY.mean +
        EVERYBODY.sd * gauss() +
        (gains.get(`${teacher.id}|${part}`) ?? 0),
      drift: (code) => (code === DRIFTING.item ? -DRIFTING.easier : 0),
      scoredAt: new Date('2026-04-20T02:00:00Z'),
    },
    random,
    say,
  )
  await pool().query('ANALYZE')
  say(`${present.length} dari ${seats.length} peserta diukur ulang`)
  await linkAndRelease(say)
}

/** Calibrates the re-test, links it to the scale that stands, and releases both cycles on it where the gate is open. */
async function linkAndRelease(say: (words: string) => void): Promise<void> {
  const at = (day: string) => new Date(`${day}T02:00:00Z`)
  let [released, closed] = [0, 0]
  const instruments = [...new Map((await latestForms()).map((f) => [f.instrumentId, f])).values()]
  for (const instrument of instruments) {
    const added = await addCalibration(
      { id: instrument.instrumentId, competencyCode: instrument.competencyCode },
      [FOLLOW_UP.code],
      null,
      at('2026-04-24'),
    )
    if (!added.ok) continue
    if ((await performCalibration(added.value, computeHere, () => at('2026-04-24'))).state !== 'done') continue
    const link = await prepareLink({ calibrationId: added.value, excluded: [], reason: '' }, null, at('2026-04-27'))
    if (!link.ok || (await performLink(link.value, () => at('2026-04-27'))).state !== 'done') continue
    const row = await linkById(link.value)
    if (row?.gate !== 'open') {
      closed++
      continue
    }
    const run = await prepareScoreRun(row.linkedCalibrationId!, at('2026-04-28'))
    if (!run.ok) continue
    await performScoreRun(run.value)
    const draft = await runById(run.value)
    if (draft?.state === 'draft') {
      await makePublic(draft, null, at('2026-05-04'))
      released++
    }
  }
  await sql(`ANALYZE ability`)
  say(`${released} instrumen ditautkan dan dirilis, ${closed} menunggu ahli karena gerbangnya tertutup`)
}
