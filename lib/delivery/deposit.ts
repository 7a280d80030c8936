import { holdableTree } from '@/lib/platform/holdable'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { seatOfTicket } from '@/lib/sittings/inside'
import type { SeatRow } from '@/lib/sittings/service'
import { doubtOf } from './claim'
import type { Doubt } from './doubt'
import { MAX_SEQ } from './judge'
import type { Lane } from './lane'
import { claimEntries, closeLifted, keepClaim, liftedClaim } from './late-store'
import type { DepositReply, DepositRequest, StartReply, StartRequest } from './protocol'
import { namedPacket } from './opened-form'
import { claimedStart } from './start'
import { placeFacts, type PlaceFacts } from './start-store'
import * as store from './store'
import { bearer, readTicket, readToken, type Bearer } from './token'

/** A whole journal of one seat, several times over. */
const MOST_BYTES = 4 * 1024 * 1024

/** Entries with a number, as text that a database can hold; what is no entry at all has no place in the list. */
function keepable(entries: readonly unknown[]): { seq: number; text: string }[] {
  return entries.flatMap((entry) => {
    const seq = (entry as { seq?: unknown } | null)?.seq
    if (typeof seq !== 'number' || !Number.isInteger(seq) || seq < 1 || seq > MAX_SEQ) return []
    return [{ seq, text: JSON.stringify(holdableTree(entry)) }]
  })
}

const unknown = refuse('seat', 'Kartu ini tidak dikenal. Jawaban tetap tersimpan di perangkat; hubungi pengawas ruang.')
const tooMany = refuse(
  'devices',
  'Terlalu banyak perangkat menitipkan jawaban untuk kursi ini. Jawaban tetap tersimpan di perangkat; mintalah pengawas ruang melapor kepada BGTK.',
)

/** Entries of another form would all be turned away one by one: they wait as a whole. */
const doubtOfJournal = (packet: string | null, { attempt, opened }: PlaceFacts): Doubt | null =>
  packet === null || (opened !== null && (!attempt || opened === attempt.formId)) ? null : opened ? 'form' : 'packet'

/** What stands against a phone that no token speaks for; null when the part knows it. */
async function doubtOfPhone(
  request: DepositRequest,
  seat: SeatRow,
  attempt: store.AttemptRow | null,
  began: Date | null,
  now: Date,
): Promise<Doubt | null> {
  if (attempt && (await store.devicesOf(attempt.id)).includes(request.device)) return null
  if (attempt?.state === 'closed') return 'second'
  return began ? doubtOf(seat, request, began, now) : 'proof'
}

type Settled = Parameters<Lane['submit']>[3]
const submitted = (lane: Lane, from: Bearer, entries: readonly unknown[]): Promise<Parameters<Settled>[0]> =>
  new Promise((done) => lane.submit(from, entries, 0, done))

/**
 * What a phone handed in while something stood against it (a voided card, a seat noted as absent) and nothing does any more: its start was
 * answered just now, so its journal goes the way of all answers, and what it sends next follows without a gap. Tells whether there was anything.
 * Where the database is busy it waits on, for the next start or the office.
 */
export async function takeLifted(request: StartRequest, started: StartReply, lane: Lane, now: Date): Promise<boolean> {
  if (request.begunAt === undefined) return false
  const claim = await liftedClaim(started.attemptId, request.device)
  const from = claim && readToken(started.token)
  if (!claim || !from || !(await submitted(lane, from, await claimEntries(claim))).ok) return false
  await closeLifted(claim, now)
  return true
}

/**
 * Takes in a journal that no token opens: that of a phone whose part was closed by another, whose start cannot be believed by
 * itself, or whose card was voided before it met the server. Where the attempt stands and the phone has shown that it was there,
 * the entries go the way of all answers and are judged one by one; else they are kept for the office. Safe to repeat.
 */
export async function deposit(request: DepositRequest, lane: Lane, now: Date): Promise<Result<DepositReply>> {
  const read = readTicket(request.ticket)
  const seat = read && (await seatOfTicket(read.seatId))
  if (!read || !seat) return unknown
  const voided = read.cardVersion !== seat.cardVersion
  const packet = namedPacket(request)
  const [facts] = await placeFacts([{ seatId: seat.id, part: request.part, packet }])
  const { attempt } = facts!
  // Where the part was opened the phone has its token; a voided card's ticket alone adds nothing to it.
  if (attempt && voided)
    return refuse('seat', 'Kartu ini sudah diganti. Jawaban tetap tersimpan di perangkat; masuklah dengan kartu baru untuk mengirimnya.')
  const began = claimedStart(request, seat, now)
  const doubt = voided ? 'card' : (doubtOfJournal(packet, facts!) ?? (await doubtOfPhone(request, seat, attempt, began, now)))
  if (attempt && !doubt) {
    if (!(await store.admitDevice(attempt.id, request.device, null, now))) return tooMany
    const outcome = await submitted(lane, bearer(attempt.id, request.device, read.cardVersion), request.entries)
    if (!outcome.ok) return refuse('busy', 'Server sedang sibuk. Jawaban tetap tersimpan di perangkat dan dikirim lagi sendiri.')
    return ok({ ack: outcome.reply.ack, waits: false })
  }
  // A start that stands in no doubt opens the part by itself: the phone asks again.
  if (!doubt) return refuse('start', 'Tes ini masih dapat dibuka. Muat ulang halaman ini; jawaban di perangkat aman.')
  const claim = { seatId: seat.id, part: request.part, device: request.device, begunAt: began ?? now, reason: doubt, packet }
  const ack = await keepClaim(claim, keepable(request.entries), MOST_BYTES, now)
  if (ack === 'gone') return unknown
  return ack === null ? tooMany : ok({ ack, waits: true })
}
