/** How often pages and downloads may be asked for. Files of scripts and styles are not counted: browsers keep them. */
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { cookieName } from '@/lib/access/inside'
import { addressOfRequest, neighbourhood } from '@/lib/platform/client-address'
import { Pace, type PaceLimits } from '@/lib/platform/pace'
import { contentPolicy, securityHeaders } from '@/lib/platform/security-headers'

/**
 * By login, and by address besides, because anybody can invent a cookie. Behind one address may stand a venue of 977 people who all open
 * the same page after an outage, each page with a dozen requests that look ahead.
 */
export const pagePace = {
  login: { perSecond: 20, atOnce: 600 },
  address: { perSecond: 200, atOnce: 15_000 },
} as const satisfies Record<string, PaceLimits>
/** A download is made anew each time and counts as this many pages. */
export const DOWNLOAD_WEIGHT = 10

const WORDS = `<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Terlalu banyak permintaan</title></head>
<body style="font-family:sans-serif;margin:15vh auto;max-width:32rem;padding:0 1rem;line-height:1.5"><h1>Terlalu banyak permintaan</h1><p>Dari sini datang terlalu banyak permintaan sekaligus. Tidak ada data yang berubah. Tunggu beberapa detik, lalu muat ulang halaman ini.</p></body></html>`

const isFile = (path: string) => path.startsWith('/_next/static/') || /^\/[\w-]+\.(?:svg|png|js|ico|woff2)$/.test(path)

/** Stands before the pages; true when the request has been answered with a word of patience. */
export function paceOfPages(clock: () => number = Date.now): (request: IncomingMessage, response: ServerResponse) => boolean {
  const logins = new Pace(pagePace.login)
  const addresses = new Pace(pagePace.address)
  const mark = new RegExp(`(?:^|; *)${cookieName('session').replaceAll('.', '\\.')}=([^;]+)`)
  return (request, response) => {
    const path = (request.url ?? '/').split('?')[0]!
    if (isFile(path)) return false
    const weight = path.startsWith('/api/exports/') || path.startsWith('/publik/data/') ? DOWNLOAD_WEIGHT : 1
    const session = mark.exec(request.headers.cookie ?? '')?.[1]
    const byAddress = addresses.allows(neighbourhood(addressOfRequest(request)), clock(), weight)
    const byLogin = !session || logins.allows(createHash('sha256').update(session).digest('base64url'), clock(), weight)
    if (byAddress && byLogin) return false
    response.writeHead(429, {
      ...securityHeaders(),
      'content-security-policy': contentPolicy.player,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'retry-after': '5',
    })
    response.end(WORDS)
    return true
  }
}
