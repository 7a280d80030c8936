import type { Ghost } from './ghosts/ghost'
import type { RehearsalRecord } from './model'
import type { StoredEntry } from '@/lib/delivery/inside'

/** A value as text that does not depend on the order of its keys: jsonb sorts them in its own way. */
function textOf(value: unknown): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return JSON.stringify(value ?? null)
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

export type Compared = Pick<
  RehearsalRecord['proof'],
  'written' | 'acknowledged' | 'stored' | 'lost' | 'altered' | 'surplus' | 'responsesWrong'
>
export const nothingCompared = (): Compared => ({
  written: 0,
  acknowledged: 0,
  stored: 0,
  lost: 0,
  altered: 0,
  surplus: 0,
  responsesWrong: 0,
})

/**
 * Compares one ghost's journal with what the database holds of it: every acknowledged entry once, as it was written, nothing
 * that was never written, and as current response to each item the last answer. Adds to `sum`. Pure.
 */
export function compare(
  sum: Compared,
  ghost: Pick<Ghost, 'journal' | 'acknowledged' | 'device'>,
  stored: readonly StoredEntry[],
  responses: Record<string, unknown>,
): void {
  const rows = new Map(stored.filter((r) => r.device === ghost.device).map((r) => [r.seq, r]))
  sum.written += ghost.journal.length
  sum.acknowledged += ghost.acknowledged
  sum.stored += stored.length
  sum.surplus += stored.length - rows.size + [...rows.keys()].filter((seq) => seq > ghost.journal.length).length
  const last = new Map<string, string>()
  for (const entry of ghost.journal) {
    const row = rows.get(entry.seq)
    if (!row) {
      if (entry.seq <= ghost.acknowledged) sum.lost++
      continue
    }
    const same = row.kind === entry.kind && row.item === (entry.item ?? null) && textOf(row.body) === textOf(entry.value)
    if (!same) sum.altered++
    if (entry.kind === 'answer') last.set(entry.item!, textOf(entry.value))
  }
  const items = Object.keys(responses)
  sum.responsesWrong +=
    items.filter((item) => last.get(item) !== textOf(responses[item])).length +
    [...last.keys()].filter((item) => !(item in responses)).length
}
