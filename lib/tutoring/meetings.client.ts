/**
 * Meeting notes, confirmations and withdrawals on the phone: written at once, sent when there is a network, kept until the server says that it has
 * them. An id is made here, so that what is sent twice counts once. Every teacher has an outbox of the own, with a ticket that hands it in
 * after the login has ended or while somebody else uses the phone; what is in another's outbox is never shown.
 */
export type DraftLog = {
  id: string
  pairingId: string
  heldOn: string
  startsMinute: number | null
  minutes: number
  topic: string
  note: string
  writtenAt: number
  revision: number
  /** No revision of it has been posted yet, so that nobody but this phone can have it. */
  unsent?: true
}
export type DraftAnswer = { id: string; meetingId: string; revision: number; answer: 'yes' | 'no'; writtenAt: number }
/** A note of one's own that is taken back, in the revision that was seen. */
export type DraftWithdrawal = { id: string; meetingId: string; revision: number; writtenAt: number }
export type Outbox = {
  ticket: string | null
  waiting: DraftLog[]
  answers: DraftAnswer[]
  withdrawals: DraftWithdrawal[]
  refused: { id: string; title: string; message: string }[]
}

export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>
type Post = (body: string) => Promise<Response>
const PREFIX = 'petaguru.pertemuan.'
/** Notes from before outboxes had owners. */
const OWNERLESS = 'petaguru.pertemuan'

const list = <T>(x: unknown): T[] => (Array.isArray(x) ? (x as T[]) : [])
function read(store: Store, key: string): Outbox {
  try {
    const found = JSON.parse(store.getItem(key) ?? 'null') as Partial<Outbox> | null
    return {
      ticket: typeof found?.ticket === 'string' ? found.ticket : null,
      waiting: list(found?.waiting),
      answers: list(found?.answers),
      withdrawals: list(found?.withdrawals),
      refused: list(found?.refused),
    }
  } catch {
    return { ticket: null, waiting: [], answers: [], withdrawals: [], refused: [] }
  }
}
const holds = (box: Outbox): number => box.waiting.length + box.answers.length + box.withdrawals.length
/** An outbox with nothing in it leaves nothing on the phone, its ticket included. */
function write(store: Store, key: string, box: Outbox): void {
  if (holds(box) + box.refused.length === 0) store.removeItem(key)
  else store.setItem(key, JSON.stringify(box))
}

export const readOutbox = (store: Store, owner: string): Outbox => read(store, PREFIX + owner)

/** Puts a note into the owner's outbox. Throws when the phone refuses to store it, so that nobody is told it is safe. */
export function putLog(store: Store, owner: string, ticket: string, log: DraftLog): void {
  const box = readOutbox(store, owner)
  const before = box.waiting.find((l) => l.id === log.id)
  const unsent = before ? before.unsent : log.revision === 1
  const put: DraftLog = unsent ? { ...log, unsent } : log
  write(store, PREFIX + owner, { ...box, ticket, waiting: [...box.waiting.filter((l) => l.id !== log.id), put] })
}

/**
 * Takes an own note back. One that never left this phone is gone with that; any other may lie at the server already, also where its answer
 * was lost: it goes there with its withdrawal.
 */
export function takeBack(store: Store, owner: string, ticket: string, withdrawal: DraftWithdrawal): void {
  const box = readOutbox(store, owner)
  const { meetingId } = withdrawal
  if (box.waiting.some((l) => l.id === meetingId && l.unsent))
    return write(store, PREFIX + owner, { ...box, waiting: box.waiting.filter((l) => l.id !== meetingId) })
  const newest = Math.max(withdrawal.revision, ...box.waiting.filter((l) => l.id === meetingId).map((l) => l.revision))
  const withdrawals = [...box.withdrawals.filter((w) => w.meetingId !== meetingId), { ...withdrawal, revision: newest }]
  write(store, PREFIX + owner, { ...box, ticket, withdrawals })
}

/** The same for a confirmation; of two to one note the later stands. */
export function putAnswer(store: Store, owner: string, ticket: string, answer: DraftAnswer): void {
  const box = readOutbox(store, owner)
  write(store, PREFIX + owner, { ...box, ticket, answers: [...box.answers.filter((a) => a.meetingId !== answer.meetingId), answer] })
}

export function dropRefused(store: Store, owner: string, id: string): void {
  const box = readOutbox(store, owner)
  write(store, PREFIX + owner, { ...box, refused: box.refused.filter((r) => r.id !== id) })
}

/** Notes without an owner that belong to the owner's pairs become hers; others stay unseen until their writer comes. */
export function adoptOwnerless(store: Store, owner: string, ticket: string, pairIds: readonly string[]): void {
  const old = read(store, OWNERLESS)
  const mine = old.waiting.filter((l) => pairIds.includes(l.pairingId))
  if (mine.length === 0) return
  for (const log of mine) putLog(store, owner, ticket, { ...log, startsMinute: log.startsMinute ?? null, revision: log.revision ?? 1 })
  write(store, OWNERLESS, { ...old, waiting: old.waiting.filter((l) => !pairIds.includes(l.pairingId)) })
}

