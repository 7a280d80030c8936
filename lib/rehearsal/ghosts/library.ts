import type { ItemContent, ResponseValue } from '@/lib/items/model'
import { openPacket, sha256 } from '@/lib/delivery/seal'

/** What a ghost needs to know of an item: its name and the responses it allows. */
export type GhostItem = { id: string; choices: readonly ResponseValue[] }

function choicesOf(content: ItemContent): ResponseValue[] {
  switch (content.type) {
    case 'single':
    case 'graded':
      return content.options.map((o) => o.id)
    case 'multiple':
      return content.options.flatMap((o, i) => [[o.id], content.options.slice(0, i + 1).map((x) => x.id)])
    case 'truefalse':
      return [true, false].map((first) => Object.fromEntries(content.statements.map((s, i) => [s.id, i % 2 === 0 ? first : !first])))
    case 'likert':
      return content.scale.map((_, i) => i + 1)
    case 'matching':
      return content.choices.map((c) => content.premises.map((p) => `${p.id}-${c.id}`))
    case 'ordering':
      return [content.options.map((o) => o.id), content.options.map((o) => o.id).reverse()]
    case 'short':
    case 'numeric':
    case 'cloze':
      return ['1', '2,5', 'belum tahu'].map((typed) =>
        Object.fromEntries(content.gaps.map((g) => [g.id, g.kind === 'choice' ? g.options[0]!.id : typed])),
      )
    case 'hottext':
      return [...JSON.stringify(content.stem).matchAll(/"t":"hot","id":"([\w-]+)"/g)].map((m) => [m[1]!])
    case 'hotspot':
      return content.free ? [[`${Math.round(content.width / 2)}-${Math.round(content.height / 2)}`]] : content.spots.map((s) => [s.id])
    case 'extended':
      return [{ text: 'Saya akan membahasnya bersama rekan sejawat.' }]
  }
}

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
    return content.items.map((i) => ({ id: i.id, choices: choicesOf(i.content) }))
  }
}
