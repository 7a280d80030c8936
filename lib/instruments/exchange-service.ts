import { strToU8, zipSync } from 'fflate'
import { act, allow, audit, auditCopy } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { renameMedia, mediaIn, type Entry, type EntryMedia } from '@/lib/items/formats/entry'
import { isAccepted, type Accepted } from '@/lib/items/loss-model'
import { moodleXml } from '@/lib/items/formats/moodle/write'
import { qtiPackage } from '@/lib/items/formats/qti/write'
import type { ReadItem } from '@/lib/items/formats/read'
import { tableExamples, tableHeader, writeTable } from '@/lib/items/formats/table'
import { plainText, type Block } from '@/lib/items/model'
import { databaseAway, inTransaction } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { readItemFileApart } from './item-reader'
import { itemSheet } from './item-sheet'
import { fitMedia } from './picture'
import { allForms } from './form-store'
import * as bank from './store'
import { saveVersion } from './version-store'
import * as store from './workshop-store'

/** Items in and out of other programs. What comes in becomes drafts; what goes out is what stands in the bank now. */
export { MOST_PACKED } from './item-file'
export type ImportRow = Pick<ReadItem, 'id' | 'title' | 'line' | 'status' | 'problems' | 'notes'> & {
  type: string | null
  code: string | null
  outcome: string
}

/** Something in the file itself stands in the way, in words for its owner. */
class Unfit extends Error {}

/** Why an item was not saved: words about the file; a fault of ours goes into the log and tells nobody its insides. */
function problemOf(error: unknown, item: string): string {
  if (error instanceof Unfit) return `Tidak dapat disimpan: ${error.message}`
  if (databaseAway(error)) throw error
  log().error({ err: error, item }, 'an imported item could not be saved')
  return 'Tidak dapat disimpan karena gangguan di server. Butir lain dalam berkas tidak terpengaruh; impor butir ini sekali lagi.'
}

type Cell = { nodeCode: string; domainCode: string; level: string }

/**
 * Imports every item that can be read as a draft of the instrument. An item whose code is an item's of this instrument becomes its next
 * version (nothing, when it is the same); others get the next free codes, unless the instrument has had the very same item already. What
 * the file does not say of the blueprint cell is `cell`. An item with a loss that is not `accepted` waits.
 */
