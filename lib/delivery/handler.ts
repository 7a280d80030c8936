import { actorOfCookies, sessionCookie } from '@/lib/access/inside'
import { may, noteRefusal } from '@/lib/access/service'
import { holderOf } from '@/lib/access/model'
import type { SessionClaim } from '@/lib/access/session-model'
import { neighbourhood } from '@/lib/platform/client-address'
import { readJson } from '@/lib/platform/holdable'
import { refuse, type Result } from '@/lib/platform/result'
import { enterWithCard, seatOfTicket } from '@/lib/sittings/inside'
import { seatsFor } from '@/lib/sittings/service'
import { deposit, takeLifted } from './deposit'
import { desk, seatsOfTickets } from './desk'
import { Lane, type OnSettled } from './lane'
import { creditLostTime } from './lost-time'
import { packetBytes } from './packet-store'
import { Pace } from '@/lib/platform/pace'
import { phonePace, weightOf } from './pace'
import { DepositRequest, DeskRequest, LoginRequest, ReadyReport, StartRequest, SyncRequest } from './protocol'
import type { ConsoleRoute, DeliveryReply, DeliveryRequest } from './request'
import { start } from './start'
import * as store from './store'
import { readTicket, readToken, type Bearer } from './token'

const json = (value: unknown, status = 200, headers?: Record<string, string>): DeliveryReply => ({
  status,
  body: JSON.stringify(value),
  headers,
})
const refused = (code: string, message: string, status: number, headers?: Record<string, string>) =>
  json({ code, message }, status, headers)
const answered = <T>(result: Result<T>, status = 409): DeliveryReply =>
  result.ok ? json(result.value) : refused(result.code, result.message, status)

const unreadable = refused('format', 'Kiriman tidak dapat dibaca. Jawaban tetap tersimpan di perangkat.', 400)
const stranger = refused('token', 'Sesi tes ini tidak dikenal. Jawaban tetap tersimpan di perangkat; masuk kembali untuk mengirimnya.', 401)
const unknown = refused('attempt', 'Tes ini tidak ditemukan. Jawaban tetap tersimpan di perangkat; hubungi pengawas.', 404)
const busy = refused('busy', 'Server sedang sibuk. Jawaban tetap tersimpan di perangkat dan dikirim lagi sendiri.', 503, {
  'retry-after': '5',
})
const hasty = refused(
  'pace',
  'Terlalu banyak kiriman dari perangkat ini. Jawaban tetap tersimpan di perangkat dan dikirim lagi sendiri.',
  429,
  {
    'retry-after': '2',
  },
)

/** A journal as it was sent: its entries are judged one by one, also for what they hold. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}

const TOKENS_KEPT = 60_000

/** Notes a refusal that no honest phone causes in the audit log, and passes the refusal on. */
function complained(what: 'token' | 'pace', reply: DeliveryReply, attemptId?: string): DeliveryReply {
  noteRefusal({ what, object: attemptId ? `attempt:${attemptId}` : 'answers', actor: null })
  return reply
}

export type Delivery = ReturnType<typeof createDelivery>

