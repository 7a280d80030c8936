import { MISSING, type Responses } from './responses'

/**
 * Responses folded for the E-step: each distinct row (within a group) once, with its count; rows that answered the same
 * items share a mask. Of a row only categories above 0 are listed, because category 0 adds nothing to a linear predictor.
 */
export type Patterns = {
  items: number
  categories: number[]
  groups: number
  count: Float64Array
  group: Int32Array
  mask: Int32Array
  /** Row p lists entries start[p] … start[p+1]−1 of `item` and `category`. */
  start: Int32Array
  item: Int32Array
  category: Int8Array
  /** Items answered under each mask. */
  masks: Int32Array[]
  /** Persons of each group who answered anything. */
  groupSizes: number[]
}

/** Folds responses; `group[i]` is 0 … groups−1. Persons without any answer are left out. */
export function foldResponses(data: Responses, group: ArrayLike<number> | null, groups: number): Patterns {
  const rows = new Map<string, number>()
  const masks = new Map<string, number>()
  const maskItems: Int32Array[] = []
  const count: number[] = []
  const groupOf: number[] = []
  const maskOf: number[] = []
  const start: number[] = [0]
  const item: number[] = []
  const category: number[] = []
  const groupSizes = new Array<number>(groups).fill(0)
  const codes = new Uint8Array(data.items + 1)
  const maskCodes = new Uint8Array(data.items)
  const text = new TextDecoder('latin1')
  for (let i = 0; i < data.persons; i++) {
    let answered = 0
    const g = group ? group[i]! : 0
    for (let j = 0; j < data.items; j++) {
      const x = data.cells[i * data.items + j]!
      codes[j] = x + 1
      maskCodes[j] = x === MISSING ? 0 : 1
      if (x !== MISSING) answered++
    }
    if (!answered) continue
    groupSizes[g]!++
    codes[data.items] = g
    const key = text.decode(codes)
    const known = rows.get(key)
    if (known !== undefined) {
      count[known]!++
      continue
    }
    rows.set(key, count.length)
    count.push(1)
    groupOf.push(g)
    const maskKey = answered === data.items ? 'all' : text.decode(maskCodes)
    let m = masks.get(maskKey)
    if (m === undefined) {
      m = maskItems.length
      masks.set(maskKey, m)
      maskItems.push(Int32Array.from([...maskCodes.keys()].filter((j) => maskCodes[j])))
    }
    maskOf.push(m)
    for (let j = 0; j < data.items; j++) {
      const x = data.cells[i * data.items + j]!
      if (x > 0) {
        item.push(j)
        category.push(x)
      }
    }
    start.push(item.length)
  }
  return {
    items: data.items,
    categories: data.categories,
    groups,
    count: Float64Array.from(count),
    group: Int32Array.from(groupOf),
    mask: Int32Array.from(maskOf),
    start: Int32Array.from(start),
    item: Int32Array.from(item),
    category: Int8Array.from(category),
    masks: maskItems,
    groupSizes,
  }
}
