import { connect, type Socket } from 'node:net'

/**
 * A small HTTP/1.1 client over kept connections, one request a connection at a time: light enough that a rehearsal on the
 * machine under test measures the server and not its own client. Understands replies with a content-length, as all of
 * /api/delivery are.
 */
export type WireReply = { status: number; body: Buffer; bytes: number }
type Asked = { text: string; done: (r: WireReply) => void; fail: (e: Error) => void }

const HEAD_END = Buffer.from('\r\n\r\n')

class Line {
  private socket: Socket | null = null
  private held: Buffer = Buffer.alloc(0)
  private asked: Asked | null = null

  constructor(
    private readonly host: string,
    private readonly port: number,
    private readonly free: (line: Line) => void,
  ) {}

  send(asked: Asked): void {
    this.asked = asked
    if (!this.socket) {
      this.socket = connect({ host: this.host, port: this.port, noDelay: true })
      this.socket.on('data', (chunk) => this.take(chunk))
      this.socket.on('error', (error) => this.broken(error))
      this.socket.on('close', () => this.broken(new Error('connection closed')))
      this.socket.setTimeout(30_000, () => this.broken(new Error('no reply in 30 s')))
    }
    this.socket.write(asked.text)
  }
  end(): void {
    this.socket?.destroy()
    this.socket = null
  }
  private broken(error: Error): void {
    this.socket?.removeAllListeners()
    this.socket?.on('error', () => undefined)
    this.socket?.destroy()
    this.socket = null
    this.held = Buffer.alloc(0)
    const asked = this.asked
    this.asked = null
    if (!asked) return
    asked.fail(error)
    this.free(this)
  }
  private take(chunk: Buffer): void {
    this.held = this.held.length ? Buffer.concat([this.held, chunk]) : chunk
    const end = this.held.indexOf(HEAD_END)
    if (end < 0) return
    const head = this.held.toString('latin1', 0, end)
    const from = head.indexOf('content-length: ')
    const length = from < 0 ? 0 : parseInt(head.slice(from + 16, from + 26), 10)
    const total = end + 4 + length
    if (this.held.length < total) return
    const reply = { status: Number(head.slice(9, 12)), body: this.held.subarray(end + 4, total), bytes: total }
    this.held = this.held.subarray(total)
    const asked = this.asked
    this.asked = null
    if (head.includes('\r\nconnection: close')) this.end()
    asked?.done(reply)
    this.free(this)
  }
}

export class Wire {
  private readonly idle: Line[] = []
  private readonly waiting: Asked[] = []
  private readonly lines: Line[] = []

  /** `connections` at most at a time; requests beyond that wait their turn. */
  constructor(
    private readonly host: string,
    private readonly port: number,
    connections: number,
  ) {
    for (let i = 0; i < connections; i++) {
      const line = new Line(host, port, (l) => this.next(l))
      this.lines.push(line)
      this.idle.push(line)
    }
  }
  private next(line: Line): void {
    const asked = this.waiting.shift()
    if (asked) line.send(asked)
    else this.idle.push(line)
  }

  /** Sends a request; rejects when the connection breaks or nothing comes back within 30 s. */
  request(method: 'GET' | 'POST', path: string, body = ''): Promise<WireReply> {
    return new Promise((done, fail) => {
      const text = `${method} ${path} HTTP/1.1\r\nhost: ${this.host}:${this.port}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
      const line = this.idle.pop()
      if (line) line.send({ text, done, fail })
      else this.waiting.push({ text, done, fail })
    })
  }
  close(): void {
    for (const line of this.lines) line.end()
  }
}