/** Everything that phones ask for under /api/delivery, with the answer lane behind it; the console's requests go to `consoleReply`. */
export function createDelivery(onSettled: OnSettled, consoleReply: ConsoleRoute, clock: () => Date = () => new Date()) {
  const lane = new Lane(onSettled, creditLostTime, clock)
  const pace = new Pace(phonePace.answers)
  const seatPace = new Pace(phonePace.seat)
  const packetPace = new Pace(phonePace.packets)
  const bearers = new Map<string, Bearer>()

  /** A token's bearer; what was verified once is remembered. */
  function bearerOf(token: string): Bearer | null {
    const known = bearers.get(token)
    if (known) return known
    const read = readToken(token)
    if (read) {
      if (bearers.size >= TOKENS_KEPT) bearers.clear()
      bearers.set(token, read)
    }
    return read
  }

  /** One phone's journal entries, durable when `done` hears. */
  function sync(body: string, done: (reply: DeliveryReply) => void): void {
    const request = SyncRequest.safeParse(parsed(body))
    if (!request.success) return done(unreadable)
    const bearer = bearerOf(request.data.token)
    if (!bearer) return done(complained('token', stranger))
    if (!pace.allows(bearer.key, clock().getTime(), weightOf(body.length))) return done(complained('pace', hasty, bearer.attemptId))
    lane.submit(bearer, request.data.entries, request.data.position, (outcome) =>
      done(outcome.ok ? json(outcome.reply) : outcome.code === 'attempt' ? unknown : busy),
    )
  }

  /** Whether the seat of the first ticket of ours asks too often; strings that somebody invents cost nothing and fill no memory. */
  function seatIsHasty(tickets: string[]): boolean {
    const seat = tickets.map(readTicket).find((t) => t !== null)
    return seat !== undefined && !seatPace.allows(seat.seatId, clock().getTime())
  }

  async function begin(request: DeliveryRequest): Promise<DeliveryReply> {
    const asked = StartRequest.safeParse(readJson(request.body))
    if (!asked.success) return unreadable
    if (seatIsHasty([asked.data.ticket])) return complained('pace', hasty)
    const result = await start(asked.data, request.userAgent, clock())
    if (!result.ok) return answered(result)
    lane.facts.forget(result.value.attemptId)
    // What the phone handed in while it was doubted is in now: it hears how far its journal reaches.
    return answered(
      (await takeLifted(asked.data, result.value, lane, clock())) ? await start(asked.data, request.userAgent, clock()) : result,
    )
  }

  async function handIn(request: DeliveryRequest): Promise<DeliveryReply> {
    const asked = DepositRequest.safeParse(parsed(request.body))
    if (!asked.success) return unreadable
    // Only a ticket of ours has a pace of its own: strings that somebody invents fill no memory.
    const seat = readTicket(asked.data.ticket)
    if (seat && !pace.allows(`seat.${seat.seatId}`, clock().getTime(), weightOf(request.body.length))) return complained('pace', hasty)
    return answered(await deposit(asked.data, lane, clock()))
  }

  async function login(request: DeliveryRequest): Promise<DeliveryReply> {
    const asked = LoginRequest.safeParse(readJson(request.body))
    if (!asked.success) return unreadable
    const visit = { address: request.address, userAgent: request.userAgent }
    const open = (claim: SessionClaim) => sessionCookie(claim, visit, request.cookie, clock())
    const result = await enterWithCard(asked.data, visit, open, clock())
    if (!result.ok) return refused(result.code, result.message, result.code === 'wait' ? 429 : 403)
    const seat = await seatOfTicket(result.value.seatId)
    return json(await desk(seat ? [seat] : [], clock()), 200, { 'set-cookie': result.value.opened })
  }

  async function readDesk(request: DeliveryRequest): Promise<DeliveryReply> {
    const asked = DeskRequest.safeParse(readJson(request.body))
    if (!asked.success) return unreadable
    if (seatIsHasty(asked.data.tickets)) return complained('pace', hasty)
    const seats = await seatsOfTickets(asked.data.tickets)
    const actor = await actorOfCookies(request.cookie, clock())
    if (actor && !seatPace.allows(actor.sessionId, clock().getTime())) return complained('pace', hasty)
    if (actor && may(actor, 'test:take')) seats.push(...(await seatsFor(actor)).filter((s) => !seats.some((o) => o.id === s.id)))
    if (seats.length === 0)
      return refused('login', 'Masuklah dengan kartu peserta. Jawaban yang sudah ada di perangkat ini tetap aman.', 401)
    const session = actor && holderOf(actor)
    return json({ ...(await desk(seats, clock())), session })
  }

  async function ready(request: DeliveryRequest): Promise<DeliveryReply> {
    const asked = ReadyReport.safeParse(readJson(request.body))
    if (!asked.success) return unreadable
    if (seatIsHasty([asked.data.ticket])) return complained('pace', hasty)
    const [seat] = await seatsOfTickets([asked.data.ticket])
    if (!seat) return answered(refuse('seat', 'Kartu ini tidak berlaku lagi. Mintalah kartu baru kepada pengawas ruang.'))
    const { device, ready: isReady, checks } = asked.data
    await store.noteReadiness({ seatId: seat.id, device, ready: isReady, checks, userAgent: request.userAgent }, clock())
    return json({ serverNow: clock().getTime() })
  }

  async function packet({ path, address }: DeliveryRequest): Promise<DeliveryReply> {
    if (!packetPace.allows(neighbourhood(address), clock().getTime())) return complained('pace', hasty)
    const name = path.slice('/api/delivery/packet/'.length)
    const bytes = /^[0-9a-f]{64}$/.test(name) ? await packetBytes(name) : null
    if (!bytes) return refused('packet', 'Paket soal ini tidak ada. Muat ulang halaman peserta untuk mendapat yang baru.', 404)
    return {
      status: 200,
      body: bytes,
      headers: { 'content-type': 'application/octet-stream', 'cache-control': 'public, max-age=31536000, immutable', etag: `"${name}"` },
    }
  }

  async function handle(request: DeliveryRequest): Promise<DeliveryReply> {
    const { method, path } = request
    if (method === 'GET') {
      if (path.startsWith('/api/delivery/packet/')) return packet(request)
      if (path === '/api/delivery/time') return json({ serverNow: clock().getTime() })
    }
    if (method === 'POST') {
      switch (path) {
        case '/api/delivery/sync':
          return new Promise((done) => sync(request.body, done))
        case '/api/delivery/start':
          return begin(request)
        case '/api/delivery/deposit':
          return handIn(request)
        case '/api/delivery/login':
          return login(request)
        case '/api/delivery/desk':
          return readDesk(request)
        case '/api/delivery/ready':
          return ready(request)
      }
    }
    return (await consoleReply(request, clock())) ?? refused('path', 'Alamat ini tidak ada.', 404)
  }
  return { handle, sync, lane, busy }
}
