import type { ItemContent, ItemScoring, ResponseValue } from '@/lib/items/model'
import { answersOf } from '@/lib/items/types/answers'

/** How simulated teachers answer: a choice for every item, drawn from ability and item. The score comes from the normal path later. */
const logistic = (x: number) => 1 / (1 + Math.exp(-x))

export type SimItem = { itemVersionId: string; content: ItemContent; scoring: ItemScoring; difficulty: number }

/**
 * Difficulty of an item for the simulation, on the logit scale; reproducible from its code.
 * The shifts put the simulated means near those of 2015 (professional 54.8, pedagogic 48.9), around 50 and not 80.
 */
export function difficultyOf(itemCode: string, type: ItemScoring['type'], competency: string): number {
  let h = 2166136261
  for (const c of itemCode) h = Math.imul(h ^ c.charCodeAt(0), 16777619)
  const u = ((h >>> 0) % 10_000) / 10_000
  const shift: Record<string, number> = { '4': 0.33, '1': 0.72, '2': 0.2, '3': 0.42 }
  const shifts: Partial<Record<ItemScoring['type'], number>> = { single: 0.25, multiple: -0.75, truefalse: -0.95 }
  const typeShift = shifts[type] ?? 0
  return (u - 0.5) * 2.4 + shift[competency]! + typeShift
}

export function drawResponse(item: SimItem, ability: number, random: () => number): ResponseValue {
  const right = logistic(ability - item.difficulty)
  return random() < 0.012 ? null : answersOf(item.content.type).simulated(item.content, item.scoring, right, random)
}
