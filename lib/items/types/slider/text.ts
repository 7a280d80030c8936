import { decimal, LineProblem, numberIn } from '../../line-model'

/** A slider's line and key as people type them, in the editor and in a cell. */
const NUMBER = String.raw`[-−]?\d+(?:[.,]\d+)*`
const TO = String.raw`\s*(?:\.\.|…|–|sampai|s\.d\.)\s*`

/** "0 .. 100 langkah 5 °C" */
export function lineFrom(words: string): { min: number; max: number; step: number; unit?: string } {
  const m = new RegExp(`^(${NUMBER})${TO}(${NUMBER})\\s+langkah\\s+(${NUMBER})\\s*(.*)$`, 'i').exec(words.trim())
  if (!m) throw new LineProblem('Garis ditulis seperti: 0 .. 100 langkah 5 °C.')
  return { min: numberIn(m[1]!), max: numberIn(m[2]!), step: numberIn(m[3]!), ...(m[4] ? { unit: m[4].trim() } : {}) }
}

/** "40 ± 5", "40" or "35 .. 45" */
export function keyFrom(words: string): { answer: number; tolerance?: number } | { range: [number, number] } {
  const span = new RegExp(`^(${NUMBER})${TO}(${NUMBER})$`, 'i').exec(words.trim())
  if (span) return { range: [numberIn(span[1]!), numberIn(span[2]!)] }
  const m = new RegExp(`^(${NUMBER})(?:\\s*(?:±|\\+/-)\\s*(${NUMBER}))?$`).exec(words.trim())
  if (!m) throw new LineProblem('Kunci ditulis seperti: 40 ± 5, atau 35 .. 45.')
  return { answer: numberIn(m[1]!), ...(m[2] ? { tolerance: numberIn(m[2]) } : {}) }
}

type Line = { min: number; max: number; step: number; unit?: string | undefined }
export const lineText = ({ min, max, step, unit }: Line): string =>
  `${decimal(min)} .. ${decimal(max)} langkah ${decimal(step)}${unit ? ` ${unit}` : ''}`

type Key = { answer?: number | undefined; tolerance?: number | undefined; range?: [number, number] | undefined }
export const keyText = ({ answer, tolerance, range }: Key): string =>
  range ? `${decimal(range[0])} .. ${decimal(range[1])}` : `${decimal(answer!)}${tolerance ? ` ± ${decimal(tolerance)}` : ''}`
