import { currentActor } from '@/lib/access/service'
import { foreignRequest, isOurJson, NO_STORE } from '@/lib/platform/service'
import { takeMeetings } from '@/lib/support/service'

export const dynamic = 'force-dynamic'

/** Meeting notes and confirmations from a phone's outbox: with the login of whoever wrote them, or with the phone's own ticket. */
export async function POST(request: Request): Promise<Response> {
  if (!isOurJson((name) => request.headers.get(name))) return Response.json(foreignRequest, { status: 400, headers: NO_STORE })
  const body: unknown = await request.json().catch(() => null)
  const result = await takeMeetings(await currentActor(), body, new Date())
  if (result.ok) return Response.json(result.value, { headers: NO_STORE })
  return Response.json({ message: result.message }, { status: result.code === 'login' ? 401 : 400, headers: NO_STORE })
}
