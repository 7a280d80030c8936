/** Serves the participant's page and its worker: a handful of files, compressed once, answered from memory. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { contentPolicy, securityHeaders } from '@/lib/platform/security-headers'
import { PLAYER_DIR, buildPlayer, type PlayerFile } from './build-player'

type Serve = (request: IncomingMessage, response: ServerResponse) => boolean
type Body = { plain: Buffer; br: Buffer; gzip: Buffer }

const MATH_FONT: PlayerFile = { path: '/math.woff2', file: join('..', '..', 'public', 'math.woff2'), type: 'font/woff2', immutable: false }

function bodyOf(file: PlayerFile): Body {
  const plain = readFileSync(join(PLAYER_DIR, file.file))
  const squeezable = /text|json/.test(file.type)
  return { plain, br: squeezable ? brotliCompressSync(plain) : plain, gzip: squeezable ? gzipSync(plain, { level: 9 }) : plain }
}

/** The files as they were built; with `dev` they are built anew at each opening of the page. */
export async function servePlayer(dev: boolean): Promise<Serve> {
  const load = () => {
    const list = JSON.parse(readFileSync(join(PLAYER_DIR, 'files.json'), 'utf8')) as PlayerFile[]
    const all = existsSync(join(PLAYER_DIR, MATH_FONT.file)) ? [...list, MATH_FONT] : list
    return new Map(all.map((f) => [f.path, { ...f, body: bodyOf(f) }]))
  }
  if (dev || !existsSync(join(PLAYER_DIR, 'files.json'))) await buildPlayer()
  let files = load()

  const send = (path: string, request: IncomingMessage, response: ServerResponse): void => {
    const file = files.get(path)!
    const etag = `"${createHash('sha256').update(file.body.plain).digest('hex').slice(0, 16)}"`
    const accepted = String(request.headers['accept-encoding'] ?? '')
    const coding = file.body.br === file.body.plain ? null : /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null
    const fixed = {
      ...securityHeaders(),
      'content-security-policy': contentPolicy.player,
      'permissions-policy': 'camera=(), microphone=(), geolocation=()',
      'content-type': file.type,
      'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'accept-encoding',
      etag,
      ...(path === '/sw.js' ? { 'service-worker-allowed': '/' } : {}),
    }
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, fixed).end()
      return
    }
    const body = coding ? file.body[coding] : file.body.plain
    response.writeHead(200, { ...fixed, 'content-length': body.length, ...(coding ? { 'content-encoding': coding } : {}) })
    response.end(request.method === 'HEAD' ? undefined : body)
  }

  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    const path = (request.url ?? '').split('?')[0]!
    if (!files.has(path)) return false
    if (dev && path === '/tes') {
      void buildPlayer().then(() => {
        files = load()
        send(path, request, response)
      })
    } else send(path, request, response)
    return true
  }
}
