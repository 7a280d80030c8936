import { faultsOf } from '@/lib/platform/faults'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { config } from '@/lib/platform/config'
import { enqueue, reportProgress } from '@/lib/platform/jobs'
import { formatMoment, formatTime } from '@/lib/platform/format'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { levels, regions, subjects } from '@/lib/roster/service'
import { realSittings, type RealSitting } from '@/lib/sittings/inside'
import { rehearse, removeGhosts, type Stage } from './rehearse'
import { NEAR_HOURS, REHEARSAL_WORD, RehearsalWish, rehearsalBeside, type RehearsalRecord } from './model'
import * as store from './store'

/** Rehearsals of a test day: asked for on a screen or at the console, run by the worker, kept as one page each. */

export async function rehearsals(actor: Actor) {
  allow(actor, 'cycle:manage')
  return store.rehearsalRows()
}

export async function rehearsal(actor: Actor, id: string) {
  allow(actor, 'cycle:manage')
  return z.uuid().safeParse(id).success ? store.rehearsalRow(id) : null
}

/** The sitting that counts and stands nearest in the way of a rehearsal of so many minutes, and how; null when none does. */
async function besideReal(minutes: number, now: Date): Promise<{ sitting: RealSitting; how: 'open' | 'near' } | null> {
  const hours = (h: number) => new Date(now.getTime() + h * 3_600_000)
  const found = (await realSittings(hours(-NEAR_HOURS.after), hours(NEAR_HOURS.before))).flatMap((sitting) => {
    const how = rehearsalBeside(sitting, minutes, now)
    return how === 'free' ? [] : [{ sitting, how }]
  })
  return found.find((f) => f.how === 'open') ?? found[0] ?? null
}

/** What stands in the way of a rehearsal now, for its screen. */
export async function rehearsalOutlook(actor: Actor, minutes: number, now: Date) {
  allow(actor, 'cycle:manage')
  return besideReal(minutes, now)
}

/** Why a rehearsal may not run now; null when it may. An open sitting has the machine for itself, a near one is asked about twice. */
async function notBeside(wish: Pick<RehearsalWish, 'minutes' | 'word'>, now: Date): Promise<Result<never> | null> {
  const beside = await besideReal(wish.minutes, now)
  if (!beside) return null
  const { name, venueName, opensAt, closesAt } = beside.sitting
  const which = `${name} di ${venueName} (${formatMoment(opensAt)} sampai ${formatTime(closesAt)})`
  if (beside.how === 'open')
    return refuse(
      'open',
      `Gladi tidak dijalankan: sesi ${which} sedang berlangsung atau dibuka sebelum gladi selesai, dan peserta sungguhan akan melambat. Jalankan sesudah sesi itu berakhir.`,
    )
  if (wish.word.trim().toUpperCase() === REHEARSAL_WORD) return null
  return refuse(
    'near',
    `Sesi ${which} sudah dekat, dan ponsel pesertanya mungkin sedang mengambil atau mengirim. Belum ada yang dijalankan. Bila gladi tetap perlu, ketik ${REHEARSAL_WORD} lalu mulai lagi.`,
  )
}

const busy = refuse('busy', 'Gladi lain masih berjalan. Tunggu sampai selesai, lalu mulai lagi.')

/** Queues a rehearsal; one at a time, because two would measure each other, and none beside people who are tested. */
export async function startRehearsal(actor: Actor, input: unknown, now: Date): Promise<Result<string>> {
  allow(actor, 'cycle:manage')
  const parsed = RehearsalWish.safeParse(input)
  if (!parsed.success) return refuse('input', 'Isi 100–10.000 peserta dan 1–120 menit. Belum ada yang dijalankan.', faultsOf(parsed))
  const refused = await notBeside(parsed.data, now)
  if (refused) return refused
  return act(async (tx) => {
    const id = uuidv7()
    if (!(await store.addRehearsal(id, parsed.data.participants, now))) return busy
    await enqueue('rehearse', { rehearsalId: id, ...parsed.data }, { id, createdBy: actor.userId })
    await audit(
      actor,
      'cycle:manage',
      `rehearsal:${id}`,
      { count: parsed.data.participants, detail: { minutes: parsed.data.minutes, confirmed: parsed.data.word !== '' } },
      tx,
    )
    return ok(id)
  })
}

/** Where the running installation listens, as this machine reaches it. */
export function ownAddress(): { host: string; port: number } {
  const { HOST, PORT } = config()
  return { host: ['0.0.0.0', '::'].includes(HOST) ? '127.0.0.1' : HOST, port: PORT }
}

/** A place for ghosts to come from: the first region and level, and every subject that the installation knows. */
export async function anyPlace(): Promise<Stage['place']> {
  const [r, l, s] = await Promise.all([regions(), levels(), subjects()])
  if (!r[0] || !l[0] || !s[0]) throw new Error('Data rujukan belum dimuat: jalankan npm start satu kali.')
  return { regionId: r[0].id, schoolId: r[0].id, levelId: l[0].id, subjectIds: s.map((x) => x.id) }
}

type Run = { id: string; participants: number; minutes: number; word: string; removeScores: Stage['removeScores']; tell: Stage['tell'] }

/**
 * Runs a queued rehearsal and keeps its record. It may have waited: what stands beside it is looked at once more. One that a crash has
 * interrupted is not run again: its ghosts are removed.
 */
export async function performRehearsal(run: Run, now: Date): Promise<Result<RehearsalRecord | null>> {
  if (!(await store.takeUp(run.id))) {
    const row = await store.rehearsalRow(run.id)
    if (row?.state === 'running') {
      await removeGhosts(run.removeScores)
      await store.endRehearsal(run.id, null, new Date())
    }
    return ok(row?.record ?? null)
  }
  const refused = await notBeside(run, now)
  if (refused) {
    await store.endRehearsal(run.id, null, now)
    return refused
  }
  try {
    const record = await rehearse({ ...run, ...ownAddress(), place: await anyPlace() })
    await store.endRehearsal(run.id, record, new Date())
    return ok(record)
  } catch (error) {
    await store.endRehearsal(run.id, null, new Date())
    throw error
  }
}

/** The same from the console, without a job that somebody watches. */
export async function rehearseNow(run: Omit<Run, 'id'>, now: Date): Promise<Result<RehearsalRecord | null>> {
  const refused = await notBeside(run, now)
  if (refused) return refused
  const id = uuidv7()
  return (await store.addRehearsal(id, run.participants, now)) ? performRehearsal({ ...run, id }, now) : busy
}

/** The background job: progress goes where the screen reads it. Answers how it ended, in words. */
export async function rehearseInBackground(
  p: { jobId: string; rehearsalId: string; participants: number; minutes: number; word?: string },
  removeScores: Stage['removeScores'],
): Promise<{ state: 'done' | 'failed'; words: string }> {
  const run = {
    id: p.rehearsalId,
    participants: p.participants,
    minutes: p.minutes,
    word: p.word ?? '',
    removeScores,
    tell: (done: number, total: number, words: string) => reportProgress(p.jobId, done, total, words),
  }
  const end = await performRehearsal(run, new Date())
  if (!end.ok) return { state: 'failed', words: end.message }
  return end.value ? { state: 'done', words: 'Selesai' } : { state: 'failed', words: 'Gladi terhenti; peserta tiruan dihapus.' }
}
