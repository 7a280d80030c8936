import * as z from 'zod/mini'
import { phoneHolder } from '@/lib/access/phone.client'
import { Snapshot } from './protocol'

/**
 * What a console saw last, for a reload without a network. It lies in a cache whose name begins like those of kept pages, so it goes with
 * whoever leaves the phone (lib/access/phone.client.ts); it never holds a release code.
 */
const STORE = 'petaguru-halaman-konsol'
const addressOf = (userId: string, id: string): string => `/konsol/${encodeURIComponent(userId)}/${id}`

const Picture = z.object({ snapshot: Snapshot, offset: z.number() })
export type Picture = z.infer<typeof Picture>

const holds = (userId: string): boolean => phoneHolder() === `akun:${userId}`

/**
 * Keeps a picture with the difference of the clocks, while this account holds the phone: an answer that comes while somebody leaves must
 * not bring back what has just been taken off. A browser without a store shows what its page came with.
 */
export async function keepPicture(userId: string, snapshot: Snapshot, offset: number): Promise<void> {
  if (!('caches' in globalThis) || !holds(userId)) return
  try {
    const store = await caches.open(STORE)
    await store.put(addressOf(userId, snapshot.head.id), Response.json({ snapshot, offset } satisfies Picture))
    if (!holds(userId)) await caches.delete(STORE)
  } catch {
    /* the disk is full: the page shows what it came with */
  }
}

/** The last picture of this account of this room or sitting; null where none can be read. */
export async function keptPicture(userId: string, id: string): Promise<Picture | null> {
  if (!('caches' in globalThis)) return null
  try {
    const found = Picture.safeParse(await (await caches.match(addressOf(userId, id), { cacheName: STORE }))?.json())
    return found.success ? found.data : null
  } catch {
    return null
  }
}
