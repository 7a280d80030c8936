import { currentActor } from '@/lib/access/service'
import { foreignRequest, isOurJson } from '@/lib/platform/service'
import { takeMeetings } from '@/lib/support/service'

export const dynamic = 'force-dynamic'

/** Meeting notes and confirmations from a phone's outbox: with the login of whoever wrote them, or with the phone's own ticket. */
export async function POST(request: Request): Promise<Response> {
  if (!isOurJson((name) => request.headers.get(name))) return Response.json(foreignRequest, { status: 400 })
  const body: unknown = await request.json().catch(() => null)
  const result = await takeMeetings(await currentActor(), body, new Date())
  if (result.ok) return Response.json(result.value)
  return Response.json({ message: result.message }, { status: result.code === 'login' ? 401 : 400 })
}
