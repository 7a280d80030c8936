import { createServer, type Server as TcpServer, type Socket } from 'node:net'
import type { Server as HttpServer } from 'node:http'
import { Crowd } from '@/lib/platform/crowd'
import { dataHeaderLines } from '@/lib/platform/security-headers'
import type { Delivery } from './handler'
import type { DeliveryReply } from './request'

/**
 * The door of answers. A kept connection that posts to /api/delivery/sync in the plainest form of HTTP/1.1 is answered
 * here, head and body read in one look and the reply written in one piece; that is half of what an answer costs. At the
 * first request of any other shape the connection is handed, with every byte read so far, to Node's own HTTP server,
 * which knows the rest. Nothing is guessed: one content-length, no transfer coding, no expectation, or it is not ours; one host and
 * lines as the standard writes them, or it is refused. Every wait for a client has an end, here and behind the handing over.
 */
const OURS = Buffer.from('POST /api/delivery/sync HTTP/1.1\r\n')
const END = Buffer.from('\r\n\r\n')
const LARGEST_HEAD = 8 * 1024
const LARGEST_BODY = 256 * 1024

/** How long a client may take, in ms: for the first byte, from there to the end of a head, from there to the end of a body, and between two requests. */
export type Patience = { firstMs: number; headMs: number; bodyMs: number; idleMs: number }
/** A full body at 30 kbit/s takes 70 seconds; a head is a few packets. */
const usual: Patience = { firstMs: 20_000, headMs: 10_000, bodyMs: 75_000, idleMs: 65_000 }

const reasons: Record<number, string> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  408: 'Request Timeout',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  503: 'Service Unavailable',
}

function replyText(reply: DeliveryReply): string {
  const body = reply.body as string
  let extra = ''
  for (const name in reply.headers) extra += `${name}: ${reply.headers[name]}\r\n`
  return `HTTP/1.1 ${reply.status} ${reasons[reply.status] ?? 'Answer'}\r\ncontent-type: application/json\r\ncache-control: no-store\r\n${dataHeaderLines()}content-length: ${Buffer.byteLength(body)}\r\n${extra}\r\n${body}`
}

/** The last words on a connection whose request is not one. */
const farewell = (status: number) => replyText({ status, body: '', headers: { connection: 'close' } })

type Head = { length: number; close: boolean }

