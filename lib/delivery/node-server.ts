import type { IncomingMessage, ServerResponse } from 'node:http'
import { addressOfRequest } from '@/lib/platform/client-address'
import { log } from '@/lib/platform/log'
import { foreignRequest, isOurJson } from '@/lib/platform/origin'
import { dataHeaders } from '@/lib/platform/security-headers'
import type { Delivery } from './handler'
import type { DeliveryReply } from './request'

/** Largest body a phone may send: two hundred entries are a fifth of it. */
const MOST_BYTES = 256 * 1024

const plain = { 'content-type': 'application/json', 'cache-control': 'no-store' }

function read(request: IncomingMessage): Promise<string | null> {
  return new Promise((done) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > MOST_BYTES) {
        done(null)
        request.removeAllListeners('data')
        request.resume()
      } else chunks.push(chunk)
    })
    request.on('end', () => done(chunks.length === 1 ? chunks[0]!.toString() : Buffer.concat(chunks).toString()))
    request.on('error', () => done(null))
    request.on('close', () => done(null))
  })
}

function write(response: ServerResponse, reply: DeliveryReply): void {
  const length = typeof reply.body === 'string' ? Buffer.byteLength(reply.body) : reply.body.length
  response.writeHead(reply.status, { ...dataHeaders(), ...plain, 'content-length': length, ...reply.headers })
  response.end(reply.body)
}

const tooLarge: DeliveryReply = {
  status: 413,
  body: JSON.stringify({ code: 'size', message: 'Kiriman terlalu besar dan tidak diterima. Jawaban tetap tersimpan di perangkat.' }),
  headers: { connection: 'close' },
}

const foreign: DeliveryReply = { status: 403, body: JSON.stringify(foreignRequest) }

/** Puts the handler behind Node's own server: bodies are bounded before they are read, and a fault is a clear 503. */
export function serveDelivery(delivery: Delivery) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const announced = Number(request.headers['content-length'] ?? 0)
    const body = announced > MOST_BYTES ? null : await read(request)
    if (body === null) {
      if (!response.destroyed && !response.headersSent) write(response, tooLarge)
      if (announced > MOST_BYTES) request.destroy()
      return
    }
    const path = request.url ?? '/'
    const query = path.indexOf('?')
    // Answers carry a token of their own and no cookie; everything else that is posted may act by one.
    if (request.method !== 'GET' && !path.startsWith('/api/delivery/sync') && !isOurJson((name) => request.headers[name]?.toString()))
      return write(response, foreign)
    try {
      write(
        response,
        await delivery.handle({
          method: request.method ?? 'GET',
          path: query < 0 ? path : path.slice(0, query),
          query: query < 0 ? '' : path.slice(query),
          body,
          cookie: request.headers.cookie ?? '',
          userAgent: request.headers['user-agent'] ?? null,
          address: addressOfRequest(request),
        }),
      )
    } catch (error) {
      log().error({ err: error, path }, 'delivery failed')
      write(response, delivery.busy)
    }
  }
}
