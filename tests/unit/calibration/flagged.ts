import { analyseInstrument, type AnalysisInput } from '@/lib/calibration/analyse-instrument'
import { flagsOf } from '@/lib/calibration/flags'
import { settingsFor } from '@/lib/calibration/measurement-rule'
import { normal, seeded } from '@/lib/platform/random'

/** Simulated tests through the product's own analysis: sound, or with one fault in the first item. */

const OPTIONS = ['A', 'B', 'C', 'D']
const KEY = 'A'
const FLAGS = new Set(['key', 'negative', 'weak', 'misfit'])

export type Fault = 'none' | 'key'

/** `testsFlagged`: tests with any flag of the family; `plainWeak`: share of items that the plain gate calls weak; `found`, `saidKey`: wrong keys found and promised. */
export function judged(w: { items: number; people: number; tests: number; fault: Fault; seed: number }) {
  let [testsFlagged, plainWeak, found, said] = [0, 0, 0, 0]
  for (let t = 0; t < w.tests; t++) {
    const random = seeded(1_000 * w.seed + t)
    const difficulty = Array.from({ length: w.items }, () => 2.4 * (random() - 0.5) + 0.2)
    const cells = new Int8Array(w.people * w.items)
    const choices = new Int8Array(w.people * w.items)
    for (let i = 0; i < w.people; i++) {
      const theta = normal(random)
      for (let j = 0; j < w.items; j++) {
        const right = random() < 1 / (1 + Math.exp(difficulty[j]! - theta))
        const chosen = right ? 0 : 1 + Math.min(2, Math.floor(3 * random() ** 1.5))
        choices[i * w.items + j] = chosen
        // A wrong key calls the most chosen distractor right.
        cells[i * w.items + j] = Number(chosen === (w.fault === 'key' && j === 0 ? 1 : 0))
      }
    }
    const ids = difficulty.map((_, j) => `i${j}`)
    const input: AnalysisInput = {
      items: ids.map((id, j) => ({ id, options: OPTIONS, key: w.fault === 'key' && j === 0 ? 'B' : KEY })),
      data: { ids, persons: w.people, items: w.items, cells, categories: ids.map(() => 2) },
      forms: [{ id: 'f', label: 'A', items: ids }],
      formOf: Array.from({ length: w.people }, () => 'f'),
      choices,
      comparisons: [],
      settings: settingsFor('4', w.people),
    }
    const analysis = analyseInstrument(input, () => true)
    if (!analysis.ok) throw new Error(analysis.problem.detail)
    const flags = ids.map((id) => flagsOf(analysis.value.items[id]!).filter((f) => FLAGS.has(f.code)))
    if (flags.some((f) => f.length > 0)) testsFlagged++
    plainWeak += ids.filter((id) => (analysis.value.items[id]!.rItemRest ?? 1) < 0.15).length / w.items
    if (flags[0]!.some((f) => f.code === 'key')) found++
    said += analysis.value.summary.flags!.key ?? 0
  }
  return { testsFlagged, plainWeak: plainWeak / w.tests, found: found / w.tests, saidKey: said / w.tests }
}
