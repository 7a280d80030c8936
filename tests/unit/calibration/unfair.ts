import { compareGroups } from '@/lib/calibration/fairness'
import { differs } from '@/lib/calibration/flags'
import { normal, seeded } from '@/lib/platform/random'

/** Simulated tests of two groups that differ in ability, through the product's own comparison: fair, or with items that are harder for one group. */

export type Unfair = {
  items: number
  /** Of each group. */
  people: number
  tests: number
  /** Logits by which the first item is harder for the second group. */
  shift: number
  seed: number
  /** Deviation of the logarithm of the slopes; the comparison holds nothing of it. */
  slopes?: number
}

/** `testsFlagged`: tests in which any other item than the first is called; `found`: tests in which the first is. */
export function compared(w: Unfair): { testsFlagged: number; found: number } {
  let [testsFlagged, found] = [0, 0]
  for (let t = 0; t < w.tests; t++) {
    const random = seeded(1_000 * w.seed + t)
    const items = Array.from({ length: w.items }, () => ({
      b: 2.4 * (random() - 0.5) + 0.2,
      a: Math.exp((w.slopes ?? 0) * normal(random)),
    }))
    const ids = items.map((_, j) => `i${j}`)
    const persons = 2 * w.people
    const cells = new Int8Array(persons * w.items)
    for (let i = 0; i < persons; i++) {
      const focal = i >= w.people
      const theta = normal(random) - (focal ? 0.4 : 0)
      for (const [j, { a, b }] of items.entries())
        cells[i * w.items + j] = Number(random() < 1 / (1 + Math.exp(a * (b + (focal && j === 0 ? w.shift : 0) - theta))))
    }
    const data = { ids, persons, items: w.items, cells, categories: ids.map(() => 2) }
    const of = Array.from({ length: persons }, (_, i) => (i < w.people ? 'a' : 'b'))
    const rows = compareGroups(
      ids,
      [{ form: 'f', rows: of.map((_, i) => i), at: ids.map((_, j) => j), data }],
      [{ key: 'k', reference: 'a', focal: 'b', of }],
    )
    const called = ids.map((id) => rows.get(id)!.rows.some(differs))
    if (called[0] && w.shift) found++
    if (called.some((c, j) => c && (j > 0 || !w.shift))) testsFlagged++
  }
  return { testsFlagged, found }
}
