import { Z80 } from './classification'
import { normalCdf } from './distributions'
import { problem, value, type Outcome } from './problem'

export type Composite = { score: number; se: number; low80: number; high80: number }

/**
 * Weighted composite of part scores on one scale: Σ w·score with the weights brought to sum 1 (70 and 30 do as well as 0.7 and
 * 0.3), SE = √Σ w²SE² (independent errors), 80 % range. Problems: empty; out-of-range (weight or SE below 0 or not finite, no weight).
 */
export function composite(parts: readonly { weight: number; score: number; se: number }[]): Outcome<Composite> {
  if (!parts.length) return problem('empty', 'There are no parts.')
  const total = parts.reduce((sum, part) => sum + part.weight, 0)
  const wrong = parts.findIndex(({ weight, score, se }) => !(weight >= 0 && se >= 0 && Number.isFinite(score) && Number.isFinite(se)))
  if (wrong >= 0) return problem('out-of-range', `Part ${wrong + 1} has a weight, score or standard error that is no such number.`)
  if (!(total > 0 && Number.isFinite(total))) return problem('out-of-range', `The weights add up to ${total}.`)
  const score = parts.reduce((sum, part) => sum + (part.weight / total) * part.score, 0)
  const se = Math.sqrt(parts.reduce((sum, part) => sum + ((part.weight / total) * part.se) ** 2, 0))
  return value({ score, se, low80: score - Z80 * se, high80: score + Z80 * se })
}

/**
 * Reliability of a weighted composite (Mosier 1943, Psychometrika 8, 161–168):
 * 1 − Σ w²s²(1 − r) / ΣΣ w_i w_j s_i s_j ρ_ij, with the observed `correlations` (parts × parts, 1 on the diagonal).
 * Invariant to the unit of the weights. Problems: empty; out-of-range (sd, reliability, correlations); constant (no composite variance).
 */
export function mosierReliability(
  parts: readonly { weight: number; sd: number; reliability: number }[],
  correlations: readonly (readonly number[])[],
): Outcome<number> {
  if (!parts.length) return problem('empty', 'There are no parts.')
  const wrong = parts.findIndex(
    ({ weight, sd, reliability: r }) => !(Number.isFinite(weight) && sd >= 0 && Number.isFinite(sd) && r >= 0 && r <= 1),
  )
  if (wrong >= 0) return problem('out-of-range', `Part ${wrong + 1} has a weight, deviation or reliability that is no such number.`)
  let [variance, error] = [0, 0]
  for (const [i, x] of parts.entries()) {
    error += (x.weight * x.sd) ** 2 * (1 - x.reliability)
    for (const [j, y] of parts.entries()) {
      const r = i === j ? 1 : (correlations[i]?.[j] ?? NaN)
      if (!(Math.abs(r) <= 1) || r !== (i === j ? 1 : correlations[j]?.[i]))
        return problem('out-of-range', `The correlation of parts ${i + 1} and ${j + 1} is missing, beyond ±1 or not symmetric.`)
      variance += x.weight * x.sd * y.weight * y.sd * r
    }
  }
  if (!(variance > 1e-12 * parts.reduce((sum, x) => sum + (x.weight * x.sd) ** 2, 0)))
    return problem('constant', 'The composite has no variance.')
  return value(1 - error / variance)
}

export type StandingRule = 'compensatory' | 'compensatory-floor' | 'conjunctive'

export type Standing = { state: 'above' | 'near' | 'below'; pAbove: number; failedFloor: boolean }

/**
 * Where a person stands to the standard. Each rule draws lines: compensatory: composite at `cut`; compensatory-floor: composite at
 * `cut` and every part at `floor`; conjunctive: every part at `cut`. 'above' if the 80 % range lies at or over every line,
 * 'below' if it lies under any one, else 'near'. `pAbove` is the product of the P(true ≥ line): exact for one line and for independent parts,
 * and a lower bound when composite and parts share their errors (Esary, Proschan & Walkup 1967). `failedFloor`: the rule has a floor
 * and the point estimate of a part is under it. Problems: empty (no parts for a rule that needs them); out-of-range.
 */
export function standing(request: {
  composite: { score: number; se: number }
  parts: readonly { score: number; se: number }[]
  cut: number
  floor: number
  rule: StandingRule
}): Outcome<Standing> {
  const { composite: whole, parts, cut, floor, rule } = request
  if (rule !== 'compensatory' && !parts.length) return problem('empty', 'There are no parts.')
  const lines = rule === 'conjunctive' ? [] : [{ ...whole, line: cut }]
  if (rule !== 'compensatory') lines.push(...parts.map((part) => ({ ...part, line: rule === 'conjunctive' ? cut : floor })))
  const wrong = lines.find(({ score, se, line }) => !(se > 0 && Number.isFinite(se) && Number.isFinite(score) && Number.isFinite(line)))
  if (wrong) return problem('out-of-range', `A score of ${wrong.score} with error ${wrong.se} cannot be held against ${wrong.line}.`)
  return value({
    state: lines.every(({ score, se, line }) => score - Z80 * se >= line)
      ? 'above'
      : lines.some(({ score, se, line }) => score + Z80 * se < line)
        ? 'below'
        : 'near',
    pAbove: lines.reduce((p, { score, se, line }) => p * normalCdf((score - line) / se), 1),
    failedFloor: rule === 'compensatory-floor' && parts.some((part) => part.score < floor),
  })
}
