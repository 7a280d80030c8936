/** Benjamini & Hochberg (1995) adjusted p-values in the given order, as R's p.adjust(p, 'BH'). */
export function adjustFalseDiscovery(p: readonly number[]): number[] {
  const order = p.map((_, at) => at).sort((a, b) => p[b]! - p[a]! || b - a)
  const out = new Array<number>(p.length)
  let lowest = 1
  order.forEach((at, place) => {
    lowest = Math.min(lowest, p[at]! * (p.length / (p.length - place)))
    out[at] = lowest
  })
  return out
}
