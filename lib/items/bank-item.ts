import { z } from 'zod'
import { LIKERT_SCALE, cognitiveLevels, type Gap, type GapKey, type ItemContent, type ItemScoring, type SetKey } from './model'
import { parseBlocks, parseInline, type MediaName } from './markup'
import { orderingItem } from './ordering'

/** One item as people write it (see prisma/bank/README.md), and its way to the trees that are shown and scored. */
export const itemCode = z.string().regex(/^[A-Z0-9][A-Z0-9-]*$/, 'kode hanya huruf besar, angka, dan tanda hubung')
const letter = z.string().regex(/^[A-T]$/)
/** YAML reads a bare number as a number; it is meant as text. */
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String).pipe(z.string().min(1))
const options = z.record(letter, text)
const credit = z.number().min(0).max(1)
/** How a foreign file gave credit, where our rule of the type would give another. */
const rule = {
  rule: z.literal('all').optional(),
  points: z.record(z.string(), z.number()).optional(),
  best: z.number().positive().optional(),
}

const answers = z.array(z.union([text, z.strictObject({ text, credit, exact: z.literal(true).optional() })])).min(1)
const numberKey = {
  answer: z.number(),
  tolerance: z.number().min(0).default(0),
  units: z.array(text).optional(),
  others: z.array(z.strictObject({ answer: z.number(), tolerance: z.number().min(0).default(0), credit })).optional(),
}
const worth = { worth: z.number().positive().optional() }
const GapText = z.union([
  z.strictObject({ answers, exact: z.literal(true).optional(), ...worth }),
  z.strictObject({ ...numberKey, ...worth }),
  z.strictObject({ options, key: letter, ...worth }),
  z.strictObject({ options, credits: z.record(letter, credit), ...worth }),
])
type GapText = z.infer<typeof GapText>

/** What draws people to each option that is not the best, by its letter. */
const reasons = { reasons: z.record(letter, text).optional() }

const common = {
  code: itemCode,
  indicator: z.string().regex(/^\d\.\d{1,2}\.\d{1,2}$/),
  domain: z.string(),
  level: z.enum(cognitiveLevels),
  stimulus: z.string().optional(),
  stem: text,
  rationale: text,
}
const at = z.array(z.number())
const spot = z.strictObject({ label: text, shape: z.enum(['circle', 'rect', 'poly']), at })

export const BankItem = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('single'), options, key: letter, ...reasons }),
  z.strictObject({ ...common, type: z.literal('multiple'), options, key: z.array(letter).min(1), ...rule, ...reasons }),
  z.strictObject({
    ...common,
    type: z.literal('truefalse'),
    statements: z
      .array(z.strictObject({ text, key: z.boolean() }))
      .min(2)
      .max(10),
    labels: z.tuple([text, text]).optional(),
  }),
  z.strictObject({
    ...common,
    type: z.literal('graded'),
    options: z.record(letter, z.strictObject({ text, score: z.number().min(-9).max(99) })),
    ...reasons,
  }),
  z.strictObject({ ...common, type: z.literal('likert'), reversed: z.boolean() }),
  z.strictObject({
    ...common,
    type: z.literal('matching'),
    premises: z.array(text).min(2).max(20),
    choices: options,
    /** The choice of each premise; a list where a premise takes several or none. */
    pairs: z.array(z.union([letter, z.array(letter)])),
    ...rule,
  }),
  z.strictObject({ ...common, type: z.literal('ordering'), steps: z.array(text).min(2).max(20) }),
  z.strictObject({ ...common, type: z.literal('short'), answers, exact: z.literal(true).optional() }),
  z.strictObject({ ...common, type: z.literal('numeric'), ...numberKey }),
  z.strictObject({
    ...common,
    type: z.literal('cloze'),
    gaps: z.array(GapText).min(1).max(20),
    rule: z.literal('all').optional(),
    once: z.literal(true).optional(),
  }),
  z.strictObject({
    ...common,
    type: z.literal('hottext'),
    key: z.array(z.string()).min(1),
    most: z.number().int().min(0).default(0),
    ...rule,
  }),
  z.strictObject({
    ...common,
    type: z.literal('hotspot'),
    picture: text,
    alt: text,
    size: z.tuple([z.number().int().positive(), z.number().int().positive()]),
    spots: z.record(letter, spot).default({}),
    key: z.array(letter).default([]),
    most: z.number().int().min(0).default(1),
    ...rule,
    /** Instead of shown spots: hidden areas with points, for points set freely. */
    areas: z.array(z.strictObject({ shape: z.enum(['circle', 'rect', 'poly']), at, points: z.number() })).optional(),
  }),
  z.strictObject({
    ...common,
    type: z.literal('extended'),
    words: z.number().int().min(0).max(1500).default(0),
    rubric: z.array(z.strictObject({ title: text, levels: z.array(text).min(2).max(6) })).min(1),
  }),
])
export type BankItem = z.infer<typeof BankItem>

