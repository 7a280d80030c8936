import type { ReadMedia } from './read'
import { cleanSound } from './sound'
import { cleanSvg } from './svg'

/** Pictures and sounds of a foreign file: only kinds that a phone shows, known by their first bytes and not by their names. */
const MOST_BYTES = 8_000_000

const starts = (b: Uint8Array, ...magic: number[]) => magic.every((m, i) => b[i] === m)
const ascii = (b: Uint8Array, from: number, to: number) => String.fromCharCode(...b.subarray(from, to))

export function kindOf(bytes: Uint8Array): string | null {
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47)) return 'image/png'
  if (starts(bytes, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (ascii(bytes, 0, 4) === 'GIF8') return 'image/gif'
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'image/webp'
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WAVE') return 'audio/wav'
  if (ascii(bytes, 0, 3) === 'ID3' || (bytes[0] === 0xff && (bytes[1]! & 0xe0) === 0xe0)) return 'audio/mpeg'
  if (ascii(bytes, 0, 4) === 'OggS') return 'audio/ogg'
  if (ascii(bytes, 4, 8) === 'ftyp') return 'audio/mp4'
  if (/<svg[\s>]/i.test(new TextDecoder().decode(bytes.subarray(0, 2_000)))) return 'image/svg+xml'
  return null
}

/** A picture or sound made safe, or null when it is none that we take. */
export function acceptMedia(bytes: Uint8Array<ArrayBuffer>): { mime: string; bytes: Uint8Array<ArrayBuffer> } | null {
  if (!bytes.byteLength || bytes.byteLength > MOST_BYTES) return null
  const mime = kindOf(bytes)
  if (!mime) return null
  if (mime.startsWith('audio/')) {
    const sound = cleanSound(mime, bytes)
    return sound && { mime, bytes: sound }
  }
  if (mime !== 'image/svg+xml') return { mime, bytes }
  const svg = cleanSvg(new TextDecoder().decode(bytes))
  return svg === null ? null : { mime, bytes: new TextEncoder().encode(svg) as Uint8Array<ArrayBuffer> }
}

/** Takes pictures out of a file as items ask for them; each is named once. Data addresses are pictures too. */
export function mediaStore(bytesOf: (path: string) => Uint8Array<ArrayBuffer> | null) {
  const taken = new Map<string, ReadMedia>()
  const put = (name: string, bytes: Uint8Array<ArrayBuffer> | null): string | null => {
    if (taken.has(name)) return name
    const found = bytes && acceptMedia(bytes)
    if (!found) return null
    taken.set(name, { name, ...found })
    return name
  }
  const take = (path: string | null, address: string): string | null => {
    const inline = /^data:[\w/+.-]+;base64,([\s\S]+)$/i.exec(address.trim())
    if (inline) return put(`data-${inline[1]!.length}-${inline[1]!.slice(-24).replace(/\W/g, '')}`, fromBase64(inline[1]!))
    return path ? put(path, bytesOf(path)) : null
  }
  return { take, put, taken }
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text.replace(/\s+/g, '')), (c) => c.charCodeAt(0))
  } catch {
    return null
  }
}
