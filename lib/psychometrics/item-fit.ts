import { chiSquareTail } from './distributions'
import type { Quadrature } from './nodes'
import { hasUnitSlope, probabilities, type ItemParameters } from './parameters'
import { problem, value, type Outcome } from './problem'
import { MISSING, type Responses } from './responses'
import { leaveOneOutSurfaces, sumScoreSurface, type ScoreSurface } from './sum-scores'

/** S-X² of one item. Where collapsing leaves no degrees of freedom, `df` is 0 and `sx2` and `p` are null. */
export type SX2 = { id: string; sx2: number | null; df: number; p: number | null }

/** `minimum`: the smallest expected count that a cell may keep. */
export type SX2Options = { minimum?: number; populationParameters?: number }

/** Observed and expected counts of one score group, category by category; a cell with expected count 0 does not exist. */
type ScoreGroup = { observed: number[]; expected: number[] }

/**
 * S-X² item fit: Orlando & Thissen (2000) for binary, Kang & Chen (2008) for polytomous items. Only persons with a complete row
 * count. Score groups are the sum scores 1 … max − 1 (studied item included), the expected share of category k in group s is
 * Σ_q P_k(X_q)·S₋ⱼ(s − k | X_q)·W_q / Σ_q S(s | X_q)·W_q with S from the Lord–Wingersky recursion.
 *
 * Collapsing, in the order of R's mirt (`itemfit`, S_X2, mincell = `minimum`):
 * 1. Score groups in which some category is impossible join the first (last) group in which all are possible.
 * 2. Groups without persons leave; a group of one person joins the next group, the last one the group before.
 * 3. Polytomous: inside a group with an expected count below `minimum`, the smallest cell (of equals the last) joins its smaller
 *    neighbour (of equals the left) until all reach `minimum` or two cells are left; the cells then stand flush left.
 * 4. Polytomous: the last column joins the one before it while its expected sum is below minimum·⌈groups / 10⌉; then, from the
 *    right, a column used by fewer than 5 % of the groups joins the one before it.
 * 5. While a cell is below `minimum`, the first such group joins its neighbour with fewer persons (of equals the lower score).
 *
 * df = Σ (cells − 1) over the groups − free parameters of the item (intercepts, slope unless rasch or pcm, lower asymptote of the
 * 3PL) − `populationParameters` (mirt subtracts estimated latent means and variances too: 1 for its Rasch models; default 0).
 *
 * @param items parameters by id, one for each column of `data`, D = 1.
 * @returns one row an item, in the order of the columns; 'unknown-item', 'wrong-category', 'too-few' (items, complete rows).
 */
export function sX2(data: Responses, items: readonly ItemParameters[], quadrature: Quadrature, options: SX2Options = {}): Outcome<SX2[]> {
  if (data.items < 2) return problem('too-few', 'S-X² needs at least two items.')
  const found = sX2OverForms([data], items, quadrature, options)
  if (!found.ok || found.value.complete) return found.ok ? value(found.value.items) : found
  return problem('too-few', 'No person answered every item.')
}

/**
 * The same over several forms of one test: in each form its complete persons by the sum score of that form, then the statistics of an
 * item added over the forms that hold it. Its parameters, estimated once from all forms, cost their degrees of freedom once.
 * A form of fewer than two items has no score groups and says nothing.
 * @returns `complete` persons, and one row an item of any such form (null values where no form can test it), in the order of first appearance.
 */
