import { z } from 'zod'
import { LIKERT_SCALE, cognitiveLevels, type Block, type ItemContent, type ItemScoring, type ItemType } from './model'
import { parseBlocks, parseInline } from './markup'

/** The bank file format (see prisma/bank/README.md): one instrument with its stimuli and items. */
const code = z.string().regex(/^[A-Z0-9][A-Z0-9-]*$/, 'kode hanya huruf besar, angka, dan tanda hubung')
const letter = z.string().regex(/^[A-F]$/)
const text = z.coerce.string().min(1)
const options = z.record(letter, text).refine((o) => Object.keys(o).length >= 3, 'sedikitnya tiga opsi')

const common = {
  code,
  indicator: z.string().regex(/^\d\.\d\.\d$/),
  domain: z.string(),
  level: z.enum(cognitiveLevels),
  stimulus: z.string().optional(),
  stem: text,
  rationale: text,
}

export const BankItem = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('single'), options, key: letter }),
  z.strictObject({ ...common, type: z.literal('multiple'), options, key: z.array(letter).min(2) }),
  z.strictObject({
    ...common,
    type: z.literal('truefalse'),
    statements: z
      .array(z.strictObject({ text, key: z.boolean() }))
      .min(3)
      .max(5),
    labels: z.tuple([text, text]).optional(),
  }),
  z.strictObject({
    ...common,
    type: z.literal('graded'),
    options: z.record(letter, z.strictObject({ text, score: z.number().int().min(0).max(9) })),
  }),
  z.strictObject({ ...common, type: z.literal('likert'), reversed: z.boolean() }),
])
export type BankItem = z.infer<typeof BankItem>

export const BankFile = z.strictObject({
  instrument: z.strictObject({
    code,
    title: z.string().min(3),
    competency: z.enum(['1', '2', '3', '4']),
    subject: code.optional(),
    minutes: z.number().int().min(5).max(300),
    domains: z.array(z.strictObject({ code, title: z.string().min(3) })).min(1),
  }),
  stimuli: z.array(z.strictObject({ code, body: text })).default([]),
  items: z.array(BankItem).min(1),
  /** Parallel forms by label, items in order; without them all items make one form. */
  forms: z.record(z.string().regex(/^[A-Z]$/, 'nama formulir satu huruf besar'), z.array(code).min(1)).optional(),
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
export type CompiledInstrument = BankFile['instrument'] & {
  stimuli: { code: string; body: Block[] }[]
  items: CompiledItem[]
  /** Item codes of each form; a null label is the one form of all items. */
  forms: { label: string | null; items: string[] }[]
}

export class BankProblem extends Error {}

function check(item: BankItem): void {
  const bad = (words: string) => {
    throw new BankProblem(`${item.code}: ${words}`)
  }
  if (item.type === 'single' && !(item.key in item.options)) bad('kunci tidak ada di antara opsi')
  if (item.type === 'multiple') {
    if (item.key.some((k) => !(k in item.options))) bad('kunci tidak ada di antara opsi')
    if (new Set(item.key).size >= Object.keys(item.options).length) bad('semua opsi menjadi kunci')
  }
  if (item.type === 'graded') {
    const scores = Object.values(item.options).map((o) => o.score)
    const top = Math.max(...scores)
    if (top === 0 || scores.filter((s) => s === top).length !== 1) bad('harus ada tepat satu opsi dengan skor tertinggi')
  }
}

function compileItem(item: BankItem, media: (name: string) => string): CompiledItem {
  check(item)
  const stem = parseBlocks(item.stem, media)
  const base = {
    code: item.code,
    type: item.type,
    indicator: item.indicator,
    domain: item.domain,
    level: item.level,
    stimulus: item.stimulus ?? null,
    rationale: item.rationale.trim(),
  }
  const entries = (o: Record<string, string>) =>
    Object.entries(o)
      .sort()
      .map(([id, t]) => ({ id, body: parseInline(t.trim()) }))
  switch (item.type) {
    case 'single':
      return { ...base, content: { type: 'single', stem, options: entries(item.options) }, scoring: { type: 'single', key: item.key } }
    case 'multiple':
      return {
        ...base,
        content: { type: 'multiple', stem, options: entries(item.options) },
        scoring: { type: 'multiple', keys: [...new Set(item.key)].sort(), options: Object.keys(item.options).sort() },
      }
    case 'graded':
      return {
        ...base,
        content: { type: 'graded', stem, options: entries(Object.fromEntries(Object.entries(item.options).map(([k, o]) => [k, o.text]))) },
        scoring: { type: 'graded', scores: Object.fromEntries(Object.entries(item.options).map(([k, o]) => [k, o.score])) },
      }
    case 'truefalse':
      return {
        ...base,
        content: {
          type: 'truefalse',
          stem,
          statements: item.statements.map((s, i) => ({ id: String(i + 1), body: parseInline(s.text.trim()) })),
          labels: item.labels ?? ['Benar', 'Salah'],
        },
        scoring: { type: 'truefalse', keys: Object.fromEntries(item.statements.map((s, i) => [String(i + 1), s.key])) },
      }
    case 'likert':
      return {
        ...base,
        content: { type: 'likert', stem, scale: LIKERT_SCALE },
        scoring: { type: 'likert', reversed: item.reversed, points: LIKERT_SCALE.length },
      }
  }
}

/**
 * Checks a bank file and turns its text into trees. `media` gives the hash of a picture by file name.
 * Throws `BankProblem` with the item's code and the reason.
 */
export function compileBank(raw: unknown, media: (name: string) => string): CompiledInstrument {
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
  for (const [label, codes] of Object.entries(bank.forms ?? {})) {
    const missing = codes.find((c) => !seen.has(c))
    if (missing) throw new BankProblem(`formulir ${label}: butir ${missing} tidak ada`)
    if (new Set(codes).size < codes.length) throw new BankProblem(`formulir ${label}: ada butir ganda`)
  }
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
    items: bank.items.map((i) => withContext(i.code, () => compileItem(i, media))),
    forms: bank.forms
      ? Object.entries(bank.forms).map(([label, items]) => ({ label, items }))
      : [{ label: null, items: bank.items.map((i) => i.code).sort() }],
  }
}
