import { typeOfKey, type ItemScoring, type ResponseValue } from './model'
import { answersOf } from './types/answers'

/**
 * 0–1: the share of the item's full credit. An absent or malformed response earns 0. An extended response earns what its raters
 * gave (`rated`, 0–1); whether one is still being judged is for the caller to know.
 */
export function scoreResponse(scoring: ItemScoring, value: ResponseValue | undefined, rated = 0): number {
  return value === null || value === undefined ? 0 : answersOf(typeOfKey(scoring)).credit(scoring, value, rated)
}
