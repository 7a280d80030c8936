import { closeSession } from '@/lib/access/service'

/**
 * Ends the session and sends to the login page. The browser is told to drop its cache of pages, back and forward included; storage is
 * never named here, because unsent answers lie in it (decision 032). A form on another site cannot log anybody out.
 */
export async function POST(request: Request): Promise<Response> {
  const from = request.headers.get('sec-fetch-site')
  if (from && from !== 'same-origin' && from !== 'none') return new Response(null, { status: 403 })
  await closeSession()
  return new Response(null, { status: 303, headers: { location: '/masuk', 'clear-site-data': '"cache"', 'cache-control': 'no-store' } })
}