const LINES = /^[^\r\n]*(?:\r\n[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*)+$/

/** Reads a head of our path; 'foreign' when Node's reader must judge it, 'crooked' when nobody should. */
function headOf(text: string): Head | 'foreign' | 'crooked' {
  if (!LINES.test(text)) return 'crooked'
  const hosts = text.match(/\r\nhost:[^\r]*/gi)
  if (hosts?.length !== 1 || !/^\r\nhost:[ \t]*[\w.:[\]-]+[ \t]*$/i.test(hosts[0]!)) return 'crooked'
  const lengths = text.match(/\r\ncontent-length:[^\r]*/gi)
  if (lengths && lengths.length > 1) return 'crooked'
  const length = lengths && /^\r\ncontent-length:[ \t]*(\d{1,7})[ \t]*$/i.exec(lengths[0]!)
  if (!length || /\r\n(transfer-encoding|expect|upgrade):/i.test(text)) return 'foreign'
  return { length: Number(length[1]), close: /\r\nconnection: *close/i.test(text) }
}

class Door {
  private held: Buffer = Buffer.alloc(0)
  private busy = false
  private head: (Head & { end: number }) | null = null
  /** Ends the connection unless what is owed has come: the first byte, the rest of a head, the rest of a body. */
  private owed: NodeJS.Timeout | undefined
  private owes: 'first' | 'head' | 'body' | null = null

  constructor(
    private readonly socket: Socket,
    private readonly delivery: Delivery,
    private readonly others: HttpServer,
    private readonly crowd: Crowd,
    private readonly patience: Patience,
  ) {
    socket.setNoDelay(true)
    socket.setTimeout(patience.idleMs, this.away)
    socket.on('data', this.take)
    socket.on('error', this.away)
    socket.on('close', this.over)
    this.wait('first')
  }
  private readonly away = (): void => void this.socket.destroy()
  private readonly over = (): void => clearTimeout(this.owed)
  private readonly take = (chunk: Buffer): void => {
    this.held = this.held.length ? Buffer.concat([this.held, chunk]) : chunk
    if (!this.busy) this.look()
    else if (this.held.length > LARGEST_BODY + LARGEST_HEAD) this.away()
  }
  /** Most requests come in one piece, so the clock is wound only for those that do not. */
  private wait(what: 'first' | 'head' | 'body'): void {
    if (this.owes === what) return
    clearTimeout(this.owed)
    this.owes = what
    this.crowd.owe(this.socket)
    this.owed = setTimeout(this.away, this.patience[`${what}Ms`])
  }
  private whole(): void {
    if (this.owes === null) return
    clearTimeout(this.owed)
    this.owes = null
    this.crowd.settle(this.socket)
  }

  private look(): void {
    if (!this.head) {
      if (this.held.compare(OURS, 0, Math.min(this.held.length, OURS.length), 0, Math.min(this.held.length, OURS.length)) !== 0)
        return this.handOver()
      const end = this.held.indexOf(END)
      if (end < 0) return this.held.length > LARGEST_HEAD ? this.handOver() : this.wait('head')
      if (end > LARGEST_HEAD) return this.handOver()
      const head = headOf(this.held.toString('latin1', 0, end))
      if (head === 'crooked') return this.refuse()
      if (head === 'foreign' || head.length > LARGEST_BODY) return this.handOver()
      this.head = { ...head, end: end + END.length }
    }
    const { end, length, close } = this.head
    if (this.held.length < end + length) return this.wait('body')
    const body = this.held.toString('utf8', end, end + length)
    this.held = this.held.subarray(end + length)
    this.head = null
    this.whole()
    this.busy = true
    this.delivery.sync(body, (reply) => {
      this.busy = false
      if (this.socket.destroyed) return
      this.socket.write(replyText(reply))
      if (close) this.socket.end()
      else if (this.held.length) this.look()
    })
  }

  private refuse(): void {
    this.over()
    this.socket.off('data', this.take)
    this.socket.resume()
    this.socket.end(farewell(400), () => this.socket.destroy())
  }

  private handOver(): void {
    const { socket } = this
    this.over()
    this.crowd.owe(socket)
    socket.off('data', this.take)
    socket.off('error', this.away)
    socket.off('close', this.over)
    socket.removeListener('timeout', this.away)
    socket.setTimeout(0)
    socket.pause()
    if (this.held.length) socket.unshift(this.held)
    this.held = Buffer.alloc(0)
    this.others.emit('connection', socket)
    socket.resume()
  }
}

/**
 * Node's own server never listens here and would therefore never look after its clock: it is told that it does, so that its
 * limits for heads and requests hold for the connections that are handed to it.
 */
function keepTime(others: HttpServer, crowd: Crowd): void {
  others.emit('listening')
  others.on('request', (request) => {
    const { socket } = request
    if (Number(request.headers['content-length'] ?? 0) > 0) request.once('close', () => crowd.settle(socket))
    else crowd.settle(socket)
  })
  others.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) return void socket.destroy()
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
    socket.end(farewell(status), () => socket.destroy())
  })
}

/** Listens in place of `others`; every connection that is not a phone handing in answers goes on to it. */
export function answerServer(
  delivery: Delivery,
  others: HttpServer,
  options: Partial<Patience> & { crowd?: Crowd | undefined } = {},
): TcpServer {
  const { crowd = new Crowd(), ...patience } = options
  keepTime(others, crowd)
  return createServer({ noDelay: true, pauseOnConnect: false }, (socket) => {
    if (crowd.enter(socket)) new Door(socket, delivery, others, crowd, { ...usual, ...patience })
    else socket.destroy()
  })
}
