import { leadsTo } from '@/components/ui/sending'
import { passkeyLogin, passkeyQuestion } from '@/lib/access/factor-actions'

const noStore = { 'cache-control': 'no-store' }

/** What the device is asked for a passkey with. */
export async function GET(): Promise<Response> {
  return Response.json(await passkeyQuestion(), { headers: noStore })
}

/** The device's answer: where to go, or why not. A page of another site cannot send one. */
export async function POST(request: Request): Promise<Response> {
  const from = request.headers.get('sec-fetch-site')
  if (from && from !== 'same-origin') return new Response(null, { status: 403 })
  const answer: unknown = await request.json().catch(() => null)
  try {
    const state = await passkeyLogin(answer)
    return Response.json({ message: state?.message ?? 'Kunci sandi tidak diterima.' }, { headers: noStore })
  } catch (error) {
    const to = leadsTo(error)
    if (to === null) throw error
    return Response.json({ to }, { headers: noStore })
  }
}
