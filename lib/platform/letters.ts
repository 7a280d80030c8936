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

/** Bytes of a text file as text; null for bytes that are no text. Lines that are not UTF are read as Windows-1252, Excel's letters here. */
export function decodeText(bytes: Uint8Array): string | null {
  const marked = starts(bytes, 0xff, 0xfe) ? 'utf-16le' : starts(bytes, 0xfe, 0xff) ? 'utf-16be' : unmarkedUtf16(bytes)
  if (marked) return new TextDecoder(marked).decode(bytes)
  if (bytes.subarray(0, 4096).includes(0)) return null
  const whole = utf8(bytes)
  if (whole !== null) return whole
  // Files of several makers are put together: each line is asked by itself.
  const lines: string[] = []
  for (let from = 0; from <= bytes.length;) {
    const end = bytes.indexOf(0x0a, from)
    const line = bytes.subarray(from, end < 0 ? bytes.length : end + 1)
    // Node's own decoder of this name reads Latin-1 in some versions.
    lines.push(utf8(line) ?? iconv.decode(Buffer.from(line), 'win1252'))
    if (end < 0) break
    from = end + 1
  }
  return lines.join('')
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
