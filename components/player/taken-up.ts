import { attemptKey, type KeptAttempt, type KeptEntry } from '@/lib/delivery/keep.client'
import { seedOf, type DeskPart, type DeskSeat, type StartReply } from '@/lib/delivery/model'
import type { ResponseValue } from '@/lib/items/model'

/** How an attempt begins on this phone, and what it and its journal together say when it is taken up again. */

type Begun = { seat: DeskSeat; part: DeskPart; device: string }
const nameOf = ({ seat, part, device }: Begun) => ({
  key: attemptKey(seat.seatId, part.part),
  seatId: seat.seatId,
  part: part.part,
  device,
})

/** An attempt as the server has opened it. */
export function openedAttempt(begun: Begun, reply: StartReply, now: number, before: KeptAttempt | undefined): KeptAttempt {
  return {
    ...nameOf(begun),
    title: reply.title,
    sha256: reply.packet.sha256,
    contentKey: reply.packet.contentKey,
    seed: reply.seed,
    startedAt: reply.clock.serverNow,
    deadline: reply.clock.deadline,
    paused: reply.clock.paused,
    closed: reply.clock.state === 'closed',
    provisional: false,
    token: reply.token,
    saved: reply.saved,
    flags: reply.flags,
    ...(before?.place ? { place: before.place } : {}),
    aliveAt: now,
  }
}

/** An attempt begun by the spoken code, which the server learns of later. `proof` shows that the code was heard. */
export function spokenAttempt(begun: Begun, opened: { sha256: string; contentKey: string; proof: string }, now: number): KeptAttempt {
  const { seat, part } = begun
  return {
    ...nameOf(begun),
    ...opened,
    title: part.title,
    seed: seedOf(seat.seatId, part.part),
    startedAt: now,
    deadline: now + part.minutes * 60_000 + seat.extraSeconds * 1000,
    paused: false,
    closed: false,
    provisional: true,
    token: null,
    saved: [],
    flags: [],
    aliveAt: now,
  }
}

export type TakenUp = {
  values: Map<string, ResponseValue>
  flags: Set<string>
  finished: boolean
  /** The item to show first: the one that was left, else the one that was answered last; undefined where nothing is known. */
  place: string | undefined
}

/** What is chosen and flagged, the later of server and journal for each item, and where to go on. */
export function takenUp(
  attempt: Pick<KeptAttempt, 'saved' | 'flags' | 'place'>,
  entries: Pick<KeptEntry, 'kind' | 'item' | 'value' | 'at'>[],
): TakenUp {
  const merged = new Map(attempt.saved.map((s) => [s.item, { value: (s.value ?? null) as ResponseValue, at: s.at }]))
  const flags = new Set(attempt.flags)
  let finished = false
  for (const e of entries) {
    if (e.kind === 'finish') finished = true
    if (!e.item) continue
    if (e.kind === 'answer' && e.at >= (merged.get(e.item)?.at ?? 0))
      merged.set(e.item, { value: (e.value ?? null) as ResponseValue, at: e.at })
    if (e.kind === 'flag' && e.value) flags.add(e.item)
    else if (e.kind === 'flag') flags.delete(e.item)
  }
  const [latest] = [...merged].sort(([, a], [, b]) => b.at - a.at)
  return { values: new Map([...merged].map(([item, { value }]) => [item, value])), flags, finished, place: attempt.place ?? latest?.[0] }
}
