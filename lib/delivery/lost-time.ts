import { formatClock, formatDuration } from '@/lib/platform/format'
import { addAllowance, allowancesOfSitting, outageLimit } from '@/lib/sittings/inside'
import type { AttemptFacts } from './answer-store'
import type { JudgedEntry } from './judge'
import { creditedOutage } from './outage'
import { stableId } from './stable-id'
import * as store from './store'
import type { Bearer } from './token'

/** Gives the time back that a dead page cost, by the cycle's rule, and writes it where the minutes (berita acara) read it. */
export async function creditLostTime(facts: AttemptFacts, bearer: Bearer, entry: JudgedEntry): Promise<void> {
  const limit = await outageLimit(facts.sittingId)
  const sign = await store.lastSign(facts.id, new Date(entry.at))
  const claimed = typeof entry.body === 'number' ? entry.body : -1
  const before = (await allowancesOfSitting(facts.sittingId)).filter(
    (a) => a.seatId === facts.seatId && a.byUserId === null && a.startedAt >= facts.startedAt,
  )
  const given = before.reduce((sum, a) => sum + (a.seconds ?? 0), 0)
  const outage = creditedOutage(claimed, entry.at, sign?.getTime() ?? null, limit, given)
  if (!outage || (outage.seconds === 0 && limit === 0)) return
  const lost = Math.round((outage.to - outage.from) / 1000)
  const rest = lost > outage.seconds ? `; ${formatDuration(lost - outage.seconds)} di atas batas, diputuskan pengawas` : ''
  const words = `Halaman tes mati ${formatClock(new Date(outage.from))}–${formatClock(new Date(outage.to))}, dikembalikan menurut aturan${rest}`
  await addAllowance(
    {
      // A name for this very reopening, so that its credit is given once however often the entry arrives.
      id: stableId(`${bearer.attemptId}.${bearer.device}.${entry.seq}`),
      sittingId: facts.sittingId,
      roomId: facts.roomId,
      seatId: facts.seatId,
      kind: 'extend',
      seconds: outage.seconds,
      reason: words,
      byUserId: null,
    },
    new Date(Math.max(entry.at, facts.startedAt.getTime())),
  )
}