export async function importItems(
  actor: Actor,
  instrumentCode: string,
  bytes: Uint8Array<ArrayBuffer>,
  cell: Partial<Cell>,
  now: Date,
  accepted: Accepted = 'all',
): Promise<Result<{ format: string; rows: ImportRow[]; saved: number; same: number; refused: number; waiting: number }>> {
  allow(actor, 'bank:manage')
  const instrument = await bank.findInstrument(instrumentCode)
  if (!instrument) return refuse('instrument', `Instrumen ${instrumentCode} tidak ada. Tidak ada yang diimpor.`)
  const found = await readItemFileApart(bytes)
  if (found.refused) return refuse('file', found.refused)
  const nodes = bank
    .inForce(await bank.frameworkNodes())
    .map((n) => n.code)
    .filter((c) => c.startsWith(`${instrument.competencyCode}.`) && c.split('.').length === 3)
  const domains = bank.inForce(instrument.domains)
  const fallback: Cell = {
    nodeCode: cell.nodeCode && nodes.includes(cell.nodeCode) ? cell.nodeCode : nodes[0]!,
    domainCode: domains.find((d) => d.code === cell.domainCode)?.code ?? domains[0]!.code,
    level: ['L1', 'L2', 'L3'].includes(cell.level ?? '') ? cell.level! : 'L2',
  }
  const hashes = new Map<string, string>()
  const rows: ImportRow[] = []
  let saved = 0
  let same = 0
  let waiting = 0
  return act(async (tx) => {
    await bank.holdInstrument(tx, instrument.id)
    for (const [place, item] of found.items.entries()) {
      const row = {
        id: item.id,
        title: item.title,
        line: item.line,
        status: item.status,
        problems: item.problems,
        notes: item.notes,
        type: item.content?.type ?? null,
      }
      const { content, scoring } = item
      if (!content || !scoring) {
        rows.push({ ...row, code: null, outcome: 'Ditolak' })
        continue
      }
      const open = item.problems.filter((p) => !isAccepted(accepted, place, p))
      if (open.length) {
        waiting++
        rows.push({ ...row, code: null, outcome: `Menunggu: ${open.length} kehilangan belum diterima` })
        continue
      }
      try {
        // A part of the whole: an item that cannot be saved leaves nothing behind, and the others stay.
        const result = await inTransaction(async () => {
          for (const name of mediaIn([content, item.stimulus])) {
            if (hashes.has(name)) continue
            const source = found.media?.get(name)
            // What the bank holds already was made fit before; packing it once more would make another picture of it.
            const held = source && bank.sha(source.bytes)
            if (held && (await bank.findMedia(held))) {
              hashes.set(name, held)
              continue
            }
            const fit = source && (await fitMedia(source.bytes))
            if (!fit) throw new Unfit(`gambar ${name} tidak dapat dibaca`)
            hashes.set(name, await bank.saveMedia(fit.bytes, fit.mime))
          }
          const named = <T>(tree: T): T => renameMedia(tree, (name) => hashes.get(name)!)
          const existing = await store.itemByCode(item.id)
          const about = item.about ?? {}
          const rationale = item.rationale || 'Pembahasan belum ada: lengkapi sebelum butir ditelaah.'
          const stimulus = item.stimulus
            ? {
                code: `${instrument.code}-${item.stimulus.code}`.replace(`${instrument.code}-${instrument.code}-`, `${instrument.code}-`),
                body: named(item.stimulus.body),
              }
            : null
          const mine = existing?.instrumentId === instrument.id ? existing.code : null
          // Whoever imported it, whatever became of it since and wherever it was put: an item that came once comes no second time.
          const twin = mine
            ? null
            : await store.itemWith(instrument.id, { type: content.type, content: named(content), scoring, rationale, stimulus })
          if (twin) return { ...twin, changed: false }
          return saveVersion(
            {
              instrumentId: instrument.id,
              code: mine,
              type: content.type,
              content: named(content),
              scoring,
              rationale,
              nodeCode: about.indicator && nodes.includes(about.indicator) ? about.indicator : fallback.nodeCode,
              domainCode: domains.find((d) => d.code === about.domain)?.code ?? fallback.domainCode,
              level: ['L1', 'L2', 'L3'].includes(about.level ?? '') ? about.level! : fallback.level,
              stimulus,
            },
            { userId: actor.userId, name: actor.name },
            'imported',
            `Impor dari ${found.format}${item.problems.length ? `: ${item.problems.join(' ')}` : ''}`.slice(0, 500),
            now,
          )
        })
        if (result.changed) saved++
        else same++
        rows.push({
          ...row,
          code: result.code,
          outcome: !result.changed ? 'Sama, tidak berubah' : result.version > 1 ? `Versi ${result.version}` : 'Draf baru',
        })
      } catch (error) {
        rows.push({
          ...row,
          status: 'refused',
          problems: [...item.problems, problemOf(error, item.id)],
          code: null,
          outcome: 'Ditolak',
        })
      }
    }
    const refused = rows.filter((r) => r.code === null).length - waiting
    await audit(
      actor,
      'bank:manage',
      `instrument:${instrumentCode}`,
      {
        count: saved,
        detail: { format: found.format, saved, same, refused, waiting },
      },
      tx,
    )
    return ok({ format: found.format, rows, saved, same, refused, waiting })
  })
}

async function entriesOf(instrumentId: string): Promise<{ entries: Entry[]; media: EntryMedia }> {
  const items = (await store.itemsOf(instrumentId)).filter((i) => i.state !== 'retired')
  const entries = items.map((i): Entry => ({
    code: i.code,
    title: plainText(i.content.stem).slice(0, 80) || i.code,
    content: i.content,
    scoring: i.scoring,
    rationale: i.rationale,
    stimulus: i.stimulusCode ? { code: i.stimulusCode, body: i.stimulus as Block[] } : null,
    about: { indicator: i.nodeCode, domain: i.domainCode, level: i.level },
  }))
  return { entries, media: await mediaOf(entries) }
}

/** The items of a form as they were frozen, in its order. */
async function entriesOfForm(formId: string): Promise<{ entries: Entry[]; media: EntryMedia }> {
  const entries = (await bank.formItems(formId)).map((i): Entry => ({
    code: i.itemCode,
    title: i.itemCode,
    content: i.content,
    scoring: i.scoring,
    rationale: i.rationale,
    stimulus: i.stimulus ? { code: i.stimulusId!, body: i.stimulus } : null,
    about: { indicator: i.nodeCode, domain: i.domainCode, level: i.cognitiveLevel },
  }))
  return { entries, media: await mediaOf(entries) }
}

