import { z } from 'zod'
import { currentActor } from '@/lib/access/service'
import { job, NO_STORE } from '@/lib/platform/service'

export const dynamic = 'force-dynamic'

/** The progress of a job, for the account that started it. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const actor = await currentActor()
  const { id } = await params
  const found = actor?.userId && z.uuid().safeParse(id).success ? await job(id) : null
  if (!found || found.createdBy !== actor?.userId)
    return Response.json({ message: 'Pekerjaan tidak ditemukan.' }, { status: 404, headers: NO_STORE })
  return Response.json({ state: found.state, done: found.done, total: found.total, words: found.words }, { headers: NO_STORE })
}
