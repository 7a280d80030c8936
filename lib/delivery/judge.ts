import type { ResponseValue } from '@/lib/items/model'
import { holdable } from '@/lib/platform/holdable'
import { JournalEntry } from './protocol'

/**
 * One journal entry as the server keeps it: its time made plausible, its kind saying whether it counts. `trimmed`: the journal
 * keeps that it happened but not what it said, because this phone has said more than any person can.
 */
export type JudgedEntry = { seq: number; kind: string; item: string | null; body: unknown; at: number; late: boolean; trimmed: boolean }

export type JudgeFacts = {
  /** Nothing can have happened before this, in ms: the earlier of the window's opening and the start. */
  earliest: number
  deadline: number
  now: number
  /** Until when (ms) an answer that was made in time counts by itself; afterwards it waits for the office. Absent: for ever. */
  graceEnd?: number
  /** The card behind this phone's token was voided at this moment (ms): what was made later waits. */
  voidedAt?: number | null
  /** The items of the form. */
  items: ReadonlySet<string>
  /** Whether an item's screen can give a value. Absent: every readable one. */
  gives?: (item: string, value: ResponseValue) => boolean
  /** Bytes that this phone may still add to the journal. Absent: no limit. */
  room?: number
}

/** Answers cannot be newer than now; clocks of phones may err a little, arrival does not. */
const FUTURE_SLACK_MS = 2_000
/** No honest test comes near this many entries on one phone. */
export const MAX_SEQ = 20_000

const isSeq = (seq: unknown): seq is number => typeof seq === 'number' && Number.isInteger(seq) && seq >= 1 && seq <= MAX_SEQ

/** Letters of the word that may go with an entry that is no answer (why a test ended, where a page opened). */
const LONGEST_REASON = 40

/** Why an entry says nothing about this form; null when it does. */
function refusal(entry: JournalEntry, { items, gives }: JudgeFacts): string | null {
  if (entry.kind !== 'answer' && entry.kind !== 'flag') {
    // Times, positions and reasons: a number or a word, never a document.
    const long = typeof entry.value === 'string' && entry.value.length > LONGEST_REASON
    return long || (typeof entry.value === 'object' && entry.value !== null) ? 'isi tidak sesuai jenis catatan' : null
  }
  if (!entry.item || !items.has(entry.item)) return 'butir bukan bagian formulir ini'
  if (entry.kind === 'flag') return typeof entry.value === 'boolean' ? null : 'isi tidak sesuai jenis catatan'
  if (typeof entry.value === 'boolean') return 'isi tidak mungkin untuk butir ini'
  return !gives || gives(entry.item, entry.value ?? null) ? null : 'isi tidak mungkin untuk butir ini'
}

/**
 * Turns raw entries into judged ones. What cannot be understood, names an item of another form, or says what the item's screen
 * cannot give, is kept as `rejected` so that the count goes on; an answer made after the end is kept as `overdue`; one that was
 * made in time and arrives after the grace, or from a phone whose card was voided, is `held` for the office. Pure.
 */
export function judge(raw: readonly unknown[], facts: JudgeFacts): { entries: JudgedEntry[]; skipped: number[]; bytes: number } {
  const entries: JudgedEntry[] = []
  const skipped: number[] = []
  const seen = new Set<number>()
  const { graceEnd = Infinity, voidedAt = null, room = Infinity } = facts
  const late = facts.now > facts.deadline
  let bytes = 0
  for (const one of raw) {
    const seq = (one as { seq?: unknown } | null)?.seq
    if (!isSeq(seq) || seen.has(seq)) continue
    seen.add(seq)
    const parsed = JournalEntry.safeParse(one)
    const reason = parsed.success ? refusal(parsed.data, facts) : 'isi tidak dapat dibaca'
    if (!parsed.success || reason) {
      skipped.push(seq)
      const trimmed = bytes >= room
      const body = { reason, entry: holdable(JSON.stringify(one).slice(0, 300)) }
      if (!trimmed) bytes += 400
      entries.push({ seq, kind: 'rejected', item: null, body, at: facts.now, late: false, trimmed })
      continue
    }
    const e = parsed.data
    const at = Math.min(Math.max(e.at, facts.earliest), facts.now + FUTURE_SLACK_MS)
    const body = e.value ?? null
    const size = JSON.stringify(body).length
    const trimmed = bytes + size > room
    if (!trimmed) bytes += size
    const waits = facts.now > graceEnd || (voidedAt !== null && at > voidedAt)
    const kind = e.kind !== 'answer' ? e.kind : at > facts.deadline ? 'overdue' : waits ? (trimmed ? 'rejected' : 'held') : 'answer'
    entries.push({ seq, kind, item: e.item ?? null, body, at, late, trimmed })
  }
  return { entries, skipped, bytes }
}