export function sX2OverForms(
  forms: readonly Responses[],
  items: readonly ItemParameters[],
  quadrature: Quadrature,
  { minimum = 1, populationParameters = 0 }: SX2Options = {},
): Outcome<{ items: SX2[]; complete: number }> {
  const found = new Map<string, { item: ItemParameters; statistic: number; cells: number }>()
  let complete = 0
  for (const form of forms) {
    const columns: ItemParameters[] = []
    for (let j = 0; j < form.items; j++) {
      const item = items.find((i) => i.id === form.ids[j])
      if (!item) return problem('unknown-item', `There are no parameters for item ${form.ids[j]}.`)
      if (form.categories[j]! > item.categories) return problem('wrong-category', `Item ${item.id} has responses outside its categories.`)
      columns.push(item)
    }
    if (columns.length < 2) continue
    const total = sumScoreSurface(columns, quadrature.nodes)
    const { persons: here, counts } = observedCounts(form, columns, total.max)
    complete += here
    const rest = here ? leaveOneOutSurfaces(columns, quadrature.nodes) : []
    const share = Array.from({ length: total.max + 1 }, (_, s) => weigh(total, s, quadrature.weights))
    columns.forEach((item, j) => {
      const sum = found.get(item.id) ?? { item, statistic: 0, cells: 0 }
      found.set(item.id, sum)
      if (!here) return
      const groups = collapse(scoreGroups(item, counts[j]!, rest[j]!, share, quadrature), item.categories, minimum)
      sum.cells += groups.reduce((n, g) => n + g.expected.filter((e) => e > 0).length - 1, 0)
      sum.statistic += groups.reduce((n, g) => n + pearson(g), 0)
    })
  }
  return value({
    complete,
    items: [...found.values()].map(({ item, statistic, cells }) => {
      const df = Math.max(0, cells - freeParameters(item) - populationParameters)
      return df === 0 ? { id: item.id, sx2: null, df, p: null } : { id: item.id, sx2: statistic, df, p: chiSquareTail(statistic, df) }
    }),
  })
}

const freeParameters = ({ model, d }: ItemParameters): number => d.length + (hasUnitSlope(model) ? 0 : 1) + (model === '3pl' ? 1 : 0)

const pearson = ({ observed, expected }: ScoreGroup): number =>
  expected.reduce((sum, e, k) => sum + (e > 0 ? (observed[k]! - e) ** 2 / e : 0), 0)

/** P(sum score = s) over the population. */
function weigh(surface: ScoreSurface, s: number, weights: Float64Array): number {
  let sum = 0
  for (let q = 0; q < surface.nodes; q++) sum += surface.at[s * surface.nodes + q]! * weights[q]!
  return sum
}

/** `counts[j][s][k]`: complete persons with sum score s and category k on item j, and how many complete persons there are. */
function observedCounts(data: Responses, columns: readonly ItemParameters[], max: number): { persons: number; counts: number[][][] } {
  const counts = columns.map((c) => Array.from({ length: max + 1 }, () => new Array<number>(c.categories).fill(0)))
  let complete = 0
  for (let i = 0; i < data.persons; i++) {
    const row = data.cells.subarray(i * data.items, (i + 1) * data.items)
    if (row.includes(MISSING)) continue
    complete++
    const score = row.reduce((s, x) => s + x, 0)
    row.forEach((x, j) => counts[j]![score]![x]!++)
  }
  return { persons: complete, counts }
}

/** Groups 1 … max − 1 after step 1: every group left can hold every category. */
function scoreGroups(
  item: ItemParameters,
  counts: readonly (readonly number[])[],
  rest: ScoreSurface,
  share: readonly number[],
  { nodes, weights }: Quadrature,
): ScoreGroup[] {
  const max = share.length - 1
  const top = item.categories - 1
  const curves = Array.from(nodes, (theta) => probabilities(item, theta))
  const groups: ScoreGroup[] = []
  let lower: ScoreGroup[] = []
  for (let s = 1; s < max; s++) {
    const observed = [...counts[s]!]
    const persons = observed.reduce((n, x) => n + x, 0)
    const expected = observed.map((_, k) => {
      if (s < k || s - k > rest.max || !(share[s]! > 0)) return 0
      let sum = 0
      for (let q = 0; q < nodes.length; q++) sum += curves[q]![k]! * rest.at[(s - k) * rest.nodes + q]! * weights[q]!
      return (persons * sum) / share[s]!
    })
    const group = { observed, expected }
    if (s < top) lower.push(group)
    else if (s <= max - top) {
      groups.push([...lower, group].reduce(join))
      lower = []
    } else if (groups.length) groups.push(join(groups.pop()!, group))
  }
  return groups
}

