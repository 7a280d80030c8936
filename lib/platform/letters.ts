import iconv from 'iconv-lite'

/** Which letters the bytes of a text file are. */

const starts = (bytes: Uint8Array, ...magic: number[]) => magic.every((b, i) => bytes[i] === b)

/** UTF-16 without its mark: every second byte of Latin text is nought. Null for text of another kind. */
export function unmarkedUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const head = bytes.subarray(0, 4096 & ~1)
  const half = head.length / 2
  let even = 0
  let odd = 0
  for (let i = 0; i < head.length; i++) {
    if (head[i] !== 0) continue
    if (i % 2) odd++
    else even++
  }
  if (odd > half * 0.6 && even === 0) return 'utf-16le'
  return even > half * 0.6 && odd === 0 ? 'utf-16be' : null
}

/** Bytes of a text file as text; null for bytes that are no text. What is not UTF is read as Windows-1252, Excel's letters here. */
export function decodeText(bytes: Uint8Array): string | null {
  const marked = starts(bytes, 0xff, 0xfe) ? 'utf-16le' : starts(bytes, 0xfe, 0xff) ? 'utf-16be' : unmarkedUtf16(bytes)
  if (marked) return new TextDecoder(marked).decode(bytes)
  if (bytes.subarray(0, 4096).includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Node's own decoder of this name reads Latin-1 in some versions.
    return iconv.decode(Buffer.from(bytes), 'win1252')
  }
}
