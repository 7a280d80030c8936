import { BREAK, unread, type SkippedLine } from './account'
import { tidy } from './html'
import { addOptions, addStem, finish, optionStart, say, type Draft } from './numbered-draft'
import { keyAt, keyHeading, keysInTable, keysOn, lettersIn, pairsIn } from './numbered-keys'
import { besides, dropStart, piecesOf, skipAll, textOf, type Line } from './numbered-lines'
import { sectionHeading, sharedText, unrolled } from './numbered-parts'
import type { ReadFile } from './read'

export type { Line } from './numbered-lines'

/**
 * Questions in the numbered form that Indonesian teachers write: "1. soal", options "A. …" to "E. …" below it or side by side, "Kunci: B",
 * "Pembahasan: …". Keys may also stand in a list or a table at the end. Pure: lines come from Word or from a text file.
 */
const QUESTION = /^(\d{1,3})\s*([.)])(?!\d)\s*/
const WHY = /^(?:pembahasan|alasan|penjelasan|rasional)\s*[:=]\s*/i
const FIELD = /^(indikator|ranah|level|level kognitif)\s*[:=]\s*(.+)$/i

/** A number before a line: what it counts, how it is written, and how long it is. */
type Numbered = { n: number; style: string; level: number; length: number; auto: boolean }

function numberOf(line: Line, text: string): Numbered | null {
  if (line.auto?.kind === 'number')
    return { n: line.auto.n, style: `daftar ${line.auto.list}`, level: line.auto.level, length: 0, auto: true }
  if (line.marker) {
    const n = parseInt(line.marker, 10)
    return Number.isFinite(n) ? { n, style: 'daftar', level: 0, length: 0, auto: true } : null
  }
  const m = QUESTION.exec(text)
  return m && { n: Number(m[1]), style: m[2]!, level: 0, length: m[0].length, auto: false }
}

/** Whether a numbered line begins a question, or is a line of a list inside the question that is being read. */
function begins(now: Draft | null, { n, style, level, auto }: Numbered): boolean {
  if (!now) return true
  const complete = now.options.length > 0 || now.key !== null
  const mine = style === now.style && level === now.level
  const k = Number(now.number)
  if (mine && auto) return true
  if (complete) return auto ? level <= now.level || style !== now.style : n === k + 1 || n > k || n === 1
  if (now.nested && style === now.nested.style) return n !== now.nested.n + 1 && n !== 1 && (mine ? n > k : n === k + 1)
  if (n === 1 || (auto && style === now.style)) return false
  return mine ? n > k : n === k + 1
}

