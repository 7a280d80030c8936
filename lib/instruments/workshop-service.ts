import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { act, allow, audit, denied, may } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { BankItem, compileItem } from '@/lib/items/bank-item'
import { itemCues } from '@/lib/items/cues'
import { itemFields } from '@/lib/items/decompile'
import { mediaIn } from '@/lib/items/formats/entry'
import { fromLines, toLines } from '@/lib/items/lines'
import { LineProblem } from '@/lib/items/line-model'
import { BankProblem } from '@/lib/items/types/writing'
import { parseInline } from '@/lib/items/markup'
import { itemTypes, type ItemContent, type ItemScoring, type ItemType } from '@/lib/items/model'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { overtaken } from '@/lib/platform/seen'
import { movesOf, type ItemFacts, type ItemState } from './lifecycle'
import { holdInstrument } from './store'
import { saveVersion } from './version-store'
import { fitMedia } from './picture'
import * as bank from './store'
import { ratingsOf } from './validity-store'
import { validityOf } from './validity'
import * as store from './workshop-store'

export { itemStateNames, itemStates, readyStates, type ItemState } from './lifecycle'
export { lineHints } from '@/lib/items/lines'

const by = (actor: Actor): store.Person => ({ userId: actor.userId, name: actor.name })

/** An expert sees an item only as its writer, or where a task names it; the office sees all. */
async function sight(actor: Actor, item: store.WorkItem): Promise<'office' | 'writer' | 'reviewer'> {
  if (may(actor, 'bank:manage')) return 'office'
  allow(actor, 'item:write')
  if (item.writerId && item.writerId === actor.userId) return 'writer'
  const tasks = actor.userId ? await store.tasksOf(actor.userId) : []
  if (tasks.some((t) => t.kind === 'review' && t.itemId === item.id)) return 'reviewer'
  throw denied(actor, 'item:write')
}

async function factsOf(item: store.WorkItem): Promise<ItemFacts & { ratings: ReturnType<typeof validityOf> }> {
  const [reviews, ratings, uses] = await Promise.all([store.reviewsOf([item.id]), ratingsOf([item.versionId]), store.usesOf(item.id)])
  const own = reviews.filter((r) => r.itemVersionId === item.versionId && r.userId !== item.writerId)
  const validity = validityOf(ratings.map((r) => r.relevance))
  return {
    state: item.state as ItemState,
    compromised: item.compromisedAt !== null,
    accepts: own.filter((r) => r.verdict === 'accept').length,
    revises: own.filter((r) => r.verdict !== 'accept').length,
    validity: validity.decision === 'keep' ? 'keep' : validity.decision === 'few' ? 'few' : 'return',
    inForm: uses.some((u) => u.version === item.version),
    ratings: validity,
  }
}

/** An instrument as a workshop: its items with their states, and the tasks that were given. For the office. */
export async function workshop(actor: Actor, code: string) {
  allow(actor, 'bank:manage')
  const instrument = await bank.findInstrument(code)
  if (!instrument) return null
  const [items, tasks, people] = await Promise.all([store.itemsOf(instrument.id), store.tasksIn(instrument.id), store.experts()])
  return { instrument, items, tasks, experts: people }
}

/** Whether this person was asked to judge the item's relevance and has not: she reads nobody else's judgement before. */
const owesValidity = async ({ userId }: Actor, item: store.WorkItem): Promise<boolean> =>
  userId !== null &&
  (await store.validatedBy(userId)).includes(item.instrumentId) &&
  !(await ratingsOf([item.versionId])).some((r) => r.userId === userId)

