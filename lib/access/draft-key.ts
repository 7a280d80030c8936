import { createHmac } from 'node:crypto'
import { derivedKey } from '@/lib/platform/config'
import { holderOf, type Actor } from './model'

/**
 * Who holds this browser ('akun:…', 'kursi:…'), and the key under which it keeps what that holder typed and has not sent
 * (lib/platform/draft.client.ts). Both come with the pages of the holder and with no others. 256 bits, base64.
 */
export function draftHolder(actor: Actor): { holder: string; key: string } {
  const holder = holderOf(actor)
  return { holder, key: createHmac('sha256', derivedKey('draft')).update(holder).digest('base64') }
}
