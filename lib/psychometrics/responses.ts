import { problem, value, type Outcome } from './problem'

/** Not administered or not answered: left out of every likelihood. */
export const MISSING = -1

/**
 * Scored responses: `persons` × `items`, row by row. A cell is an integer category 0 … categories[j] − 1, or MISSING.
 * `categories` counts the categories an item can take, whether or not all were used.
 */
export type Responses = { ids: string[]; persons: number; items: number; cells: Int8Array; categories: number[] }

/** Builds a response matrix from rows of integers (null = missing). Categories default to the highest seen + 1 (at least 2). */
export function responsesOf(ids: string[], rows: readonly (readonly (number | null)[])[], categories?: number[]): Outcome<Responses> {
  const items = ids.length
  if (!items || !rows.length) return problem('empty', 'There are no responses.')
  const cells = new Int8Array(rows.length * items).fill(MISSING)
  const seen = new Array<number>(items).fill(2)
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < items; j++) {
      const x = rows[i]![j]
      if (x === null || x === undefined) continue
      if (!Number.isInteger(x) || x < 0 || x > 120)
        return problem('wrong-category', `Row ${i + 1}, item ${ids[j]}: ${x} is not a category.`)
      cells[i * items + j] = x
      seen[j] = Math.max(seen[j]!, x + 1)
    }
  }
  if (categories) {
    const j = seen.findIndex((n, at) => n > categories[at]!)
    if (j >= 0) return problem('wrong-category', `Item ${ids[j]} holds category ${seen[j]! - 1}, above its highest ${categories[j]! - 1}.`)
  }
  return value({ ids, persons: rows.length, items, cells, categories: categories ?? seen })
}

/** The same responses for the persons at these row numbers. */
export function selectPersons(data: Responses, rows: readonly number[]): Responses {
  const cells = new Int8Array(rows.length * data.items)
  rows.forEach((i, at) => cells.set(data.cells.subarray(i * data.items, (i + 1) * data.items), at * data.items))
  return { ...data, persons: rows.length, cells }
}

/** How often each category of each item was given: `counts[j][k]`. */
export function categoryCounts(data: Responses): number[][] {
  const counts = data.categories.map((n) => new Array<number>(n).fill(0))
  for (let at = 0; at < data.cells.length; at++) {
    const x = data.cells[at]!
    if (x !== MISSING) counts[at % data.items]![x]!++
  }
  return counts
}
