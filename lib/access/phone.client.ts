import { dropDrafts } from '@/lib/platform/draft.client'

/**
 * Who holds this phone. Whoever enters, by card or account, takes it over: pages kept of anybody else go, and what may not go (answers
 * and notes that the server does not have yet) stays locked to its owner. The mark lies twice: for pages in localStorage, for the worker
 * that keeps pages in a cache of its own (public/page-worker.js).
 */
const HOLDER = 'petaguru.pemilik'
/** Somebody left while the network was away: the session is ended as soon as it is back. */
const LEAVING = 'petaguru.keluar'
const MARK = 'petaguru-pemilik'
const PAGES = 'petaguru-halaman-'

const local = <T>(work: (store: Storage) => T, otherwise: T): T => {
  try {
    return work(localStorage)
  } catch {
    return otherwise
  }
}

/** 'kursi:…' for a card, 'akun:…' for an account, null when nobody holds the phone. */
export const phoneHolder = (): string | null => local((s) => s.getItem(HOLDER), null)

/**
 * Brings the page's mark in line with the worker's. A browser writes localStorage to the disk seconds late: a phone that dies in
 * between comes up without the mark, or with an older one, and would shut its own teacher out. The cache is written at once.
 */
export async function recallHolder(): Promise<void> {
  if (!('caches' in globalThis)) return
  try {
    const mark = await (await caches.match('/pemilik', { cacheName: MARK }))?.text()
    local((s) => (mark ? s.setItem(HOLDER, mark) : s.removeItem(HOLDER)), undefined)
  } catch {
    /* the page's own mark then decides */
  }
}

/** Takes pages kept without a network off this phone, whoever's they are. */
export async function clearKeptPages(): Promise<void> {
  if (!('caches' in globalThis)) return
  const names = await caches.keys()
  await Promise.all(names.filter((n) => n.startsWith(PAGES)).map((n) => caches.delete(n)))
}

/** Gives the phone to a new holder. True when it was somebody else's; pages of before are then gone. */
export async function setHolder(holder: string | null): Promise<boolean> {
  const before = phoneHolder()
  local((s) => (holder ? s.setItem(HOLDER, holder) : s.removeItem(HOLDER)), undefined)
  if (before !== holder) await clearKeptPages().catch(() => undefined)
  if ('caches' in globalThis)
    await (holder ? caches.open(MARK).then((c) => c.put('/pemilik', new Response(holder))) : caches.delete(MARK)).catch(() => undefined)
  return before !== holder
}

export const isLeaving = (): boolean => local((s) => s.getItem(LEAVING) !== null, false)
/** Somebody has entered anew: what an earlier leaving still wanted is done. */
export const entered = (): void => local((s) => s.removeItem(LEAVING), undefined)

/** Ends the session at the server. False while it cannot be reached; it is tried again by the next page that has a network. */
export async function endSession(): Promise<boolean> {
  local((s) => s.setItem(LEAVING, '1'), undefined)
  try {
    const answer = await fetch('/keluar', { method: 'POST', redirect: 'manual', signal: AbortSignal.timeout(10_000) })
    if (answer.type !== 'opaqueredirect' && !answer.ok) return false
    entered()
    return true
  } catch {
    return false
  }
}

/** Takes everything off this phone that is nobody's duty to keep: pages, marks, settings, caches of tests. Unsent things stay where they are. */
export async function forgetCaches(): Promise<void> {
  dropDrafts(null)
  for (const key of ['petaguru.size', 'petaguru.clock', 'petaguru.kursi']) local((s) => s.removeItem(key), undefined)
  try {
    sessionStorage.clear()
  } catch {
    /* nothing was kept */
  }
  await setHolder(null)
  if (!('caches' in globalThis)) return
  await Promise.all(
    (await caches.keys()).filter((n) => n.startsWith('petaguru-packets') || n.startsWith(PAGES)).map((n) => caches.delete(n)),
  )
}
