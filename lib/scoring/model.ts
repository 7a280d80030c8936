/** Competent: 500 on every instrument's scale and on the composite; 100 points are one standard deviation of the first wave. */
export const SCALE_CUT = 500
export const SCALE_SD = 100
export const SCALE_RANGE: readonly [number, number] = [200, 800]

export type ScoreRow = {
  kind: 'raw'
  scope: 'total' | 'indicator' | 'domain'
  scopeCode: string
  raw: number
  max: number
  percent: number
  items: number
}

/** Of a total: items answered, and items up to the last answer. Null of what was marked before they were counted. */
export type Answered = { answered: number | null; reached: number | null }

/** Points for a screen: rounded to 5, inside 200–800. */
export const shownPoints = (points: number): number => Math.min(SCALE_RANGE[1], Math.max(SCALE_RANGE[0], 5 * Math.round(points / 5)))

/** What a release would change, in numbers that an official can weigh; names stay out of it. */
export type Difference = {
  /** What stood before: raw percents only, or an earlier released run. */
  basis: 'raw' | 'run'
  n: number
  /** Persons whose shown points change, against an earlier run. */
  moved: number
  meanChange: number | null
  largest: number | null
  /** Persons from each level before (rows) to each level after. */
  levels: { from: string; to: string; n: number }[]
  /** Persons whose level changes, and how many of them cross the competent line upwards and downwards. */
  crossed: { n: number; up: number; down: number }
}

/** The populations of the persons of a run, θ units: a mean a cycle, one spread drawn to those of its kin, and the spread of its own people. */
export type LatentOfRun = {
  cycles: Record<string, { mean: number; meanError: number; n: number }>
  own: { sd: number; logSdError: number }
  sd: number
  logSdError: number
  /** Answers to a calibrated item, the middle one of all: how well difficulties are known. */
  answers: number
  /** How far areas differ within people beyond error, variance in θ units. */
  areaVariance: number
  /** How many other instruments the spread was drawn to. */
  kin: number
  /** How this part goes with the others, as the people measured in both showed it when the run was computed; left out before it was kept. */
  beside?: Beside[]
}

/** Another part of the same people: correlation of true scores, and what both tests showed of them. Spreads in points. */
export type Beside = {
  part: string
  n: number
  correlation: number
  observed: { sd: number; otherSd: number; correlation: number }
  reliability: number
  otherReliability: number
}
