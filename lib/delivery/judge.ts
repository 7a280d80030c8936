import { JournalEntry } from './protocol'

/** One journal entry as the server keeps it: its time made plausible, its kind saying whether it counts. */
export type JudgedEntry = { seq: number; kind: string; item: string | null; body: unknown; at: number; late: boolean }

export type JudgeFacts = {
  /** Nothing can have happened before this, in ms: the earlier of the window's opening and the start. */
  earliest: number
  deadline: number
  now: number
  items: ReadonlySet<string>
}

/** Answers cannot be newer than now; clocks of phones may err a little, arrival does not. */
const FUTURE_SLACK_MS = 2_000
/** No honest test comes near this many entries on one phone. */
export const MAX_SEQ = 20_000

const isSeq = (seq: unknown): seq is number => typeof seq === 'number' && Number.isInteger(seq) && seq >= 1 && seq <= MAX_SEQ

/** Text that PostgreSQL can hold: no NUL, no half of a surrogate pair. */
const holdable = (text: string) => text.replaceAll('\u0000', '').toWellFormed()

/**
 * Turns raw entries into judged ones. What cannot be understood, or names an item of another form, is kept as `rejected`
 * so that the count goes on; an answer made after the end is kept as `overdue`. Pure.
 */
export function judge(raw: readonly unknown[], facts: JudgeFacts): { entries: JudgedEntry[]; skipped: number[] } {
  const entries: JudgedEntry[] = []
  const skipped: number[] = []
  const seen = new Set<number>()
  const late = facts.now > facts.deadline
  for (const one of raw) {
    const seq = (one as { seq?: unknown } | null)?.seq
    if (!isSeq(seq) || seen.has(seq)) continue
    seen.add(seq)
    const parsed = JournalEntry.safeParse(one)
    const foreign =
      parsed.success &&
      (parsed.data.kind === 'answer' || parsed.data.kind === 'flag') &&
      !(parsed.data.item && facts.items.has(parsed.data.item))
    if (!parsed.success || foreign) {
      skipped.push(seq)
      const reason = foreign ? 'butir bukan bagian formulir ini' : 'isi tidak dapat dibaca'
      const body = { reason, entry: holdable(JSON.stringify(one).slice(0, 300)) }
      entries.push({ seq, kind: 'rejected', item: null, body, at: facts.now, late: false })
      continue
    }
    const e = parsed.data
    const at = Math.min(Math.max(e.at, facts.earliest), facts.now + FUTURE_SLACK_MS)
    const kind = at > facts.deadline && e.kind === 'answer' ? 'overdue' : e.kind
    entries.push({ seq, kind, item: e.item ?? null, body: e.value ?? null, at, late })
  }
  return { entries, skipped }
}
