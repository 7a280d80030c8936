import { probabilities, type ItemParameters } from '@/lib/psychometrics/parameters'
import { responsesOf, type Responses } from '@/lib/psychometrics/responses'
import { normal, seeded } from '@/lib/platform/random'

/** Abilities drawn from N(mean, sd²) with a seed. */
export function abilities(count: number, seed: number, mean = 0, sd = 1): number[] {
  const random = seeded(seed)
  return Array.from({ length: count }, () => mean + sd * normal(random))
}

/** One simulated response a person and item, drawn from the items' own curves. */
export function simulate(items: ItemParameters[], thetas: number[], seed: number): Responses {
  const random = seeded(seed)
  const rows = thetas.map((theta) =>
    items.map((item) => {
      let u = random()
      const p = probabilities(item, theta)
      let k = 0
      while (k < p.length - 1 && u >= p[k]!) u -= p[k++]!
      return k
    }),
  )
  const made = responsesOf(
    items.map((i) => i.id),
    rows,
    items.map((i) => i.categories),
  )
  if (!made.ok) throw new Error(made.problem.detail)
  return made.value
}

/** Binary items with spread difficulties and slopes around 1, deterministic. */
export function someItems(count: number, model: '2pl' | 'rasch' = '2pl'): ItemParameters[] {
  return Array.from({ length: count }, (_, j) => {
    const a = model === 'rasch' ? 1 : 0.7 + 0.7 * ((j * 7) % 11) * 0.1
    const b = -1.8 + (3.6 * ((j * 5) % count)) / Math.max(1, count - 1)
    return { id: `i${String(j + 1).padStart(2, '0')}`, model, categories: 2, a, d: [-a * b], c: 0 }
  })
}
