import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Actor } from '@/lib/access/model'
import { act, allow, audit } from '@/lib/access/service'
import { config, derivedKey } from '@/lib/platform/config'
import { formatClock, fromWib, toDateInput } from '@/lib/platform/format'
import { crockford } from '@/lib/platform/random'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { takeTurn } from '@/lib/platform/turn-store'
import { guestPage, type GuestPage } from './day-model'
import * as store from './day-store'

/** A page for the guests of a test day: opened by the office for one day, read by whoever has its address, over with the day. */

/** 100 bits: nobody finds an address by trying. */
const KEY_LENGTH = 20
/** How long one reading serves every guest. */
const FRESH_MS = 5_000
const DAY_MS = 86_400_000

/** The address of one opening, derived so that nothing stored could leak it. */
const keyOf = (id: string): string => crockford(createHmac('sha256', derivedKey('guests')).update(id).digest(), KEY_LENGTH).toLowerCase()

const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

const bounds = (day: string): [Date, Date] => {
  const from = fromWib(day, '00:00')
  return [from, new Date(+from + DAY_MS)]
}

async function read(day: string, now: Date): Promise<GuestPage> {
  const [from, until] = bounds(day)
  const sittings = await store.sittingsBetween(from, until)
  const ids = sittings.map((s) => s.id)
  const [seats, events, others] = await Promise.all([store.seatsOf(ids), store.eventsOf(ids), store.othersOf(ids)])
  return guestPage(from, sittings, seats, events, others, now, formatClock)
}

const kept = new Map<string, { at: number; page: Promise<GuestPage> }>()

function pageOf(day: string, now: Date): Promise<GuestPage> {
  const key = `${config().DATABASE_URL}|${day}`
  const known = kept.get(key)
  if (known && Math.abs(+now - known.at) <= FRESH_MS) return known.page
  const page = read(day, now)
  kept.clear()
  kept.set(key, { at: +now, page })
  page.catch(() => kept.delete(key))
  return page
}

/** What a guest with this address reads today; null when the address is of no day, of another day, or was closed. */
export async function guestDay(key: string, now: Date): Promise<GuestPage | null> {
  const day = toDateInput(now)
  const opening = await store.standing(day)
  return opening && same(key.toLowerCase(), keyOf(opening.id)) ? pageOf(day, now) : null
}

export type GuestDesk = {
  page: GuestPage
  /** The path of the guests' page while it is open, and the whole address where this installation knows its own. */
  path: string | null
  address: string | null
  by: string | null
  openedAt: Date | null
  history: { openedAt: Date; closedAt: Date | null; by: string | null }[]
}

/** Today as the office sees it: whether guests may read, since when, and what they read. */
export async function guestDesk(actor: Actor, now: Date): Promise<GuestDesk> {
  allow(actor, 'cycle:manage')
  const day = toDateInput(now)
  const [all, page] = await Promise.all([store.openings(day), pageOf(day, now)])
  const opening = all.find((o) => !o.closedAt)
  const path = opening ? `/hari/${keyOf(opening.id)}` : null
  return {
    page,
    path,
    address: path && `${config().NEXTAUTH_URL?.replace(/\/$/, '') ?? ''}${path}`,
    by: opening?.by ?? null,
    openedAt: opening?.openedAt ?? null,
    history: all.map(({ openedAt, closedAt, by }) => ({ openedAt, closedAt, by })),
  }
}

/** Opens or closes today's page for guests. Asked again, it is as it stands; an address that was closed never opens again. */
export async function turnGuestDay(actor: Actor, open: boolean, now: Date): Promise<Result<{ open: boolean }>> {
  allow(actor, 'cycle:manage')
  const day = toDateInput(now)
  return act(async (tx) => {
    await takeTurn(tx, 'guest-day', day)
    const opening = await store.standing(day)
    if (Boolean(opening) === open) return ok({ open })
    if (open && (await store.sittingsBetween(...bounds(day))).length === 0)
      return refuse('none', 'Hari ini tidak ada sesi tes yang dihitung, jadi belum ada yang dapat diperlihatkan. Tidak ada yang berubah.')
    if (opening) await store.closeDay(tx, opening.id, now)
    else await store.openDay(tx, day, actor.userId!, now)
    await audit(actor, 'cycle:manage', `guest-day:${day}`, { detail: { open } }, tx)
    return ok({ open })
  })
}
