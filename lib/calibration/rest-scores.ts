import type { FormPart } from '@/lib/psychometrics/forms'
import { MISSING } from '@/lib/psychometrics/responses'

/** What a person's answers are worth in whole parts of `unit`, so that equal scores are equal to the last digit. */
type Worth = { part: FormPart; unit: number; each: Int32Array; total: Int32Array }

/** The smallest number that every item's highest category divides. */
const commonUnit = (categories: readonly number[]): number =>
  categories.reduce((unit, c) => {
    let all = unit
    while (all % (c - 1)) all += unit
    return all
  }, 1)

function worthOf(part: FormPart): Worth {
  const { data } = part
  const unit = commonUnit(data.categories)
  const each = Int32Array.from(data.categories, (c) => unit / (c - 1))
  const total = new Int32Array(data.persons)
  for (let i = 0; i < data.persons; i++)
    for (let k = 0; k < data.items; k++) {
      const x = data.cells[i * data.items + k]!
      if (x !== MISSING) total[i]! += x * each[k]!
    }
  return { part, unit, each, total }
}

/**
 * For any item: the persons whose form holds it, with their score on its other items: the share of the highest sum, standardised within
 * the form where several hold it, so that a harder form does not make its people look weaker. A missing answer adds nothing.
 */
export function restScorer(parts: readonly FormPart[]): (id: string) => { rows: number[]; rest: number[] } {
  const worths = parts.map(worthOf)
  return (id) => {
    const own = worths.filter((w) => w.part.data.ids.includes(id))
    const scores = own.map(({ part: { data }, unit, each, total }) => {
      const j = data.ids.indexOf(id)
      return Array.from(total, (sum, i) => {
        const x = data.cells[i * data.items + j]!
        return (x === MISSING ? sum : sum - x * each[j]!) / unit
      })
    })
    return { rows: own.flatMap((w) => w.part.rows), rest: own.length > 1 ? scores.flatMap(standardised) : scores.flat() }
  }
}

function standardised(values: readonly number[]): number[] {
  const mean = values.reduce((s, v) => s + v, 0) / values.length
  const sd = Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / values.length) || 1
  return values.map((v) => (v - mean) / sd)
}
