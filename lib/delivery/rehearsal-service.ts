import { faultsOf } from '@/lib/platform/faults'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { config } from '@/lib/platform/config'
import { enqueue, reportProgress } from '@/lib/platform/jobs'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { levels, regions, subjects } from '@/lib/roster/service'
import { rehearse, removeGhosts, type Stage } from './rehearsal'
import { RehearsalWish, type RehearsalRecord } from './rehearsal-model'
import * as store from './rehearsal-store'

/** Rehearsals of a test day: asked for on a screen or at the console, run by the worker, kept as one page each. */

export async function rehearsals(actor: Actor) {
  allow(actor, 'cycle:manage')
  return store.rehearsalRows()
}

export async function rehearsal(actor: Actor, id: string) {
  allow(actor, 'cycle:manage')
  return z.uuid().safeParse(id).success ? store.rehearsalRow(id) : null
}

/** Queues a rehearsal; one at a time, because two would measure each other. */
export async function startRehearsal(actor: Actor, input: unknown, now: Date): Promise<Result<string>> {
  allow(actor, 'cycle:manage')
  const parsed = RehearsalWish.safeParse(input)
  if (!parsed.success) return refuse('input', 'Isi 100–10.000 peserta dan 1–120 menit. Belum ada yang dijalankan.', faultsOf(parsed))
  if ((await store.rehearsalRows()).some((r) => r.state === 'waiting' || r.state === 'running'))
    return refuse('busy', 'Gladi lain masih berjalan. Tunggu sampai selesai, lalu mulai lagi.')
  return act(async (tx) => {
    const id = uuidv7()
    await store.addRehearsal(id, parsed.data.participants, now)
    await enqueue('rehearse', { rehearsalId: id, ...parsed.data }, { id, createdBy: actor.userId })
    await audit(actor, 'cycle:manage', `rehearsal:${id}`, { count: parsed.data.participants, detail: { minutes: parsed.data.minutes } }, tx)
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

type Run = { id: string; participants: number; minutes: number; removeScores: Stage['removeScores']; tell: Stage['tell'] }

/** Runs a queued rehearsal and keeps its record. One that a crash has interrupted is not run again: its ghosts are removed. */
export async function performRehearsal(run: Run): Promise<RehearsalRecord | null> {
  if (!(await store.takeUp(run.id))) {
    const row = await store.rehearsalRow(run.id)
    if (row?.state === 'running') {
      await removeGhosts(run.removeScores)
      await store.endRehearsal(run.id, null, new Date())
    }
    return row?.record ?? null
  }
  try {
    const record = await rehearse({ ...run, ...ownAddress(), place: await anyPlace() })
    await store.endRehearsal(run.id, record, new Date())
    return record
  } catch (error) {
    await store.endRehearsal(run.id, null, new Date())
    throw error
  }
}

/** The same from the console, without a job that somebody watches. */
export async function rehearseNow(run: Omit<Run, 'id'>, now: Date): Promise<RehearsalRecord | null> {
  const id = uuidv7()
  await store.addRehearsal(id, run.participants, now)
  return performRehearsal({ ...run, id })
}

/** The background job: progress goes where the screen reads it. */
export const rehearseInBackground = (
  p: { jobId: string; rehearsalId: string; participants: number; minutes: number },
  removeScores: Stage['removeScores'],
) =>
  performRehearsal({
    id: p.rehearsalId,
    participants: p.participants,
    minutes: p.minutes,
    removeScores,
    tell: (done, total, words) => reportProgress(p.jobId, done, total, words),
  })
