import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** The chain of audit lines (decision 027): what a link is made of, and how a broken one is told. No I/O. */

/** One line with its link, every field as the database writes it as text. */
export type ChainRow = {
  seq: string
  linkedAt: string
  hash: string
  auditId: string
  /** The line itself; null when it is gone. */
  fields: (string | null)[] | null
}

/** A head of the chain: the place of its last line, and that line's hash in hex. */
export type AuditHead = { seq: number; hash: string }
/** A head that was written down outside the database; `key` tells which key signed it. */
export type Anchor = AuditHead & { at: string; key: string; mac: string }

export type FaultKind = 'gap' | 'deleted' | 'altered' | 'inserted' | 'unlinked' | 'truncated' | 'rewritten' | 'anchor'
/** Something that is not as it was written; `id` is the line's, where one is known. */
export type Fault = { kind: FaultKind; seq: number | null; id: string | null; words: string }

const NOTHING = Buffer.alloc(32)

/** Every field with its length in bytes, so that no two lines read alike; the same text as ledger.audit_text. */
export const auditText = (fields: readonly (string | null)[]): string =>
  fields.map((f) => (f === null ? '-' : `${Buffer.byteLength(f)}:${f}`)).join('')

/** The hash of a line after the line whose hash is `before`. */
export const linkHash = (before: Buffer, row: { seq: string; linkedAt: string; fields: readonly (string | null)[] }): Buffer =>
  createHash('sha256')
    .update(before)
    .update(auditText([row.seq, row.linkedAt, ...row.fields]))
    .digest()

/** Old lines taken away by the owner's command: their links stay, and a signed line of the log says how far. */
export type Cut = { through: number; hash: string; lines: number }

/** Signs a cut with a key that is not in the database: whoever only has that cannot pass off deleted lines as cut. */
export const cutMac = (cut: Cut, key: Buffer): string =>
  createHmac('sha256', key)
    .update(auditText(['cut', String(cut.through), cut.hash, String(cut.lines)]))
    .digest('hex')

/**
 * Walks the chain line by line in the order of `seq`; `fault` hears each line that is not as it was written. Lines up to the place of a
 * signed `cut` may be gone.
 */
export function chainWalk(fault: (fault: Fault) => void, cut: Cut | null = null) {
  let place = 0
  let before: Buffer = NOTHING
  const hashes = new Map<number, string>()
  return {
    step(row: ChainRow): void {
      const seq = Number(row.seq)
      if (seq !== place + 1)
        fault({ kind: 'gap', seq: place + 1, id: null, words: `Baris ${place + 1} sampai ${seq - 1} hilang dari rantai.` })
      if (!row.fields && seq <= (cut?.through ?? 0)) {
        // Its link stays and carries the chain on.
      } else if (!row.fields)
        fault({ kind: 'deleted', seq, id: row.auditId, words: `Baris ${seq} (${row.auditId}) dihapus; hanya mata rantainya yang tersisa.` })
      else if (linkHash(before, { ...row, fields: row.fields }).toString('hex') !== row.hash)
        fault({
          kind: 'altered',
          seq,
          id: row.auditId,
          words: `Baris ${seq} (${row.auditId}) tidak lagi seperti saat ditulis: isi, urutan, atau mata rantainya diubah.`,
        })
      place = seq
      before = Buffer.from(row.hash, 'hex')
      hashes.set(seq, row.hash)
    },
    /** After the last line: whether heads that were written down elsewhere (whole, or as far as paper has them) are still part of this chain. */
    compare(heads: readonly AuditHead[]): void {
      if (cut && hashes.get(cut.through) !== cut.hash)
        fault({
          kind: 'rewritten',
          seq: cut.through,
          id: null,
          words: `Baris ${cut.through} atau sebelumnya ditulis ulang sesudah pemangkasan: mata rantainya berbeda dari yang ditandatangani.`,
        })

      for (const h of [...heads].sort((a, b) => a.seq - b.seq)) {
        const found = hashes.get(h.seq)
        if (h.seq > place)
          fault({
            kind: 'truncated',
            seq: place + 1,
            id: null,
            words: `Rantai berakhir di baris ${place}, padahal kepala baris ${h.seq} pernah dicatat di luar basis data: ekornya dipotong.`,
          })
        else if (!found?.startsWith(h.hash))
          fault({
            kind: 'rewritten',
            seq: h.seq,
            id: null,
            words: `Baris ${h.seq} atau sebelumnya ditulis ulang: kepala yang dicatat di luar basis data berbeda.`,
          })
      }
    },
    head: (): AuditHead => ({ seq: place, hash: before.toString('hex') }),
  }
}

/** A head as people read it on paper: place and the first 32 letters of the hash in groups of four. */
export const headWords = (head: AuditHead): string => `${head.seq} · ${head.hash.slice(0, 32).replace(/(.{4})(?=.)/g, '$1 ')}`

/** Which key this is, without telling the key. */
const keyMark = (key: Buffer) => createHash('sha256').update(key).digest('hex').slice(0, 8)
const anchorMac = (a: Omit<Anchor, 'mac'>, key: Buffer) =>
  createHmac('sha256', key)
    .update(auditText([String(a.seq), a.hash, a.at, a.key]))
    .digest('hex')

/** Signs a head to be kept outside the database. */
export function signAnchor(head: AuditHead, at: Date, key: Buffer): Anchor {
  const line = { seq: head.seq, hash: head.hash, at: at.toISOString(), key: keyMark(key) }
  return { ...line, mac: anchorMac(line, key) }
}

/** Whether a kept head is signed as it should be; null when another key signed it (a secret that has been replaced since). */
export function anchorHolds(anchor: Anchor, key: Buffer): boolean | null {
  if (anchor.key !== keyMark(key)) return null
  const [given, due] = [Buffer.from(anchor.mac, 'hex'), Buffer.from(anchorMac(anchor, key), 'hex')]
  return given.length === due.length && timingSafeEqual(given, due)
}
