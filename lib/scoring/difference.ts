import type { Difference } from './model'
import { levelOf, scaleLevelOf, type Rules } from '@/lib/standards/rules-model'

/** What stood for a person before. */
export type Before = { points: number } | { percent: number } | null

/** Compares each person's standing before with the new points. `before[i]` is null for somebody new. */
export function difference(rules: Rules, before: readonly Before[], after: readonly number[], basis: Difference['basis']): Difference {
  const levels = new Map<string, { from: string; to: string; n: number }>()
  let [moved, sum, compared, largest, crossed, up, down] = [0, 0, 0, 0, 0, 0, 0]
  after.forEach((points, i) => {
    const b = before[i] ?? null
    const from = b === null ? 'belum ada' : 'points' in b ? scaleLevelOf(rules, b.points).name : levelOf(rules, b.percent).name
    const to = scaleLevelOf(rules, points).name
    const key = `${from}|${to}`
    levels.set(key, { from, to, n: (levels.get(key)?.n ?? 0) + 1 })
    if (b === null || !('points' in b)) return
    const change = points - b.points
    compared++
    sum += change
    if (Math.abs(change) >= 0.5) moved++
    if (Math.abs(change) > Math.abs(largest)) largest = change
    if (from !== to) crossed++
    if (b.points < 500 && points >= 500) up++
    if (b.points >= 500 && points < 500) down++
  })
  return {
    basis,
    n: after.length,
    moved,
    meanChange: compared ? sum / compared : null,
    largest: compared ? largest : null,
    levels: [...levels.values()],
    crossed: { n: crossed, up, down },
  }
}
