import { leadsTo } from '@/components/ui/sending'
import { passkeyLogin, passkeyQuestion } from '@/lib/access/factor-actions'
import { foreignRequest, isOurJson, NO_STORE } from '@/lib/platform/service'

/** What the device is asked for a passkey with. */
export async function GET(): Promise<Response> {
  return Response.json(await passkeyQuestion(), { headers: NO_STORE })
}

/** The device's answer: where to go, or why not. A page of another site cannot send one. */
export async function POST(request: Request): Promise<Response> {
  if (!isOurJson((name) => request.headers.get(name))) return Response.json(foreignRequest, { status: 400, headers: NO_STORE })
  const answer: unknown = await request.json().catch(() => null)
  try {
    const state = await passkeyLogin(answer)
    return Response.json({ message: state?.message ?? 'Kunci sandi tidak diterima.' }, { headers: NO_STORE })
  } catch (error) {
    const to = leadsTo(error)
    if (to === null) throw error
    return Response.json({ to }, { headers: NO_STORE })
  }
}
