import { z } from 'zod'
import { isStanding, taskTitle } from '@/lib/platform/job-model'
import { brokenJobs, enqueueAgain, type BrokenJob } from '@/lib/platform/jobs'
import type { Transaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { askStanding, standingRuns, type StandingRun } from '@/lib/platform/standing'
import { act } from './act'
import type { Actor } from './model'
import { allow, roleFor } from './permissions'
import { addAudit } from './store'

/** The screen of the system's work: what the clock does by itself and how it fared, what broke off, and doing it again. */

const SHOWN_DAYS = 30

export async function jobsView(actor: Actor, now: Date): Promise<{ standing: StandingRun[]; broken: BrokenJob[] }> {
  allow(actor, 'jobs:manage')
  const [standing, broken] = await Promise.all([standingRuns(), brokenJobs(new Date(now.getTime() - SHOWN_DAYS * 86_400_000))])
  return { standing, broken }
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

/** Does a job that broke off once more, as it was asked. Answers what it is called. */
export async function runJobAgain(actor: Actor, id: string): Promise<Result<string>> {
  allow(actor, 'jobs:manage')
  if (!z.uuid().safeParse(id).success) return refuse('job', 'Pekerjaan itu tidak ada. Tidak ada yang dijalankan.')
  return act(async (tx) => {
    const asked = await enqueueAgain(id)
    if (!asked)
      return refuse(
        'state',
        'Pekerjaan ini sudah menunggu, sudah selesai, atau tidak dapat diulang. Muat ulang halaman; tidak ada yang berubah.',
      )
    await line(actor, `job:${id}`, { again: true, kind: asked.kind }, tx)
    return ok(taskTitle(asked.kind))
  })
}
