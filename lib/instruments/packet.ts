import { parseInline } from '@/lib/items/markup'
import type { Block, ItemContent } from '@/lib/items/model'
import * as store from './store'

/** What instruments are made of, for the rooms that deliver, mark and tell them. */

/** Titles of the competency framework by code, for labels. No permission: the framework is public. */
export async function frameworkTitles(): Promise<Map<string, { title: string; kind: string }>> {
  return new Map((await store.frameworkNodes()).map((n) => [n.code, { title: n.title, kind: n.kind }]))
}

/** Titles of an instrument's content domains by code, for labels. */
export async function domainTitlesOf(instrumentId: string): Promise<Map<string, string>> {
  return new Map((await store.domainsOf(instrumentId)).map((d) => [d.code, d.title]))
}

/** The same by the code of a subject's instrument; empty where it has none. */
export async function domainTitlesOfSubject(code: string): Promise<Map<string, string>> {
  const instrument = await store.findInstrument(code)
  return instrument ? domainTitlesOf(instrument.id) : new Map()
}

export type PacketItem = { id: string; content: ItemContent; stimulusId: string | null }
/** `media`: pictures by hash, as data addresses, so that a phone without a network shows them too. */
export type Packet = {
  formId: string
  items: PacketItem[]
  stimuli: Record<string, Block[]>
  media: Record<string, string>
  hasMath: boolean
}

/** One form as the phone gets it: content and pictures only, no keys, weights, codes, levels or statistics. */
export async function packet(formId: string): Promise<Packet> {
  const rows = await scoringItems(formId)
  const stimuli: Record<string, Block[]> = {}
  for (const r of rows) if (r.stimulusId && r.stimulus) stimuli[r.stimulusId] = r.stimulus
  const items = rows.map((r) => ({ id: r.itemVersionId, content: r.content, stimulusId: r.stimulusId }))
  const text = JSON.stringify([items, stimuli])
  const media: Record<string, string> = {}
  for (const hash of new Set([...text.matchAll(/"media":"(\w+)"/g)].map((m) => m[1]!))) {
    const found = await store.findMedia(hash)
    if (found) media[hash] = `data:${found.mime};base64,${Buffer.from(found.bytes).toString('base64')}`
  }
  return { formId, items, stimuli, media, hasMath: text.includes('<math') }
}

const frozen = new Map<string, Promise<store.FormItemRow[]>>()

/** The items of a form with their keys, for the server only. A form never changes, so each process reads it once. */
export function scoringItems(formId: string): Promise<store.FormItemRow[]> {
  let found = frozen.get(formId)
  if (!found) {
    found = store.formItems(formId)
    frozen.set(formId, found)
    found.catch(() => frozen.delete(formId))
  }
  return found
}

/** One item version with its key and rationale, whatever form it was in; for use cases that check permission themselves. */
export async function itemVersionView(itemVersionId: string) {
  const row = await store.itemVersion(itemVersionId)
  return row ? { ...row, rationaleNodes: parseInline(row.rationale) } : null
}
