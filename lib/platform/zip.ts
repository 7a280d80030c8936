import yauzl from 'yauzl'

/**
 * What an unpacked file may weigh, counted while it is inflated and not as its directory says: number of entries, bytes of
 * one and of all, how many times more than the packed file, and how long it may take. `keep` names the entries that are
 * wanted; others are listed and left packed.
 */
export type ZipLimits = { entries: number; each: number; total: number; ratio?: number; ms?: number; keep?: (path: string) => boolean }

/** What people pack comes out at most some forty times larger; bombs come out a thousand times larger. Small files are let be. */
const RATIO = 200
const FREE = 8_000_000
const MS = 30_000

/** Why a packed file is not opened, as one word for whoever says it in words. */
export class ZipProblem extends Error {
  constructor(readonly kind: 'broken' | 'huge' | 'path' | 'locked') {
    super(kind)
  }
}

/**
 * The one unpacking of the house: all wanted files of a packed file by path, in memory. Refused: paths that leave the folder, links,
 * locked entries, two entries of one name, more than the limits, and entries whose real size is not the one that the directory names.
 * Folders and the shadows that macOS adds are left out. `names` hears every path. Throws `ZipProblem`.
 */
export function unpack(
  bytes: Buffer,
  limits: ZipLimits,
  names: (path: string) => void = () => undefined,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const most = Math.min(limits.total, Math.max(FREE, bytes.length * (limits.ratio ?? RATIO)))
  const until = performance.now() + (limits.ms ?? MS)
  return new Promise((done, fail) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true, decodeStrings: true }, (error, zip) => {
      if (error || !zip) return fail(new ZipProblem('broken'))
      const out = new Map<string, Uint8Array<ArrayBuffer>>()
      const seen = new Set<string>()
      let inflated = 0
      const stop = (kind: ZipProblem['kind']) => {
        zip.close()
        fail(new ZipProblem(kind))
      }
      zip.on('error', (e: Error) => stop(/invalid relative path|absolute path|invalid characters/.test(e.message) ? 'path' : 'broken'))
      zip.on('end', () => done(out))
      zip.on('entry', (entry: yauzl.Entry) => {
        const { fileName } = entry
        if (seen.size >= limits.entries || entry.uncompressedSize > limits.each || performance.now() > until) return stop('huge')
        if (entry.generalPurposeBitFlag & 1) return stop('locked')
        if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000) return stop('path')
        if (seen.has(fileName)) return stop('broken')
        seen.add(fileName)
        names(fileName)
        if (fileName.endsWith('/') || /(^|\/)(__MACOSX\/|\.DS_Store$|\._)/.test(fileName) || limits.keep?.(fileName) === false)
          return zip.readEntry()
        zip.openReadStream(entry, (problem, stream) => {
          if (problem || !stream) return stop('broken')
          const parts: Buffer[] = []
          let size = 0
          stream.on('data', (part: Buffer) => {
            size += part.length
            inflated += part.length
            if (size > limits.each || inflated > most || performance.now() > until) {
              stream.destroy()
              return stop('huge')
            }
            parts.push(part)
          })
          stream.on('error', () => stop('broken'))
          stream.on('end', () => {
            out.set(fileName, new Uint8Array(Buffer.concat(parts)))
            zip.readEntry()
          })
        })
      })
      zip.readEntry()
    })
  })
}
