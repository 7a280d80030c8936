import { createHmac } from 'node:crypto'
import { derivedKey } from '@/lib/platform/config'
import { crockford } from '@/lib/platform/random'

/** How codes of sittings that are sealed from now on are made. */
export const CODE_VERSION = 2
const SPOKEN = { groups: 4, digits: 4 }

/**
 * The spoken code of a sitting, derived so that nothing is stored that could leak. Sixteen digits in four groups, 53 bits:
 * digits are what is heard right in a noisy room and typed with one thumb (decision 035). Version 1, of sittings that were
 * sealed before, is eight letters and digits: their phones hold keys wrapped under it.
 */
export function releaseCode(sittingId: string, version: number = CODE_VERSION): string {
  if (version === 1) return crockford(createHmac('sha256', derivedKey('release')).update(sittingId).digest(), 8).replace(/^.{4}/, '$&-')
  const digest = createHmac('sha256', derivedKey('release')).update(`${sittingId}|${version}`).digest()
  const length = SPOKEN.groups * SPOKEN.digits
  // 128 bits to start from: the remainder is even to one part in 10²².
  const number = BigInt(`0x${digest.subarray(0, 16).toString('hex')}`) % 10n ** BigInt(length)
  return number
    .toString()
    .padStart(length, '0')
    .match(new RegExp(`.{${SPOKEN.digits}}`, 'g'))!
    .join(' ')
}
