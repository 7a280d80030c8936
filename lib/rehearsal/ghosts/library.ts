import type { ItemContent, ResponseValue } from '@/lib/items/model'
import { openPacket, sha256 } from '@/lib/delivery/seal'
import { answersOf } from '@/lib/items/types/answers'

/** What a ghost needs to know of an item: its name and the responses it allows. */
export type GhostItem = { id: string; choices: readonly ResponseValue[] }

/** The packets that ghosts hold, once for all of them; each ghost still checks the bytes that it was given itself. */
export class Library {
  private readonly sealed = new Map<string, Uint8Array<ArrayBuffer>>()
  private readonly opened = new Map<string, Promise<GhostItem[]>>()

  /** Takes in a packet as it came over the wire; false when the bytes are not those of its name. */
  async keep(name: string, bytes: Buffer): Promise<boolean> {
    const own = new Uint8Array(bytes)
    if ((await sha256(own)) !== name) return false
    if (!this.sealed.has(name)) this.sealed.set(name, own)
    return true
  }

  has(name: string): boolean {
    return this.sealed.has(name)
  }

  /** The items of a packet, opened by the content key that the start gave. */
  items(name: string, contentKey: string): Promise<GhostItem[]> {
    let found = this.opened.get(name)
    if (!found) this.opened.set(name, (found = this.open(name, contentKey)))
    return found
  }

  private async open(name: string, contentKey: string): Promise<GhostItem[]> {
    const sealed = this.sealed.get(name)
    const content = sealed && ((await openPacket(contentKey, sealed)) as { items: { id: string; content: ItemContent }[] } | null)
    if (!content) throw new Error(`packet ${name} does not open`)
    return content.items.map((i) => ({ id: i.id, choices: answersOf(i.content.type).ghosts(i.content) }))
  }
}
