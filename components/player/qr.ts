import { encode } from 'uqr'

/** A text as the dark squares of a QR code: one path, and the length of a side with its quiet border. */
export function codeOf(text: string): { path: string; size: number } {
  const { data, size } = encode(text, { ecc: 'L', border: 3 })
  return { size, path: data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : []))).join('') }
}
