import { call, type Called } from './api.client'
import type { ServerClock } from './clock.client'
import { keepSeat, keptSeats, type KeptSeat } from './keep.client'
import { Desk, type DeskSeat } from './protocol'
import { toBase64 } from './seal'

/** Who sits at this phone. Several teachers may share one phone; each opens the own desk with the own card. */
const ACTIVE = 'petaguru.kursi'

/** Slow on purpose, so that a lost phone does not tell a card's code; the code itself is 60 bits. */
async function lockOf(seatId: string, code: string): Promise<string> {
  const plain = code
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '')
  const base = await crypto.subtle.importKey('raw', new TextEncoder().encode(plain), 'PBKDF2', false, ['deriveBits'])
  const salt = new TextEncoder().encode(seatId)
  return toBase64(new Uint8Array(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: 100_000 }, base, 256)))
}

export function activeSeatId(): string | null {
  try {
    return sessionStorage.getItem(ACTIVE) ?? localStorage.getItem(ACTIVE)
  } catch {
    return null
  }
}
/** `alone`: no other teacher uses this phone, so that tomorrow's page opens by itself. */
export function sitDown(seatId: string, alone: boolean): void {
  try {
    sessionStorage.setItem(ACTIVE, seatId)
    if (alone) localStorage.setItem(ACTIVE, seatId)
    else localStorage.removeItem(ACTIVE)
  } catch {
    /* the choice then lives as long as the page */
  }
}
export function standUp(): void {
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

/** Opens a desk with a card: by the server, or, when it is away, on a phone that this card has opened before. */
export async function openWithCard(clock: ServerClock, number: string, code: string): Promise<{ seat: DeskSeat } | { message: string }> {
  const answer = await call('login', { number, code }, Desk)
  learn(clock, answer)
  if (answer.kind === 'refused') return { message: answer.message }
  if (answer.kind === 'ok' && answer.value.seats[0]) {
    const seat = answer.value.seats[0]
    await keepSeat(seat, clock.now(), await lockOf(seat.seatId, code)).catch(() => undefined)
    return { seat }
  }
  const known = (await keptSeats().catch(() => [])).find((k) => k.seat.number === number.trim().toUpperCase())
  if (known?.lock && known.lock === (await lockOf(known.seat.seatId, code))) return { seat: known.seat }
  return {
    message: known
      ? 'Server belum dapat dihubungi dan kode kartu tidak cocok dengan yang pernah dipakai di ponsel ini. Periksa kodenya, lalu coba lagi.'
      : 'Server belum dapat dihubungi, dan kartu ini belum pernah dipakai di ponsel ini. Periksa jaringan, atau mintalah bantuan pengawas ruang.',
  }
}

/** Asks the server what lies on the desks of this phone now, and keeps the answer. Null when it is away. */
export async function refreshDesks(clock: ServerClock): Promise<{ seats: DeskSeat[]; refused: string | null } | null> {
  const kept = await keptSeats().catch((): KeptSeat[] => [])
  const answer = await call('desk', { tickets: kept.flatMap((k) => k.seat.ticket ?? []) }, Desk)
  learn(clock, answer)
  if (answer.kind === 'away') return null
  if (answer.kind === 'refused') return { seats: [], refused: answer.message }
  for (const seat of answer.value.seats) await keepSeat(seat, clock.now()).catch(() => undefined)
  return { seats: answer.value.seats, refused: null }
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
