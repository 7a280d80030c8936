import { derivedKey } from '@/lib/platform/config'
import { log } from '@/lib/platform/log'
import { refuse } from '@/lib/platform/result'
import { scoringItems } from '@/lib/instruments/service'
import { deadlineOf } from './deadline'
import { JournalEntry, SyncRequest, type Clock, type SyncReply } from './protocol'
import * as store from './store'
import { readToken } from './token'

/** Told when an attempt has just closed or changed after closing; the scoring room listens. */
export type OnSettled = (attemptId: string) => Promise<void>

/** Answers cannot be older than the attempt or newer than now; clocks of phones may err, arrival does not. */
const FUTURE_SLACK_MS = 2_000

/** Turns raw entries into judged ones; what cannot be understood is kept as `rejected` so that the count goes on. */
export function judge(
  raw: unknown[],
  facts: { startedAt: Date; deadline: Date; now: Date; items: Set<string> },
): { entries: store.JudgedEntry[]; skipped: number[] } {
  const entries: store.JudgedEntry[] = []
  const skipped: number[] = []
  const seen = new Set<unknown>()
  for (const one of raw) {
    const parsed = JournalEntry.safeParse(one)
    const seq = (one as { seq?: unknown } | null)?.seq
    if (seen.has(seq)) continue
    seen.add(seq)
    const wrongItem =
      parsed.success &&
      (parsed.data.kind === 'answer' || parsed.data.kind === 'flag') &&
      !(parsed.data.item && facts.items.has(parsed.data.item))
    if (!parsed.success || wrongItem) {
      if (typeof seq !== 'number' || !Number.isInteger(seq) || seq < 1 || seq > 2_000_000_000) continue
      skipped.push(seq)
      const reason = wrongItem ? 'butir bukan bagian formulir ini' : 'isi tidak dapat dibaca'
      entries.push({
        seq,
        kind: 'rejected',
        item: null,
        body: { reason, entry: JSON.stringify(one).slice(0, 500) },
        at: facts.now,
        late: false,
        counts: false,
      })
      continue
    }
    const e = parsed.data
    const at = new Date(Math.min(Math.max(e.at, facts.startedAt.getTime()), facts.now.getTime() + FUTURE_SLACK_MS))
    const afterEnd = at > facts.deadline
    const kind = afterEnd && e.kind === 'answer' ? 'overdue' : e.kind
    entries.push({ seq: e.seq, kind, item: e.item ?? null, body: e.value ?? null, at, late: facts.now > facts.deadline, counts: !afterEnd })
  }
  return { entries, skipped }
}

export function clockOf(context: store.SyncContext, now: Date): Clock {
  const { deadline, paused } = deadlineOf(context, now)
  return { serverNow: now.getTime(), deadline: deadline.getTime(), paused, state: context.state }
}

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } })

const refusal = (code: string, message: string, status: number): Response => {
  const r = refuse(code, message)
  return json(r.ok ? {} : { code: r.code, message: r.message }, status)
}

/** POST /api/delivery/sync. Web-standard in and out, so that it can stand behind any server or a test. */
export async function handleSync(request: Request, now: Date, onSettled: OnSettled): Promise<Response> {
  const body: unknown = await request.json().catch(() => null)
  const parsed = SyncRequest.safeParse(body)
  if (!parsed.success) return refusal('format', 'Kiriman tidak dapat dibaca. Jawaban tetap tersimpan di perangkat.', 400)
  const bearer = readToken(derivedKey('attempt'), parsed.data.token)
  if (!bearer)
    return refusal('token', 'Sesi tes ini tidak dikenal. Jawaban tetap tersimpan di perangkat; masuk kembali untuk mengirimnya.', 401)
  const context = await store.syncContext(bearer.attemptId)
  if (!context) return refusal('attempt', 'Tes ini tidak ditemukan. Jawaban tetap tersimpan di perangkat; hubungi pengawas.', 404)

  const { deadline } = deadlineOf(context, now)
  const { entries, skipped } = judge(parsed.data.entries, {
    startedAt: context.startedAt,
    deadline,
    now,
    items: new Set((await scoringItems(context.formId)).map((i) => i.itemVersionId)),
  })
  const { ack, changed, finishing } = await store.appendBatch(bearer.attemptId, bearer.device, entries, parsed.data.position, now)
  // The answers are durable now. Scoring that fails must not take the acknowledgement with it: the attempt stays marked, and the job clock scores it.
  const settle = () =>
    onSettled(bearer.attemptId).catch((error: unknown) => log().error({ err: error, attemptId: bearer.attemptId }, 'scoring failed'))
  let state = context.state
  if (state === 'open' && finishing && (await store.closeIfFinished(bearer.attemptId, now))) {
    state = 'closed'
    await settle()
  } else if (context.state === 'closed' && changed > 0) {
    await settle()
  }
  const reply: SyncReply = {
    ack,
    active: !context.activeDevice || context.activeDevice === bearer.device,
    skipped,
    clock: { ...clockOf(context, now), state },
  }
  return json(reply)
}
