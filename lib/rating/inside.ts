import * as store from './store'

/** Inside the house: what other rooms, the worker and the command line ask of this one. Nothing here asks who acts, so no screen can import it (decision 043). */

export const collectResponses = store.collect

/** Shares of full credit from raters, by attempt and item version. What is still being judged is not in it. */
export async function ratedShares(attemptIds: string[]): Promise<Map<string, Map<string, number>>> {
  const out = new Map<string, Map<string, number>>()
  if (!attemptIds.length) return out
  for (const { attemptId, itemVersionId, share } of await store.sharesOf(attemptIds))
    out.set(attemptId, (out.get(attemptId) ?? new Map<string, number>()).set(itemVersionId, share))
  return out
}

/** How many responses of an instrument still wait for raters. */
export async function unratedCount(instrumentId: string): Promise<number> {
  return (await store.progressOf(instrumentId)).reduce((n, i) => n + i.waiting + i.disputed, 0)
}
