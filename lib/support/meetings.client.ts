/**
 * Meeting logs on the phone: written at once, sent when there is a network, kept until the server says that it has them.
 * An id is made here, so that a log sent twice counts once.
 */
export type DraftLog = { id: string; pairingId: string; heldOn: string; minutes: number; topic: string; note: string; writtenAt: number }
export type Outbox = { waiting: DraftLog[]; refused: { log: DraftLog; message: string }[] }

type Store = Pick<Storage, 'getItem' | 'setItem'>
const KEY = 'petaguru.pertemuan'
const EMPTY: Outbox = { waiting: [], refused: [] }

export function readOutbox(store: Store): Outbox {
  try {
    const found = JSON.parse(store.getItem(KEY) ?? 'null') as Partial<Outbox> | null
    return Array.isArray(found?.waiting) && Array.isArray(found.refused) ? { waiting: found.waiting, refused: found.refused } : EMPTY
  } catch {
    return EMPTY
  }
}
const write = (store: Store, box: Outbox) => store.setItem(KEY, JSON.stringify(box))

/** Puts a log into the outbox. Throws when the phone refuses to store it, so that nobody is told it is safe. */
export function putLog(store: Store, log: DraftLog): void {
  const box = readOutbox(store)
  write(store, { ...box, waiting: [...box.waiting, log] })
}

export function dropRefused(store: Store, id: string): void {
  const box = readOutbox(store)
  write(store, { ...box, refused: box.refused.filter((r) => r.log.id !== id) })
}

type Reply = { kept: string[]; refused: { id: string; message: string }[] }
const isReply = (x: unknown): x is Reply => Array.isArray((x as Reply | null)?.kept) && Array.isArray((x as Reply | null)?.refused)

/**
 * Sends what waits. 'sent' when the server judged all of it, 'away' when nobody answered as our server does (a captive portal
 * included), 'login' when the login has run out. Only what the server names leaves the outbox; logs written meanwhile stay.
 */
export async function sendOutbox(store: Store, post: (body: string) => Promise<Response>): Promise<'nothing' | 'sent' | 'away' | 'login'> {
  const { waiting } = readOutbox(store)
  if (waiting.length === 0) return 'nothing'
  const batch = waiting.slice(0, 100)
  let said: unknown
  try {
    const response = await post(JSON.stringify({ logs: batch }))
    if (response.status === 401 || response.status === 403) return 'login'
    if (!response.ok) return 'away'
    said = await response.json()
  } catch {
    return 'away'
  }
  if (!isReply(said)) return 'away'
  const kept = new Set(said.kept)
  const messages = new Map(said.refused.map((r) => [r.id, r.message]))
  const box = readOutbox(store)
  write(store, {
    waiting: box.waiting.filter((l) => !kept.has(l.id) && !messages.has(l.id)),
    refused: [...box.refused, ...box.waiting.flatMap((log) => (messages.has(log.id) ? [{ log, message: messages.get(log.id)! }] : []))],
  })
  return 'sent'
}
