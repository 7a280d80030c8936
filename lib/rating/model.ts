import { isAnswered, type ItemScoring, type ResponseValue } from '@/lib/items/model'

/** Shares of full credit that raters gave, by item version. */
export type RatedShares = ReadonlyMap<string, number>

/** Whether an answer still waits for its raters: it counts neither for nor against anybody until then. */
export const isUnrated = (
  item: { itemVersionId: string; scoring: ItemScoring },
  value: ResponseValue | undefined,
  rated: RatedShares,
): boolean => item.scoring.type === 'extended' && isAnswered(value) && !rated.has(item.itemVersionId)
