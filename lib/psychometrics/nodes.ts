/** Quadrature nodes on the θ axis with their weights (summing to 1). */
export type Quadrature = { nodes: Float64Array; weights: Float64Array }

/** Equally spaced nodes on [−6, 6] (61 by default: step 0.2). */
export function equalNodes(count = 61, limit = 6): Float64Array {
  return Float64Array.from({ length: count }, (_, q) => -limit + (2 * limit * q) / (count - 1))
}

/** The normal density at the nodes, normalised to sum 1. `sd` > 0, in θ units. */
export function normalWeights(nodes: Float64Array, mean = 0, sd = 1): Float64Array {
  const weights = nodes.map((x) => Math.exp(-0.5 * ((x - mean) / sd) ** 2))
  const sum = weights.reduce((s, w) => s + w, 0)
  return weights.map((w) => w / sum)
}

/** N(mean, sd²) on `count` equally spaced nodes. */
export function normalQuadrature(count = 61, mean = 0, sd = 1): Quadrature {
  const nodes = equalNodes(count)
  return { nodes, weights: normalWeights(nodes, mean, sd) }
}
