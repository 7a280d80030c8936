import { quantile } from './distractors'
import { normalQuadrature, type Quadrature } from './nodes'
import { intercepts, locations, probabilities, type ItemParameters } from './parameters'
import { problem, value, type Outcome } from './problem'

export const linkMethods = ['mean-mean', 'mean-sigma', 'haebara', 'stocking-lord'] as const
export type LinkMethod = (typeof linkMethods)[number]

/** θ_to = A·θ_from + B. */
export type Link = { A: number; B: number }

/** An anchor item as both calibrations see it. */
export type Anchor = { from: ItemParameters; to: ItemParameters }

/** Pairs the named items of two calibrations. Problems: an item missing, or with different categories in the two. */
export function anchorsOf(from: readonly ItemParameters[], to: readonly ItemParameters[], ids: readonly string[]): Outcome<Anchor[]> {
  const out: Anchor[] = []
  for (const id of ids) {
    const [x, y] = [from.find((i) => i.id === id), to.find((i) => i.id === id)]
    if (!x || !y) return problem('unknown-item', `Anchor ${id} is missing in the ${x ? 'second' : 'first'} calibration.`)
    if (x.categories !== y.categories) return problem('wrong-category', `Anchor ${id} has ${x.categories} and ${y.categories} categories.`)
    out.push({ from: x, to: y })
  }
  return value(out)
}

/** An item on the other scale: a/A, A·b + B. */
export function transformItem(item: ItemParameters, { A, B }: Link): ItemParameters {
  const a = item.a / A
  const model = item.model === 'rasch' ? '2pl' : item.model === 'pcm' ? 'gpcm' : item.model
  return {
    ...item,
    model: A === 1 ? item.model : model,
    a,
    d: intercepts(
      item.model,
      a,
      locations(item).map((b) => A * b + B),
    ),
  }
}

const mean = (x: readonly number[]) => x.reduce((s, v) => s + v, 0) / x.length
const sd = (x: readonly number[]) => Math.sqrt(x.reduce((s, v) => s + (v - mean(x)) ** 2, 0) / (x.length - 1))

/**
 * Linking constants from anchor items (Kolen & Brennan 2014, ch. 6).
 * - mean-mean: A = ā_from/ā_to; mean-sigma: A = s(b_to)/s(b_from) over all thresholds; both B = b̄_to − A·b̄_from.
 * - Haebara (1980): squared differences of category curves; Stocking–Lord (1983): of the anchors' test characteristic
 *   curves; both integrated over `weights` on the scale linked to (default N(0, 1), 61 nodes).
 * With Rasch or PCM items and mean-mean, A = 1 and the link is the mean difference. Problems: too few anchors.
 */
export function link(anchors: readonly Anchor[], method: LinkMethod, weights: Quadrature = normalQuadrature()): Outcome<Link> {
  if (!anchors.length) return problem('too-few', 'Linking needs an anchor item.')
  const from = anchors.flatMap((x) => locations(x.from))
  const to = anchors.flatMap((x) => locations(x.to))
  if ([...from, ...to].some((b) => !Number.isFinite(b))) return problem('out-of-range', 'An anchor has a slope of zero.')
  const bySlope = mean(anchors.map((x) => x.from.a)) / mean(anchors.map((x) => x.to.a))
  const shift = (A: number): Link => ({ A, B: mean(to) - A * mean(from) })
  if (method === 'mean-mean')
    return bySlope > 0 ? value(shift(bySlope)) : problem('out-of-range', 'The anchors have slopes of opposite sign.')
  if (from.length < 2 || !(sd(from) > 0) || !(sd(to) > 0)) {
    return problem('too-few', `${method} needs anchors of two different difficulties or more.`)
  }
  if (method === 'mean-sigma') return value(shift(sd(to) / sd(from)))
  const loss = method === 'haebara' ? haebaraLoss(anchors, weights) : stockingLordLoss(anchors, weights)
  return value(minimise(loss, shift(bySlope > 0 ? bySlope : sd(to) / sd(from))))
}

export function haebaraLoss(anchors: readonly Anchor[], { nodes, weights }: Quadrature) {
  const target = anchors.map(({ to }) => Array.from(nodes, (theta) => probabilities(to, theta)))
  return (l: Link) =>
    anchors.reduce((sum, { from }, j) => {
      const moved = transformItem(from, l)
      return sum + nodes.reduce((s, theta, q) => s + weights[q]! * squared(probabilities(moved, theta), target[j]![q]!), 0)
    }, 0)
}

const squared = (x: number[], y: number[]) => x.reduce((s, v, k) => s + (v - y[k]!) ** 2, 0)

export function stockingLordLoss(anchors: readonly Anchor[], { nodes, weights }: Quadrature) {
  const expected = (items: ItemParameters[], theta: number) =>
    items.reduce((sum, item) => sum + probabilities(item, theta).reduce((s, p, k) => s + k * p, 0), 0)
  const to = anchors.map((x) => x.to)
  const target = Array.from(nodes, (theta) => expected(to, theta))
  return (l: Link) => {
    const moved = anchors.map((x) => transformItem(x.from, l))
    return nodes.reduce((sum, theta, q) => sum + weights[q]! * (expected(moved, theta) - target[q]!) ** 2, 0)
  }
}

