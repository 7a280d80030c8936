import { createHmac } from 'node:crypto'
import { derivedKey } from '@/lib/platform/config'
import type { Actor } from './model'

/**
 * The key under which a browser keeps what its holder ('akun:…', 'kursi:…') typed and has not sent (lib/platform/draft.client.ts). It
 * comes with the pages of that holder and with no others. 256 bits, base64.
 */
export const draftKey = (actor: Actor): string =>
  createHmac('sha256', derivedKey('draft'))
    .update(actor.seatId ? `kursi:${actor.seatId}` : `akun:${actor.userId}`)
    .digest('base64')
