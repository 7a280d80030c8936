/** The pages of Next.js as this house answers them: each with the headers of the house and a script policy of its own. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import next from 'next'
import { contentPolicy, securityHeaders } from '@/lib/platform/security-headers'
import { doorScript, isPlain, makePlain } from './plain-page'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** Text without its charset may be read as any other; Next.js leaves it out for drawings and refusals. */
function nameCharset(response: ServerResponse): void {
  const set = response.setHeader.bind(response)
  const whole = (value: string) => (/^(?:text\/[\w.-]+|image\/svg\+xml|application\/xml)$/i.test(value) ? `${value}; charset=utf-8` : value)
  response.setHeader = (name, value) => set(name, name.toLowerCase() === 'content-type' && typeof value === 'string' ? whole(value) : value)
}

/** Prepares Next.js behind `server`; throws where that never succeeds. What it returns answers pages. */
export async function preparePages(options: { dev: boolean; host: string; port: number; server: Server }): Promise<Answer> {
  const app = next({ dev: options.dev, dir: process.cwd(), hostname: options.host, port: options.port, httpServer: options.server })
  await app.prepare()
  const pages = app.getRequestHandler()
  let known = doorScript()
  return (request, response) => {
    // Next.js reads the nonce from the policy of the request and puts it on every script that it writes.
    const nonce = randomBytes(16).toString('base64')
    const policy = contentPolicy.page(nonce, options.dev)
    request.headers['content-security-policy'] = policy
    delete request.headers['content-security-policy-report-only']
    for (const [name, value] of Object.entries({ ...securityHeaders(), 'content-security-policy': policy })) response.setHeader(name, value)
    nameCharset(response)
    if (isPlain(request)) {
      // Developed, the script changes from one opening to the next.
      known = options.dev ? doorScript() : (known ?? doorScript())
      if (known) makePlain(request, response, known, nonce)
    }
    void pages(request, response)
  }
}
