import { typeOfKey, type ItemContent, type ItemScoring, type ResponseValue } from './model'
import { scoreResponse } from './score'
import { answersOf } from './types/answers'

/** The highest whole-number category that a response to this item can reach in a measurement model. */
export const topCategory = (scoring: ItemScoring): number => answersOf(typeOfKey(scoring)).top(scoring)

/**
 * The whole-number category of a response, 0 … topCategory: the same order as its share of credit, so that raw points and
 * measurement never disagree on which of two responses to an item is better. An absent response is category 0.
 */
export function responseCategory(scoring: ItemScoring, value: ResponseValue | undefined, rated = 0): number {
  return answersOf(typeOfKey(scoring)).category(scoring, value, scoreResponse(scoring, value, rated), topCategory(scoring))
}

/** Options of an item of which exactly one is chosen, for distractor analysis; empty for other types. */
export const optionIds = (content: ItemContent): string[] => answersOf(content.type).oneOf?.options(content) ?? []

/** The best option of a choice item; null for other types. */
export const keyOf = (scoring: ItemScoring): string | null => answersOf(typeOfKey(scoring)).oneOf?.best(scoring) ?? null
