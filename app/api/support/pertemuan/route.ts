import { currentActor } from '@/lib/access/service'
import { takeMeetings } from '@/lib/support/service'

export const dynamic = 'force-dynamic'

/** Meeting logs from a phone's outbox. */
export async function POST(request: Request): Promise<Response> {
  const actor = await currentActor()
  if (!actor) return Response.json({ message: 'Masuklah kembali. Catatan tetap ada di ponsel Anda.' }, { status: 401 })
  const body: unknown = await request.json().catch(() => null)
  const result = await takeMeetings(actor, body, new Date())
  return result.ok ? Response.json(result.value) : Response.json({ message: result.message }, { status: 400 })
}
