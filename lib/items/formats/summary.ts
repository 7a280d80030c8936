import type { ItemScoring } from '../model'

/** A key as plain data for reports: what is right, and the worth of everything else where it has some. */
export function scoringSummary(scoring: ItemScoring): Record<string, unknown> {
  switch (scoring.type) {
    case 'single':
      return { key: scoring.key }
    case 'multiple':
    case 'hottext':
    case 'hotspot':
    case 'matching':
      return {
        key: scoring.keys,
        ...(scoring.rule ? { rule: scoring.rule } : {}),
        ...(scoring.points ? { points: scoring.points, best: scoring.best } : {}),
      }
    case 'truefalse':
      return { key: scoring.keys }
    case 'graded': {
      const best = Object.entries(scoring.scores).sort((a, b) => b[1] - a[1])[0]!
      return { key: best[0], points: scoring.scores }
    }
    case 'likert':
      return { key: null, reversed: scoring.reversed }
    case 'ordering':
      return { key: scoring.order }
    case 'areas':
      return { key: scoring.areas }
    case 'short':
    case 'numeric':
    case 'cloze':
      return { key: scoring.gaps, ...(scoring.rule ? { rule: scoring.rule } : {}) }
    case 'extended':
      return { key: null, rubric: scoring.rubric }
  }
}
