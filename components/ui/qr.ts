import { encode } from 'uqr'

/** A text as the dark squares of a QR code: one path, and the length of a side with its quiet border. `ecc`: how much of it may be soiled. */
export function codeOf(text: string, ecc: 'L' | 'M' = 'L'): { path: string; size: number } {
  const { data, size } = encode(text, { ecc, border: 3 })
  return { size, path: data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : []))).join('') }
}
