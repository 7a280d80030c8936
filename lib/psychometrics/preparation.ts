import { isPolytomous, type ItemModel } from './parameters'
import { problem, value, type Outcome } from './problem'
import { categoryCounts, MISSING, type Responses } from './responses'

export type Warning = {
  id: string | null
  code: 'constant' | 'collapsed' | 'sparse' | 'steep' | 'flat' | 'negative' | 'unanswered' | 'unidentified' | 'wide' | 'singular'
  detail: string
}

/** Responses fit for calibration: constant items left out, unused categories closed up. */
export type Prepared = {
  data: Responses
  /** For each kept item the lowest original category that each model category stands for. */
  codes: number[][]
  warnings: Warning[]
}

/**
 * Takes out what no model can estimate, and says so: items that nobody answered or everybody answered alike; categories
 * that nobody used are closed up (0, 1, 3 become 0, 1, 2); categories with fewer than `minimum` answers join the smaller
 * neighbour. Binary models refuse items with more than two used categories.
 */
export function prepare(data: Responses, model: ItemModel, minimum = 1): Outcome<Prepared> {
  const counts = categoryCounts(data)
  const warnings: Warning[] = []
  const kept: number[] = []
  const codes: number[][] = []
  for (let j = 0; j < data.items; j++) {
    const id = data.ids[j]!
    const used = [...counts[j]!.keys()].filter((k) => counts[j]![k]! > 0)
    if (used.length < 2) {
      const detail = used.length ? `Every answer to ${id} is ${used[0]}: no difficulty can be estimated.` : `Nobody answered ${id}.`
      warnings.push({ id, code: used.length ? 'constant' : 'unanswered', detail: `${detail} The item is left out.` })
      continue
    }
    if (!isPolytomous(model) && used.length > 2) return problem('wrong-model', `${id} has ${used.length} categories; ${model} takes two.`)
    if (used[used.length - 1]! - used[0]! + 1 !== used.length) {
      warnings.push({ id, code: 'collapsed', detail: `${id}: unused categories were closed up; categories used: ${used.join(', ')}.` })
    }
    const joined = joinSparse(used, counts[j]!, minimum)
    if (joined.length < used.length) {
      warnings.push({
        id,
        code: 'collapsed',
        detail: `${id}: categories with fewer than ${minimum} answers were joined; they now begin at ${joined.join(', ')}.`,
      })
    }
    const least = Math.min(...joined.map((code, k) => countBetween(counts[j]!, code, joined[k + 1])))
    if (least < 10) warnings.push({ id, code: 'sparse', detail: `${id}: a category holds only ${least} answers.` })
    kept.push(j)
    codes.push(joined)
  }
  if (!kept.length) return problem('constant', 'No item has two different answers.')
  const cells = new Int8Array(data.persons * kept.length).fill(MISSING)
  kept.forEach((j, at) => {
    for (let i = 0; i < data.persons; i++) {
      const x = data.cells[i * data.items + j]!
      if (x !== MISSING) cells[i * kept.length + at] = codes[at]!.findLastIndex((code) => code <= x)
    }
  })
  return value({
    data: {
      ids: kept.map((j) => data.ids[j]!),
      persons: data.persons,
      items: kept.length,
      cells,
      categories: codes.map((c) => c.length),
    },
    codes,
    warnings,
  })
}

/** Answers with original categories from `from` up to, but not including, `to`. */
function countBetween(counts: readonly number[], from: number, to: number | undefined): number {
  return counts.slice(from, to).reduce((s, n) => s + n, 0)
}

/** Lowest categories after joining those with fewer than `minimum` answers to the smaller neighbour; two always remain. */
function joinSparse(used: readonly number[], counts: readonly number[], minimum: number): number[] {
  const starts = [...used]
  for (;;) {
    const sizes = starts.map((from, k) => countBetween(counts, from, starts[k + 1]))
    const thin = sizes.findIndex((n) => n < minimum)
    if (thin < 0 || starts.length <= 2) return starts
    const [below, above] = [sizes[thin - 1] ?? Infinity, sizes[thin + 1] ?? Infinity]
    // The boundary between the two that join goes.
    starts.splice(below <= above ? thin : thin + 1, 1)
  }
}

/**
 * Responses as model categories, by the codes of a calibration (`codes[k]` is the lowest original value of category k),
 * for the items given and in their order. A value below or above all that the calibration saw is a problem, or goes to the
 * nearest category when `clamp` says so; a missing column is missing data.
 */
export function recode(
  data: Responses,
  items: readonly { id: string; codes?: number[]; categories: number }[],
  clamp = false,
): Outcome<Responses> {
  const cells = new Int8Array(data.persons * items.length).fill(MISSING)
  for (let at = 0; at < items.length; at++) {
    const item = items[at]!
    const j = data.ids.indexOf(item.id)
    if (j < 0) continue
    const codes = item.codes ?? Array.from({ length: item.categories }, (_, k) => k)
    for (let i = 0; i < data.persons; i++) {
      const x = data.cells[i * data.items + j]!
      if (x === MISSING) continue
      if (!clamp && !codes.includes(x))
        return problem('wrong-category', `Row ${i + 1}, item ${item.id}: the calibration never saw the answer ${x}.`)
      cells[i * items.length + at] = Math.max(
        0,
        codes.findLastIndex((code) => code <= x),
      )
    }
  }
  return value({
    ids: items.map((i) => i.id),
    persons: data.persons,
    items: items.length,
    cells,
    categories: items.map((i) => i.categories),
  })
}
