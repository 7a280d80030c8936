import { typeOfKey, type ItemScoring } from '../model'
import { answersOf } from '../types/answers'

/** A key as plain data for reports: what is right, and the worth of everything else where it has some. */
export const scoringSummary = (scoring: ItemScoring): Record<string, unknown> => answersOf(typeOfKey(scoring)).summary(scoring)
