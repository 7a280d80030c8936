/** Codes of the words that can be chosen in a text, in reading order. */
export function hotIds(tree: unknown): string[] {
  if (Array.isArray(tree)) return tree.flatMap(hotIds)
  if (!tree || typeof tree !== 'object') return []
  const node = tree as { t?: string; id?: string }
  return [...(node.t === 'hot' ? [node.id!] : []), ...Object.values(node).flatMap(hotIds)]
}