export class BankProblem extends Error {}

/** Letters of the options that are not the key, or not the best of a graded item. */
export function distractorsOf(item: Extract<BankItem, { type: 'single' | 'multiple' | 'graded' }>): string[] {
  const letters = Object.keys(item.options)
  if (item.type !== 'graded') return letters.filter((o) => !item.key.includes(o))
  const top = Math.max(...Object.values(item.options).map((o) => o.score))
  return letters.filter((o) => item.options[o]!.score < top)
}

function check(item: BankItem): void {
  const bad = (words: string) => {
    throw new BankProblem(`${item.code}: ${words}`)
  }
  const known = (keys: readonly string[], of: object, words = 'kunci tidak ada di antara opsi') => {
    if (keys.some((k) => !Object.hasOwn(of, k))) bad(words)
  }
  if ('options' in item && Object.keys(item.options).length < 2) bad('sedikitnya dua opsi')
  if (item.type === 'single') known([item.key], item.options)
  if (item.type === 'multiple') {
    known(item.key, item.options)
    if (!item.rule && !item.points && new Set(item.key).size >= Object.keys(item.options).length) bad('semua opsi menjadi kunci')
  }
  if (item.type === 'graded') {
    const scores = Object.values(item.options).map((o) => o.score)
    const top = Math.max(...scores)
    if (top <= 0 || scores.filter((s) => s === top).length !== 1) bad('harus ada tepat satu opsi dengan skor tertinggi')
  }
  if ('reasons' in item && item.reasons) {
    const given = Object.keys(item.reasons)
    const wanted = distractorsOf(item)
    if (given.length !== wanted.length || wanted.some((o) => !given.includes(o))) bad('alasan harus ada untuk setiap opsi selain kunci')
  }
  if (item.type === 'matching') {
    if (item.pairs.length !== item.premises.length) bad('banyaknya pasangan tidak sama dengan banyaknya pernyataan kiri')
    known(item.pairs.flat(), item.choices, 'pasangan menunjuk pilihan yang tidak ada')
  }
  if (item.type === 'cloze')
    for (const gap of item.gaps) if ('options' in gap) known('key' in gap ? [gap.key] : Object.keys(gap.credits), gap.options)
  if (item.type === 'hotspot') {
    known(item.key, item.spots)
    if (!item.areas && !item.key.length) bad('belum ada tempat yang menjadi kunci')
  }
}

const setKey = (keys: string[], item: { rule?: 'all'; points?: Record<string, number>; best?: number }): SetKey => ({
  keys: [...new Set(keys)].sort(),
  ...(item.rule && { rule: item.rule }),
  ...(item.points && { points: Object.fromEntries(Object.entries(item.points).filter(([, p]) => p !== 0)), best: item.best ?? 1 }),
})

function numberGap(gap: {
  answer: number
  tolerance: number
  units?: string[]
  others?: { answer: number; tolerance: number; credit: number }[]
}): GapKey {
  const first = { value: gap.answer, tolerance: gap.tolerance, credit: 1 }
  const others = (gap.others ?? []).map((o) => ({ value: o.answer, tolerance: o.tolerance, credit: o.credit }))
  return { kind: 'number', answers: [first, ...others], ...(gap.units?.length ? { units: gap.units } : {}) }
}

type Answers = z.infer<typeof answers>
function textGap(gap: { answers: Answers; exact?: true }): GapKey {
  const all = gap.answers.map((a) => (typeof a === 'string' ? { text: a, credit: 1 } : a))
  return {
    kind: 'text',
    answers: all.map((a) => ({ text: a.text, credit: a.credit, ...((a.exact ?? gap.exact) ? { exact: true as const } : {}) })),
  }
}

