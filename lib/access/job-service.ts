import { z } from 'zod'
import { jobRun } from '@/lib/platform/jobs'
import type { Actor } from './model'

/** How far a background job has come, for the account that started it; null for everybody else. */
export async function ownJob(actor: Actor, id: string): Promise<{ state: string; done: number; total: number; words: string } | null> {
  const found = actor.userId && z.uuid().safeParse(id).success ? await jobRun(id) : null
  if (!found || found.createdBy !== actor.userId) return null
  return { state: found.state, done: found.done, total: found.total, words: found.words }
}
