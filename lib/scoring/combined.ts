import { Z80 } from '@/lib/psychometrics/classification'
import { composite, mosierReliability, standing, type Composite, type Standing } from '@/lib/psychometrics/composite'
import { chanceOfAll, jointPosterior, type Joint, type Line } from '@/lib/psychometrics/joint'
import { normal, seeded } from '@/lib/platform/random'
import { posteriorOf } from './judgement-model'
import type { AbilityRow, RunRow } from './run-store'
import { SCALE_CUT, SCALE_SD, shownPoints, type Beside } from './model'
import type { Rules } from '@/lib/standards/rules-model'

/** The parts that decide as one standing. */

export type Combined = Composite &
  Standing & {
    points: number
    low: number
    high: number
    rule: Rules['composite']
    weights: { part: string; weight: number }[]
    /** Reliability of the weighted sum among the people measured in both parts (Mosier); null where they are too few. */
    reliability: number | null
  }

/** The run behind a part, for what it knows of its people and of the other parts. */
export type RunOfPart = Pick<RunRow, 'latent' | 'thetaCut' | 'sigma' | 'cutError' | 'createdAt'>

/** The population of a person's cycle in a run, points; null where the run knows none. */
function populationIn(run: RunOfPart, cycleCode: string | undefined) {
  const cycles = Object.entries(run.latent?.cycles ?? {})
  if (!run.latent || cycles.length === 0) return null
  const largest = cycles.reduce((a, b) => (b[1].n > a[1].n ? b : a))[1]
  const { mean, meanError } = run.latent.cycles[cycleCode ?? ''] ?? largest
  const points = SCALE_SD / run.sigma
  return { mean: SCALE_CUT + points * (mean - run.thetaCut), sd: points * Math.hypot(run.latent.sd, meanError, run.cutError) }
}

/** What the newest of two runs knows of how the parts go together, seen from `a`. */
function togetherOf(runs: ReadonlyMap<string, RunOfPart>, a: string, b: string): Beside | null {
  const seen = [
    [runs.get(a), b, false],
    [runs.get(b), a, true],
  ] as const
  const found = seen.flatMap(([run, part, turned]) => {
    const beside = run?.latent?.beside?.find((x) => x.part === part)
    return run && beside ? [{ at: run.createdAt.getTime(), beside: turned ? turnedRound(beside, b) : beside }] : []
  })
  return found.sort((x, y) => y.at - x.at)[0]?.beside ?? null
}

const turnedRound = (x: Beside, part: string): Beside => ({
  ...x,
  part,
  observed: { sd: x.observed.otherSd, otherSd: x.observed.sd, correlation: x.observed.correlation },
  reliability: x.otherReliability,
  otherReliability: x.reliability,
})

/**
 * The professional and pedagogic parts as one standing by the policy in force; null unless every weighted part is measured. Where the runs know
 * their populations and how the parts go together, by the joint posterior: what one part says of the other is used, and chances are
 * those of all lines at once. Else each part by its own posterior, which leaves the range a little wide for who is alike in both.
 */
export function combine(
  abilities: ReadonlyMap<string, AbilityRow>,
  rules: Rules,
  runs: ReadonlyMap<string, RunOfPart> = new Map(),
): Combined | null {
  const weights = Object.entries(rules.weights).flatMap(([part, weight]) => (weight > 0 ? [{ part, weight }] : []))
  const own = weights.flatMap(({ part, weight }) => {
    const a = abilities.get(part)
    const run = runs.get(part)
    return a ? [{ part, weight, posterior: posteriorOf(a), population: (run && populationIn(run, a.cycleCode)) ?? null }] : []
  })
  if (own.length < weights.length) return null
  const together = own.map((x) => own.map((y) => (x === y ? null : togetherOf(runs, x.part, y.part))))
  const total = own.reduce((s, x) => s + x.weight, 0)
  const share = own.map((x) => x.weight / total)
  const correlations = together.map((row, i) => row.map((b, j) => (i === j ? 1 : (b?.correlation ?? 0))))
  const found = own.every((x) => x.population)
    ? jointPosterior(
        own.map((x) => ({ posterior: x.posterior, population: x.population! })),
        correlations,
      )
    : null
  const joint = found?.ok ? found.value : null
  const parts = own.map(({ weight, posterior }, i) => ({
    weight,
    score: joint ? joint.means[i]! : posterior.mean,
    se: joint ? Math.sqrt(joint.covariance[i]![i]!) : posterior.sd,
  }))
  const plain = composite(parts)
  if (!plain.ok) return null
  const sum = joint ? jointComposite(joint, share) : plain.value
  const { rule, floor } = rules.composite
  const placed = standing({ composite: sum, parts, cut: SCALE_CUT, floor, rule })
  if (!placed.ok) return null
  return {
    ...sum,
    ...placed.value,
    pAbove: joint ? chanceOfAll(joint, linesOf(rule, floor, share), drawn(joint.means)) : placed.value.pAbove,
    points: shownPoints(sum.score),
    low: shownPoints(sum.low80),
    high: shownPoints(sum.high80),
    rule: rules.composite,
    weights,
    reliability: reliabilityOf(share, together),
  }
}

/** Draws that are the same whenever the same person is read. */
function drawn(means: readonly number[]): () => number {
  const random = seeded(Math.round(1_000 * means.reduce((s, m) => s + m, 0)))
  return () => normal(random)
}

function jointComposite({ means, covariance }: Joint, share: readonly number[]): Composite {
  const score = share.reduce((s, w, i) => s + w * means[i]!, 0)
  const se = Math.sqrt(share.reduce((s, w, i) => s + share.reduce((t, v, j) => t + w * v * covariance[i]![j]!, 0), 0))
  return { score, se, low80: score - Z80 * se, high80: score + Z80 * se }
}

/** The lines of a rule, on the true scores of the parts. */
function linesOf(rule: Rules['composite']['rule'], floor: number, share: readonly number[]): Line[] {
  const parts = (at: number) => share.map((_, i) => ({ weights: share.map((__, j) => Number(i === j)), at }))
  if (rule === 'conjunctive') return parts(SCALE_CUT)
  return [{ weights: share, at: SCALE_CUT }, ...(rule === 'compensatory-floor' ? parts(floor) : [])]
}

/** Mosier's reliability of the sum; null unless every two parts were met together. */
function reliabilityOf(share: readonly number[], together: readonly (readonly (Beside | null)[])[]): number | null {
  if (share.length < 2 || together.some((row, i) => row.some((b, j) => i !== j && !b))) return null
  const first = (i: number) => together[i]!.find((b) => b !== null)!
  const found = mosierReliability(
    share.map((weight, i) => ({ weight, sd: first(i).observed.sd, reliability: first(i).reliability })),
    together.map((row, i) => row.map((b, j) => (i === j ? 1 : b!.observed.correlation))),
  )
  return found.ok ? found.value : null
}
