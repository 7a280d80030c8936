import yauzl from 'yauzl'

/** What an unpacked file may weigh; a packed one that promises or delivers more is not opened further. */
export type ZipLimits = { entries: number; each: number; total: number }

/** Why a packed file is not opened, as one word for whoever says it in words. */
export class ZipProblem extends Error {
  constructor(readonly kind: 'broken' | 'huge' | 'path' | 'locked') {
    super(kind)
  }
}

/**
 * All files of a packed file by path, in memory. Refused: paths that leave the folder, links, locked entries, more than the limits, and
 * entries whose real size is not the one that the directory names. Folders and the shadows that macOS adds are left out.
 */
export function unpack(bytes: Buffer, limits: ZipLimits): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  return new Promise((done, fail) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true, decodeStrings: true }, (error, zip) => {
      if (error || !zip) return fail(new ZipProblem('broken'))
      const out = new Map<string, Uint8Array<ArrayBuffer>>()
      let promised = 0
      let count = 0
      const stop = (kind: ZipProblem['kind']) => {
        zip.close()
        fail(new ZipProblem(kind))
      }
      zip.on('error', (e: Error) => stop(/invalid relative path|absolute path|invalid characters/.test(e.message) ? 'path' : 'broken'))
      zip.on('end', () => done(out))
      zip.on('entry', (entry: yauzl.Entry) => {
        count++
        promised += entry.uncompressedSize
        if (count > limits.entries || entry.uncompressedSize > limits.each || promised > limits.total) return stop('huge')
        if (entry.generalPurposeBitFlag & 1) return stop('locked')
        if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000) return stop('path')
        if (entry.fileName.endsWith('/') || /(^|\/)(__MACOSX\/|\.DS_Store$|\._)/.test(entry.fileName)) return zip.readEntry()
        zip.openReadStream(entry, (problem, stream) => {
          if (problem || !stream) return stop('broken')
          const parts: Buffer[] = []
          stream.on('data', (part: Buffer) => parts.push(part))
          stream.on('error', () => stop('broken'))
          stream.on('end', () => {
            out.set(entry.fileName, new Uint8Array(Buffer.concat(parts)))
            zip.readEntry()
          })
        })
      })
      zip.readEntry()
    })
  })
}
