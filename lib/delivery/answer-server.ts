import { createServer, type Server as TcpServer, type Socket } from 'node:net'
import type { Server as HttpServer } from 'node:http'
import type { Delivery, DeliveryReply } from './handler'

/**
 * The door of answers. A kept connection that posts to /api/delivery/sync in the plainest form of HTTP/1.1 is answered
 * here, head and body read in one look and the reply written in one piece; that is half of what an answer costs. At the
 * first request of any other shape the connection is handed, with every byte read so far, to Node's own HTTP server,
 * which knows the rest. Nothing is guessed: one content-length, no transfer coding, no expectation, or it is not ours.
 */
const OURS = Buffer.from('POST /api/delivery/sync HTTP/1.1\r\n')
const END = Buffer.from('\r\n\r\n')
const LARGEST_HEAD = 8 * 1024
const LARGEST_BODY = 256 * 1024
const IDLE_MS = 65_000

const reasons: Record<number, string> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}

function replyText(reply: DeliveryReply): string {
  const body = reply.body as string
  let extra = ''
  for (const name in reply.headers) extra += `${name}: ${reply.headers[name]}\r\n`
  return `HTTP/1.1 ${reply.status} ${reasons[reply.status] ?? 'Answer'}\r\ncontent-type: application/json\r\ncache-control: no-store\r\nx-content-type-options: nosniff\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${extra}\r\n${body}`
}

type Head = { length: number; close: boolean }

/** Reads a head that is plainly ours; null when anything about it is not. */
function headOf(text: string): Head | null {
  const lengths = text.match(/\r\ncontent-length: *\d{1,7}(?=\r\n|$)/gi)
  if (lengths?.length !== 1 || /\r\n(transfer-encoding|expect|upgrade)\s*:/i.test(text) || /\r\n[ \t]/.test(text)) return null
  if ((text.match(/\r\ncontent-length\s*:/gi) ?? []).length !== 1) return null
  return { length: Number(lengths[0]!.slice(lengths[0]!.indexOf(':') + 1)), close: /\r\nconnection: *close/i.test(text) }
}

class Door {
  private held: Buffer = Buffer.alloc(0)
  private busy = false
  private head: (Head & { end: number }) | null = null

  constructor(
    private readonly socket: Socket,
    private readonly delivery: Delivery,
    private readonly others: HttpServer,
  ) {
    socket.setNoDelay(true)
    socket.setTimeout(IDLE_MS, this.away)
    socket.on('data', this.take)
    socket.on('error', this.away)
  }
  private readonly away = (): void => void this.socket.destroy()
  private readonly take = (chunk: Buffer): void => {
    this.held = this.held.length ? Buffer.concat([this.held, chunk]) : chunk
    if (!this.busy) this.look()
    else if (this.held.length > LARGEST_BODY + LARGEST_HEAD) this.away()
  }

  private look(): void {
    if (!this.head) {
      if (this.held.compare(OURS, 0, Math.min(this.held.length, OURS.length), 0, Math.min(this.held.length, OURS.length)) !== 0)
        return this.handOver()
      const end = this.held.indexOf(END)
      if (end < 0) return this.held.length > LARGEST_HEAD ? this.handOver() : undefined
      const head = headOf(this.held.toString('latin1', 0, end))
      if (!head || head.length > LARGEST_BODY) return this.handOver()
      this.head = { ...head, end: end + END.length }
    }
    const { end, length, close } = this.head
    if (this.held.length < end + length) return
    const body = this.held.toString('utf8', end, end + length)
    this.held = this.held.subarray(end + length)
    this.head = null
    this.busy = true
    this.delivery.sync(body, (reply) => {
      this.busy = false
      if (this.socket.destroyed) return
      this.socket.write(replyText(reply))
      if (close) this.socket.end()
      else if (this.held.length) this.look()
    })
  }

  private handOver(): void {
    const { socket } = this
    socket.off('data', this.take)
    socket.off('error', this.away)
    socket.setTimeout(0)
    socket.pause()
    if (this.held.length) socket.unshift(this.held)
    this.held = Buffer.alloc(0)
    this.others.emit('connection', socket)
    socket.resume()
  }
}

/** Listens in place of `others`; every connection that is not a phone handing in answers goes on to it. */
export function answerServer(delivery: Delivery, others: HttpServer): TcpServer {
  return createServer({ noDelay: true, pauseOnConnect: false }, (socket) => void new Door(socket, delivery, others))
}
