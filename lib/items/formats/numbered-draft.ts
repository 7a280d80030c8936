import { plainText, type Block, type Inline } from '../model'
import { settle, type Piece } from './account'
import { lookLosses, type LookName, type Token } from './docx-text'
import { tidy, titleOf } from './html'
import { lettersIn } from './numbered-keys'
import { besides, dropStart, piecesOf, skipStart, takeStart, textOf, type Line } from './numbered-lines'
import { letterAt, MOST_OPTIONS, withProblems, type ReadItem } from './read'

/** One question while its lines come in, and what becomes of it. */
type StemPart = { block: Block; bullet?: Inline[] }
type OptionPart = {
  letter: string
  shown: string
  body: Inline[]
  starred: boolean
  look: Set<LookName>
  /** Lines below it that go on with it, or stand between it and the next list, with what is to be looked at. */
  more: { body: Inline[]; doubt: string | null }[]
}

export type Draft = {
  number: string
  line: number
  /** How its number is written or which list it is of; level of that list. */
  style: string
  level: number
  /** Numbers of a list inside the question that have come so far. */
  nested: { style: string; n: number } | null
  stem: StemPart[]
  options: OptionPart[]
  key: string | null
  why: Inline[][]
  about: NonNullable<ReadItem['about']>
  problems: string[]
  notes: string[]
  source: (Piece | { tokens: readonly Token[]; skip: number })[]
  /** Letters and signs in the middle of lines that are no words. */
  skips: string[]
  /** How far the letters of options in one line lie apart: 2 where A stands beside C. */
  stride: number
  stimulus?: ReadItem['stimulus']
}

const BULLET = /^[•●▪○◦‣–—-]\s+/
const OPTION = /^\s*\*?\s*\(?([A-Ja-j])\s*[.)]\s*/

/** The letter that a typed line begins with as an option, and its length; only letters that may come next are options. */
export function optionStart(text: string, draft: Draft): { letter: string; length: number } | null {
  const m = OPTION.exec(text)
  if (!m) return null
  const letter = m[1]!.toUpperCase()
  const rest = text.slice(m[0].length)
  const spaced = /\s$/.test(m[0]) || !rest
  const free = !draft.options.some((o) => o.letter === letter)
  const near = letter.charCodeAt(0) - 65 <= draft.options.length + 5
  if (!draft.options.length && letter !== 'A') return null
  // Without a space it may be an initial or a sentence: only the very next letter counts.
  if (!spaced && letter !== letterAt(draft.options.length)) return null
  if (!free && letter !== 'A') return null
  return near ? { letter, length: m[0].length } : null
}

/** The words of a line go into the item's source, its first letters as form. */
export function say(draft: Draft, line: Line, skip: number, why: string): void {
  if (line.notes) draft.notes.push(...line.notes)
  if (line.marker) draft.source.push({ v: `${line.marker} `, skip: why })
  if (line.tokens) draft.source.push({ tokens: line.tokens, skip })
  else draft.source.push(...skipStart(piecesOf(line), skip, why))
  draft.source.push({ v: '\n' })
}

/** Looks that all letters of these tokens share. */
function sharedLook(tokens: readonly Token[] | undefined): Set<LookName> {
  const lettered = (tokens ?? []).filter((t) => t.look && t.piece?.v.trim() && !/^\s*\*?\(?[A-Ja-j]\s*[.)]\s*$/.test(t.piece.v))
  if (!lettered.length) return new Set()
  const whole = (['bold', 'colour', 'highlight'] as const).filter((n) => lettered.every((t) => t.look![n]))
  if (whole.length) return new Set(whole)
  // Only its letter is marked.
  const letter = (tokens ?? []).filter((t) => t.look && /^\s*\*?\(?[A-Ja-j]\s*[.)]\s*$/.test(t.piece?.v ?? ''))
  return new Set(letter.length === 1 ? (['colour', 'highlight'] as const).filter((n) => letter[0]!.look![n]) : [])
}

