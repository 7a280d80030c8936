/** Hands requests on to the processes that make pages, over their local sockets, and their answers back, as they come. */
import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { DOOR_HEADER } from '@/lib/platform/pages-door'
import { sayAway } from './away-page'

/** At once on one socket; what comes beyond waits here, and beyond `MOST_WAITING` is told to come again. */
const MOST_AT_ONCE = 256
const MOST_WAITING = 6_000
/** Kept open without a request (ms): the pages' server keeps them for longer, so that it is never the one who hangs up. */
const IDLE_MS = 30_000

/**
 * Lines of one connection and not of the message. What a client's own Connection line names stays: it could name a line of ours.
 */
const OF_THE_CONNECTION = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect']
/** Lines that only the programs of this installation write to each other; the address was written over at the door. */
const OUR_OWN = /^x-petaguru-(?!address$)/

type Place = { socketPath: string; agent: http.Agent; underWay: number }
export type Relay = {
  answer: (request: IncomingMessage, response: ServerResponse) => void
  /** For the tools of development, which hold a line open. */
  upgrade: (request: IncomingMessage, socket: Socket, head: Buffer) => void
}

function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const rest = { ...headers }
  for (const name of OF_THE_CONNECTION) Reflect.deleteProperty(rest, name)
  return rest
}

function onwards(request: IncomingMessage, word: string): IncomingHttpHeaders {
  const headers = withoutConnection(request.headers)
  for (const name of Object.keys(headers)) if (OUR_OWN.test(name)) Reflect.deleteProperty(headers, name)
  return { ...headers, [DOOR_HEADER]: word }
}

/** No socket, or nobody behind it: this process has never seen the request. */
const unheard = (error: NodeJS.ErrnoException): boolean => error.code === 'ENOENT' || error.code === 'ECONNREFUSED'

/**
 * A relay to these sockets: to the one with the least to do, to another when nobody listens there, and with words of patience when
 * nobody listens at all. `word` shows the pages that it is the front who asks.
 */
export function relayTo(sockets: string[], word: string): Relay {
  const places: Place[] = sockets.map((socketPath) => ({
    socketPath,
    agent: new http.Agent({ keepAlive: true, maxSockets: MOST_AT_ONCE, maxFreeSockets: 32, timeout: IDLE_MS }),
    underWay: 0,
  }))
  let neverYet = true

  function hand(request: IncomingMessage, response: ServerResponse, left: Place[]): void {
    const place = left.reduce<Place | undefined>((best, p) => (!best || p.underWay < best.underWay ? p : best), undefined)
    if (!place || place.underWay >= MOST_WAITING) return sayAway(request, response, neverYet)
    const { socketPath, agent } = place
    const asked = http.request({
      socketPath,
      agent,
      method: request.method,
      path: request.url,
      headers: onwards(request, word),
      setHost: false,
    })
    place.underWay++
    asked.once('close', () => place.underWay--)
    const gone = () => void asked.destroy()
    response.once('close', gone)
    // Nothing of a body is taken before somebody listens, so that it can still go to another process.
    asked.once('socket', (socket) => {
      const pour = () => void request.pipe(asked)
      if (socket.connecting) socket.once('connect', pour)
      else pour()
    })
    asked.once('response', (answer) => {
      neverYet = false
      response.writeHead(answer.statusCode!, withoutConnection(answer.headers))
      answer.on('error', () => undefined)
      answer.pipe(response)
      // Half an answer must not look like a whole one.
      answer.once('close', () => answer.complete || response.destroy())
    })
    asked.once('error', (error: NodeJS.ErrnoException) => {
      request.unpipe(asked)
      response.off('close', gone)
      if (response.destroyed || response.headersSent) return void response.destroy()
      const reads = request.method === 'GET' || request.method === 'HEAD'
      if (unheard(error)) hand(request, response, left.toSpliced(left.indexOf(place), 1))
      // A kept line that was cut at this very moment: who only reads may ask once more, on a new one.
      else if (asked.reusedSocket && reads && request.readableEnded) hand(request, response, left)
      else sayAway(request, response, neverYet)
    })
  }

  return {
    answer: (request, response) => hand(request, response, places),
    upgrade: (request, socket, head) => {
      const onward = connect(places[0]!.socketPath, () => {
        const lines = Object.entries({ ...onwards(request, word), connection: 'Upgrade', upgrade: request.headers.upgrade })
        onward.write(`GET ${request.url} HTTP/1.1\r\n${lines.map(([n, v]) => `${n}: ${String(v)}\r\n`).join('')}\r\n`)
        onward.write(head)
        onward.pipe(socket).pipe(onward)
      })
      for (const [one, other] of [[onward, socket] as const, [socket, onward] as const]) {
        one.on('error', () => other.destroy())
        one.on('close', () => other.destroy())
      }
    },
  }
}
