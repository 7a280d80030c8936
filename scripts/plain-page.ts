/**
 * The login page as a phone on a bad network gets it: what Next.js made, without the framework's scripts (180 KB of 192), with the one script
 * of its own (components/door/main.ts). Its forms post without any script; a page that is not whole is handed on as it is.
 */
import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { PLAYER_DIR, type PlayerFile } from './build-player'

const PATH = '/masuk'
/** Enough for a page made anew for everybody: higher costs more time than it saves on the way. */
const QUALITY = 6

export const isPlain = (request: IncomingMessage): boolean =>
  (request.method === 'GET' || request.method === 'POST') &&
  (request.url ?? '').split('?')[0] === PATH &&
  request.headers['next-action'] === undefined

/** The page without scripts and what announces them, and with `script` under this answer's nonce. */
export const withoutFramework = (html: string, script: string, nonce: string): string =>
  html
    .replace(/<script\b[^>]*>[\s\S]*?<\/script>/gi, '')
    .replace(/<link\b(?=[^>]*\bas="script")[^>]*>/gi, '')
    .replace('</head>', `<script type="module" src="${script}" nonce="${nonce}"></script></head>`)

/** The address of the login page's script in the build that stands here; null before there is one. */
export function doorScript(): string | null {
  const list = join(PLAYER_DIR, 'files.json')
  if (!existsSync(list)) return null
  return (JSON.parse(readFileSync(list, 'utf8')) as PlayerFile[]).find((f) => f.file === 'door.js')?.path ?? null
}

/**
 * Lets `response` gather what is written and send it whole. Next.js is asked for a page and never for its own parcels: whoever comes from
 * another page of ours is led here as from outside.
 */
export function makePlain(request: IncomingMessage, response: ServerResponse, script: string, nonce: string): void {
  const accepted = String(request.headers['accept-encoding'] ?? '')
  request.headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => name !== 'accept-encoding' && name !== 'rsc' && !name.startsWith('next-router-')),
  )
  const chunks: Buffer[] = []
  const [end, writeHead] = [response.end.bind(response), response.writeHead.bind(response)]
  const take = (chunk: unknown, coding: unknown) => {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, typeof coding === 'string' ? (coding as BufferEncoding) : 'utf8'))
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk))
  }
  const done = (...given: unknown[]) => given.find((x): x is () => void => typeof x === 'function')?.()
  response.flushHeaders = () => undefined
  // What compresses other pages asks for the head before the first byte; it is written with the whole, whose length it tells.
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    response.statusCode = status
    const headers = rest.find((x): x is Record<string, string> => typeof x === 'object' && x !== null && !Array.isArray(x))
    for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value)
    return response
  }) as ServerResponse['writeHead']
  response.write = ((chunk: unknown, coding?: unknown, then?: unknown) => {
    take(chunk, coding)
    done(coding, then)
    return true
  }) as ServerResponse['write']
  response.end = ((chunk?: unknown, coding?: unknown, then?: unknown) => {
    take(chunk, coding)
    const whole = Buffer.concat(chunks)
    response.writeHead = writeHead
    const page = /^text\/html/.test(String(response.getHeader('content-type') ?? '')) && response.statusCode === 200
    const plain = page ? Buffer.from(withoutFramework(whole.toString('utf8'), script, nonce)) : whole
    const packing = page && /\bbr\b/.test(accepted) ? 'br' : page && /\bgzip\b/.test(accepted) ? 'gzip' : null
    const body =
      packing === 'br'
        ? brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } })
        : packing === 'gzip'
          ? gzipSync(plain)
          : plain
    if (page) {
      response.removeHeader('link')
      response.setHeader('vary', 'accept-encoding')
    }
    if (packing) response.setHeader('content-encoding', packing)
    if (body.length) response.setHeader('content-length', body.length)
    end(body)
    done(chunk, coding, then)
    return response
  }) as ServerResponse['end']
}
