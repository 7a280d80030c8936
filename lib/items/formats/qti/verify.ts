import type { ItemScoring, ResponseValue } from '../../model'
import { scoreResponse } from '../../score'
import { childNamed, type Element } from '../xml'
import type { Declaration } from './declarations'
import { processScore, Unknown, type Responses } from './processing'

/** One response in the file's words and in ours. */
export type Pair = { theirs: Responses; ours: ResponseValue }

export type Scored = { item: Element; declarations: Map<string, Declaration> }

/** SCORE of a response, or null where the item has no rule or one that we do not know. */
export function scoreOrNull({ item, declarations }: Scored, theirs: Responses): number | null {
  if (!childNamed(item, 'responseprocessing')) return null
  try {
    return processScore(item, declarations, theirs)
  } catch (error) {
    if (error instanceof Unknown) return null
    throw error
  }
}

/**
 * Whether our key scores as theirs does: the same share of full credit for every sample response. Full credit is what `right` earns.
 * Returns 'same', 'other' or 'unknown' (no rule, or one that we cannot follow).
 */
export function compare(scored: Scored, scoring: ItemScoring, right: Responses, samples: readonly Pair[]): 'same' | 'other' | 'unknown' {
  const best = scoreOrNull(scored, right)
  if (best === null) return 'unknown'
  if (best <= 0) return 'other'
  for (const { theirs, ours } of samples) {
    const score = scoreOrNull(scored, theirs)
    if (score === null) return 'unknown'
    if (Math.abs(Math.min(1, Math.max(0, score / best)) - scoreResponse(scoring, ours)) > 2e-3) return 'other'
  }
  return 'same'
}

/** The sentence for a rule that did not come along, if it did not. */
export function ruleProblem(scored: Scored, verdict: 'same' | 'other' | 'unknown', instead: string): string[] {
  if (verdict === 'same') return []
  if (!childNamed(scored.item, 'responseprocessing')) return []
  return verdict === 'other'
    ? [`Aturan penilaian butir ini lain; di sini berlaku: ${instead}.`]
    : [`Aturan penilaian butir ini tidak dikenal; di sini berlaku: ${instead}.`]
}
