import { MOST_TYPED, type Inline, type Block, type ItemContent, type Option, type ResponseValue } from './model'

/** Longest text in a gap; the field on the phone takes 200. */
const MOST_IN_GAP = 400

const idsOf = (options: readonly Option[]) => new Set(options.map((o) => o.id))

/** Codes of the words that can be chosen in a text. */
function hotCodes(tree: (Inline | Block)[]): Set<string> {
  const found = new Set<string>()
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk)
    if (!node || typeof node !== 'object') return
    const { t, id } = node as { t?: string; id?: string }
    if (t === 'hot' && id) found.add(id)
    Object.values(node).forEach(walk)
  }
  walk(tree)
  return found
}

const distinctOf = (value: unknown, known: (code: string) => boolean): boolean =>
  Array.isArray(value) && new Set(value).size === value.length && value.every((v) => typeof v === 'string' && known(v))
const rowsOf = (value: unknown): [string, unknown][] | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : null

/**
 * What an item's screen can give as a response: codes that the item has, as many as it takes, text no longer than its field.
 * The check is made once an item; what it answers is called for every response that arrives.
 */
export function responseCheck(content: ItemContent): (value: ResponseValue) => boolean {
  const check = shapeCheck(content)
  // Nothing chosen, and a choice that was emptied, belong to every item.
  return (value) => value === null || value === '' || check(value)
}

function shapeCheck(content: ItemContent): (value: ResponseValue) => boolean {
  switch (content.type) {
    case 'single':
    case 'graded': {
      const ids = idsOf(content.options)
      return (value) => typeof value === 'string' && ids.has(value)
    }
    case 'multiple':
    case 'ordering': {
      const ids = idsOf(content.options)
      return (value) => distinctOf(value, (c) => ids.has(c))
    }
    case 'hottext': {
      const ids = hotCodes(content.stem)
      return (value) => distinctOf(value, (c) => ids.has(c))
    }
    case 'hotspot': {
      const ids = new Set(content.spots.map((s) => s.id))
      if (!content.free) return (value) => distinctOf(value, (c) => ids.has(c))
      const onPicture = (code: string) => {
        const [, x, y] = /^(\d{1,5})-(\d{1,5})$/.exec(code) ?? []
        return x !== undefined && Number(x) <= content.width && Number(y) <= content.height
      }
      return (value) => distinctOf(value, onPicture) && (!content.most || (value as string[]).length <= content.most)
    }
    case 'truefalse': {
      const ids = idsOf(content.statements)
      return (value) => rowsOf(value)?.every(([id, v]) => ids.has(id) && typeof v === 'boolean') ?? false
    }
    case 'likert':
      return (value) => typeof value === 'number' && value >= 1 && value <= content.scale.length
    case 'matching': {
      const pairs = new Set(content.premises.flatMap((p) => content.choices.map((c) => `${p.id}-${c.id}`)))
      return (value) => distinctOf(value, (c) => pairs.has(c))
    }
    case 'short':
    case 'numeric':
    case 'cloze': {
      const gaps = new Map(content.gaps.map((g) => [g.id, g.kind === 'choice' ? idsOf(g.options) : null]))
      return (value) =>
        rowsOf(value)?.every(([id, v]) => {
          if (!gaps.has(id) || typeof v !== 'string') return false
          const options = gaps.get(id)
          return options ? v === '' || options.has(v) : v.length <= MOST_IN_GAP
        }) ?? false
    }
    case 'extended':
      return (value) => rowsOf(value)?.every(([id, v]) => id === 'text' && typeof v === 'string' && v.length <= MOST_TYPED) ?? false
  }
}
