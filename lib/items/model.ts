import * as z from 'zod/mini'

/** What an item says, as data: our own small tree, so that no HTML from anywhere reaches a screen. */
export type Inline =
  | { t: 'text'; v: string }
  | { t: 'b' | 'i' | 'u' | 'sub' | 'sup'; c: Inline[] }
  | { t: 'code'; v: string }
  | { t: 'math'; mathml: string; tex: string }
  | { t: 'img'; media: string; alt: string }
  /** The place of an answer in running text. */
  | { t: 'gap'; id: string }
  /** Words that can be chosen in a hot text. */
  | { t: 'hot'; id: string; c: Inline[] }
export type Block =
  | { t: 'p'; c: Inline[] }
  | { t: 'math'; mathml: string; tex: string }
  | { t: 'pre'; v: string }
  | { t: 'list'; items: Inline[][] }
  | { t: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { t: 'img'; media: string; alt: string }
  /** Sound for listening; `plays` is how often it may be heard, 0 without a limit. */
  | { t: 'audio'; media: string; alt: string; plays: number }

export const cognitiveLevels = ['L1', 'L2', 'L3'] as const

export type Option = { id: string; body: Inline[] }

export type Gap = { id: string; kind: 'text' | 'number' } | { id: string; kind: 'choice'; options: Option[] }

/** A place on a picture, in pixels of the picture: circle x,y,r · rect left,top,right,bottom · poly x1,y1,x2,y2,… */
export type Area = { shape: 'circle' | 'rect' | 'poly'; at: number[] }
export type Spot = Area & { id: string; label: string }

/** How a set of choices earns credit: our rule of the type, all or nothing, or points of a foreign file (share of `best`). */
export type SetKey = { keys: string[]; rule?: 'all'; points?: Record<string, number>; best?: number }

export type GapKey =
  /** `exact`: case and spaces count. */
  | { kind: 'text'; answers: { text: string; credit: number; exact?: true }[] }
  | { kind: 'number'; answers: { value: number; tolerance: number; credit: number }[]; units?: string[] }
  | { kind: 'choice'; credits: Record<string, number> }

/** Gaps that the text does not place stand after it. `once`: each choice may be used in one gap only. */
export type GapContent = { stem: Block[]; gaps: Gap[]; unit?: string; once?: true }
/** `worth`: gaps that count for more or less than one. */
export type GapScoring = { gaps: Record<string, GapKey>; rule?: 'all'; worth?: Record<string, number> }

export type Criterion = { title: string; levels: string[] }

/**
 * The one description of every type's shape: `content` is the part of an item that may travel to a participant, `scoring` the part
 * that never leaves the server. A type that is added here is asked for by the compiler wherever types differ (see CONTRIBUTING.md).
 */
type Shapes = {
  single: { content: { type: 'single'; stem: Block[]; options: Option[] }; scoring: { type: 'single'; key: string } }
  multiple: {
    content: { type: 'multiple'; stem: Block[]; options: Option[] }
    scoring: { type: 'multiple'; options: string[] } & SetKey
  }
  truefalse: {
    content: { type: 'truefalse'; stem: Block[]; statements: Option[]; labels: [string, string] }
    scoring: { type: 'truefalse'; keys: Record<string, boolean> }
  }
  graded: {
    content: { type: 'graded'; stem: Block[]; options: Option[] }
    scoring: { type: 'graded'; scores: Record<string, number> }
  }
  likert: {
    content: { type: 'likert'; stem: Block[]; scale: string[] }
    scoring: { type: 'likert'; reversed: boolean; points: number }
  }
  matching: {
    /** `many`: a premise may take more than one choice. */
    content: { type: 'matching'; stem: Block[]; premises: Option[]; choices: Option[]; many?: true }
    /** Keys are pairs, premise and choice joined by a hyphen. */
    scoring: { type: 'matching' } & SetKey
  }
  ordering: { content: { type: 'ordering'; stem: Block[]; options: Option[] }; scoring: { type: 'ordering'; order: string[] } }
  short: { content: { type: 'short' } & GapContent; scoring: { type: 'short' } & GapScoring }
  numeric: { content: { type: 'numeric' } & GapContent; scoring: { type: 'numeric' } & GapScoring }
  cloze: { content: { type: 'cloze' } & GapContent; scoring: { type: 'cloze' } & GapScoring }
  hottext: {
    /** `most`: how many words may be chosen, 0 without a limit. */
    content: { type: 'hottext'; stem: Block[]; most: number }
    scoring: { type: 'hottext'; options: string[] } & SetKey
  }
  hotspot: {
    /** `free`: the places are not shown; the participant sets points, at most `most` of them. */
    content: {
      type: 'hotspot'
      stem: Block[]
      media: string
      alt: string
      width: number
      height: number
      spots: Spot[]
      most: number
      free?: true
    }
    scoring:
      | ({ type: 'hotspot'; options: string[] } & SetKey)
      /** Points set freely on a picture, as codes "x-y" in its pixels; each area counts once, `best` is full credit. */
      | { type: 'areas'; areas: (Area & { points: number })[]; best: number }
  }
  extended: {
    content: { type: 'extended'; stem: Block[]; words: number }
    /** Levels of a criterion are worth 0, 1, 2 … points; two raters judge each response. */
    scoring: { type: 'extended'; rubric: Criterion[] }
  }
  slider: {
    /** A number on a line from `min` to `max`; `labels` are words at its ends. */
    content: { type: 'slider'; stem: Block[]; min: number; max: number; step: number; unit?: string; labels?: [string, string] }
    scoring: { type: 'slider'; key: { value: number; tolerance: number } | { from: number; to: number } }
  }
}

export type ItemType = keyof Shapes
export type ContentOf<T extends ItemType> = Shapes[T]['content']
export type ScoringOf<T extends ItemType> = Shapes[T]['scoring']
export type ItemContent = ContentOf<ItemType>
export type ItemScoring = ScoringOf<ItemType>

export const itemTypeNames: Record<ItemType, string> = {
  single: 'Pilihan ganda',
  multiple: 'Pilihan ganda kompleks',
  truefalse: 'Benar–salah',
  graded: 'Situasional (bergradasi)',
  likert: 'Skala Likert',
  matching: 'Menjodohkan',
  ordering: 'Mengurutkan',
  short: 'Isian singkat',
  numeric: 'Isian angka',
  cloze: 'Teks rumpang',
  hottext: 'Pilih kata dalam teks',
  hotspot: 'Tunjuk pada gambar',
  extended: 'Uraian',
  slider: 'Penggeser',
}
/** Every type, in the order in which lists show them. */
export const itemTypes = Object.keys(itemTypeNames) as ItemType[]

/** The type that a key belongs to. */
export const typeOfKey = (scoring: ItemScoring): ItemType => (scoring.type === 'areas' ? 'hotspot' : scoring.type)

export const LIKERT_SCALE = ['Sangat tidak sesuai', 'Tidak sesuai', 'Ragu-ragu', 'Sesuai', 'Sangat sesuai']

/** Codes of options, pairs and places: short and plain, so that nothing a database cannot hold comes in through them. */
const Code = z.string().check(z.regex(/^[\w-]{0,12}$/))
/** What a person typed: no NUL and no half of a surrogate pair, which PostgreSQL cannot hold. */
export const MOST_TYPED = 8_000
const Typed = z.string().check(
  z.maxLength(MOST_TYPED),
  z.refine((text) => !/[\u0000\ud800-\udfff]/u.test(text)),
)
const few = z.refine((r) => Object.keys(r as object).length <= 20)

/**
 * What a participant chose, in canonical option codes whatever order was shown: one code, a Likert point, a set or an order of codes,
 * a truth for every statement, or typed text for every gap. `null` clears the choice.
 */
export const ResponseValue = z.union([
  z.null(),
  Code,
  z.int().check(z.minimum(1), z.maximum(LIKERT_SCALE.length)),
  z.array(Code).check(z.maxLength(20)),
  z.record(Code, z.boolean()).check(few),
  z.record(Code, Typed).check(few),
])
export type ResponseValue = z.infer<typeof ResponseValue>

/** Whether a response counts as answered on the number grid: nothing chosen or an emptied choice does not. */
export function isAnswered(value: ResponseValue | undefined): boolean {
  if (value === null || value === undefined || value === '') return false
  if (Array.isArray(value)) return value.length > 0
  return typeof value === 'object' ? Object.values(value).some((v) => typeof v === 'boolean' || v.trim() !== '') : true
}

/** The words of a tree without its form, for lengths, search and labels. */
export function plainText(nodes: (Inline | Block)[]): string {
  return nodes
    .map((n) => {
      if (n.t === 'text' || n.t === 'code' || n.t === 'pre') return n.v
      if (n.t === 'math') return n.tex || n.mathml.replace(/<[^>]*>/g, ' ')
      if (n.t === 'img' || n.t === 'audio') return n.alt
      if (n.t === 'gap') return '_____'
      if (n.t === 'list') return n.items.map(plainText).join(' ')
      if (n.t === 'table') return [...n.head, ...n.rows.flat()].map(plainText).join(' ')
      return plainText(n.c)
    })
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Codes of the gaps that stand in the text itself. */
export function placedGaps(tree: unknown): Set<string> {
  const found = new Set<string>()
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk)
    if (!node || typeof node !== 'object') return
    if ((node as { t?: string }).t === 'gap') found.add((node as { id: string }).id)
    Object.values(node).forEach(walk)
  }
  walk(tree)
  return found
}