const join = (a: ScoreGroup, b: ScoreGroup): ScoreGroup => ({
  observed: a.observed.map((v, k) => v + b.observed[k]!),
  expected: a.expected.map((v, k) => v + b.expected[k]!),
})

const persons = (group: ScoreGroup): number => group.observed.reduce((n, x) => n + x, 0)

/** Steps 2 … 5. */
function collapse(groups: ScoreGroup[], categories: number, minimum: number): ScoreGroup[] {
  const occupied = absorbSingles(groups.filter((g) => persons(g) > 0))
  const cells =
    categories > 2
      ? joinColumns(
          occupied.map((g) => joinCategories(g, minimum)),
          minimum,
        )
      : occupied
  return joinGroups(cells, minimum)
}

/** Step 2: a group of one person joins the next one, the last the one before. */
function absorbSingles(groups: readonly ScoreGroup[]): ScoreGroup[] {
  const out: ScoreGroup[] = []
  let carried: ScoreGroup | null = null
  for (const [at, group] of groups.entries()) {
    const sum: ScoreGroup = carried ? join(carried, group) : group
    carried = at < groups.length - 1 && persons(sum) === 1 ? sum : null
    if (!carried) out.push(sum)
  }
  const last = out[out.length - 1]
  if (out.length > 1 && persons(last!) === 1) out.splice(-2, 2, join(out[out.length - 2]!, last!))
  return out
}

/** Step 3: neighbouring categories of one group; the width stays, freed cells at the right hold 0. */
function joinCategories(group: ScoreGroup, minimum: number): ScoreGroup {
  const width = group.expected.length
  const observed = [...group.observed]
  const expected = [...group.expected]
  while (expected.length > 2 && expected.some((e) => e < minimum)) {
    const at = expected.lastIndexOf(Math.min(...expected))
    const left = at > 0 ? expected[at - 1]! : Infinity
    const right = at < expected.length - 1 ? expected[at + 1]! : Infinity
    const to = left <= right ? at - 1 : at + 1
    expected[to]! += expected[at]!
    observed[to]! += observed[at]!
    expected.splice(at, 1)
    observed.splice(at, 1)
  }
  const zeros = new Array<number>(width - expected.length).fill(0)
  return { observed: [...observed, ...zeros], expected: [...expected, ...zeros] }
}

/** Step 4: columns that few score groups use. */
function joinColumns(groups: readonly ScoreGroup[], minimum: number): ScoreGroup[] {
  let out = [...groups]
  const width = () => out[0]?.expected.length ?? 0
  const drop = (k: number) => (out = out.map((g) => ({ observed: shift(g.observed, k), expected: shift(g.expected, k) })))
  while (width() > 2 && out.reduce((sum, g) => sum + g.expected[width() - 1]!, 0) < minimum * Math.ceil(out.length / 10)) drop(width() - 1)
  for (let k = width() - 1; k > 0; k--) if (out.filter((g) => g.expected[k]! > 0).length / out.length < 0.05) drop(k)
  return out
}

/** Adds column k to the one before it and removes it. */
const shift = (v: readonly number[], k: number): number[] => [...v.slice(0, k - 1), v[k - 1]! + v[k]!, ...v.slice(k + 1)]

/** Step 5: neighbouring score groups. */
function joinGroups(groups: readonly ScoreGroup[], minimum: number): ScoreGroup[] {
  const out = [...groups]
  for (;;) {
    const at = out.findIndex((g) => g.expected.some((e) => e < minimum && e !== 0))
    if (at < 0 || out.length < 2) return out
    const below = at > 0 ? persons(out[at - 1]!) : Infinity
    const above = at < out.length - 1 ? persons(out[at + 1]!) : Infinity
    const from = below <= above ? at - 1 : at
    out.splice(from, 2, join(out[from]!, out[from + 1]!))
  }
}

/** Mean squares; null where nothing can be said (no usable response, or no variance). z: standardised by Wilson–Hilferty. */
export type MeanSquares = {
  items: { id: string; infit: number | null; outfit: number | null; infitZ: number | null; outfitZ: number | null }[]
  persons: { infit: number | null; outfit: number | null }[]
}