/** The options of a line: one, or several beside one another. */
export function addOptions(draft: Draft, line: Line): void {
  const auto = line.marker && /^\(?[A-Za-z]/.test(line.marker) ? line.marker.replace(/[^A-Za-z]/g, '')[0]!.toUpperCase() : null
  const parts = besides(line.body, auto, draft.stride)
  const look = parts.length === 1 ? sharedLook(line.tokens) : new Set<LookName>()
  const first = draft.options.length
  parts.forEach((body, i) => {
    const text = textOf(body)
    const starred = /^\s*\*/.test(text)
    const own = auto && i === 0 ? null : OPTION.exec(text)
    const letter = (own?.[1] ?? auto ?? letterAt(draft.options.length)).toUpperCase()
    const lead = own ? own[0].length : starred ? text.indexOf('*') + 1 : 0
    if (letter === 'A' && draft.options.length && i === 0) restart(draft, line)
    if (draft.options.some((o) => o.letter === letter)) draft.problems.push(`Huruf opsi ${letter} berulang.`)
    draft.options.push({ letter, shown: own?.[0].trim() ?? line.marker, body: tidy(dropStart(body, lead)), starred, look, more: [] })
  })
  const lead = auto ? 0 : (OPTION.exec(textOf(line.body))?.[0].length ?? 0)
  say(draft, line, lead, 'huruf opsi')
  const here = draft.options.slice(first)
  draft.skips.push(...here.slice(1).map((o) => o.shown))
  if (here.length > 1) draft.stride = Math.max(1, here[1]!.letter.charCodeAt(0) - here[0]!.letter.charCodeAt(0))
}

/** A second list of letters in a question: the first was of statements, when it is written otherwise. */
function restart(draft: Draft, line: Line): void {
  const before = draft.options[0]!.shown
  const now = OPTION.exec(textOf(line.body))?.[0].trim() || line.marker
  if (before === now || draft.key) return
  for (const o of draft.options) {
    draft.stem.push({ block: { t: 'p', c: tidy([{ t: 'text', v: `${o.shown} ` }, ...o.body]) } })
    for (const { body } of o.more) draft.stem.push({ block: { t: 'p', c: tidy(body) } })
  }
  draft.options = []
}

/** A line of the stem. */
export function addStem(draft: Draft, body: Inline[], marker = ''): void {
  const text = textOf(body)
  const bullet = marker === '•' ? '' : (BULLET.exec(text.trimStart())?.[0] ?? null)
  if (bullet !== null && draft.stem.length) {
    const inner = tidy(dropStart(body, text.length - text.trimStart().length + bullet.length))
    const last = draft.stem.at(-1)!
    if (last.bullet && last.block.t === 'list') last.block.items.push(inner)
    else draft.stem.push({ block: { t: 'list', items: [inner] }, bullet: inner })
    if (bullet) draft.skips.push(bullet)
    return
  }
  const c = tidy(marker ? [{ t: 'text', v: `${marker} ` }, ...body] : body)
  if (c.length) draft.stem.push({ block: { t: 'p', c } })
}

/** Options that carry no letters of their own: bullets, or the cells of a one-line table, at the end of the stem. */
function unlettered(d: Draft, keys: readonly string[]): boolean {
  const last = d.stem.at(-1)
  if (!last || d.stem.length < 2) return false
  const { block } = last
  const items =
    block.t === 'list'
      ? block.items
      : block.t === 'table' && (block.head.length === 1 || !block.rows.length)
        ? [...block.head, ...block.rows.map((r) => r[0]!)]
        : []
  if (items.length < 2 || keys.some((k) => k.charCodeAt(0) - 65 >= items.length)) return false
  d.stem.pop()
  d.options = items.map((body, i) => ({ letter: letterAt(i), shown: '', body, starred: false, look: new Set(), more: [] }))
  if (block.t === 'table') d.problems.push('Opsi diambil dari tabel tanpa huruf, berurutan dari A; periksa urutannya.')
  return true
}

/** Options inside the last sentence of the stem: "… adalah .... a. 4 b. 5 c. 6". */
function inSentence(d: Draft): boolean {
  const last = d.stem.at(-1)?.block
  if (last?.t !== 'p') return false
  const text = textOf(last.c)
  const m = /(?:^|\s)\(?[aA][.)]\s*\S/.exec(text)
  if (!m) return false
  const start = text.slice(m.index).search(/\S/) + m.index
  const parts = besides(dropStart(last.c, start), 'A')
  const letters = parts.map((p) => OPTION.exec(textOf(p))?.[1]?.toUpperCase())
  if (parts.length < 3 || letters.some((l, i) => l !== letterAt(i))) return false
  const stem = tidy(takeStart(last.c, start))
  d.stem.pop()
  if (stem.length) d.stem.push({ block: { t: 'p', c: stem } })
  for (const p of parts) {
    const lead = OPTION.exec(textOf(p))![0]
    d.options.push({ letter: '', shown: lead.trim(), body: tidy(dropStart(p, lead.length)), starred: false, look: new Set(), more: [] })
    d.skips.push(lead)
  }
  d.options.forEach((o, i) => (o.letter = letterAt(i)))
  return true
}

const LOOKS: Record<LookName, string> = { highlight: 'sorotan', colour: 'warna huruf', bold: 'huruf tebal', struck: 'coretan' }

/** The options that look unlike the others, and how. */
function keyByLook(options: readonly OptionPart[]): { keys: string[]; look: LookName } | null {
  for (const look of ['highlight', 'colour', 'bold'] as const) {
    const keys = options.filter((o) => o.look.has(look)).map((o) => o.letter)
    if (keys.length && keys.length < options.length) return { keys, look }
  }
  return null
}

const unbold = (body: Inline[]): Inline[] => tidy(body.flatMap((n) => (n.t === 'b' ? n.c : [n])))

/** The item of a draft. `listed` is what a list of keys at the end says of it. */
export function finish(d: Draft, listed: string | null): ReadItem {
  const used = new Set<LookName>()
  const item = withProblems({ id: d.number, title: '', line: d.line, problems: [] }, () => made(d, d.key ?? listed, used))
  const notes = [...new Set(d.notes)]
  const title = item.title || titleOf(d.stem.map((s) => s.block))
  const pieces = d.source.flatMap((p) => ('tokens' in p ? skipStart(lookLosses(p.tokens, used), p.skip, 'nomor atau huruf') : [p]))
  return settle({ ...item, title, ...(notes.length ? { notes } : {}) }, pieces, d.skips)
}

function made(d: Draft, key: string | null, used: Set<LookName>): Partial<ReadItem> {
  const refuse = (words: string) => ({ status: 'refused' as const, problems: [words] })
  const named = key === null ? null : lettersIn(key)
  const pointing = named !== null && named.every((k) => k >= 'A' && k <= 'J') && /^[^a-z]*$|^[a-j]$/.test(key!.trim().slice(0, 2))
  if (!d.options.length && !inSentence(d) && pointing) unlettered(d, named)
  // A second line of an option goes on with it; where it may be something else, somebody looks.
  for (const o of d.options) {
    o.body = tidy(o.more.reduce((body: Inline[], m) => [...body, { t: 'text', v: ' ' }, ...m.body], o.body))
    d.problems.push(...o.more.flatMap((m) => m.doubt ?? []))
  }
  const stem = d.stem.map((s) => s.block)
  const rest = {
    title: titleOf(stem),
    rationale: d.why.map((w) => plainText(w)).join('\n\n'),
    problems: d.problems,
    ...(Object.keys(d.about).length ? { about: d.about } : {}),
    ...(d.stimulus ? { stimulus: d.stimulus } : {}),
  }
  if (!stem.length) return refuse('Soal tidak mempunyai kalimat pertanyaan.')
  if (d.options.length > MOST_OPTIONS) return refuse(`Soal mempunyai lebih dari ${MOST_OPTIONS} opsi.`)
  const repeated = d.problems.find((p) => p.endsWith('berulang.'))
  if (repeated) return refuse(`${repeated} Beri nomor pada setiap soal.`)
  if (!d.options.length) {
    if (!key)
      return {
        ...rest,
        content: { type: 'extended' as const, stem, words: 0 },
        scoring: { type: 'extended' as const, rubric: [{ title: 'Jawaban', levels: ['tidak sesuai', 'sebagian', 'sesuai'] }] },
        problems: [...d.problems, 'Soal tanpa opsi dan tanpa kunci menjadi uraian; lengkapi rubriknya sebelum dipakai.'],
      }
    if (pointing) return refuse(`Kunci ${named.join(', ')} menunjuk opsi, tetapi opsinya tidak ditemukan. Tulis opsi sebagai A., B., …`)
    return {
      ...rest,
      content: { type: 'short' as const, stem, gaps: [{ id: '1', kind: 'text' as const }] },
      scoring: {
        type: 'short' as const,
        gaps: { 1: { kind: 'text' as const, answers: key.split(/\s*(?:\/|;|\|)\s*/).map((text) => ({ text, credit: 1 })) } },
      },
    }
  }
  if (d.options.length < 2) return refuse('Soal mempunyai kurang dari dua opsi.')
  d.options.sort((a, b) => (a.letter < b.letter ? -1 : 1))
  if (d.options.some((o, i) => o.letter !== letterAt(i))) return refuse('Huruf opsi tidak urut mulai dari A.')
  const empty = d.options.filter((o) => !o.body.length).map((o) => o.letter)
  if (empty.length) return refuse(`Opsi ${empty.join(', ')} kosong.`)
  const starred = d.options.filter((o) => o.starred).map((o) => o.letter)
  const looks = keyByLook(d.options)
  const problems = [...d.problems]
  let keys = key ? (named ?? byWords(d.options, key)) : starred
  if (looks && !keys.length && !key) {
    keys = looks.keys
    used.add(looks.look)
    problems.push(`Kunci ${looks.keys.join(', ')} diambil dari ${LOOKS[looks.look]} pada opsinya; pastikan benar.`)
  } else if (looks && keys.join() === looks.keys.join()) used.add(looks.look)
  // A look that only the right options have would give them away.
  const bold = looks && used.has('bold')
  if (!keys.length)
    return refuse(
      key ? `Kunci "${key.slice(0, 40)}" tidak menunjuk opsi.` : 'Tidak ada baris "Kunci:" dan tidak ada kunci di daftar kunci.',
    )
  const options = d.options.map((o) => ({ id: o.letter, body: bold ? unbold(o.body) : o.body }))
  const unknown = keys.find((k) => !options.some((o) => o.id === k))
  if (unknown) return refuse(`Kunci ${unknown} tidak ada di antara opsi.`)
  if (keys.length === 1)
    return { ...rest, problems, content: { type: 'single' as const, stem, options }, scoring: { type: 'single' as const, key: keys[0]! } }
  if (keys.length === options.length) return refuse('Semua opsi menjadi kunci.')
  return {
    ...rest,
    problems,
    content: { type: 'multiple' as const, stem, options },
    scoring: { type: 'multiple' as const, keys: [...keys].sort(), options: options.map((o) => o.id) },
  }
}

/** A key that repeats the words of an option. */
const byWords = (options: readonly OptionPart[], key: string): string[] => {
  const same = (text: string) =>
    text
      .replace(/[\s.]+/g, ' ')
      .trim()
      .toLowerCase()
  return options.filter((o) => same(plainText(o.body)) === same(key)).map((o) => o.letter)
}