/** Everything about one item, for whoever may see it. A reviewer gets no names of other reviewers before having spoken. */
export async function itemPage(actor: Actor, code: string) {
  const item = await store.itemByCode(code)
  if (!item) return null
  const role = await sight(actor, item)
  const [events, versions, reviews, uses, enemies, facts, family] = await Promise.all([
    store.eventsOf(item.id),
    store.versionsOf(item.id),
    store.reviewsOf([item.id]),
    role === 'office' ? store.usesOf(item.id) : [],
    role === 'office' ? store.enemiesOf([item.id]) : [],
    factsOf(item),
    item.family && role === 'office' ? store.familyOf(item.instrumentId, item.family) : [],
  ])
  const nodes = new Map((await bank.frameworkNodes()).map((n) => [n.code, n.title]))
  const asked = (actor.userId ? await store.tasksOf(actor.userId) : []).some(
    (t) => t.kind === 'review' && t.itemId === item.id && !t.doneAt,
  )
  const spoken = reviews.some((r) => r.userId === actor.userId && r.itemVersionId === item.versionId)
  return {
    item,
    role,
    nodeTitle: nodes.get(item.nodeCode) ?? '',
    rationaleNodes: parseInline(item.rationale, (name) => name),
    cues: itemCues(item.content, item.scoring),
    kilobytes: await weightOf(item.content, item.stimulus),
    events: role === 'reviewer' ? [] : events,
    marks: events.filter((e) => e.kind === 'marked').length,
    versions: role === 'reviewer' ? [] : versions,
    // Whoever was asked for a word gives it before reading those of others, also where another role of hers may read them.
    reviews: (role === 'reviewer' || asked) && !spoken ? [] : reviews,
    spoken,
    uses,
    enemies: enemies.map((e) => (e.a === item.id ? { id: e.b, code: e.bCode } : { id: e.a, code: e.aCode })),
    family: family.filter((f) => f.code !== item.code),
    validity: (await owesValidity(actor, item)) ? validityOf([]) : facts.ratings,
    moves: role === 'office' ? movesOf(facts, 'office') : role === 'writer' ? movesOf(facts, 'writer') : [],
  }
}

/** What an item weighs on its way to a phone, pictures included, in KB. */
async function weightOf(content: ItemContent, stimulus: unknown): Promise<number> {
  const names = [...new Set(mediaIn([content, stimulus]))]
  const media = await Promise.all(names.map((n) => (/^[0-9a-f]{64}$/.test(n) ? bank.findMedia(n) : null)))
  const bytes =
    new TextEncoder().encode(JSON.stringify([content, stimulus])).length + media.reduce((s, m) => s + (m?.bytes.length ?? 0) * (4 / 3), 0)
  return Math.round((bytes / 1024) * 10) / 10
}

/** Fields of the editor's form. `lines` are the choices and the key as the type's lines. */
const Draft = z.object({
  code: z
    .string()
    .regex(/^[A-Z0-9][A-Z0-9-]*$/)
    .optional(),
  type: z.enum(itemTypes),
  indicator: z.string().regex(/^\d\.\d{1,2}\.\d{1,2}$/, 'Pilih sub-indikator.'),
  domain: z.string().min(1, 'Pilih ranah.'),
  level: z.enum(['L1', 'L2', 'L3']),
  stem: z.string().trim().min(5, 'Soal belum ditulis.').max(8_000),
  lines: z.string().trim().max(8_000),
  rationale: z.string().trim().min(10, 'Pembahasan belum ditulis: jelaskan mengapa kuncinya benar.').max(4_000),
  /** The version that the writer had before her; of a new item none. */
  seen: z.coerce.number().int().min(0).optional(),
})
export type Draft = z.infer<typeof Draft>

type Compiled = { content: ItemContent; scoring: ItemScoring }

