import type { Area } from './model'

/** Whether a point lies in an area, its edge included. Same units for both. */
export function inside({ shape, at }: Area, x: number, y: number): boolean {
  if (shape === 'circle') return Math.hypot(x - at[0]!, y - at[1]!) <= at[2]!
  if (shape === 'rect') return x >= at[0]! && x <= at[2]! && y >= at[1]! && y <= at[3]!
  let odd = false
  for (let i = 0, j = at.length - 2; i < at.length; j = i, i += 2) {
    const [xi, yi, xj, yj] = [at[i]!, at[i + 1]!, at[j]!, at[j + 1]!]
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd
  }
  return odd
}

/** A point well inside an area, for labels and for a right response. */
export function centreOf({ shape, at }: Area): [number, number] {
  if (shape === 'circle') return [at[0]!, at[1]!]
  if (shape === 'rect') return [(at[0]! + at[2]!) / 2, (at[1]! + at[3]!) / 2]
  const xs = at.filter((_, i) => i % 2 === 0)
  const ys = at.filter((_, i) => i % 2 === 1)
  return [xs.reduce((a, b) => a + b, 0) / xs.length, ys.reduce((a, b) => a + b, 0) / ys.length]
}
