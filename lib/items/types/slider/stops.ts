import type { ContentOf, ScoringOf } from '../../model'

/** The numbers that a slider can stand on, and which of them are right. */
export type Scale = Pick<ContentOf<'slider'>, 'min' | 'max' | 'step'>

/** More stops than this are a number to be typed, not a line. */
export const MOST_STOPS = 1_000

const decimals = (n: number) => (String(n).split('.')[1] ?? '').length

/** How many steps lie between the ends; whole where the step divides the line. */
export const stepsOf = ({ min, max, step }: Scale): number => Number(((max - min) / step).toFixed(6))

/** The number `steps` steps from the lower end, without the dust of binary fractions. */
export const stopAt = ({ min, step }: Scale, steps: number): number =>
  Number((min + steps * step).toFixed(Math.max(decimals(min), decimals(step))))

export const stopsOf = (scale: Scale): number[] => Array.from({ length: Math.floor(stepsOf(scale)) + 1 }, (_, i) => stopAt(scale, i))

/** Whether a number is right; a hair of slack, so that 0.1 + 0.2 is within nothing of 0.3. */
export function isRight({ key }: ScoringOf<'slider'>, n: number): boolean {
  const [low, high] = 'value' in key ? [key.value - key.tolerance, key.value + key.tolerance] : [key.from, key.to]
  const slack = 1e-9 * Math.max(1, Math.abs(low), Math.abs(high))
  return n >= low - slack && n <= high + slack
}

/** A response's number; null for what no slider gives. */
export function chosenIn(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const entries = Object.entries(value)
  const [only] = entries
  if (entries.length !== 1 || only![0] !== 'value' || typeof only![1] !== 'string') return null
  return /^-?\d{1,10}(?:\.\d{1,6})?$/.test(only![1]) ? Number(only![1]) : null
}
