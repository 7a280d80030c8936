import { cardNumber } from '@/lib/access/card-number-model'
import { phoneHolder } from '@/lib/access/phone.client'
import { forgetSeat, keptAll, keptSeats, restoreAll, setSeatOwner, unsent, type KeptAll, type KeptSeat } from './keep.client'
import { fromBase64, toBase64 } from './seal'

/**
 * Desks of people who do not hold this phone. What the server has is sealed with the owner's card, so that the own card opens it again
 * without a network and nothing else does; without a card it goes. What the server does not have stays, shown to nobody, until it is
 * handed in (handin.client).
 */
const PREFIX = 'petaguru.segel.'
/** A sealed desk is kept so long after the end of its sitting. */
const KEEP_MS = 3 * 86_400_000

type Sealed = { number: string; until: number; iv: string; box: string }

const plainOf = (code: string): string =>
  code
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '')

/** Slow on purpose, so that a lost phone does not tell a card's code; the code itself is 60 bits. The lock is compared, the sealer seals. */
export async function keysOf(seatId: string, code: string): Promise<{ lock: string; sealer: CryptoKey }> {
  const base = await crypto.subtle.importKey('raw', new TextEncoder().encode(plainOf(code)), 'PBKDF2', false, ['deriveBits'])
  const salt = new TextEncoder().encode(seatId)
  const bits = new Uint8Array(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: 100_000 }, base, 512))
  const sealer = await crypto.subtle.importKey('raw', bits.slice(32), 'AES-GCM', false, ['encrypt', 'decrypt'])
  return { lock: toBase64(bits.slice(0, 32)), sealer }
}

/** Whether the desk belongs to whoever holds the phone. Desks from before holders were known belong to a phone that nobody has taken. */
export const isOpen = (kept: KeptSeat): boolean => (kept.owner ?? null) === phoneHolder()

export const openSeats = async (): Promise<KeptSeat[]> => (await keptSeats()).filter(isOpen)

function sealedOnes(): { seatId: string; sealed: Sealed }[] {
  try {
    return Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i)!)
      .filter((k) => k.startsWith(PREFIX))
      .map((k) => ({ seatId: k.slice(PREFIX.length), sealed: JSON.parse(localStorage.getItem(k)!) as Sealed }))
  } catch {
    return []
  }
}

/** Numbers of those whose desks lie here, closed: no name, no result. */
export async function lockedNumbers(): Promise<string[]> {
  const kept = (await keptSeats()).filter((k) => !isOpen(k)).map((k) => k.seat.number)
  return [...new Set([...kept, ...sealedOnes().map((s) => s.sealed.number)])].sort()
}

async function seal(kept: KeptSeat, all: KeptAll): Promise<boolean> {
  if (!kept.sealer) return false
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const { sealer: _sealer, ...seat } = kept
  const words = new TextEncoder().encode(JSON.stringify({ ...all, seat }))
  const box = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, kept.sealer, words))
  const sealed: Sealed = { number: kept.seat.number, until: kept.seat.closesAt + KEEP_MS, iv: toBase64(iv), box: toBase64(box) }
  localStorage.setItem(PREFIX + kept.seat.seatId, JSON.stringify(sealed))
  return true
}

/** Attempts that a tab of this browser is writing in right now. */
async function inUse(seatId: string): Promise<boolean> {
  const held = (await navigator.locks?.query().catch(() => null))?.held ?? []
  return held.some((l) => l.name?.startsWith(`petaguru-${seatId}.`))
}

/** Closes the desks of everybody who does not hold the phone. Safe to call at any time, and again once something was handed in. */
export async function lockOthers(now: number): Promise<void> {
  for (const kept of await keptSeats()) {
    const { seatId } = kept.seat
    if (isOpen(kept)) continue
    if ((await unsent(seatId)) > 0 || (await inUse(seatId))) continue
    try {
      if (kept.seat.closesAt + KEEP_MS > now) await seal(kept, await keptAll(seatId))
    } catch {
      // A full phone cannot seal: the desk then stays as it is, shown to nobody.
      continue
    }
    await forgetSeat(seatId)
  }
  for (const { seatId, sealed } of sealedOnes()) if (sealed.until < now) localStorage.removeItem(PREFIX + seatId)
}

/** Nobody holds desks that nobody took: from before holders were known, they get their seat as owner, so that leaving closes them too. */
export async function ownOwnerless(): Promise<void> {
  for (const kept of await keptSeats()) if (kept.owner === undefined) await setSeatOwner(kept.seat.seatId, `kursi:${kept.seat.seatId}`)
}

/** Opens a sealed desk with its card and puts back what it held; null when no desk here is that card's. */
export async function unseal(number: string, code: string): Promise<KeptSeat | null> {
  for (const { seatId, sealed } of sealedOnes()) {
    if (sealed.number !== cardNumber(number)) continue
    const { sealer } = await keysOf(seatId, code)
    try {
      const words = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: fromBase64(sealed.iv) }, sealer, fromBase64(sealed.box))
      const { seat, ...all } = JSON.parse(new TextDecoder().decode(words)) as KeptAll & { seat: KeptSeat }
      const kept: KeptSeat = { ...seat, sealer }
      await restoreAll(kept, all)
      localStorage.removeItem(PREFIX + seatId)
      return kept
    } catch {
      continue
    }
  }
  return null
}

/** Whether a desk of this number lies here, sealed or locked. */
export const isKnownHere = async (number: string): Promise<boolean> => (await lockedNumbers()).includes(cardNumber(number))

/** Throws sealed desks away. */
export function dropSealed(): void {
  for (const { seatId } of sealedOnes()) localStorage.removeItem(PREFIX + seatId)
}
