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

/** A short name for bytes, from all of them (FNV-1a). Two contents under one name are told apart by `put`. */
function shortHash(bytes: Uint8Array): string {
  let hash = 0x811c9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  return `${bytes.byteLength.toString(36)}${(hash >>> 0).toString(36)}`
}
const sameBytes = (a: Uint8Array, b: Uint8Array) => a.byteLength === b.byteLength && a.every((byte, i) => byte === b[i])
/** "image.png" as "image-2.png". */
const numbered = (name: string, n: number) => (n < 2 ? name : /\.\w+$/.test(name) ? name.replace(/\.\w+$/, `-${n}$&`) : `${name}-${n}`)

/**
 * Takes pictures out of a file as items ask for them. A name is no identity: every question and every option of a foreign file may have
 * its own "image.png". Other bytes under a taken name get a name of their own; data addresses are named by all of their bytes.
 */
export function mediaStore(bytesOf: (path: string) => Uint8Array<ArrayBuffer> | null) {
  const taken = new Map<string, ReadMedia>()
  const given = new Map<string, Uint8Array>()
  const paths = new Map<string, string | null>()
  const put = (name: string, bytes: Uint8Array<ArrayBuffer> | null): string | null => {
    if (!bytes) return null
    let n = 1
    for (let own = given.get(name); own; own = given.get(numbered(name, ++n))) if (sameBytes(own, bytes)) return numbered(name, n)
    const found = acceptMedia(bytes)
    if (!found) return null
    const own = numbered(name, n)
    given.set(own, bytes)
    taken.set(own, { name: own, ...found })
    return own
  }
  const take = (path: string | null, address: string): string | null => {
    const inline = /^data:([\w/+.-]+)((?:;[\w=.-]+)*),([\s\S]+)$/i.exec(address.trim())
    if (inline) {
      const bytes = /;base64/i.test(inline[2]!) ? fromBase64(inline[3]!) : fromPercent(inline[3]!)
      return bytes && put(`data-${shortHash(bytes)}`, bytes)
    }
    if (!path) return null
    // A path of a package is one file, however often it is asked for.
    if (!paths.has(path)) paths.set(path, put(path, bytesOf(path)))
    return paths.get(path)!
  }
  return { take, put, taken }
}

function fromPercent(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return new TextEncoder().encode(decodeURIComponent(text)) as Uint8Array<ArrayBuffer>
  } catch {
    return null
  }
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text.replace(/\s+/g, '')), (c) => c.charCodeAt(0))
  } catch {
    return null
  }
}
