import type { FormPart } from '@/lib/psychometrics/forms'
import { MISSING } from '@/lib/psychometrics/responses'

/**
 * The persons whose form holds the item, with their score on its other items: the share of the highest sum, standardised within the form
 * where several hold it, so that a harder form does not make its people look weaker. A missing answer adds nothing.
 */
export function restScores(parts: readonly FormPart[], id: string): { rows: number[]; rest: number[] } {
  const own = parts.filter((p) => p.data.ids.includes(id))
  const scores = own.map(({ data }) => {
    const j = data.ids.indexOf(id)
    return Array.from({ length: data.persons }, (_, i) => {
      let sum = 0
      for (let k = 0; k < data.items; k++) {
        const x = data.cells[i * data.items + k]!
        if (k !== j && x !== MISSING) sum += x / (data.categories[k]! - 1)
      }
      return sum
    })
  })
  return { rows: own.flatMap((p) => p.rows), rest: own.length > 1 ? scores.flatMap(standardised) : scores.flat() }
}

function standardised(values: readonly number[]): number[] {
  const mean = values.reduce((s, v) => s + v, 0) / values.length
  const sd = Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / values.length) || 1
  return values.map((v) => (v - mean) / sd)
}