function compileDraft(draft: Pick<Draft, 'type' | 'stem' | 'lines'>): Result<Compiled> {
  try {
    const fields = fromLines(draft.type, draft.lines)
    const parsed = BankItem.safeParse({
      code: 'X',
      indicator: '1.1.1',
      domain: 'X',
      level: 'L1',
      rationale: 'x',
      type: draft.type,
      stem: draft.stem,
      ...fields,
    })
    if (!parsed.success)
      return refuse('lines', 'Pilihan dan kunci belum lengkap. Baca petunjuk di bawah kotaknya. Belum ada yang disimpan.')
    const media = (name: string) => {
      if (!/^[0-9a-f]{64}$/.test(name)) throw new BankProblem(`Gambar ${name} belum diunggah.`)
      return name
    }
    return ok(compileItem(parsed.data, media))
  } catch (error) {
    if (error instanceof LineProblem) return refuse('lines', `${error.message} Belum ada yang disimpan.`)
    const words = (error as Error).message.replace(/^X: /, '').split('\n')[0]!
    return refuse('text', `${words.replace(/^\w/, (c) => c.toUpperCase())}${/[.!?]$/.test(words) ? '' : '.'} Belum ada yang disimpan.`, [
      'stem',
    ])
  }
}

export type Preview =
  | { ok: true; content: ItemContent; cues: string[]; kilobytes: number; near: { code: string; likeness: number }[] }
  | { ok: false; message: string }

/** An unsaved item as a phone would show it, with what a reader would say and which items it resembles. */
export async function previewItem(
  actor: Actor,
  instrumentCode: string,
  input: { code: string; type: string; stem: string; lines: string },
): Promise<Preview> {
  allow(actor, 'item:write')
  const type = itemTypes.find((t) => t === input.type)
  const instrument = await bank.findInstrument(instrumentCode)
  if (!type || !instrument) return { ok: false, message: 'Jenis butir itu tidak dikenal.' }
  const made = compileDraft({ type, stem: input.stem.slice(0, 8_000), lines: input.lines.slice(0, 8_000) })
  if (!made.ok) return { ok: false, message: made.message.replace(' Belum ada yang disimpan.', '') }
  const { content, scoring } = made.value
  // An expert learns nothing about items that were not shown to them: only that something is too near.
  const near = may(actor, 'bank:manage') ? await store.nearDuplicates(instrument.id, input.code, JSON.stringify(content)) : []
  return { ok: true, content, cues: itemCues(content, scoring), kilobytes: await weightOf(content, null), near }
}

/** What an editor needs to open: the item's fields, or an empty one of a type with the wishes of the task. */
export async function editor(actor: Actor, instrumentCode: string, code: string | null) {
  allow(actor, 'item:write')
  const found = await bank.findInstrument(instrumentCode)
  if (!found) return null
  const item = code ? await store.itemByCode(code) : null
  const instrument = { ...found, domains: bank.inForce(found.domains, item?.domainCode) }
  if (code && (!item || item.instrumentId !== instrument.id)) return null
  if (item && (await sight(actor, item)) === 'reviewer') throw denied(actor, 'item:write')
  const tasks =
    may(actor, 'bank:manage') || !actor.userId
      ? []
      : (await store.tasksOf(actor.userId)).filter((t) => t.kind === 'write' && t.instrumentId === instrument.id)
  if (!item && !may(actor, 'bank:manage') && !tasks.length) throw denied(actor, 'item:write')
  const nodes = bank
    .inForce(await bank.frameworkNodes(), item?.nodeCode)
    .filter((n) => n.code.startsWith(`${instrument.competencyCode}.`) && n.code.split('.').length === 3)
  let draft: Omit<Draft, 'code' | 'seen'> | null = null
  if (item) {
    const fields = itemFields(item.content, item.scoring, (name) => name)
    const parsed = BankItem.parse({ code: 'X', indicator: '1.1.1', domain: 'X', level: 'L1', rationale: 'x', ...fields })
    const lines = toLines(parsed)
    if (lines === null) return { instrument, item, nodes, tasks, draft: null }
    draft = {
      type: item.type as ItemType,
      indicator: item.nodeCode,
      domain: item.domainCode,
      level: item.level as Draft['level'],
      stem: fields.stem,
      lines,
      rationale: item.rationale,
    }
  }
  return { instrument, item, nodes, tasks, draft }
}

