import { isAnswered, type ItemContent, type ResponseValue } from './model'

/** How far an item is answered: `done` of its `parts` (statements, pairs, steps, gaps; 1 for an item that is answered at once). */
export type Completion = { state: 'empty' | 'partial' | 'whole'; done: number; parts: number }

const chosenCodes = (value: ResponseValue | undefined): string[] => (Array.isArray(value) ? value : [])
const given = (value: ResponseValue | undefined, id: string): boolean => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false
  const part = value[id]
  return typeof part === 'boolean' || (typeof part === 'string' && part.trim() !== '')
}

function partsOf(content: ItemContent, value: ResponseValue | undefined): { done: number; parts: number } {
  const count = (ids: string[], has: (id: string) => boolean) => ({ done: ids.filter(has).length, parts: ids.length })
  switch (content.type) {
    case 'truefalse':
      return count(
        content.statements.map((s) => s.id),
        (id) => given(value, id),
      )
    case 'matching':
      return count(
        content.premises.map((p) => p.id),
        (id) => chosenCodes(value).some((pair) => pair.startsWith(`${id}-`)),
      )
    case 'ordering':
      return count(
        content.options.map((o) => o.id),
        (id) => chosenCodes(value).includes(id),
      )
    case 'short':
    case 'numeric':
    case 'cloze':
      return count(
        content.gaps.map((g) => g.id),
        (id) => given(value, id),
      )
    default:
      return { done: isAnswered(value) ? 1 : 0, parts: 1 }
  }
}

/**
 * Whether every part of an item has an answer. Where the number of right choices is not told (several options, words, places),
 * one choice is whole: nothing on the screen says that more are wanted.
 */
export function completionOf(content: ItemContent, value: ResponseValue | undefined): Completion {
  const { done, parts } = partsOf(content, value)
  return { state: done === 0 ? 'empty' : done < parts ? 'partial' : 'whole', done, parts }
}
