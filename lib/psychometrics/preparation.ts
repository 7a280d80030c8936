import { isPolytomous, type ItemModel } from './parameters'
import { problem, value, type Outcome } from './problem'
import { categoryCounts, MISSING, type Responses } from './responses'

export type Warning = {
  id: string | null
  code: 'constant' | 'collapsed' | 'sparse' | 'steep' | 'flat' | 'negative' | 'unanswered'
  detail: string
}

/** Responses fit for calibration: constant items left out, unused categories closed up. */
export type Prepared = {
  data: Responses
  /** For each kept item the original category that each model category stands for. */
  codes: number[][]
  warnings: Warning[]
}

/**
 * Takes out what no model can estimate, and says so: items that nobody answered or everybody answered alike; categories
 * that nobody used are closed up (0, 1, 3 become 0, 1, 2). Binary models refuse items with more than two used categories.
 */
export function prepare(data: Responses, model: ItemModel): Outcome<Prepared> {
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
    const least = Math.min(...used.map((k) => counts[j]![k]!))
    if (least < 10) warnings.push({ id, code: 'sparse', detail: `${id}: a category holds only ${least} answers.` })
    kept.push(j)
    codes.push(used)
  }
  if (!kept.length) return problem('constant', 'No item has two different answers.')
  const cells = new Int8Array(data.persons * kept.length).fill(MISSING)
  kept.forEach((j, at) => {
    const place = new Map(codes[at]!.map((code, k) => [code, k]))
    for (let i = 0; i < data.persons; i++) {
      const x = data.cells[i * data.items + j]!
      if (x !== MISSING) cells[i * kept.length + at] = place.get(x)!
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

/**
 * Responses as model categories, by the codes of a calibration (`codes[k]` is the original value of category k), for the
 * items given and in their order. A value that the calibration never saw is a problem; a missing column is missing data.
 */
export function recode(data: Responses, items: readonly { id: string; codes?: number[]; categories: number }[]): Outcome<Responses> {
  const cells = new Int8Array(data.persons * items.length).fill(MISSING)
  for (let at = 0; at < items.length; at++) {
    const item = items[at]!
    const j = data.ids.indexOf(item.id)
    if (j < 0) continue
    const codes = item.codes ?? Array.from({ length: item.categories }, (_, k) => k)
    for (let i = 0; i < data.persons; i++) {
      const x = data.cells[i * data.items + j]!
      if (x === MISSING) continue
      const k = codes.indexOf(x)
      if (k < 0) return problem('wrong-category', `Row ${i + 1}, item ${item.id}: the calibration never saw the answer ${x}.`)
      cells[i * items.length + at] = k
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