/** Who saved the newest version; null where nobody did by hand. */
const writerOf = async ({ id, version }: store.WorkItem): Promise<string | null> =>
  (await store.eventsOf(id)).findLast((e) => e.version === version && /^(written|imported)/.test(e.kind))?.userName ?? null

/** The version before whoever speaks is not the newest any more: her word would be about what she has not read. */
const unread = (seen: number | undefined, item: store.WorkItem) => overtaken(seen, { version: item.version, at: item.savedAt })

/** Saves a draft as the item's next version. Approved items go back to being drafts: the approved version stays in its forms. */
export async function saveItem(
  actor: Actor,
  instrumentCode: string,
  input: unknown,
  now: Date,
): Promise<Result<{ code: string; version: number; changed: boolean }>> {
  allow(actor, 'item:write')
  const parsed = Draft.safeParse(input)
  if (!parsed.success)
    return refuse('input', `${parsed.error.issues[0]!.message} Belum ada yang disimpan; tulisan Anda masih ada di layar.`, faultsOf(parsed))
  const draft = parsed.data
  const opened = await editor(actor, instrumentCode, draft.code ?? null)
  if (!opened) return refuse('item', 'Instrumen atau butir itu tidak ada. Belum ada yang disimpan.')
  if (!opened.instrument.domains.some((d) => d.code === draft.domain) || !opened.nodes.some((n) => n.code === draft.indicator))
    return refuse('cell', 'Ranah atau sub-indikator itu bukan milik instrumen ini. Belum ada yang disimpan.', ['domain', 'indicator'])
  const made = compileDraft(draft)
  if (!made.ok) return made
  try {
    parseInline(draft.rationale, (name) => name)
  } catch (error) {
    return refuse(
      'rationale',
      `Rumus di dalam pembahasan tidak dapat dibaca: ${(error as Error).message.split('\n')[0]}. Belum ada yang disimpan.`,
    )
  }
  return act(async (tx) => {
    await holdInstrument(tx, opened.instrument.id)
    const standing = draft.code ? await store.itemByCode(draft.code) : null
    const saved = await saveVersion(
      {
        instrumentId: opened.instrument.id,
        code: draft.code ?? null,
        type: draft.type,
        ...made.value,
        rationale: draft.rationale,
        level: draft.level,
        nodeCode: draft.indicator,
        domainCode: draft.domain,
        stimulus: opened.item?.stimulusCode ? { code: opened.item.stimulusCode, body: opened.item.stimulus } : null,
      },
      by(actor),
      'written',
      draft.code ? 'Versi baru' : 'Butir baru',
      now,
    )
    // What is there already was saved by this very form; anything else would bury what somebody else has written meanwhile.
    const late =
      saved.changed && standing && overtaken(draft.seen, { version: standing.version, at: standing.savedAt, by: await writerOf(standing) })
    if (late) return late
    // Counted with the instrument held, so that of two items saved at once the second sees the first.
    if (!draft.code && actor.userId) {
      const asked = new Set(opened.tasks.map((t) => t.id))
      for (const t of await store.tasksOf(actor.userId)) if (asked.has(t.id) && t.written >= t.count) await store.finishTask(t.id, now)
    }
    return ok({ code: saved.code, version: saved.version, changed: saved.changed })
  })
}

