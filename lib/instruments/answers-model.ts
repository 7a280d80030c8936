import { formatExact } from '@/lib/platform/format'
import { typeOfKey, type ItemContent, type ItemScoring } from '@/lib/items/model'
import type { AnswerLine } from '@/lib/items/types/answer'
import { answersOf } from '@/lib/items/types/answers'

const keyFor = (content: ItemContent, scoring: ItemScoring | null) => (scoring && typeOfKey(scoring) === content.type ? scoring : null)

/** The choices of an item as lines, each with what the key says of it in words. */
export const answerLines = (content: ItemContent, scoring: ItemScoring | null): AnswerLine[] =>
  answersOf(content.type).lines(content, keyFor(content, scoring), formatExact)

/** What is right, in one line of words; an extended response has a line for each criterion. */
export function keyInWords(content: ItemContent, scoring: ItemScoring): string {
  const lines = answerLines(content, scoring).filter((l) => l.words)
  return answersOf(typeOfKey(scoring)).said(scoring, lines)
}
