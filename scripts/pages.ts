/** The pages of Next.js behind our own server: they join when they are prepared, which takes a while after the lane listens. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import next from 'next'
import { contentPolicy, securityHeaders } from '@/lib/platform/security-headers'
import { log } from '@/lib/platform/log'
import { OWN_VISIT, visitEveryPage } from './first-visit'
import { paceOfPages } from './page-pace'

const WAITING = `<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="3"><title>Petaguru sedang disiapkan</title></head>
<body style="font-family:sans-serif;margin:15vh auto;max-width:32rem;padding:0 1rem;line-height:1.5"><h1>Petaguru sedang disiapkan</h1><p>Halaman ini terbuka sendiri dalam beberapa detik. Jawaban yang tersimpan di perangkat tetap aman.</p></body></html>`

type Answer = (request: IncomingMessage, response: ServerResponse) => void

function sayWait(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(503, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'retry-after': '3' })
  response.end(WAITING)
}

/** Text without its charset may be read as any other; Next.js leaves it out for drawings and refusals. */
function nameCharset(response: ServerResponse): void {
  const set = response.setHeader.bind(response)
  const whole = (value: string) => (/^(?:text\/[\w.-]+|image\/svg\+xml|application\/xml)$/i.test(value) ? `${value}; charset=utf-8` : value)
  response.setHeader = (name, value) => set(name, name.toLowerCase() === 'content-type' && typeof value === 'string' ? whole(value) : value)
}

/** Answers pages: with a word of patience until Next.js is prepared. `failed` hears when it never will be. */
export function servePages(
  options: { dev: boolean; host: string; port: number; server: Server },
  failed: (error: unknown) => void,
): Answer {
  let answer: Answer = sayWait
  const app = next({ dev: options.dev, dir: process.cwd(), hostname: options.host, port: options.port, httpServer: options.server })
  app.prepare().then(() => {
    const pages = app.getRequestHandler()
    answer = (request, response) => void pages(request, response)
    if (options.dev) return
    visitEveryPage(options.host, options.port).then(
      (missed) => missed.length && log().warn({ missed }, 'pages that could not be visited at start'),
      (error: unknown) => log().error({ err: error }, 'first visits'),
    )
  }, failed)
  const hasty = paceOfPages()
  return (request, response) => {
    if (request.headers[OWN_VISIT.name] !== OWN_VISIT.value && hasty(request, response)) return
    // Next.js reads the nonce from the policy of the request and puts it on every script that it writes.
    const policy = contentPolicy.page(randomBytes(16).toString('base64'), options.dev)
    request.headers['content-security-policy'] = policy
    delete request.headers['content-security-policy-report-only']
    for (const [name, value] of Object.entries({ ...securityHeaders(), 'content-security-policy': policy })) response.setHeader(name, value)
    nameCharset(response)
    answer(request, response)
  }
}
