import { Forbidden } from '@/lib/access/model'
import { currentActor } from '@/lib/access/service'
import { foreignRequest, isOurJson, NO_STORE } from '@/lib/platform/service'
import { takeMeetings } from '@/lib/tutoring/service'

const statusOf: Record<string, number> = { login: 401, forbidden: 403 }

export const dynamic = 'force-dynamic'

/** Meeting notes and confirmations from a phone's outbox: with the login of whoever wrote them, or with the phone's own ticket. */
export async function POST(request: Request): Promise<Response> {
  if (!isOurJson((name) => request.headers.get(name))) return Response.json(foreignRequest, { status: 400, headers: NO_STORE })
  const body: unknown = await request.json().catch(() => null)
  const result = await takeMeetings(await currentActor(), body, new Date()).catch((error: unknown) => {
    if (error instanceof Forbidden) return { ok: false, code: 'forbidden', message: error.message } as const
    throw error
  })
  if (result.ok) return Response.json(result.value, { headers: NO_STORE })
  return Response.json({ message: result.message }, { status: statusOf[result.code] ?? 400, headers: NO_STORE })
}
