import { judge, posteriorOf } from './judgement-model'
import type { AbilityRow, RunRow } from './run-store'
import { SCALE_SD, shownPoints } from './model'

/** One released measure as a teacher may read it: always with its range and what it rests on. */
export type OwnMeasure = {
  /** What the answers alone say (WLE). */
  points: number
  /** Where the person most probably stands, the population taken in, with the 80 % range. */
  likely: number
  low: number
  high: number
  mastery: number
  masteryLow: number
  masteryHigh: number
  /** Null where no decision hangs on the part (personality is feedback only). */
  standing: { state: 'above' | 'near' | 'below'; pAbove: number } | null
  items: number
  theta: number
  se: number
  thetaCut: number
  sigma: number
  /** Standard error of the cut, points; 0 where no panel has set it. */
  cutError: number
  exact: number
  provisionalCut: boolean
  cutReason: string
  releasedAt: Date | null
}

export const stateWords: Record<'above' | 'near' | 'below', string> = {
  above: 'Standar tercapai',
  near: 'Dekat batas',
  below: 'Menuju standar',
}

/** Feedback only: no standing is derived from it. */
const FEEDBACK_ONLY = new Set(['2'])

export function ownMeasure(ability: AbilityRow, run: RunRow, part: string): OwnMeasure {
  const known = posteriorOf(ability)
  const d = judge(known)
  return {
    points: shownPoints(ability.scale),
    likely: shownPoints(known.mean),
    low: shownPoints(d.low),
    high: shownPoints(d.high),
    mastery: ability.mastery,
    masteryLow: ability.masteryLow,
    masteryHigh: ability.masteryHigh,
    standing: FEEDBACK_ONLY.has(part) ? null : { state: d.state, pAbove: d.pAbove },
    items: ability.items,
    theta: ability.theta,
    se: ability.se,
    thetaCut: run.thetaCut,
    sigma: run.sigma,
    cutError: (SCALE_SD * run.cutError) / run.sigma,
    exact: ability.scale,
    provisionalCut: run.cutMethod === 'provisional',
    cutReason: run.cutReason,
    releasedAt: run.releasedAt,
  }
}
