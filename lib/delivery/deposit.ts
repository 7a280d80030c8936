import { ok, refuse, type Result } from '@/lib/platform/result'
import { seatOfTicket } from '@/lib/sittings/inside'
import { doubtOf } from './claim'
import { MAX_SEQ } from './judge'
import type { Lane } from './lane'
import { keepClaim } from './late-store'
import type { DepositReply, DepositRequest } from './protocol'
import { claimedStart } from './start'
import * as store from './store'
import { bearer, readTicket } from './token'

/** Escapes of what PostgreSQL cannot hold: NUL and half surrogate pairs, which JSON writes as escapes only when they are alone. */
const UNHOLDABLE = /\\u(?:0000|d[89a-f][0-9a-f]{2})/gi
/** A whole journal of one seat, several times over. */
const MOST_BYTES = 4 * 1024 * 1024

/** Entries with a number, as text that a database can hold; what is no entry at all has no place in the list. */
function keepable(entries: readonly unknown[]): { seq: number; text: string }[] {
  return entries.flatMap((entry) => {
    const seq = (entry as { seq?: unknown } | null)?.seq
    if (typeof seq !== 'number' || !Number.isInteger(seq) || seq < 1 || seq > MAX_SEQ) return []
    return [{ seq, text: JSON.stringify(entry).replace(UNHOLDABLE, '') }]
  })
}

const tooMany = refuse(
  'devices',
  'Terlalu banyak perangkat menitipkan jawaban untuk kursi ini. Jawaban tetap tersimpan di perangkat; mintalah pengawas ruang melapor kepada BGTK.',
)

/**
 * Takes in a journal that no token opens: that of a phone whose part was closed by another, whose start cannot be believed by
 * itself, or whose card was voided before it met the server. Where the attempt stands and the phone has shown that it was there,
 * the entries go the way of all answers and are judged one by one; else they are kept for the office. Safe to repeat.
 */
export async function deposit(request: DepositRequest, lane: Lane, now: Date): Promise<Result<DepositReply>> {
  const read = readTicket(request.ticket)
  const seat = read && (await seatOfTicket(read.seatId))
  if (!read || !seat) return refuse('seat', 'Kartu ini tidak dikenal. Jawaban tetap tersimpan di perangkat; hubungi pengawas ruang.')
  const voided = read.cardVersion !== seat.cardVersion
  const attempt = await store.attemptOf(seat.id, request.part)
  // Where the part was opened the phone has its token; a voided card's ticket alone adds nothing to it.
  if (attempt && voided)
    return refuse('seat', 'Kartu ini sudah diganti. Jawaban tetap tersimpan di perangkat; masuklah dengan kartu baru untuk mengirimnya.')
  const began = claimedStart(request, seat, now)
  const known = attempt !== null && (await store.devicesOf(attempt.id)).includes(request.device)
  const doubt = known
    ? null
    : voided
      ? 'card'
      : attempt?.state === 'closed'
        ? 'second'
        : began
          ? await doubtOf(seat, request, began, now)
          : 'proof'
  if (attempt && !doubt) {
    if (!(await store.admitDevice(attempt.id, request.device, null, now))) return tooMany
    const from = bearer(attempt.id, request.device, read.cardVersion)
    const outcome = await new Promise<Parameters<Parameters<Lane['submit']>[3]>[0]>((done) => lane.submit(from, request.entries, 0, done))
    if (!outcome.ok) return refuse('busy', 'Server sedang sibuk. Jawaban tetap tersimpan di perangkat dan dikirim lagi sendiri.')
    return ok({ ack: outcome.reply.ack, waits: false })
  }
  // A start that stands in no doubt opens the part by itself: the phone asks again.
  if (!doubt) return refuse('start', 'Tes ini masih dapat dibuka. Muat ulang halaman ini; jawaban di perangkat aman.')
  const claim = { seatId: seat.id, part: request.part, device: request.device, begunAt: began ?? now, reason: doubt }
  const ack = await keepClaim(claim, keepable(request.entries), MOST_BYTES, now)
  return ack === null ? tooMany : ok({ ack, waits: true })
}
