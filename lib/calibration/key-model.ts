import type { ItemScoring } from '@/lib/items/model'

/** The newest correction of an item's key, and whether scores stand by it yet. */
export type KeyNews = { key: string; reason: string; at: Date; releasedAt: Date | null }

/** From the corrections of an item, newest first; null where its key was never corrected. */
export function keyNews(
  corrections: readonly { scoring: ItemScoring; reason: string; createdAt: Date; releasedAt: Date | null }[],
): KeyNews | null {
  const newest = corrections[0]
  return newest?.scoring.type === 'single'
    ? { key: newest.scoring.key, reason: newest.reason, at: newest.createdAt, releasedAt: newest.releasedAt }
    : null
}
