import { currentActor } from '@/lib/access/service'
import { foreignRequest, isOurJson } from '@/lib/platform/service'
import { takeMeetings } from '@/lib/support/service'

export const dynamic = 'force-dynamic'

/** Meeting logs from a phone's outbox. */
export async function POST(request: Request): Promise<Response> {
  if (!isOurJson((name) => request.headers.get(name))) return Response.json(foreignRequest, { status: 400 })
  const actor = await currentActor()
  if (!actor) return Response.json({ message: 'Masuklah kembali. Catatan tetap ada di ponsel Anda.' }, { status: 401 })
  const body: unknown = await request.json().catch(() => null)
  const result = await takeMeetings(actor, body, new Date())
  return result.ok ? Response.json(result.value) : Response.json({ message: result.message }, { status: 400 })
}
