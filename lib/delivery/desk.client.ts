import { cardNumber } from '@/lib/access/card-number-model'
import { call, type Called } from './api.client'
import type { ServerClock } from './clock.client'
import { endSession, entered, isLeaving, phoneHolder, setHolder } from '@/lib/access/phone.client'
import { keepSeat, keptSeats, type KeptSeat } from './keep.client'
import { leavePhone } from './forget.client'
import { isKnownHere, keysOf, lockOthers, openSeats, unseal } from './locked.client'
import { Desk, type DeskSeat } from './protocol'

/** Who sits at this phone. Several teachers may share one phone; each opens the own desk with the own card, and it closes the others'. */
const ACTIVE = 'petaguru.kursi'

export function activeSeatId(): string | null {
  try {
    return sessionStorage.getItem(ACTIVE) ?? localStorage.getItem(ACTIVE)
  } catch {
    return null
  }
}
/** Tomorrow's page opens by itself for whoever still holds the phone. */
export function sitDown(seatId: string): void {
  try {
    sessionStorage.setItem(ACTIVE, seatId)
    localStorage.setItem(ACTIVE, seatId)
  } catch {
    /* the choice then lives as long as the page */
  }
}
function standUp(): void {
  try {
    sessionStorage.removeItem(ACTIVE)
    localStorage.removeItem(ACTIVE)
  } catch {
    /* nothing was kept */
  }
}

function learn(clock: ServerClock, answer: Called<Desk>): void {
  if (answer.kind === 'ok') clock.learn(answer.value.serverNow, answer.sent, answer.received)
}

/** Gives the phone to a seat: the own desk is kept open, everybody else's is closed. */
async function takeOver(seat: DeskSeat, clock: ServerClock, keys: { lock?: string; sealer?: CryptoKey }): Promise<void> {
  const owner = `kursi:${seat.seatId}`
  await setHolder(owner)
  await keepSeat(seat, clock.now(), { ...keys, owner }).catch(() => undefined)
  await lockOthers(clock.now()).catch(() => undefined)
}

/** Whoever sits here leaves: the desk closes for everybody, and the session ends, now or as soon as there is a network. */
export async function leaveDesk(): Promise<void> {
  standUp()
  await leavePhone()
}

/** Takes the phone over for a card that entered by the login form: its session names the seat. False when it cannot be asked. */
export async function takeOverBySession(clock: ServerClock): Promise<boolean> {
  const answer = await call('desk', { tickets: [] }, Desk)
  learn(clock, answer)
  const seat = answer.kind === 'ok' ? answer.value.seats[0] : undefined
  if (!seat) return false
  entered()
  await takeOver(seat, clock, {})
  return true
}

/**
 * Sits down at a seat that the own page of an account named: by the desk that lies open here, or by the session, whose holder then takes
 * the phone over. False where neither has it: a seat of somebody else opens nothing.
 */
export async function sitDownNamed(clock: ServerClock, seatId: string): Promise<boolean> {
  if (!(await openSeats().catch((): KeptSeat[] => [])).some((k) => k.seat.seatId === seatId)) {
    const answer = await call('desk', { tickets: [] }, Desk)
    learn(clock, answer)
    const own = answer.kind === 'ok' ? answer.value : null
    if (!own?.session || !own.seats.some((s) => s.seatId === seatId)) return false
    entered()
    await setHolder(own.session)
    for (const seat of own.seats) await keepSeat(seat, clock.now(), { owner: own.session }).catch(() => undefined)
    await lockOthers(clock.now()).catch(() => undefined)
  }
  sitDown(seatId)
  return true
}

/** Opens a desk with a card: by the server, or, when it is away, on a phone that this card has opened before. */
export async function openWithCard(clock: ServerClock, number: string, code: string): Promise<{ seat: DeskSeat } | { message: string }> {
  const answer = await call('login', { number, code }, Desk)
  learn(clock, answer)
  if (answer.kind === 'refused') return { message: answer.message }
  if (answer.kind === 'ok' && answer.value.seats[0]) {
    const seat = answer.value.seats[0]
    const keys = await keysOf(seat.seatId, code)
    await unseal(number, code).catch(() => null)
    entered()
    await takeOver(seat, clock, keys)
    return { seat }
  }
  const here = (await keptSeats().catch(() => [])).find((k) => k.seat.number === cardNumber(number))
  const keys = here?.lock ? await keysOf(here.seat.seatId, code) : null
  const seat = here && keys && here.lock === keys.lock ? here.seat : (await unseal(number, code).catch(() => null))?.seat
  if (seat) {
    // Who entered without the server leaves no session of somebody else behind: it ends with the next contact.
    if (phoneHolder() !== null && phoneHolder() !== `kursi:${seat.seatId}`) void endSession()
    await takeOver(seat, clock, keys ?? {})
    return { seat }
  }
  return {
    message: (await isKnownHere(number).catch(() => false))
      ? 'Server belum dapat dihubungi dan kode kartu tidak cocok dengan yang pernah dipakai di ponsel ini. Periksa kodenya, lalu coba lagi.'
      : 'Server belum dapat dihubungi, dan kartu ini belum pernah dipakai di ponsel ini. Periksa jaringan, atau mintalah bantuan pengawas ruang.',
  }
}

/** Asks the server what lies on the desks of this phone now, and keeps the answer. Null when it is away. */
export async function refreshDesks(clock: ServerClock): Promise<{ seats: DeskSeat[]; refused: string | null } | null> {
  // Who left without a network has not left the server yet: until then its session opens nothing here.
  if (isLeaving() && !(await endSession())) return null
  const kept = await openSeats().catch((): KeptSeat[] => [])
  const answer = await call('desk', { tickets: kept.flatMap((k) => k.seat.ticket ?? []) }, Desk)
  learn(clock, answer)
  if (answer.kind === 'away') return null
  if (answer.kind === 'refused') return { seats: [], refused: answer.message }
  // A session that is not the holder's opens nothing here: only what the holder's own tickets spoke for is kept.
  if (phoneHolder() === null && answer.value.session) await setHolder(answer.value.session)
  const known = new Set(kept.map((k) => k.seat.seatId))
  const seats = answer.value.seats.filter((s) => known.has(s.seatId) || (answer.value.session ?? null) === phoneHolder())
  for (const seat of seats) await keepSeat(seat, clock.now(), { owner: phoneHolder() }).catch(() => undefined)
  return { seats, refused: null }
}

/** Sets the clock by one small question. False when the server is away. */
export async function setClock(clock: ServerClock): Promise<boolean> {
  const sent = performance.now()
  try {
    const response = await fetch('/api/delivery/time', { cache: 'no-store', signal: AbortSignal.timeout(10_000) })
    const said = (await response.json()) as { serverNow?: unknown }
    if (!response.ok || typeof said.serverNow !== 'number') return false
    clock.learn(said.serverNow, sent, performance.now())
    return true
  } catch {
    return false
  }
}