/** Newton in (log A, B) with derivatives by central differences, the step halved until the loss falls. */
function minimise(loss: (l: Link) => number, start: Link): Link {
  const f = (x: number, y: number) => loss({ A: Math.exp(x), B: y })
  const h = 1e-4
  let [x, y] = [Math.log(start.A), start.B]
  let best = f(x, y)
  for (let round = 0; round < 100; round++) {
    const [right, left, up, down] = [f(x + h, y), f(x - h, y), f(x, y + h), f(x, y - h)]
    const [gx, gy] = [(right - left) / (2 * h), (up - down) / (2 * h)]
    let [xx, yy] = [(right - 2 * best + left) / (h * h), (up - 2 * best + down) / (h * h)]
    const xy = (f(x + h, y + h) - f(x + h, y - h) - f(x - h, y + h) + f(x - h, y - h)) / (4 * h * h)
    // Far from the minimum the surface may bend the wrong way: lift the diagonal until it is a bowl.
    const size = Math.abs(xx) + Math.abs(yy) + Math.abs(xy) + 1e-12
    while (!(xx > 0 && xx * yy - xy * xy > 1e-10 * size * size)) {
      xx += size
      yy += size
    }
    const determinant = xx * yy - xy * xy
    const [dx, dy] = [(gx * yy - gy * xy) / determinant, (gy * xx - gx * xy) / determinant]
    let scale = 1
    while (scale > 1e-10 && f(x - scale * dx, y - scale * dy) > best) scale /= 2
    if (scale <= 1e-10) break
    x -= scale * dx
    y -= scale * dy
    best = f(x, y)
    if (scale * Math.max(Math.abs(dx), Math.abs(dy)) < 1e-9) break
  }
  return { A: Math.exp(x), B: y }
}

/** Delete-one-anchor jackknife errors of A and B (Robitzsch 2023). Problem below three anchors. */
export function linkingError(anchors: readonly Anchor[], method: LinkMethod, weights?: Quadrature): Outcome<{ A: number; B: number }> {
  const n = anchors.length
  if (n < 3) return problem('too-few', 'The jackknife needs three anchors or more.')
  const links: Link[] = []
  for (let j = 0; j < n; j++) {
    const without = link(
      anchors.filter((_, at) => at !== j),
      method,
      weights,
    )
    if (!without.ok) return without
    links.push(without.value)
  }
  const error = (values: number[]) => Math.sqrt(((n - 1) / n) * values.reduce((s, v) => s + (v - mean(values)) ** 2, 0))
  return value({ A: error(links.map((l) => l.A)), B: error(links.map((l) => l.B)) })
}

export type Drift = { id: string; displacement: number; robustZ: number | null; flagged: boolean }

/**
 * Drift screen after a link: displacement = mean b_to − (A·b_from + B), robust z = (r − median)/(0.74·IQR) (type-7
 * quartiles; null when the IQR is 0). Flagged at |z| > 2.7 or |displacement| > 0.5. A flag is a question to the content expert.
 */
export function driftScreen(anchors: readonly Anchor[], { A, B }: Link): Drift[] {
  const r = anchors.map((x) => mean(locations(x.to)) - (A * mean(locations(x.from)) + B))
  const sorted = [...r].sort((x, y) => x - y)
  const spread = 0.74 * (quantile(sorted, 0.75) - quantile(sorted, 0.25))
  const median = quantile(sorted, 0.5)
  return anchors.map((x, j) => {
    const robustZ = spread > 1e-12 ? (r[j]! - median) / spread : null
    return {
      id: x.from.id,
      displacement: r[j]!,
      robustZ,
      flagged: Math.abs(r[j]!) > 0.5 || (robustZ !== null && Math.abs(robustZ) > 2.7),
    }
  })
}

/** Drops drifting anchors one at a time, worst displacement first, at most a fifth of them, linking anew each time. */
export function linkWithoutDrift(
  all: readonly Anchor[],
  method: LinkMethod,
  weights?: Quadrature,
): Outcome<{ link: Link; kept: Anchor[]; dropped: string[]; screen: Drift[] }> {
  const dropped: string[] = []
  for (;;) {
    const kept = all.filter((x) => !dropped.includes(x.from.id))
    const found = link(kept, method, weights)
    if (!found.ok) return found
    const screen = driftScreen(kept, found.value)
    const worst = screen.filter((s) => s.flagged).sort((x, y) => Math.abs(y.displacement) - Math.abs(x.displacement))[0]
    if (!worst || dropped.length + 1 > Math.floor(all.length / 5)) return value({ link: found.value, kept, dropped, screen })
    dropped.push(worst.id)
  }
}
