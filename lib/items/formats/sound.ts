/**
 * Sounds taken apart and put together again: only what a player needs to play remains. Text about the sound, pictures in it, and whatever
 * was hung before, between or behind the music are left out, so that a file that is two things at once is one afterwards. Pure.
 */
type Bytes = Uint8Array<ArrayBuffer>

const ascii = (b: Uint8Array, at: number, length = 4) => String.fromCharCode(...b.subarray(at, at + length))
const join = (parts: Uint8Array[]): Bytes => {
  const whole = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let at = 0
  for (const p of parts) {
    whole.set(p, at)
    at += p.length
  }
  return whole
}
const view = (b: Uint8Array) => new DataView(b.buffer, b.byteOffset, b.byteLength)

/** RIFF: the chunk that says the format, and the samples. */
function wav(b: Bytes): Bytes | null {
  const kept: Uint8Array[] = []
  for (let at = 12; at + 8 <= b.length;) {
    const length = view(b).getUint32(at + 4, true)
    const end = at + 8 + length
    if (end > b.length) break
    const name = ascii(b, at)
    // PCM, floating point, or the long form of either.
    if (name === 'fmt ' && (length < 16 || length > 64 || ![1, 3, 0xfffe].includes(view(b).getUint16(at + 8, true)))) return null
    if (name === (kept.length ? 'data' : 'fmt ')) kept.push(b.subarray(at, end), new Uint8Array(length % 2))
    at = end + (length % 2)
    if (kept.length === 4) break
  }
  if (kept.length !== 4) return null
  const body = join(kept)
  const head = new Uint8Array(12)
  head.set(b.subarray(0, 4))
  view(head).setUint32(4, body.length + 4, true)
  head.set(b.subarray(8, 12), 8)
  return join([head, body])
}

const KBITS = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const
const RATES = [44_100, 48_000, 32_000]

/** Length (bytes) of the layer III frame that begins here; 0 where none does. */
function frameAt(b: Uint8Array, at: number): number {
  if (at + 4 > b.length || b[at] !== 0xff || (b[at + 1]! & 0xe6) !== 0xe2) return 0
  const version = (b[at + 1]! >> 3) & 3
  const rate = RATES[(b[at + 2]! >> 2) & 3]
  const kbits = KBITS[version === 3 ? 1 : 2][b[at + 2]! >> 4]
  if (version === 1 || !rate || !kbits) return 0
  const hertz = rate / (version === 3 ? 1 : version === 2 ? 2 : 4)
  return Math.floor(((version === 3 ? 144 : 72) * kbits * 1000) / hertz) + ((b[at + 2]! >> 1) & 1)
}

/** Layer III: a run of frames, from the first that another one follows. */
function mp3(b: Bytes): Bytes | null {
  let at = 0
  if (ascii(b, 0, 3) === 'ID3') at = 10 + b.subarray(6, 10).reduce((n, x) => n * 128 + (x & 127), 0)
  const latest = Math.min(b.length, at + 65_536)
  while (at < latest && !(frameAt(b, at) && frameAt(b, at + frameAt(b, at)))) at++
  const frames: Uint8Array[] = []
  for (let length = frameAt(b, at); length && at + length <= b.length; length = frameAt(b, at)) {
    frames.push(b.subarray(at, at + length))
    at += length
  }
  return frames.length >= 2 ? join(frames) : null
}

let table: Uint32Array | undefined
/** The check sum of an Ogg page (polynomial 04C11DB7, neither reflected nor inverted). */
function oggSum(page: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, i) => {
    let r = i << 24
    for (let k = 0; k < 8; k++) r = r & 0x80000000 ? (r << 1) ^ 0x04c11db7 : r << 1
    return r >>> 0
  })
  let sum = 0
  for (let i = 0; i < page.length; i++) {
    const byte = i >= 22 && i < 26 ? 0 : page[i]!
    sum = ((sum << 8) ^ table[((sum >>> 24) ^ byte) & 255]!) >>> 0
  }
  return sum
}

/** Ogg: whole pages with a right check sum, of Vorbis or Opus. */
function ogg(b: Bytes): Bytes | null {
  const pages: Uint8Array[] = []
  for (let at = 0; at + 27 <= b.length && ascii(b, at) === 'OggS';) {
    const segments = b[at + 26]!
    const body = b.subarray(at + 27, at + 27 + segments).reduce((n, x) => n + x, 0)
    const page = b.subarray(at, at + 27 + segments + body)
    if (page.length < 27 + segments + body || oggSum(page) !== view(page).getUint32(22, true)) break
    if (!pages.length && !/^(?:\x01vorbis|OpusHead)/.test(ascii(page, 27 + segments, 8))) return null
    pages.push(page)
    at += page.length
  }
  return pages.length >= 2 ? join(pages) : null
}

/** Boxes that hold words, pictures or anything but the sound are emptied where they stand, because places in the file are counted. */
const EMPTIED = new Set(['udta', 'meta', 'uuid', 'skip', 'free', 'wide', 'pdin', 'sidx', 'emsg', 'prft'])
const INSIDE = new Set(['moov', 'trak'])

/** Walks boxes from `at` to `end`; false when they do not fill it exactly. */
function boxes(b: Bytes, at: number, end: number, seen: string[]): boolean {
  while (at < end) {
    if (at + 8 > end) return false
    const name = ascii(b, at + 4)
    const length = view(b).getUint32(at)
    if (length < 8 || at + length > end || !/^[a-z0-9]{4}$/.test(name)) return false
    seen.push(name)
    if (EMPTIED.has(name)) {
      b.fill(0, at + 8, at + length)
      b.set([0x66, 0x72, 0x65, 0x65], at + 4)
    } else if (INSIDE.has(name) && !boxes(b, at + 8, at + length, seen)) return false
    at += length
  }
  return true
}

/** MPEG-4: its head, its index and its sound; a file with moving pictures is none. */
function m4a(b: Bytes): Bytes | null {
  const copy = b.slice()
  const seen: string[] = []
  if (!boxes(copy, 0, copy.length, seen) || seen[0] !== 'ftyp' || !seen.includes('moov') || !seen.includes('mdat')) return null
  const top = new Set(['ftyp', 'moov', 'mdat', 'mvhd', 'trak', 'tkhd', 'edts', 'mdia', 'iods', ...EMPTIED])
  return seen.every((name) => top.has(name)) && !new TextDecoder('latin1').decode(copy).includes('vmhd') ? copy : null
}

const readers: Record<string, (b: Bytes) => Bytes | null> = { 'audio/wav': wav, 'audio/mpeg': mp3, 'audio/ogg': ogg, 'audio/mp4': m4a }

/** A sound of this kind rebuilt of its own parts, or null when it is broken or none. */
export const cleanSound = (mime: string, bytes: Bytes): Bytes | null => readers[mime]?.(bytes) ?? null