/**
 * What lies in outboxes of records that the owner's has taken up goes into hers: they are one person's, and what was refused there is hers to
 * read. Her own outbox is written first, so that a phone that refuses loses nothing.
 */
export function adoptFormer(store: Store, owner: string, ticket: string, formerly: readonly string[]): void {
  for (const former of formerly) {
    const old = readOutbox(store, former)
    if (holds(old) + old.refused.length === 0) continue
    const box = readOutbox(store, owner)
    const others = <T extends { id: string }>(known: T[], more: T[]) => [...known, ...more.filter((m) => !known.some((k) => k.id === m.id))]
    write(store, PREFIX + owner, {
      ticket,
      waiting: others(box.waiting, old.waiting),
      answers: others(box.answers, old.answers),
      withdrawals: others(box.withdrawals, old.withdrawals),
      refused: others(box.refused, old.refused),
    })
    store.removeItem(PREFIX + former)
  }
}

type Reply = { kept: string[]; refused: { id: string; message: string }[] }
const isReply = (x: unknown): x is Reply => Array.isArray((x as Reply | null)?.kept) && Array.isArray((x as Reply | null)?.refused)
export type Sent = 'nothing' | 'sent' | 'away' | 'login'

/** As many of a kind as travel in one post. */
const MOST = 100

async function sendBox(store: Store, owner: string, post: Post): Promise<Sent> {
  const key = PREFIX + owner
  const before = read(store, key)
  if (holds(before) === 0) return 'nothing'
  const { ticket } = before
  const waiting = before.waiting.map(({ unsent: _unsent, ...log }, i) => (i < MOST ? log : before.waiting[i]!))
  const [answers, withdrawals] = [before.answers.slice(0, MOST), before.withdrawals.slice(0, MOST)]
  // From here on the server may have them, whatever is heard of it. A phone that cannot even write that down still sends.
  try {
    write(store, key, { ...before, waiting })
  } catch {
    // Taken back on this phone, such a note would stay at the server, where its writer sees it and takes it back there.
  }
  let said: unknown
  try {
    const body = { owner, ...(ticket ? { ticket } : {}), logs: waiting.slice(0, MOST), answers, withdrawals }
    const response = await post(JSON.stringify(body))
    if (response.status === 401 || response.status === 403) return 'login'
    if (!response.ok) return 'away'
    said = await response.json()
  } catch {
    return 'away'
  }
  if (!isReply(said)) return 'away'
  const box = read(store, key)
  const kept = new Set(said.kept)
  const messages = new Map(said.refused.map((r) => [r.id, r.message]))
  // What was changed while it travelled is not what the server has: it stays.
  const same = (l: DraftLog) => waiting.some((w) => w.id === l.id && w.revision === l.revision)
  const settled = (id: string) => kept.has(id) || messages.has(id)
  const words = (id: string, title: string) => (messages.has(id) ? [{ id, title, message: messages.get(id)! }] : [])
  write(store, key, {
    ...box,
    waiting: box.waiting.filter((l) => !(settled(l.id) && same(l))),
    answers: box.answers.filter((a) => !settled(a.id)),
    withdrawals: box.withdrawals.filter((w) => !settled(w.id)),
    refused: [
      ...box.refused.filter((r) => !messages.has(r.id)),
      ...box.waiting.flatMap((l) => (same(l) ? words(l.id, `Catatan “${l.topic}”`) : [])),
      ...box.answers.flatMap((a) => words(a.id, 'Konfirmasi pertemuan')),
      ...box.withdrawals.flatMap((w) => words(w.id, 'Penarikan catatan')),
    ],
  })
  // A ticket hands in notes alone: confirmations and withdrawals wait for the login of whoever made them.
  return [...answers, ...withdrawals].some((a) => !settled(a.id)) ? 'login' : 'sent'
}

/**
 * Sends what waits in the owner's outbox. 'sent' when the server judged all of it, 'away' when nobody answered as our server does (a
 * captive portal included), 'login' when neither login nor ticket is good. Only what the server names leaves the outbox.
 */
export const sendOutbox = (store: Store, owner: string, post: Post): Promise<Sent> => sendBox(store, owner, post)

/** Hands in what others left on this phone, by their own tickets and without showing it. What the server has is gone from the phone. */
export async function sendLockedOutboxes(store: Store, owner: string | null, post: Post): Promise<void> {
  const keys = Array.from({ length: store.length }, (_, i) => store.key(i)).filter((k): k is string => k?.startsWith(PREFIX) ?? false)
  for (const key of keys) if (key !== PREFIX + (owner ?? '')) await sendBox(store, key.slice(PREFIX.length), post)
}

/** Posts to the door of the meetings. */
export const postMeetings: Post = (body) =>
  fetch('/api/support/pertemuan', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(20_000),
  })
