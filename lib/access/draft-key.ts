import { createHmac } from 'node:crypto'
import { derivedKey } from '@/lib/platform/config'

/**
 * The key under which a browser keeps what its holder ('akun:…', 'kursi:…') typed and has not sent (lib/platform/draft.client.ts). It
 * comes with the pages of that holder and with no others. 256 bits, base64.
 */
export const draftKey = (holder: string): string => createHmac('sha256', derivedKey('draft')).update(holder).digest('base64')
