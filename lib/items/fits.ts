import type { ItemContent, ResponseValue } from './model'
import { answersOf } from './types/answers'

/**
 * What an item's screen can give as a response: codes that the item has, as many as it takes, text no longer than its field.
 * The check is made once an item; what it answers is called for every response that arrives.
 */
export function responseCheck(content: ItemContent): (value: ResponseValue) => boolean {
  const check = answersOf(content.type).fits(content)
  // Nothing chosen, and a choice that was emptied, belong to every item.
  return (value) => value === null || value === '' || check(value)
}