/** The trees and the key of one item. Throws `BankProblem` with the item's code, or the reason of a wrong formula or picture. */
export function compileItem(item: BankItem, media: MediaName): { content: ItemContent; scoring: ItemScoring } {
  check(item)
  const stem = parseBlocks(item.stem, media)
  const body = (t: string) => parseInline(t.trim(), media)
  const entries = (o: Record<string, string>) =>
    Object.entries(o)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, t]) => ({ id, body: body(t) }))
  switch (item.type) {
    case 'single':
      return { content: { type: 'single', stem, options: entries(item.options) }, scoring: { type: 'single', key: item.key } }
    case 'multiple':
      return {
        content: { type: 'multiple', stem, options: entries(item.options) },
        scoring: { type: 'multiple', ...setKey(item.key, item), options: Object.keys(item.options).sort() },
      }
    case 'graded':
      return {
        content: { type: 'graded', stem, options: entries(Object.fromEntries(Object.entries(item.options).map(([k, o]) => [k, o.text]))) },
        scoring: { type: 'graded', scores: Object.fromEntries(Object.entries(item.options).map(([k, o]) => [k, o.score])) },
      }
    case 'truefalse':
      return {
        content: {
          type: 'truefalse',
          stem,
          statements: item.statements.map((s, i) => ({ id: String(i + 1), body: body(s.text) })),
          labels: item.labels ?? ['Benar', 'Salah'],
        },
        scoring: { type: 'truefalse', keys: Object.fromEntries(item.statements.map((s, i) => [String(i + 1), s.key])) },
      }
    case 'likert':
      return {
        content: { type: 'likert', stem, scale: LIKERT_SCALE },
        scoring: { type: 'likert', reversed: item.reversed, points: LIKERT_SCALE.length },
      }
    case 'matching': {
      const many = item.pairs.some((p) => Array.isArray(p))
      const pairs = item.pairs.flatMap((p, i) => (Array.isArray(p) ? p : [p]).map((choice) => `${i + 1}-${choice}`))
      return {
        content: {
          type: 'matching',
          stem,
          premises: item.premises.map((p, i) => ({ id: String(i + 1), body: body(p) })),
          choices: entries(item.choices),
          ...(many ? { many } : {}),
        },
        scoring: { type: 'matching', ...setKey(pairs, item) },
      }
    }
    case 'ordering':
      return orderingItem(stem, item.steps.map(body))
    case 'short':
      return { content: { type: 'short', stem, gaps: [{ id: '1', kind: 'text' }] }, scoring: { type: 'short', gaps: { 1: textGap(item) } } }
    case 'numeric':
      return {
        content: { type: 'numeric', stem, gaps: [{ id: '1', kind: 'number' }], ...(item.units?.length ? { unit: item.units[0] } : {}) },
        scoring: { type: 'numeric', gaps: { 1: numberGap(item) } },
      }
    case 'cloze': {
      const compiled = item.gaps.map((gap, i) => compileGap(gap, String(i + 1), entries))
      return {
        content: { type: 'cloze', stem, gaps: compiled.map((g) => g.gap), ...(item.once ? { once: item.once } : {}) },
        scoring: {
          type: 'cloze',
          gaps: Object.fromEntries(compiled.map((g) => [g.gap.id, g.key])),
          ...(item.rule ? { rule: item.rule } : {}),
          ...worthOf(item.gaps.map((g) => g.worth ?? 1)),
        },
      }
    }
    case 'hottext': {
      const hot = hotIds(stem)
      if (item.key.some((k) => !hot.includes(k))) throw new BankProblem(`${item.code}: kunci tidak ada di antara kata yang dapat dipilih`)
      return {
        content: { type: 'hottext', stem, most: item.most },
        scoring: { type: 'hottext', ...setKey(item.key, item), options: hot },
      }
    }
    case 'hotspot': {
      const picture = { stem, media: media(item.picture), alt: item.alt, width: item.size[0], height: item.size[1], most: item.most }
      if (item.areas)
        return {
          content: { type: 'hotspot', ...picture, spots: [], free: true },
          scoring: { type: 'areas', areas: item.areas, best: item.best ?? 1 },
        }
      const spots = Object.entries(item.spots)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([id, s]) => ({ id, label: s.label, shape: s.shape, at: s.at }))
      return {
        content: { type: 'hotspot', ...picture, spots },
        scoring: { type: 'hotspot', ...setKey(item.key, item), options: spots.map((s) => s.id) },
      }
    }
    case 'extended':
      return { content: { type: 'extended', stem, words: item.words }, scoring: { type: 'extended', rubric: item.rubric } }
  }
}

/** Weights of gaps where they differ, the smallest being 1; alike weights say nothing. */
export function worthOf(weights: readonly number[]): { worth?: Record<string, number> } {
  const least = Math.min(...weights)
  const relative = weights.map((w) => Math.round((w / least) * 1e6) / 1e6)
  return relative.every((w) => w === 1) ? {} : { worth: Object.fromEntries(relative.map((w, i) => [String(i + 1), w])) }
}

function compileGap(
  gap: GapText,
  id: string,
  entries: (o: Record<string, string>) => { id: string; body: ReturnType<typeof parseInline> }[],
): { gap: Gap; key: GapKey } {
  if ('answers' in gap) return { gap: { id, kind: 'text' }, key: textGap(gap) }
  if ('answer' in gap) return { gap: { id, kind: 'number' }, key: numberGap(gap) }
  const credits = 'key' in gap ? { [gap.key]: 1 } : gap.credits
  return { gap: { id, kind: 'choice', options: entries(gap.options) }, key: { kind: 'choice', credits } }
}

/** Codes of the words of a hot text, in reading order. */
export function hotIds(tree: unknown): string[] {
  if (Array.isArray(tree)) return tree.flatMap(hotIds)
  if (!tree || typeof tree !== 'object') return []
  const node = tree as { t?: string; id?: string }
  return [...(node.t === 'hot' ? [node.id!] : []), ...Object.values(node).flatMap(hotIds)]
}
