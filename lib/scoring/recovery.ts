import { Z80 } from '@/lib/psychometrics/classification'

/** How well a measurement found what the simulation knew. */
export type Recovery = {
  n: number
  correlation: number
  /** Linear relation θ = intercept + slope · truth, least squares. */
  slope: number
  intercept: number
  /** Root mean square of θ minus what the line predicts, and the same expected from the stated errors. */
  rmse: number
  expected: number
  /** Share of persons whose 80 % range holds the value on the line. */
  coverage: number
  cells: { x: number; y: number; n: number }[]
}

/** Compares estimates with the simulated ability. Null below three persons or when nothing varies. */
export function recovery(pairs: readonly { theta: number; se: number; truth: number }[]): Recovery | null {
  const n = pairs.length
  if (n < 3) return null
  const mean = (f: (p: (typeof pairs)[number]) => number) => pairs.reduce((s, p) => s + f(p), 0) / n
  const [mx, my] = [mean((p) => p.truth), mean((p) => p.theta)]
  let [xx, yy, xy] = [0, 0, 0]
  for (const p of pairs) {
    xx += (p.truth - mx) ** 2
    yy += (p.theta - my) ** 2
    xy += (p.truth - mx) * (p.theta - my)
  }
  if (!(xx > 0) || !(yy > 0)) return null
  const slope = xy / xx
  const intercept = my - slope * mx
  const off = pairs.map((p) => p.theta - intercept - slope * p.truth)
  const cells = new Map<string, { x: number; y: number; n: number }>()
  for (const p of pairs) {
    const [x, y] = [Math.round(p.truth * 4) / 4, Math.round(p.theta * 4) / 4]
    const key = `${x}|${y}`
    cells.set(key, { x, y, n: (cells.get(key)?.n ?? 0) + 1 })
  }
  return {
    n,
    correlation: xy / Math.sqrt(xx * yy),
    slope,
    intercept,
    rmse: Math.sqrt(off.reduce((s, v) => s + v * v, 0) / n),
    expected: Math.sqrt(mean((p) => p.se * p.se)),
    coverage: pairs.filter((p, i) => Math.abs(off[i]!) <= Z80 * p.se).length / n,
    cells: [...cells.values()].sort((a, b) => a.x - b.x || a.y - b.y),
  }
}
