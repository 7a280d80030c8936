import { z } from 'zod'
import type { Block, ItemContent, ItemScoring, ItemType } from './model'
import { BankItem, compileItem } from './bank-item'
import { parseBlocks, type MediaName } from './markup'
import { BankProblem, itemCode as code } from './types/writing'

/** The bank file format (see prisma/bank/README.md): one instrument with its stimuli and items. */
export const BankFile = z.strictObject({
  instrument: z.strictObject({
    code,
    title: z.string().min(3),
    competency: z.enum(['1', '2', '3', '4']),
    subject: code.optional(),
    minutes: z.number().int().min(5).max(300),
    domains: z.array(z.strictObject({ code, title: z.string().min(3) })).min(1),
  }),
  stimuli: z.array(z.strictObject({ code, body: z.string().min(1) })).default([]),
  items: z.array(BankItem).min(1),
  /** Parallel forms by label, items in order; without them all items make one form. */
  forms: z.record(z.string().regex(/^[A-Z]$/, 'nama formulir satu huruf besar'), z.array(code).min(1)).optional(),
  /** Items that ask the same in another dress: never two of them in one form. */
  families: z.array(z.array(code).min(2)).optional(),
  /** Items of the one practice form, in order: everybody may see them, so they stand in no other form. */
  practice: z.array(code).min(1).optional(),
})
export type BankFile = z.infer<typeof BankFile>

export type CompiledItem = {
  code: string
  type: ItemType
  indicator: string
  domain: string
  level: string
  stimulus: string | null
  rationale: string
  content: ItemContent
  scoring: ItemScoring
}
/** Label of the practice form that a bank file names. */
export const PRACTICE_LABEL = 'P'

export type CompiledForm = { label: string | null; items: string[]; practice: boolean }
export type CompiledInstrument = BankFile['instrument'] & {
  stimuli: { code: string; body: Block[] }[]
  items: CompiledItem[]
  /** Item codes of each form; a null label is the one form of all items. */
  forms: CompiledForm[]
  /** Item codes of each family; an item is in one at most. */
  families: string[][]
}

/** The forms that a file names: those that count, then the one for practice, which shares no item with them. */
function formsOf(bank: BankFile): CompiledForm[] {
  const seen = new Set(bank.items.map((i) => i.code))
  const practice = bank.practice ?? []
  if (bank.practice && bank.forms?.[PRACTICE_LABEL])
    throw new BankProblem(`formulir ${PRACTICE_LABEL}: huruf ini milik formulir latihan; pilih huruf lain`)
  const named = Object.entries(bank.forms ?? {}).map(([label, items]): CompiledForm => ({ label, items, practice: false }))
  const all = bank.items.map((i) => i.code).filter((c) => !practice.includes(c))
  const counting = bank.forms ? named : [{ label: null, items: all.sort(), practice: false }]
  const forms = bank.practice ? [...counting, { label: PRACTICE_LABEL, items: practice, practice: true }] : counting
  for (const { label, items } of forms) {
    const missing = items.find((c) => !seen.has(c))
    if (missing) throw new BankProblem(`formulir ${label}: butir ${missing} tidak ada`)
    if (new Set(items).size < items.length) throw new BankProblem(`formulir ${label}: ada butir ganda`)
  }
  for (const { label, items } of named) {
    const both = items.find((c) => practice.includes(c))
    if (both)
      throw new BankProblem(`${both}: butir latihan tidak boleh berada di formulir ${label}, karena soal latihan boleh dilihat siapa saja`)
  }
  return forms
}

/** The families that a file names: of known items, each in one of them, and no form holds two of one. */
function familiesOf(bank: BankFile, forms: readonly CompiledForm[]): string[][] {
  const families = bank.families ?? []
  const known = new Set(bank.items.map((i) => i.code))
  const seen = new Set<string>()
  for (const family of families) {
    for (const item of family) {
      if (!known.has(item)) throw new BankProblem(`keluarga: butir ${item} tidak ada`)
      if (seen.has(item)) throw new BankProblem(`${item}: butir ini berada di dua keluarga`)
      seen.add(item)
    }
    const both = forms.find((f) => f.items.filter((i) => family.includes(i)).length > 1)
    if (both && bank.forms) throw new BankProblem(`formulir ${both.label}: ${family.join(' dan ')} sekeluarga`)
  }
  return families
}

/** The rationale with the reasons of the distractors, letter by letter. */
function rationaleOf(item: BankItem): string {
  const reasons = 'reasons' in item && item.reasons ? Object.entries(item.reasons) : []
  return [item.rationale.trim(), ...reasons.map(([letter, words]) => `**${letter}** ${words.trim()}`)].join(' ')
}

function compileEntry(item: BankItem, media: MediaName): CompiledItem {
  return {
    code: item.code,
    type: item.type,
    indicator: item.indicator,
    domain: item.domain,
    level: item.level,
    stimulus: item.stimulus ?? null,
    rationale: rationaleOf(item),
    ...compileItem(item, media),
  }
}

/**
 * Checks a bank file and turns its text into trees. `media` gives the hash of a picture by file name.
 * Throws `BankProblem` with the item's code and the reason.
 */
export function compileBank(raw: unknown, media: MediaName): CompiledInstrument {
  const parsed = BankFile.safeParse(raw)
  if (!parsed.success) {
    const items = (raw as { items?: { code?: string }[] } | null)?.items
    const words = parsed.error.issues.slice(0, 8).map((i) => {
      const owner = i.path[0] === 'items' && typeof i.path[1] === 'number' ? (items?.[i.path[1]]?.code ?? `butir ke-${i.path[1] + 1}`) : ''
      return `${owner} ${i.path.join('.')}: ${i.message}`.trim()
    })
    throw new BankProblem(words.join('\n'))
  }
  const bank = parsed.data
  const domains = new Set(bank.instrument.domains.map((d) => d.code))
  const stimuli = new Set(bank.stimuli.map((s) => s.code))
  const seen = new Set<string>()
  for (const item of bank.items) {
    if (seen.has(item.code)) throw new BankProblem(`${item.code}: kode butir ganda`)
    seen.add(item.code)
    if (!domains.has(item.domain)) throw new BankProblem(`${item.code}: ranah ${item.domain} tidak ada`)
    if (item.stimulus && !stimuli.has(item.stimulus)) throw new BankProblem(`${item.code}: stimulus ${item.stimulus} tidak ada`)
  }
  const forms = formsOf(bank)
  const withContext = <T>(owner: string, work: () => T): T => {
    try {
      return work()
    } catch (error) {
      if (error instanceof BankProblem) throw error
      throw new BankProblem(`${owner}: ${(error as Error).message}`)
    }
  }
  return {
    ...bank.instrument,
    stimuli: bank.stimuli.map((s) => ({ code: s.code, body: withContext(s.code, () => parseBlocks(s.body, media)) })),
    items: bank.items.map((i) => withContext(i.code, () => compileEntry(i, media))),
    forms,
    families: familiesOf(bank, forms),
  }
}
