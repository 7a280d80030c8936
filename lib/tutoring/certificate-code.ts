import { randomBytes } from 'node:crypto'
import { crockford } from '@/lib/platform/random'

/** A code of 130 bits: nobody meets a certificate by trying. Those that were printed with 60 stay good. */
const CODE_LENGTH = 26
const EARLIER_LENGTH = 12

export const newCode = (): string => crockford(randomBytes(CODE_LENGTH), CODE_LENGTH)

/** A code as it is kept; null for what cannot be one. Spaces, hyphens and the letters that are easily misread do not matter. */
export const plainCode = (code: string): string | null => {
  const plain = code
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '')
  return plain.length === CODE_LENGTH || plain.length === EARLIER_LENGTH ? plain : null
}
