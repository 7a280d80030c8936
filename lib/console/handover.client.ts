import type { HandoverPayload } from '@/lib/delivery/handover'
import { DepositReply, MAX_BATCH, Refusal, StartReply, SyncReply } from '@/lib/delivery/protocol'

/** What the phone would have done: start, then its entries until they are acknowledged. Safe to repeat. */

export type Delivered = { ok: true; entries: number; complete: boolean } | { ok: false; message: string; retry: boolean }
type Post = (path: string, body: unknown) => Promise<{ status: number; body: unknown }>

const seqOf = (entry: unknown): number => Number((entry as { seq?: unknown } | null)?.seq ?? 0)
const away: Delivered = { ok: false, message: 'Menunggu jaringan.', retry: true }

/** Posts to the answer lane as a phone does. */
export async function postJson(path: string, body: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  })
  return { status: response.status, body: await response.json() }
}

const worded = (reply: { status: number; body: unknown }): Delivered => {
  if (reply.status === 429 || reply.status >= 500) return away
  const refusal = Refusal.safeParse(reply.body)
  return { ok: false, retry: false, message: refusal.success ? refusal.data.message : 'Server menolak catatan ponsel ini.' }
}

/** The seat that a payload speaks for: the first word of its ticket. The server checks the ticket itself. */
export const seatOf = (payload: HandoverPayload): string => payload.start.ticket.split('.')[0] ?? ''

/** Hands a phone's journal in on its behalf. */
export async function deliver(payload: HandoverPayload, post: Post = postJson): Promise<Delivered> {
  try {
    const started = await post('/api/delivery/start', payload.start)
    const opened = StartReply.safeParse(started.body)
    // A voided card opens nothing, but the answers written before it was voided still count.
    const token = opened.success ? opened.data.token : payload.token
    if (started.status === 429 || started.status >= 500) return worded(started)
    const entries = payload.entries.toSorted((a, b) => seqOf(a) - seqOf(b))
    let ack = 0
    for (let from = 0; from < Math.max(1, entries.length); from += MAX_BATCH) {
      const some = entries.slice(from, from + MAX_BATCH)
      // Where no token is to be had the journal is still taken in: the server decides what counts and what waits for the office.
      const sent = token
        ? await post('/api/delivery/sync', { token, entries: some, position: 0 })
        : await post('/api/delivery/deposit', { ...payload.start, entries: some })
      const reply = (token ? SyncReply : DepositReply).safeParse(sent.body)
      if (!reply.success) return worded(sent)
      ack = reply.data.ack
    }
    return { ok: true, entries: entries.length, complete: entries.length === 0 || ack >= seqOf(entries.at(-1)) }
  } catch {
    return away
  }
}