/** Keeps a picture or sound for items; answers with the name that item text calls it by. */
export async function keepMedia(
  actor: Actor,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Result<{ name: string; kilobytes: number; sound: boolean }>> {
  allow(actor, 'item:write')
  if (bytes.byteLength > 8_000_000) return refuse('size', 'Berkas ini lebih besar dari 8 MB. Kecilkan dahulu, lalu unggah lagi.')
  const fit = await fitMedia(bytes)
  if (!fit) return refuse('kind', 'Berkas ini bukan gambar (PNG, JPEG, GIF, WebP, SVG) atau suara (MP3, M4A, OGG, WAV) yang dapat dibaca.')
  const name = await bank.saveMedia(fit.bytes, fit.mime)
  return ok({ name, kilobytes: Math.round(fit.bytes.byteLength / 102.4) / 10, sound: fit.mime.startsWith('audio/') })
}

const Reason = z.string().trim().min(4, 'Tulis alasannya, sedikitnya empat huruf.').max(500)

/** Moves an item to another state, in the `version` that the mover read. Every move says who, when and why. */
export async function moveItem(
  actor: Actor,
  code: string,
  to: string,
  reason: unknown,
  now: Date,
  version?: number,
): Promise<Result<null>> {
  const seen = await store.itemByCode(code)
  if (!seen) return refuse('item', 'Butir itu tidak ada.')
  const role = await sight(actor, seen)
  if (role === 'reviewer') throw denied(actor, 'item:write')
  const why = Reason.safeParse(reason)
  if (!why.success) return refuse('reason', `${why.error.issues[0]!.message} Butir tidak berubah.`, faultsOf(why))
  return act(async (tx) => {
    await holdInstrument(tx, seen.instrumentId)
    const item = (await store.itemByCode(code))!
    const newest = (await store.eventsOf(item.id)).at(-1)
    if (item.state === to && newest?.kind === 'moved' && newest.reason === why.data && newest.userName === actor.name) return ok(null)
    const late = unread(version, item)
    if (late) return late
    const move = movesOf(await factsOf(item), role).find((m) => m.to === to)
    if (!move) return refuse('move', 'Perpindahan itu tidak terbuka dari keadaan butir sekarang. Muat ulang halaman.')
    if (move.why) return refuse('closed', `${move.why} Butir tidak berubah.`)
    if (!(await store.moveItem(item.id, item.state, to, item.version, why.data, by(actor), now)))
      return refuse('late', 'Orang lain baru saja memindahkan butir ini. Muat ulang halaman.')
    await audit(
      actor,
      role === 'office' ? 'bank:manage' : 'item:write',
      `item:${code}`,
      { detail: { from: item.state, to, version: item.version, reason: why.data } },
      tx,
    )
    return ok(null)
  })
}

const Verdict = z.object({
  verdict: z.enum(['accept', 'revise', 'reject']),
  comment: z.string().trim().max(2_000),
  /** The version that was read. */
  seen: z.coerce.number().int().min(1).optional(),
})

/** A peer's word on the newest version, which is the one that she read. Nobody reviews their own item; what is to be changed must be said. */
export async function reviewItem(actor: Actor, code: string, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'item:review')
  const item = await store.itemByCode(code)
  if (!item) return refuse('item', 'Butir itu tidak ada.')
  await sight(actor, item)
  if (item.writerId === actor.userId) return refuse('own', 'Butir sendiri ditelaah orang lain.')
  const tasks = (await store.tasksOf(actor.userId!)).filter((t) => t.kind === 'review' && t.itemId === item.id)
  if (!tasks.length) throw denied(actor, 'item:review')
  const parsed = Verdict.safeParse(input)
  if (!parsed.success) return refuse('input', 'Pilih terima, perbaiki, atau tolak. Telaah belum disimpan.', faultsOf(parsed))
  if (parsed.data.verdict !== 'accept' && parsed.data.comment.length < 10)
    return refuse('comment', 'Tulis apa yang perlu diperbaiki, sedikitnya sepuluh huruf. Telaah belum disimpan.')
  const { seen, ...verdict } = parsed.data
  return act(async (tx) => {
    await holdInstrument(tx, item.instrumentId)
    const standing = (await store.itemByCode(code))!
    const late = unread(seen, standing)
    if (late) return late
    await store.saveReview({ itemVersionId: standing.versionId, ...verdict }, by(actor), now)
    for (const t of tasks) await store.finishTask(t.id, now)
    return ok(null)
  })
}

/** For the room that knows attempts and scores, which checks permission itself. */
export const formsOfItem = store.usesOf
export const itemByItsCode = store.itemByCode
export const itemFacts = async (itemId: string) => (await store.itemsByIds([itemId]))[0] ?? null