/**
 * Infit and outfit mean squares of items and persons (Wright & Masters 1982, ch. 5). With residual r = x − E, variance W and fourth
 * central moment C of the response: outfit = mean of r²/W, infit = Σr² / ΣW; z = (MS^⅓ − 1)·3/q + q/3 with
 * q²(outfit) = ΣC/W²/n² − 1/n and q²(infit) = Σ(C − W²) / (ΣW)², q at most √2. Expectation 1 under the model at the true θ.
 * @param items parameters by id; a column without parameters is left out (null values).
 * @param thetas one θ a person, null = person left out.
 */
export function meanSquares(data: Responses, items: readonly ItemParameters[], thetas: readonly (number | null)[]): MeanSquares {
  const columns = data.ids.map((id) => items.find((item) => item.id === id) ?? null)
  const byItem = columns.map(emptyTally)
  const byPerson = Array.from({ length: data.persons }, emptyTally)
  const known = new Map<number, Float64Array>()
  for (let i = 0; i < data.persons; i++) {
    const theta = thetas[i] ?? null
    if (theta === null) continue
    let at = known.get(theta)
    if (!at) known.set(theta, (at = momentsAt(columns, theta)))
    for (let j = 0; j < columns.length; j++) {
      const x = data.cells[i * data.items + j]!
      const item = columns[j]
      if (!item || x === MISSING || x >= item.categories) continue
      const [mean, variance, fourth] = [at[3 * j]!, at[3 * j + 1]!, at[3 * j + 2]!]
      // A response that is certain to rounding carries no information on fit.
      if (variance < 1e-12) continue
      const square = (x - mean) ** 2
      note(byItem[j]!, square, variance, fourth)
      note(byPerson[i]!, square, variance, fourth)
    }
  }
  return {
    items: byItem.map((t, j) => ({ id: data.ids[j]!, ...fitOf(t), infitZ: infitZ(t), outfitZ: outfitZ(t) })),
    persons: byPerson.map(fitOf),
  }
}

type Tally = { n: number; residual: number; standardised: number; variance: number; excess: number; kurtosis: number }
const emptyTally = (): Tally => ({ n: 0, residual: 0, standardised: 0, variance: 0, excess: 0, kurtosis: 0 })

function note(t: Tally, square: number, variance: number, fourth: number): void {
  t.n++
  t.residual += square
  t.standardised += square / variance
  t.variance += variance
  t.excess += fourth - variance * variance
  t.kurtosis += fourth / (variance * variance)
}

/** Mean, variance and fourth central moment of every item's response at θ, three places an item: many people share one θ. */
function momentsAt(columns: readonly (ItemParameters | null)[], theta: number): Float64Array {
  const out = new Float64Array(3 * columns.length)
  columns.forEach((item, j) => {
    if (!item) return
    const p = probabilities(item, theta)
    let [mean, variance, fourth] = [0, 0, 0]
    for (let k = 0; k < p.length; k++) mean += k * p[k]!
    for (let k = 0; k < p.length; k++) {
      variance += (k - mean) ** 2 * p[k]!
      fourth += (k - mean) ** 4 * p[k]!
    }
    out.set([mean, variance, fourth], 3 * j)
  })
  return out
}

const fitOf = (t: Tally): { infit: number | null; outfit: number | null } =>
  t.n ? { infit: t.residual / t.variance, outfit: t.standardised / t.n } : { infit: null, outfit: null }

const infitZ = (t: Tally): number | null => (t.n ? wilsonHilferty(t.residual / t.variance, t.excess / t.variance ** 2) : null)
const outfitZ = (t: Tally): number | null => (t.n ? wilsonHilferty(t.standardised / t.n, t.kurtosis / t.n ** 2 - 1 / t.n) : null)

function wilsonHilferty(meanSquare: number, variance: number): number | null {
  if (!(variance > 1e-12)) return null
  const q = Math.min(Math.SQRT2, Math.sqrt(variance))
  return ((Math.cbrt(meanSquare) - 1) * 3) / q + q / 3
}
