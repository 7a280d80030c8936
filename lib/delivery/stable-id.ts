import { createHash } from 'node:crypto'

/** A UUID made of words: the same words give the same id, so that what is written under it is written once however often it arrives. */
export function stableId(words: string): string {
  const h = createHash('sha256').update(words).digest('hex')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-8${h.slice(13, 16)}-9${h.slice(17, 20)}-${h.slice(20, 32)}`
}
