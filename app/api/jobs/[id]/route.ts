import { currentActor, ownJob } from '@/lib/access/service'
import { NO_STORE } from '@/lib/platform/service'

export const dynamic = 'force-dynamic'

/** The progress of a job, for the account that started it. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const actor = await currentActor()
  const { id } = await params
  const found = actor && (await ownJob(actor, id))
  if (!found) return Response.json({ message: 'Pekerjaan tidak ditemukan.' }, { status: 404, headers: NO_STORE })
  return Response.json(found, { headers: NO_STORE })
}
