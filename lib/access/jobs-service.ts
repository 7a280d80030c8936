import { z } from 'zod'
import { isStanding, standingTrouble, taskTitle } from '@/lib/platform/job-model'
import { askStepAgain, loadingFailures } from '@/lib/platform/loading'
import { enqueueAgain, jobsUnderWay, troubledJobs, type OrderUnderWay, type TroubledJob } from '@/lib/platform/jobs'
import type { Transaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { askStanding, standingRuns, type StandingRun } from '@/lib/platform/standing'
import { act } from './act'
import type { Actor } from './model'
import { allow, roleFor } from './permissions'
import { addAudit } from './store'

/** The screen of the system's work: what the clock does by itself and how it fared, what broke off, and doing it again. */

const SHOWN_DAYS = 30

/** How many jobs of the system are in trouble; for the front page of those who can do something about it. */
export async function jobsInTrouble(actor: Actor, now: Date): Promise<number> {
  const { standing, troubled } = await jobsView(actor, now)
  return standing.filter((r) => standingTrouble(r, now)).length + troubled.length
}

/** How every standing job ended last, and which ordered ones wait, run or are in trouble. */
export async function jobsView(
  actor: Actor,
  now: Date,
): Promise<{ standing: StandingRun[]; underWay: OrderUnderWay[]; troubled: TroubledJob[] }> {
  allow(actor, 'jobs:manage')
  const [standing, underWay, troubled] = await Promise.all([
    standingRuns(),
    jobsUnderWay(now),
    troubledJobs(new Date(now.getTime() - SHOWN_DAYS * 86_400_000), now),
  ])
  return { standing, underWay, troubled }
}

const line = (actor: Actor, object: string, detail: object, tx: Transaction): Promise<void> =>
  addAudit(
    { actorId: actor.userId, actorName: actor.name, actorRole: roleFor(actor, 'jobs:manage'), action: 'jobs:manage', object, detail },
    new Date(),
    tx,
  )

/** Has the clock do one of its own jobs now. Asked twice before it begins, it is done once. Answers what it is called. */
export async function runStandingAgain(actor: Actor, task: string): Promise<Result<string>> {
  allow(actor, 'jobs:manage')
  if (!isStanding(task)) return refuse('task', 'Pekerjaan itu tidak ada. Tidak ada yang dijalankan.')
  return act(async (tx) => {
    await askStanding(task)
    await line(actor, `job:${task}`, { again: true }, tx)
    return ok(taskTitle(task))
  })
}

/** Does a job that broke off or fell silent once more, as it was asked. Answers what it is called. */
export async function runJobAgain(actor: Actor, id: string, now: Date = new Date()): Promise<Result<string>> {
  allow(actor, 'jobs:manage')
  if (!z.uuid().safeParse(id).success) return refuse('job', 'Pekerjaan itu tidak ada. Tidak ada yang dijalankan.')
  return act(async (tx) => {
    const asked = await enqueueAgain(id, now)
    if (!asked)
      return refuse(
        'state',
        'Pekerjaan ini sudah menunggu, sudah selesai, atau tidak dapat diulang. Muat ulang halaman; tidak ada yang berubah.',
      )
    await line(actor, `job:${id}`, { again: true, kind: asked.kind }, tx)
    return ok(taskTitle(asked.kind))
  })
}

/** The machine's own words about steps of the demonstration that could not be loaded, by the step's name. */
export async function loadingTrouble(actor: Actor): Promise<Record<string, string>> {
  allow(actor, 'jobs:manage')
  return loadingFailures()
}

/** Has a step of the demonstration that failed loaded once more. */
export async function loadAgain(actor: Actor, name: string): Promise<Result<null>> {
  allow(actor, 'jobs:manage')
  return act(async (tx) => {
    if (!(await askStepAgain(name)))
      return refuse('state', 'Langkah ini tidak gagal, atau sudah menunggu giliran. Muat ulang halaman; tidak ada yang berubah.')
    await line(actor, `loading:${name}`.slice(0, 100), { again: true }, tx)
    return ok(null)
  })
}
