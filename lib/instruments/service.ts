import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { BankProblem, compileBank, type CompiledInstrument } from '@/lib/items/bank'
import { acceptMedia } from '@/lib/items/formats/media'
import { parseInline } from '@/lib/items/markup'
import type { Block, ItemContent } from '@/lib/items/model'
import { allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { ok, refuse, type Result } from '@/lib/platform/result'
import * as forms from './form-store'
import * as store from './store'

export type BankReport = { file: string; code: string; items: number; added: number }

async function compileFile(dir: string, file: string, save: boolean): Promise<CompiledInstrument> {
  const hashes = new Map<string, string>()
  const raw: unknown = parse(readFileSync(join(dir, file), 'utf8'))
  const names = new Set(
    JSON.stringify(raw)
      .match(/\]\(([\w.-]+)\)/g)
      ?.map((m) => m.slice(2, -1)),
  )
  for (const name of names) {
    const picture = acceptMedia(new Uint8Array(readFileSync(join(dir, 'media', name))))
    if (!picture) throw new BankProblem(`${name}: gambar ini tidak dapat dibaca`)
    hashes.set(name, save ? await store.saveMedia(picture.bytes, picture.mime) : name)
  }
  return compileBank(raw, (name) => {
    const hash = hashes.get(name)
    if (!hash) throw new Error(`gambar ${name} tidak ada di media/`)
    return hash
  })
}

/** Reads every bank file of a folder; throws nothing, reports the problems of all files. */
export async function checkBank(dir: string): Promise<{ problems: string[]; instruments: CompiledInstrument[] }> {
  const problems: string[] = []
  const instruments: CompiledInstrument[] = []
  for (const file of readdirSync(dir)
    .filter((f) => f.endsWith('.yaml'))
    .sort()) {
    try {
      instruments.push(await compileFile(dir, file, false))
    } catch (error) {
      problems.push(...(error as Error).message.split('\n').map((l) => `${file}: ${l}`))
    }
  }
  return { problems, instruments }
}

/** Loads a folder of bank files and freezes the forms that each names. Nothing is written when any file has a problem. */
export async function loadBank(dir: string, subjectIds: Map<string, string>, now: Date): Promise<Result<BankReport[]>> {
  const { problems } = await checkBank(dir)
  if (problems.length) return refuse('bank', problems.join('\n'))
  const reports: BankReport[] = []
  for (const file of readdirSync(dir)
    .filter((f) => f.endsWith('.yaml'))
    .sort()) {
    const bank = await compileFile(dir, file, true)
    const subjectId = bank.subject ? subjectIds.get(bank.subject) : null
    if (subjectId === undefined) throw new BankProblem(`${file}: mata pelajaran ${bank.subject} tidak dikenal`)
    const { instrumentId, added } = await store.saveInstrument(bank, subjectId, now)
    for (const form of bank.forms) {
      const frozen = await forms.freezeForm(instrumentId, now, form)
      if (!frozen.ok) return refuse('bank', `${file}: ${frozen.message}`)
    }
    await store.rememberFamilies(instrumentId, bank.forms)
    reports.push({ file, code: bank.code, items: bank.items.length, added })
  }
  return ok(reports)
}

export async function instruments(actor: Actor) {
  allow(actor, 'instrument:read')
  return store.listInstruments()
}

/** One instrument with its newest form, keys and rationales: for those who may read instruments only. */
export async function instrumentView(actor: Actor, code: string) {
  allow(actor, 'instrument:read')
  const instrument = await store.findInstrument(code)
  if (!instrument) return null
  const form = await forms.findForm(instrument.competencyCode, instrument.subjectId)
  const [items, nodes] = await Promise.all([form ? store.formItems(form.formId) : [], store.frameworkNodes()])
  return {
    instrument,
    items: items.map((i) => ({ ...i, rationaleNodes: parseInline(i.rationale) })),
    nodes: new Map(nodes.map((n) => [n.code, n.title])),
  }
}

/** Titles of the competency framework by code, for labels. No permission: the framework is public. */
export async function frameworkTitles(): Promise<Map<string, { title: string; kind: string }>> {
  return new Map((await store.frameworkNodes()).map((n) => [n.code, { title: n.title, kind: n.kind }]))
}

/** Titles of an instrument's content domains by code, for labels. */
export async function domainTitlesOf(instrumentId: string): Promise<Map<string, string>> {
  return new Map((await store.domainsOf(instrumentId)).map((d) => [d.code, d.title]))
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

/** An instrument by its code, for use cases that check permission themselves. */
export const instrumentByCode = store.findInstrument
export const formFor = forms.findForm
export { allForms, formOverlaps, formsOfInstrument, latestForms, lockForm, markPractice, newestForms, type FormRow } from './form-store'
export type { FormItemRow } from './store'
export const media = store.findMedia
export { correctKey, correctedScoring, correctionHistory, releaseCorrections } from './corrections'

/** One item version with its key and rationale, whatever form it was in; for use cases that check permission themselves. */
export async function itemVersionView(itemVersionId: string) {
  const row = await store.itemVersion(itemVersionId)
  return row ? { ...row, rationaleNodes: parseInline(row.rationale) } : null
}
export * from './validity-service'
export * from './workshop-service'
export * from './task-service'
export * from './blueprint-service'
export * from './outline-service'
export * from './exchange-service'
export { shortages as shortagesOf } from './assembly'
