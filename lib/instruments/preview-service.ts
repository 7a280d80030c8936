import { allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { mediaIn } from '@/lib/items/formats/entry'
import type { Piece, SkippedLine } from '@/lib/items/loss-model'
import type { ReadItem, ReadMedia } from '@/lib/items/formats/read'
import type { ItemContent, ItemScoring, Block } from '@/lib/items/model'
import { ok, refuse, type Result } from '@/lib/platform/result'
import type { ImportRow } from './exchange-service'
import { readItemFileApart } from './item-reader'

/** What a file would bring, to be looked at: each item as a participant would see it, beside the words of the file. */
export type PreviewItem = {
  content: ItemContent | null
  scoring: ItemScoring | null
  stimulus: Block[] | null
  source: Piece[]
}
export type ImportPreview = {
  /** By the place of an item in the file; the first `MOST_SHOWN`. */
  items: PreviewItem[]
  /** Pictures and sounds by name, as addresses that a page can show; those beyond the limit are missing. */
  media: Record<string, string>
  /** Lines of the file that belong to no item, and why. */
  skipped: SkippedLine[]
  /** How many items of the file are not shown here. */
  beyond: number
}

/** A page that shows more would be too heavy for the phones of an office; nobody looks through more in one sitting. */
const MOST_SHOWN = 500
const MOST_MEDIA = 12_000_000

function addresses(items: readonly ReadItem[], media: ReadonlyMap<string, ReadMedia> | undefined): Record<string, string> {
  const out: Record<string, string> = {}
  let left = MOST_MEDIA
  for (const name of new Set(mediaIn(items.map((i) => [i.content, i.stimulus])))) {
    const found = media?.get(name)
    if (!found || found.bytes.byteLength > left) continue
    left -= found.bytes.byteLength
    out[name] = `data:${found.mime};base64,${Buffer.from(found.bytes).toString('base64')}`
  }
  return out
}

/** Reads a file for looking at. Writes nothing; a file that cannot be read is refused with the reason. */
export async function previewItems(
  actor: Actor,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Result<{ format: string; rows: ImportRow[]; preview: ImportPreview }>> {
  allow(actor, 'bank:manage')
  const found = await readItemFileApart(bytes)
  if (found.refused) return refuse('file', found.refused)
  const rows = found.items.map(({ id, title, line, status, problems, notes, content }) => ({
    id,
    title,
    line,
    status,
    problems,
    notes,
    type: content?.type ?? null,
    code: null,
    outcome: '',
  }))
  const shown = found.items.slice(0, MOST_SHOWN)
  const items = shown.map(({ content = null, scoring = null, stimulus, source = [] }) => ({
    content,
    scoring,
    stimulus: stimulus?.body ?? null,
    source,
  }))
  const preview = { items, media: addresses(shown, found.media), skipped: found.skipped ?? [], beyond: found.items.length - shown.length }
  return ok({ format: found.format, rows, preview })
}