export function readNumbered(lines: readonly Line[], format: string): ReadFile {
  const drafts: Draft[] = []
  const keyList = new Map<string, string[]>()
  const skipped: SkippedLine[] = []
  let now: Draft | null = null
  let inWhy = false
  let inKeys = false
  /** Words before a question that are for it, or for a row of questions. */
  let lead: { lines: Line[]; numbers: Set<number> | null } | null = null
  const pass = (line: Line, why: string) => {
    const text = piecesOf(line)
      .map((p) => p.v)
      .join('')
    if (text.trim()) skipped.push({ line: line.at, text: `${line.marker} ${text}`.trim(), why })
  }
  const addKeys = (keys: readonly [string, string][]) => keys.forEach(([n, k]) => keyList.set(n, [...(keyList.get(n) ?? []), k]))
  const stimuli: Shared[] = []
  /** Words that waited for a question which did not come. */
  const drop = () => {
    if (lead && !lead.numbers) for (const l of lead.lines) pass(l, 'bukan bagian soal')
    lead = null
  }

  const begin = (line: Line, number: Numbered) => {
    const [first, ...rest] = besides(number.auto ? line.body : dropStart(line.body, textOf(line.body).search(/\S|$/) + number.length), null)
    // A number that stood already is a new part of the paper, or Word's list begun anew.
    const draft: Draft = {
      number: String(number.n),
      line: line.at,
      style: number.style,
      level: number.level,
      nested: null,
      stem: [],
      options: [],
      key: null,
      why: [],
      about: {},
      problems: [],
      notes: [],
      source: [],
      skips: [],
      stride: 1,
    }
    now = draft
    drafts.push(draft)
    inWhy = false
    const shared = stimuli.find((s) => s.numbers.has(number.n))
    if (shared) {
      draft.stimulus = shared.stimulus
      draft.source.push(...shared.lines.flatMap((l) => [...piecesOf(l), BREAK]))
      shared.used = true
    }
    if (lead && !lead.numbers)
      for (const l of lead.lines) {
        if (l.block) draft.stem.push({ block: l.block })
        else addStem(draft, l.body)
        say(draft, l, 0, '')
      }
    lead = null
    const options = rest.length && optionStart(textOf(rest[0]!), draft)
    const body = options ? first! : number.auto ? line.body : dropStart(line.body, textOf(line.body).search(/\S|$/) + number.length)
    addStem(draft, tidy(body))
    say(draft, line, number.auto ? 0 : textOf(line.body).search(/\S|$/) + number.length, 'nomor soal')
    if (options)
      for (const o of rest) {
        const before = draft.source.length
        addOptions(draft, { at: line.at, body: o, marker: '' })
        draft.source.length = before
        draft.skips.push(textOf(o).slice(0, optionLead(o)))
      }
  }

  for (const line of lines.flatMap(unrolled)) {
    const text = textOf(line.body).trim()
    const draft = now as Draft | null
    if (line.block) {
      const keys = line.cells && keysInTable(line.cells)
      if (keys && (keys.headed || inKeys || draft?.options.length)) {
        addKeys(keys.keys)
        pass({ ...line, pieces: skipAll(piecesOf(line), 'kunci') }, 'tabel kunci')
        continue
      }
      if (draft && !inKeys) {
        if (draft.options.length) draft.problems.push('Gambar atau tabel di antara opsi dipindah ke soal.')
        draft.stem.push({ block: line.block })
        say(draft, line, 0, '')
      } else if (lead && !inKeys) {
        lead.lines.push(line)
        if (lead.numbers) intoStimulus(stimuli.at(-1)!, line)
      } else pass(line, 'sebelum soal pertama')
      continue
    }
    if (!text && !line.body.some((n) => n.t === 'img' || n.t === 'math')) {
      // Nothing to read; what was lost here is told where it stood.
      if (draft) say(draft, line, 0, '')
      else pass(line, 'bukan bagian soal')
      continue
    }
    const heading = line.marker ? null : keyHeading(text)
    if (heading) {
      inKeys = true
      now = null
      drop()
      const keys = heading.rest ? keysOn(heading.rest, numbersOf(drafts)) : null
      if (keys) addKeys(keys)
      pass(line, keys ? 'daftar kunci' : 'kepala daftar kunci')
      continue
    }
    if (inKeys) {
      const keys = keysOn(line.marker ? `${line.marker} ${text}` : text, numbersOf(drafts))
      if (keys) {
        addKeys(keys)
        pass(line, 'daftar kunci')
        continue
      }
      if (!numberOf(line, text)) {
        pass(line, 'di daftar kunci, tidak terbaca sebagai kunci')
        continue
      }
      inKeys = false
    }
    const shared = line.marker ? null : sharedText(text)
    if (shared && (!draft || draft.options.length || draft.key !== null)) {
      now = null
      drop()
      lead = { lines: [line], numbers: shared.numbers }
      if (shared.numbers) {
        stimuli.push({ numbers: shared.numbers, stimulus: { code: `TEKS-${line.at}`, body: [] }, lines: [], used: false })
        intoStimulus(stimuli.at(-1)!, line)
      }
      continue
    }
    // After the key of a question nothing more belongs to it but its reasons.
    const over = draft !== null && draft.key !== null && draft.options.length > 0
    if (!line.marker && sectionHeading(text, draft !== null && !over)) {
      now = null
      drop()
      pass(line, 'judul bagian')
      continue
    }
    // A row of keys below the last question, without a heading.
    const bare =
      !line.marker && draft?.options.length && draft.key === null && pairsIn(text).length > 1 ? keysOn(text, numbersOf(drafts)) : null
    if (bare) {
      inKeys = true
      now = null
      addKeys(bare)
      pass(line, 'daftar kunci')
      continue
    }
    const number = numberOf(line, text)
    if (number && begins(draft, number)) {
      begin(line, number)
      continue
    }
    if (!draft) {
      if (lead) {
        const at = lead as { lines: Line[]; numbers: Set<number> | null }
        at.lines.push(line)
        if (at.numbers) intoStimulus(stimuli.at(-1)!, line)
      } else pass(line, drafts.length ? 'bukan bagian soal' : 'sebelum soal pertama')
      continue
    }
    if (number && !inWhy && !draft.options.length) {
      draft.nested = { style: number.style, n: number.n }
      addStem(draft, line.body, line.marker)
      say(draft, { ...line, marker: '' }, 0, '')
      continue
    }
    const key = line.marker ? null : keyAt(text)
    if (key !== null) {
      draft.key = key
      inWhy = false
      const short = lettersIn(key) === null
      if (short) draft.skips.push(...(key.match(/[/;|]/g) ?? []))
      draft.source.push(
        ...(short ? [{ v: text.slice(0, text.indexOf(key)), skip: 'kunci' }, { v: key }] : skipAll(piecesOf(line), 'kunci')),
        BREAK,
      )
      continue
    }
    const why = WHY.exec(text)
    if (why) {
      inWhy = true
      const length = textOf(line.body).indexOf(text) + why[0].length
      const body = tidy(dropStart(line.body, length))
      if (body.length) draft.why.push(body)
      say(draft, line, length, 'pembahasan')
      continue
    }
    const field = FIELD.exec(text)
    if (field) {
      const name = field[1]!.toLowerCase()
      const value = field[2]!.trim()
      if (name === 'indikator') draft.about.indicator = value
      else if (name === 'ranah') draft.about.domain = value
      else draft.about.level = value.toUpperCase()
      draft.source.push(...skipAll(piecesOf(line), 'sel kisi-kisi'), BREAK)
      continue
    }
    const letter = line.auto ? line.auto.kind === 'letter' : /^[A-Ja-j][.)]/.test(line.marker)
    if (!inWhy && (letter || (!line.marker && optionStart(textOf(line.body), draft)))) {
      addOptions(draft, line)
      continue
    }
    if (inWhy) draft.why.push(tidy(line.body))
    else if (over) {
      draft.source.push(...piecesOf(line).map((p) => (p.skip ? p : { ...p, lost: p.lost ?? unread(p.v) })), BREAK)
      continue
    } else if (draft.options.length) {
      const last = draft.options.at(-1)!
      last.more.push({
        body: [...(line.marker ? [{ t: 'text' as const, v: `${line.marker} ` }] : []), ...line.body],
        doubt: /^[\p{Lu}\d(]/u.test(text) ? `Baris “${text.slice(0, 40)}” digabung ke opsi ${last.letter}; periksa.` : null,
      })
    } else addStem(draft, line.body, line.marker)
    say(draft, line.marker && line.marker !== '•' ? { ...line, marker: '' } : line, 0, 'tanda butir')
  }
  drop()
  for (const s of stimuli.filter((x) => !x.used)) for (const l of s.lines) pass(l, 'untuk soal yang tidak ada')
  const seen = new Map<string, number>()
  const items = drafts.map((d) => {
    const at = seen.get(d.number) ?? 0
    seen.set(d.number, at + 1)
    return finish(d, keyList.get(d.number)?.[at] ?? null)
  })
  return items.length
    ? { format, items, ...(skipped.length ? { skipped } : {}) }
    : { format, items, refused: 'Berkas ini tidak memuat soal bernomor (1., 2., …) dengan opsi A–E.' }
}

const optionLead = (body: Line['body']): number => /^\s*\*?\(?[A-Ja-j]\s*[.)]\s*/.exec(textOf(body))?.[0].length ?? 0

const numbersOf = (drafts: readonly Draft[]): Set<string> => new Set(drafts.filter((d) => d.key === null).map((d) => d.number))

/** A text that several questions share. */
type Shared = { numbers: Set<number>; stimulus: NonNullable<Draft['stimulus']>; lines: Line[]; used: boolean }

function intoStimulus(to: Shared, line: Line): void {
  if (line.block) to.stimulus.body.push(line.block)
  else to.stimulus.body.push({ t: 'p', c: tidy(line.marker ? [{ t: 'text', v: `${line.marker} ` }, ...line.body] : line.body) })
  to.lines.push(line)
}

export const looksNumbered = (text: string): boolean =>
  /^\s*\d{1,3}\s*[.)](?!\d)\s*\S/m.test(text) && (/^\s*\*?[A-Ea-e]\s*[.)]\s*\S/m.test(text) || /^\s*\(?(kunci|jawaban)\b/im.test(text))

export const linesOf = (text: string): Line[] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((v, i) => ({ at: i + 1, body: v ? [{ t: 'text' as const, v }] : [], marker: '' }))
