import { loadingNow, NO_STORE } from '@/lib/platform/service'

export const dynamic = 'force-dynamic'

/** How far the demonstration is loaded, for the line on its pages. */
export async function GET(): Promise<Response> {
  return Response.json({ loading: await loadingNow() }, { headers: NO_STORE })
}
