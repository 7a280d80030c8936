import { sql } from '@/lib/platform/db'
import { normal } from '@/lib/platform/random'
import { instrumentByCode } from '@/lib/instruments/inside'
import { addCalibration, performLink, type Compute } from '@/lib/calibration/inside'
import { performScoreRun, prepareLink, prepareScoreRun } from '@/lib/scoring/inside'
import { makePublic } from '@/lib/scoring/run-service'
import { runById } from '@/lib/scoring/run-store'
import { linkById } from '@/lib/calibration/link-store'
import { receivedBetween } from '@/lib/growth/effect-store'
import { tutoredHours } from '@/lib/tutoring/meeting-service'
import { buildFollowUp } from '@/lib/sittings/inside'
import { layForms, takeTests } from './taking'
import { calibrated } from './measurement'
import { seatedOf } from './waves'

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

/** The follow-up cycle with its seats; some do not come. Whoever has an account that a newcomer may try does, so that the change can be seen. */
export async function seatFollowUp(random: () => number): Promise<string> {
  const [base] = await sql<{ id: string }>(`SELECT id FROM cycle WHERE code = $1`, [FOLLOW_UP.base])
  const { id, full } = await buildFollowUp(
    base!.id,
    {
      code: FOLLOW_UP.code,
      name: 'Ukur ulang, 18 April 2026',
      series: 'Ukur ulang 2026',
      startsOn: FOLLOW_UP.startsOn,
      absentees: true,
      newcomers: false,
    },
    new Date(`${FOLLOW_UP.startsOn}T00:00:00Z`),
  )
  if (full) throw new Error('a venue of the simulated province holds fewer than sit there')
  await layForms(id)
  const seats = await sql<{ id: string; tried: boolean }>(
    `SELECT s.id, EXISTS (SELECT 1 FROM user_account u WHERE u.teacher_id = s.teacher_id) AS tried
       FROM seat s JOIN sitting t ON t.id = s.sitting_id WHERE t.cycle_id = $1 ORDER BY s.participant_number`,
    [id],
  )
  const present = seats.filter((s) => random() < PRESENT || s.tried)
  await sql(`UPDATE seat SET attendance = CASE WHEN id = ANY($1::uuid[]) THEN 'present' ELSE 'absent' END WHERE id = ANY($2::uuid[])`, [
    present.map((s) => s.id),
    seats.map((s) => s.id),
  ])
  return `${present.length} dari ${seats.length} peserta hadir`
}

/** Everybody who came sits the test again, with what they have truly gained. */
export async function takeFollowUp(random: () => number): Promise<void> {
  const gauss = () => normal(random)
  const [before, gains, seated] = [await firstTruths(), await trueGains(), await seatedOf(FOLLOW_UP.code, FOLLOW_UP.startsOn)]
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
  )
}

const at = (day: string) => new Date(`${day}T02:00:00Z`)

/** Calibrates the re-test of one instrument, links it to the scale that stands, and releases both cycles on it where the gate is open. */
export async function linkAndRelease(code: string, compute: Compute): Promise<string> {
  const instrument = (await instrumentByCode(code))!
  const added = await addCalibration(instrument, [FOLLOW_UP.code], null, at('2026-04-24'))
  if (!added.ok) return added.message
  const found = await calibrated(added.value, compute, at('2026-04-24'))
  if (found.state !== 'done') return found.words
  const link = await prepareLink({ calibrationId: added.value, excluded: [], reason: '' }, null, at('2026-04-27'))
  if (!link.ok) return link.message
  const linked = await performLink(link.value, () => at('2026-04-27'))
  if (linked.state !== 'done') return linked.words
  const row = await linkById(link.value)
  // A link that is closed for its error alone is released all the same, as an office may with a reason, so that the screens show what they say then.
  if (!row?.report || row.report.reasons.some((r) => r !== 'error')) return 'Menunggu ahli: gerbang tautannya tertutup.'
  const run = await prepareScoreRun(row.linkedCalibrationId!, at('2026-04-28'))
  if (!run.ok) return run.message
  await performScoreRun(run.value)
  const draft = await runById(run.value)
  if (draft?.state !== 'draft') return 'Belum dirilis.'
  await makePublic(draft, null, at('2026-05-04'))
  return row.gate === 'closed' ? 'Ditautkan dan dirilis dengan gerbang tertutup.' : 'Ditautkan dan dirilis.'
}
