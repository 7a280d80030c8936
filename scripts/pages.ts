/** The pages of Next.js as this house answers them: each with the headers of the house and a script policy of its own. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import next from 'next'
import { contentPolicy, securityHeaders } from '@/lib/platform/security-headers'

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
  return (request, response) => {
    // Next.js reads the nonce from the policy of the request and puts it on every script that it writes.
    const policy = contentPolicy.page(randomBytes(16).toString('base64'), options.dev)
    request.headers['content-security-policy'] = policy
    delete request.headers['content-security-policy-report-only']
    for (const [name, value] of Object.entries({ ...securityHeaders(), 'content-security-policy': policy })) response.setHeader(name, value)
    nameCharset(response)
    void pages(request, response)
  }
}
