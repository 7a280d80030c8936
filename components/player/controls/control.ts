import type { ReactElement } from 'react'
import type { Slots } from '@/components/content'
import { isAnswered, type ContentOf, type ItemType, type ResponseValue } from '@/lib/items/model'
import type { Change } from '../change'

export type ControlProps<T extends ItemType> = {
  id: string
  content: ContentOf<T>
  value: ResponseValue | undefined
  seed: number
  media: Record<string, string>
  disabled: boolean
  onChange: (change: Change) => void
}

/** How a participant answers a type: native controls, so that thumb, keyboard and screen reader all work. */
export type Control<T extends ItemType> = {
  /** What stands below the text. */
  Choices: (props: ControlProps<T>) => ReactElement
  /** The places for answers in the text itself; null where there are none. */
  slots: ((props: ControlProps<T>) => Slots) | null
  /** How many parts (statements, pairs, steps, gaps) wait for an answer, and how many have one. */
  parts: (content: ContentOf<T>, value: ResponseValue | undefined) => Parts
}
export type Parts = { done: number; parts: number }

/** An item that is answered at once. Where the number of right choices is not told, one choice is whole. */
export const onePart = (_content: unknown, value: ResponseValue | undefined): Parts => ({ done: isAnswered(value) ? 1 : 0, parts: 1 })

export const counted = (ids: string[], has: (id: string) => boolean): Parts => ({ done: ids.filter(has).length, parts: ids.length })

/** Whether a row of a response is answered. */
export function given(value: ResponseValue | undefined, id: string): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false
  const part = value[id]
  return typeof part === 'boolean' || (typeof part === 'string' && part.trim() !== '')
}

export const row = (on: boolean): string =>
  `flex min-h-12 cursor-pointer items-start gap-3 rounded-lg border px-3 py-2.5 ${on ? 'border-leaf bg-leaf-pale' : 'border-line bg-card'} has-[:focus-visible]:outline-3 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-indigo`
export const dot = 'mt-1 size-4 shrink-0 accent-leaf'
