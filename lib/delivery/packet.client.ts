import { hasPacket, keepPacket, keptPacket } from './keep.client'
import { openPacket, sha256 as hashOf } from './seal'
import type { Block, ItemContent } from '@/lib/items/model'

/** Fetching, keeping and opening sealed packets on the phone. */
export type PlayerItem = { id: string; content: ItemContent; stimulusId: string | null }
export type PlayerPacket = {
  formId: string
  items: PlayerItem[]
  stimuli: Record<string, Block[]>
  media: Record<string, string>
  hasMath: boolean
}

/** Packets of this page load, for a browser that refuses storage. */
const atHand = new Map<string, Uint8Array<ArrayBuffer>>()

const bytesOf = async (name: string) => atHand.get(name) ?? (await keptPacket(name).catch(() => undefined))

export const packetHere = async (name: string): Promise<boolean> => atHand.has(name) || (await hasPacket(name).catch(() => false))

/**
 * Brings a packet onto the phone; its name is the SHA-256 of its bytes, so what arrived damaged or was replaced on the way is not kept.
 * `stored` is false when the browser refused storage and the packet lives with the page only.
 */
export async function fetchPacket(name: string): Promise<{ here: boolean; stored: boolean; problem: 'away' | 'damaged' | null }> {
  if (await hasPacket(name).catch(() => false)) return { here: true, stored: true, problem: null }
  try {
    const response = await fetch(`/api/delivery/packet/${name}`, { signal: AbortSignal.timeout(60_000) })
    if (!response.ok) return { here: false, stored: false, problem: 'away' }
    const bytes = new Uint8Array(await response.arrayBuffer())
    if ((await hashOf(bytes)) !== name) return { here: false, stored: false, problem: 'damaged' }
    atHand.set(name, bytes)
    const stored = await keepPacket(name, bytes).then(
      () => true,
      () => false,
    )
    return { here: true, stored, problem: null }
  } catch {
    return { here: false, stored: false, problem: 'away' }
  }
}

/** The font that formulas need is asked for once, so that the service worker has it. */
export async function fetchMathFont(): Promise<boolean> {
  return fetch('/math.woff2').then(
    (r) => r.ok,
    () => false,
  )
}

/** The packet's content, when it is here and the key fits. */
export async function openKept(name: string, contentKey: string): Promise<PlayerPacket | null> {
  const bytes = await bytesOf(name)
  return bytes ? ((await openPacket(contentKey, bytes)) as PlayerPacket | null) : null
}
