import iconv from 'iconv-lite'

/** Paths and text of packed files. Pure. */

/** The path that an address means, seen from the file that has it; null for addresses that leave the package or name another place. */
export function resolvePath(from: string, address: string): string | null {
  const bare = address.split(/[?#]/)[0]!.trim().replaceAll('\\', '/')
  if (!bare || /^[a-z][a-z0-9+.-]*:/i.test(bare) || bare.startsWith('//')) return null
  let decoded = bare
  try {
    decoded = decodeURIComponent(bare)
  } catch {
    // A name with a bare per cent sign is taken as it is.
  }
  const parts = decoded.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of decoded.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return null
  }
  return parts.join('/')
}

/** Windows' own letters: a browser's decoder of that name is not the one that every server has. */
export const windows = (bytes: Uint8Array): string => iconv.decode(bytes as Parameters<typeof iconv.decode>[0], 'windows-1252')

/** XML or plain text from bytes: UTF-8, or UTF-16 by its mark; what is neither becomes text that no XML reader accepts. */
export function textFrom(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const named = /encoding\s*=\s*["']([\w-]+)["']/i.exec(head)?.[1]?.toLowerCase()
  if (named && ['iso-8859-1', 'latin1', 'windows-1252'].includes(named)) return windows(bytes)
  return new TextDecoder('utf-8').decode(bytes)
}
