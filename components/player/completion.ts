import type { ItemContent, ResponseValue } from '@/lib/items/model'
import { controlOf } from './controls'
import type { Parts } from './controls/control'

/** How far an item is answered: `done` of its `parts` (statements, pairs, steps, gaps; 1 for an item that is answered at once). */
export type Completion = { state: 'empty' | 'partial' | 'whole' } & Parts

/** Whether every part of an item has an answer. */
export function completionOf(content: ItemContent, value: ResponseValue | undefined): Completion {
  const { done, parts } = controlOf(content.type).parts(content, value)
  return { state: done === 0 ? 'empty' : done < parts ? 'partial' : 'whole', done, parts }
}