async function mediaOf(entries: Entry[]): Promise<EntryMedia> {
  const media: EntryMedia = new Map()
  for (const key of new Set(entries.flatMap((e) => mediaIn([e.content, e.stimulus])))) {
    const found = await bank.findMedia(key)
    if (found) media.set(key, { mime: found.mime, bytes: new Uint8Array(found.bytes) })
  }
  return media
}

export const exportFormats = ['qti3', 'moodle', 'xlsx'] as const
export type ExportFormat = (typeof exportFormats)[number]
export type Exported = { name: string; mime: string; bytes: Uint8Array; items: number; left: { code: string; why: string }[] }

/** An instrument's items, keys included, in another program's format; what that format cannot hold is told. */
export async function exportItems(actor: Actor, instrumentCode: string, format: ExportFormat): Promise<Result<Exported>> {
  allow(actor, 'bank:manage')
  const instrument = await bank.findInstrument(instrumentCode)
  if (!instrument) return refuse('instrument', `Instrumen ${instrumentCode} tidak ada.`)
  const { entries, media } = await entriesOf(instrument.id)
  await auditCopy(actor, 'bank:manage', `instrument:${instrumentCode}`, { count: entries.length, detail: { export: format } })
  const file = `petaguru-${instrument.code.toLowerCase()}`
  switch (format) {
    case 'qti3': {
      const files = Object.fromEntries(
        [...qtiPackage(entries, media)].map(([path, body]) => [path, typeof body === 'string' ? strToU8(body) : body]),
      )
      return ok({ name: `${file}-qti3.zip`, mime: 'application/zip', bytes: zipSync(files), items: entries.length, left: [] })
    }
    case 'moodle': {
      const { xml, left } = moodleXml(entries, media, instrument.title)
      return ok({ name: `${file}-moodle.xml`, mime: 'application/xml', bytes: strToU8(xml), items: entries.length - left.length, left })
    }
    case 'xlsx': {
      const { rows, left } = writeTable(entries)
      const bytes = await itemSheet([tableHeader, ...rows])
      return ok({
        name: `${file}.xlsx`,
        mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        bytes,
        items: rows.length,
        left,
      })
    }
  }
}

/** The frozen forms of an instrument that can be printed, newest first. */
export async function printableForms(actor: Actor, instrumentId: string): Promise<{ code: string; items: number }[]> {
  allow(actor, 'bank:manage')
  return (await allForms())
    .filter((f) => f.instrumentId === instrumentId)
    .sort((a, b) => b.frozenAt.getTime() - a.frozenAt.getTime() || a.code.localeCompare(b.code))
    .map(({ code, items }) => ({ code, items }))
}

/** What a printed book of an instrument holds: all its items as they stand now, or those of one of its forms as they were frozen. */
export async function bookOf(
  actor: Actor,
  instrumentCode: string,
  { formCode, withKeys }: { formCode: string | null; withKeys: boolean },
): Promise<Result<{ title: string; scope: string; entries: Entry[]; media: EntryMedia }>> {
  allow(actor, 'bank:manage')
  const instrument = await bank.findInstrument(instrumentCode)
  if (!instrument) return refuse('instrument', `Instrumen ${instrumentCode} tidak ada.`)
  const form = formCode ? (await allForms()).find((f) => f.instrumentId === instrument.id && f.code === formCode) : null
  if (formCode && !form) return refuse('form', `Formulir ${formCode} tidak ada pada instrumen ${instrumentCode}.`)
  const found = form ? await entriesOfForm(form.formId) : await entriesOf(instrument.id)
  await auditCopy(actor, 'bank:manage', `instrument:${instrumentCode}`, {
    count: found.entries.length,
    detail: { export: 'pdf', form: formCode, keys: withKeys },
  })
  return ok({ title: instrument.title, scope: form ? `Formulir ${form.code}` : 'Semua butir', ...found })
}

/** The empty Excel template with one example of each type. */
export async function itemTemplate(actor: Actor): Promise<Uint8Array> {
  allow(actor, 'bank:manage')
  return itemSheet([tableHeader, ...tableExamples])
}
