import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { derivedKey } from '@/lib/platform/config'

/**
 * Made documents lie sealed in the database: cards carry codes, and a copy of the database must open none (decision 001). AES-256-GCM in pieces, so that
 * they can be handed over one at a time; each is bound to its document, its place and whether it is the last, so that none can be moved or cut off.
 */
const PLAIN_BYTES = 256 * 1024
const IV_BYTES = 12
const TAG_BYTES = 16
export const SEALED_BYTES = IV_BYTES + PLAIN_BYTES + TAG_BYTES

/** How many pieces a document of so many plain bytes has; an empty one has one. */
export const piecesOf = (size: number): number => Math.max(1, Math.ceil(size / PLAIN_BYTES))

const place = (id: string, index: number, pieces: number) => Buffer.from(`${id}.${index}.${pieces}`)

/** The pieces one behind the other, each as iv ‖ ciphertext ‖ tag. */
export function sealDocument(id: string, plain: Buffer): Buffer {
  const pieces = piecesOf(plain.length)
  return Buffer.concat(
    Array.from({ length: pieces }, (_, index) => {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', derivedKey('document'), iv)
      cipher.setAAD(place(id, index, pieces))
      const body = Buffer.concat([cipher.update(plain.subarray(index * PLAIN_BYTES, (index + 1) * PLAIN_BYTES)), cipher.final()])
      return Buffer.concat([iv, body, cipher.getAuthTag()])
    }),
  )
}

/** One piece in plain. Throws when the key does not fit, or the piece is not the one at this place of this document. */
export function openPiece(id: string, index: number, pieces: number, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', derivedKey('document'), sealed.subarray(0, IV_BYTES))
  decipher.setAAD(place(id, index, pieces))
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES))
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, sealed.length - TAG_BYTES)), decipher.final()])
}
