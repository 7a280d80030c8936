import { plainText, type Block as StemBlock, type Inline } from '../model'
import { BREAK, settle, type Piece } from './account'
import { htmlReader, htmlTree } from './html'
import { markdownHtml } from './markdown'
import { bareHtml } from './moodle/source'
import { multipleKey, singleScoring } from './moodle/answers'
import { lettered, letterAt, MOST_OPTIONS, plainInline, Refused, stemOf, withProblems, type ReadFile, type ReadItem } from './read'
import { childrenOf } from './xml'

type Stem = StemBlock[]

/** GIFT (Moodle docs, GIFT format): the kinds that our item types hold are read; others are refused by name. */

export const looksLikeGift = (text: string): boolean => /(^|[^\\])\{[^}]*(^|[^\\])[=~TF#]/m.test(text) || /^::.+::/m.test(text)

/** Escaped signs are put aside as private characters, so that splitting on bare ones is safe. */
const SIGNS = '~=#{}:'
const PRIVATE = 0xe000
const hide = (text: string) =>
  text.replace(/\\([~=#{}:n\\])/g, (_, sign: string) =>
    sign === 'n' ? '\n' : sign === '\\' ? '\uE0FF' : String.fromCharCode(PRIVATE + SIGNS.indexOf(sign)),
  )
const show = (text: string) => [...text].map((c) => (c === '\uE0FF' ? '\\' : (SIGNS[c.charCodeAt(0) - PRIVATE] ?? c))).join('')

type Answer = { right: boolean; weight: number | null; raw: string; text: string; why: string }

/** "=right#why ~%-50%wrong" into answers, in order. */
function answersOf(body: string): Answer[] {
  return [...body.matchAll(/([=~])\s*(?:%(-?[\d.]+)%)?([^=~]*)/g)].map((m) => {
    const [raw = '', ...why] = m[3]!.split('#')
    return {
      right: m[1] === '=',
      weight: m[2] === undefined ? null : Number(m[2]),
      raw: raw.trim(),
      text: show(raw).trim(),
      why: show(why.join('#'))
        .replace(/<[^>]*>/g, '')
        .trim(),
    }
  })
}

const TAG = /^\s*\[(html|markdown|plain|moodle)\]/

type Block = { text: string; line: number }

/** Questions are parted by empty lines; comments and categories are no questions. An empty line inside braces belongs to them. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let now: Block | null = null
  let depth = 0
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .forEach((line, i) => {
      if (/^\s*\/\//.test(line) || /^\s*\$CATEGORY:/.test(line)) return
      if (!line.trim() && depth === 0) {
        now = null
        return
      }
      if (!now) blocks.push((now = { text: '', line: i + 1 }))
      now.text += `${line}\n`
      for (const c of hide(line)) depth = Math.max(0, depth + (c === '{' ? 1 : c === '}' ? -1 : 0))
    })
  return blocks
}

/** Text in the form that it says: HTML is read as HTML where it has elements, else as it stands. */
function textReader(problems: Set<string>) {
  const reader = htmlReader({ media: () => null, problems }, plainInline)
  const bare = (raw: string) => {
    const text = show(raw)
    const inForm = text.replace(TAG, '').trim()
    return TAG.exec(text)?.[1] === 'markdown' ? markdownHtml(inForm) : inForm
  }
  const isHtml = (text: string) => /<\/?[a-z][^>]*>|&[a-z]+;|&#\d+;/i.test(text)
  return {
    blocks: (raw: string) => (isHtml(bare(raw)) ? reader.blocks(childrenOf(htmlTree(bare(raw), problems))) : stemOf(bare(raw))),
    inline: (raw: string) =>
      isHtml(bare(raw)) ? reader.inline(childrenOf(htmlTree(bare(raw), problems))) : plainInline(bare(raw).replace(/\s+/g, ' ')),
  }
}

/** "3.14:0.01", "3..4" and plain numbers of a numerical question. */
function numberOf(text: string): { value: number; tolerance: number } {
  const range = /^\s*(-?[\d.,]+)\s*\.\.\s*(-?[\d.,]+)\s*$/.exec(text)
  const number = (t: string) => Number(t.trim().replace(',', '.'))
  const [value, tolerance] = range
    ? [(number(range[1]!) + number(range[2]!)) / 2, Math.abs(number(range[2]!) - number(range[1]!)) / 2]
    : [number(text.split(':')[0]!), number(text.split(':')[1] ?? '0')]
  if (!Number.isFinite(value) || !Number.isFinite(tolerance))
    throw new Refused(`Jawaban angka "${show(text).trim().slice(0, 30)}" tidak dapat dibaca.`)
  return { value: Math.round(value * 1e10) / 1e10, tolerance: Math.round(tolerance * 1e10) / 1e10 }
}

/** Bare text of a block, and the signs of GIFT in it. */
function giftSource(text: string): { pieces: Piece[]; skips: string[] } {
  const hidden = hide(text)
  const markdown = /\[markdown\]/.test(text)
  const skips = hidden.match(/^\s*::[\s\S]*?::|[{}=~]|->|%-?[\d.]+%|#+|\[(?:html|markdown|plain|moodle)\]|\\\(|\\\)|\\\[|\\\]|\$\$/g) ?? []
  const lines = show(hidden)
    .split('\n')
    .filter((l) => l.trim())
  const words = lines.flatMap((l) => (/<\/?[a-z][^>]*>|&[a-z]+;|&#\d+;/i.test(l) ? bareHtml(l) : [l]))
  const pieces = words.flatMap((v): Piece[] => [{ v }, BREAK])
  return { pieces, skips: [...skips.map(show), ...(markdown ? (text.match(/[*_`#]+|^\s*(?:[-+]|\d+\.)\s/gm) ?? []) : [])] }
}

function readBlock(block: Block, place: number): ReadItem {
  const { pieces, skips } = giftSource(block.text)
  const item = readWords(block, place)
  // Numbers and truths are kept as numbers and truths.
  const bare = hide(block.text)
  const key = /\{\s*(#|(T|TRUE|F|FALSE)\s*[#}])/i.test(bare) ? (/\{[\s\S]*\}/.exec(block.text) ?? []) : []
  return settle(item, pieces, [...skips, ...key])
}

function readWords({ text, line }: Block, place: number): ReadItem {
  const hidden = hide(text)
  const named = /^\s*::([\s\S]*?)::/.exec(hidden)
  const rest = named ? hidden.slice(named[0].length) : hidden
  const open = rest.indexOf('{')
  const end = rest.lastIndexOf('}')
  const title = named ? show(named[1]!).trim() : ''
  const problems = new Set<string>()
  const reader = textReader(problems)
  const before = open < 0 ? rest : rest.slice(0, open)
  const tail = end < 0 ? '' : rest.slice(end + 1)
  // A gap in the middle of the sentence is shown as a line.
  const raw = tail.trim() ? `${before}_____${tail}` : before
  const base = {
    id: title || String(place),
    title: (
      title ||
      show(raw)
        .replace(TAG, '')
        .replace(/<[^>]*>/g, '')
        .trim()
    ).slice(0, 60),
    line,
    problems: [],
  }
  return withProblems(base, () => {
    if (open < 0 || end < open) throw new Refused('Tidak ada jawaban di dalam kurung kurawal: ini keterangan, bukan soal.')
    const inner = rest.slice(open + 1, end)
    if (/[{}]/.test(inner))
      throw new Refused('Soal ini memuat lebih dari satu pasang kurung kurawal. Tulis tanda kurung yang bukan jawaban sebagai \\{ dan \\}.')
    const whole = inner.trim()
    const loose = /^[^=~#]+(?=[=~])/.exec(whole.split('####')[0]!)?.[0].trim()
    if (loose && !/^(T|TRUE|F|FALSE)$/i.test(loose))
      throw new Refused(`Kata "${show(loose).slice(0, 40)}" di dalam kurung tidak diawali tanda = atau ~.`)
    const [body = '', general = ''] = whole.split('####')
    const stem = reader.blocks(raw)
    if (!stem.length) throw new Refused('Soal tidak mempunyai kalimat pertanyaan.')
    const why = general.trim() ? [plainText(reader.blocks(general))] : []
    const done = (made: Partial<ReadItem>): Partial<ReadItem> => ({
      ...made,
      problems: [...problems, ...(made.problems ?? [])],
      rationale: why.join('\n\n'),
    })
    const trimmed = body.trim()
    if (!trimmed)
      return done({
        content: { type: 'extended', stem, words: 0 },
        scoring: { type: 'extended', rubric: [{ title: 'Jawaban', levels: ['tidak sesuai', 'sebagian', 'sesuai'] }] },
        problems: ['Rubrik penilaian tidak ada di dalam berkas; lengkapi sebelum butir dipakai.'],
      })
    const truth = /^(T|TRUE|F|FALSE)\s*(#[\s\S]*)?$/i.exec(trimmed)
    if (truth) {
      why.push(
        ...(truth[2] ?? '')
          .split('#')
          .map((f) => show(f).trim())
          .filter(Boolean),
      )
      return done({
        content: { type: 'single', stem, options: lettered(['Benar', 'Salah']) },
        scoring: { type: 'single', key: /^t/i.test(truth[1]!) ? 'A' : 'B' },
      })
    }
    if (trimmed.startsWith('#')) {
      const given = trimmed.slice(1).trim()
      const answers = /^[=~]/.test(given)
        ? answersOf(given).filter((a) => a.right || (a.weight ?? 0) > 0)
        : [{ raw: given.split('#')[0]!, weight: null }]
      const key = answers.map((a) => ({ ...numberOf(a.raw), credit: (a.weight ?? 100) / 100 }))
      if (!key.length) throw new Refused('Soal angka tidak menyebut jawaban yang benar.')
      return done({
        content: { type: 'numeric', stem, gaps: [{ id: '1', kind: 'number' }] },
        scoring: { type: 'numeric', gaps: { 1: { kind: 'number', answers: key } } },
      })
    }
    const answers = answersOf(body)
    if (answers.some((a) => a.raw.includes('->')))
      return done(
        matching(
          answers.map((a) => a.raw),
          stem,
          reader.inline,
        ),
      )
    answers.forEach((a, i) => a.why && why.push(`${answers.some((x) => !x.right) ? letterAt(i) : a.text}: ${a.why}`))
    if (!answers.some((a) => !a.right)) {
      const key = answers.map((a) => ({ text: a.text.replace(/\s+/g, ' '), credit: (a.weight ?? 100) / 100 }))
      return done({
        content: { type: 'short', stem, gaps: [{ id: '1', kind: 'text' }] },
        scoring: { type: 'short', gaps: { 1: { kind: 'text', answers: key } } },
      })
    }
    if (answers.length > MOST_OPTIONS) throw new Refused(`Soal mempunyai lebih dari ${MOST_OPTIONS} opsi.`)
    const options = answers.map((a, i) => ({ id: letterAt(i), body: reader.inline(a.raw) }))
    const fractions = answers.map((a) => a.weight ?? (a.right ? 100 : 0))
    if (answers.some((a) => a.right)) {
      const { type, scoring, problems: lost } = singleScoring(fractions, false)
      return done({ content: { type, stem, options }, scoring, problems: lost })
    }
    return done({
      content: { type: 'multiple', stem, options },
      scoring: { type: 'multiple', ...multipleKey(fractions), options: options.map((o) => o.id) },
    })
  })
}

/** "=left -> right": a premise each, the rights once each; a pair without a left is one more choice. */
function matching(pairs: readonly string[], stem: Stem, inline: (raw: string) => Inline[]): Partial<ReadItem> {
  const targets: { raw: string; body: Inline[] }[] = []
  const premises: { id: string; body: Inline[] }[] = []
  const keys: string[] = []
  for (const pair of pairs) {
    const at = pair.indexOf('->')
    if (at < 0) continue
    const [left, right] = [pair.slice(0, at).trim(), show(pair.slice(at + 2)).trim()]
    let target = targets.findIndex((t) => t.raw === right)
    if (target < 0) target = targets.push({ raw: right, body: inline(pair.slice(at + 2)) }) - 1
    if (!left) continue
    premises.push({ id: String(premises.length + 1), body: inline(left) })
    keys.push(`${premises.length}-${letterAt(target)}`)
  }
  if (premises.length < 2 || premises.length > MOST_OPTIONS || targets.length > MOST_OPTIONS)
    throw new Refused('Soal menjodohkan ini terlalu pendek atau terlalu panjang.')
  return {
    content: { type: 'matching', stem, premises, choices: targets.map((t, i) => ({ id: letterAt(i), body: t.body })) },
    scoring: { type: 'matching', keys: keys.sort() },
  }
}

export function readGift(text: string): ReadFile {
  const items = blocksOf(text).map((b, i) => readBlock(b, i + 1))
  return items.length ? { format: 'gift', items } : { format: 'gift', items, refused: 'Berkas ini tidak memuat soal.' }
}
