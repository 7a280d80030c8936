import { formatNumber } from '@/lib/platform/format'

/** Every chart is drawn in these units and stretched to its container; a character of text is about CHAR wide. */
export const W = 320
export const H = 226
export const CHAR = 6.7

/** The inside of the axes, in picture units. */
export type Box = { left: number; right: number; top: number; bottom: number }
export const plot: Box = { left: 36, right: W - 10, top: 28, bottom: H - 40 }

/** Numbers that can be drawn: the rows whose named fields are all finite. */
export const drawable = <Row>(rows: Row[], ...fields: (keyof Row)[]): Row[] =>
  rows.filter((row) => fields.every((field) => Number.isFinite(row[field])))

const tenth = (x: number) => Math.round(x * 10) / 10 || 0

/** A straight line from a span of values to a span of picture units; a span without width goes to the middle. */
export function linear([a, b]: [number, number], [from, to]: [number, number]): (value: number) => number {
  return (value) => tenth(b === a ? (from + to) / 2 : from + ((value - a) / (b - a)) * (to - from))
}

export const extent = (values: number[]): [number, number] => [Math.min(...values), Math.max(...values)]

export const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x))

/** Round numbers between two values, about as many as wanted. */
export function ticks([low, high]: [number, number], wanted = 5): number[] {
  if (!(high > low)) return [low]
  const rough = (high - low) / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5].find((m) => m * power >= rough * 0.999) ?? 10)
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)) || 0)
}

/** The span widened to round ends, for an axis that begins and ends at a tick. */
export function widen([low, high]: [number, number], wanted = 5): [number, number] {
  const pad = low === high ? Math.abs(low) * 0.1 || 1 : 0
  const marks = ticks([low - pad, high + pad], wanted)
  const step = (marks[1] ?? high + 1) - (marks[0] ?? low)
  const ends: [number, number] = [Math.floor((low - pad) / step + 1e-9) * step, Math.ceil((high + pad) / step - 1e-9) * step]
  return [Number(ends[0].toPrecision(12)), Number(ends[1].toPrecision(12))]
}

/** "-1,25" with a decimal comma, and never "-0,00". */
export const show = (x: number, decimals = 2): string => formatNumber(x, decimals).replace(/^-(?=[0,.]*$)/, '')

/** "0,25 s.d. 0,38" */
export const range = (low: number, high: number, decimals = 2): string => `${show(low, decimals)} s.d. ${show(high, decimals)}`

/** Decimals worth writing for such values. */
export function digits(values: number[]): number {
  if (values.every(Number.isInteger)) return 0
  const [low, high] = extent(values)
  return high - low < 5 ? 2 : 1
}

/** Ticks with their words, all with as many decimals as the step needs. */
export function named(values: number[], at: (value: number) => number): { at: number; name: string }[] {
  const decimals = Math.min(4, Math.max(0, ...values.map((v) => (String(v).split('.')[1] ?? '').length)))
  return values.map((v) => ({ at: at(v), name: show(v, decimals) }))
}

/** "M1 2L3 4" through the points. */
export const path = (points: [number, number][]): string => points.map(([x, y], i) => `${i ? 'L' : 'M'}${x} ${y}`).join('')

/** Every so many points, first and last kept, so that a table stays short. */
export function thin<Row>(rows: Row[], most = 15): Row[] {
  if (rows.length <= most) return rows
  return Array.from({ length: most }, (_, i) => rows[Math.round((i * (rows.length - 1)) / (most - 1))]!)
}

export const shorten = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`)

/** Positions in rising order moved as little as is simple so that neighbours (or every `each`-th) stand `gap` apart within the ends. */
export function spread(wanted: number[], gap: number, [low, high]: [number, number], each = 1): number[] {
  const down = (start: number[]) =>
    start.reduce<number[]>((done, x, i) => [...done, Math.max(low, x, done[i - 1] ?? low, (done[i - each] ?? -Infinity) + gap)], [])
  const up = (start: number[]) => {
    const done = [...start]
    for (let i = done.length - 1; i >= 0; i--) done[i] = Math.min(high, start[i]!, done[i + 1] ?? high, (done[i + each] ?? Infinity) - gap)
    return done
  }
  const lower = up(down(wanted))
  const upper = down(up(wanted))
  return lower.map((x, i) => (x + upper[i]!) / 2)
}

export type Lane = { x: number; text: string; row: number }

/** Labels centred at x, kept inside [low, high] and put into as few rows as avoid overlap. */
export function lanes(labels: { x: number; text: string }[], [low, high]: [number, number], char = CHAR): Lane[] {
  const ends: number[] = []
  return labels.map(({ x, text }) => {
    const half = (text.length * char) / 2
    const middle = tenth(clamp(x, low + half, Math.max(low + half, high - half)))
    const free = ends.findIndex((end) => end + 4 <= middle - half)
    const row = free < 0 ? ends.length : free
    ends[row] = middle + half
    return { x: middle, text, row }
  })
}
