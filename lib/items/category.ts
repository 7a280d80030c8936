import type { GapKey, ItemContent, ItemScoring, ResponseValue } from './model'
import { scoreResponse } from './score'

/** One step a gap; a single gap with half credits has a step for each of its credits. */
function gapSteps(keys: readonly GapKey[]): number {
  if (keys.length !== 1) return keys.length
  const key = keys[0]!
  const credits = key.kind === 'choice' ? Object.values(key.credits) : key.answers.map((a) => a.credit)
  return new Set(credits.filter((c) => c > 0)).size
}

/** The highest whole-number category that a response to this item can reach in a measurement model. */
export function topCategory(scoring: ItemScoring): number {
  switch (scoring.type) {
    case 'single':
      return 1
    case 'ordering':
      return 1
    case 'areas':
      return scoring.areas.filter((a) => a.points > 0).length
    case 'multiple':
    case 'hottext':
    case 'hotspot':
    case 'matching':
      return scoring.rule === 'all' ? 1 : scoring.keys.length
    case 'short':
    case 'numeric':
    case 'cloze':
      return scoring.rule === 'all' ? 1 : gapSteps(Object.values(scoring.gaps))
    case 'extended':
      return scoring.rubric.reduce((sum, c) => sum + c.levels.length - 1, 0)
    case 'truefalse':
      return Object.keys(scoring.keys).length
    case 'graded':
      return new Set(Object.values(scoring.scores)).size - 1
    case 'likert':
      return scoring.points - 1
  }
}

/**
 * The whole-number category of a response, 0 … topCategory: the same order as its share of credit, so that raw points and
 * measurement never disagree on which of two responses to an item is better. An absent response is category 0.
 */
export function responseCategory(scoring: ItemScoring, value: ResponseValue | undefined, rated = 0): number {
  if (scoring.type === 'graded') {
    const ladder = [...new Set(Object.values(scoring.scores))].sort((a, b) => a - b)
    return typeof value === 'string' && Object.hasOwn(scoring.scores, value) ? ladder.indexOf(scoring.scores[value]!) : 0
  }
  // Partial credit comes in steps of one key or one row; fractions between steps go to the step below.
  return Math.floor(scoreResponse(scoring, value, rated) * topCategory(scoring) + 1e-9)
}

/** Options of an item of which exactly one is chosen, for distractor analysis; empty for other types. */
export function optionIds(content: ItemContent): string[] {
  return content.type === 'single' || content.type === 'graded' ? content.options.map((o) => o.id) : []
}

/** The best option of a choice item; null for other types. */
export function keyOf(scoring: ItemScoring): string | null {
  if (scoring.type === 'single') return scoring.key
  if (scoring.type !== 'graded') return null
  return Object.entries(scoring.scores).reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0]
}
