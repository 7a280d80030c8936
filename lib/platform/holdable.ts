/**
 * Text as PostgreSQL can hold it: it takes no NUL and no half of a surrogate pair, and refuses the whole statement for one. What arrives
 * as JSON or in a file is read through here, so that one bad character costs itself and nothing else. Forms have `fields.ts`.
 */
const UNHOLDABLE = /\0|\p{Cs}/gu

export const holdable = (text: string): string => text.replace(UNHOLDABLE, '')

/** The same for every text in a tree, names of fields included. */
export function holdableTree<T>(tree: T): T {
  if (typeof tree === 'string') return holdable(tree) as T
  if (Array.isArray(tree)) return tree.map(holdableTree) as T
  if (!tree || typeof tree !== 'object' || Object.getPrototypeOf(tree) !== Object.prototype) return tree
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [holdable(name), holdableTree<unknown>(value)])) as T
}

/** A JSON text with everything in it holdable; undefined where it is no JSON. JSON writes what cannot be held as an escape only. */
export function readJson(text: string): unknown {
  try {
    const tree: unknown = JSON.parse(text)
    return text.includes('\\u') ? holdableTree(tree) : tree
  } catch {
    return undefined
  }
}
