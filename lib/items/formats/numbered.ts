import { plainText, type Block, type Inline } from '../model'
import { tidy, titleOf } from './html'
import { letterAt, MOST_OPTIONS, withProblems, type ReadFile, type ReadItem } from './read'

/**
 * Questions in the numbered form that Indonesian teachers write: "1. soal", options "A. …" to "E. …" below it or side by side, "Kunci: B",
 * "Pembahasan: …". Keys may also stand in a list at the end. Pure: lines come from Word or from a text file.
 */
export type Line = {
  /** Where the line stands in the file, from 1. */
  at: number
  body: Inline[]
  /** What automatic numbering shows before the line, as "3." or "B."; empty without. */
  marker: string
  /** A table or a picture on a line of its own. */
  block?: Block
}

const QUESTION = /^(\d{1,3})\s*[.)]\s*/
const OPTION = /^\*?\s*([A-Ja-j])\s*[.)]\s+/
const SIDE_BY_SIDE = /(?:\t|\s{2,})(?=\*?[B-Jb-j][.)]\s)/
const KEY = /^(?:kunci(?:\s+jawaban)?|jawaban(?:\s+benar)?|answer)\s*[:=]\s*/i
const WHY = /^(?:pembahasan|alasan|penjelasan|rasional)\s*[:=]\s*/i
const KEY_LIST = /^kunci(?:\s+jawaban)?\s*:?$/i
const FIELD = /^(indikator|ranah|level|level kognitif)\s*[:=]\s*(.+)$/i

type Draft = {
  number: string
  line: number
  stem: Block[]
  options: { body: Inline[]; starred: boolean }[]
  key: string | null
  why: Inline[][]
  about: NonNullable<ReadItem['about']>
  problems: string[]
}

/** The text of a line, and the line without its first `length` letters of text. */
const textOf = (body: readonly Inline[]): string =>
  body.map((n) => (n.t === 'text' ? n.v : n.t === 'b' || n.t === 'i' ? textOf(n.c) : '\ufffc')).join('')
function dropStart(body: readonly Inline[], length: number): Inline[] {
  const out: Inline[] = []
  let left = length
  for (const n of body) {
    if (left <= 0) out.push(n)
    else if (n.t === 'text') {
      if (n.v.length > left) out.push({ t: 'text', v: n.v.slice(left) })
      left -= n.v.length
    } else if (n.t === 'b' || n.t === 'i') {
      const size = textOf(n.c).length
      if (size > left) out.push({ ...n, c: dropStart(n.c, left) })
      left -= size
    } else left -= 1
  }
  return out
}

/** A line cut at every option that stands beside another. */
function besides(body: Inline[]): Inline[][] {
  const text = textOf(body)
  const m = SIDE_BY_SIDE.exec(text)
  if (!m) return [body]
  const cut = m.index + m[0].length
  return [takeStart(body, m.index), ...besides(dropStart(body, cut))]
}
function takeStart(body: readonly Inline[], length: number): Inline[] {
  const out: Inline[] = []
  let left = length
  for (const n of body) {
    if (left <= 0) break
    if (n.t === 'text') out.push({ t: 'text', v: n.v.slice(0, left) })
    else if (n.t === 'b' || n.t === 'i') out.push({ ...n, c: takeStart(n.c, left) })
    else out.push(n)
    left -= n.t === 'text' ? n.v.length : n.t === 'b' || n.t === 'i' ? textOf(n.c).length : 1
  }
  return out
}

/** "1. B 2. C 3. A,D": keys by number. */
function keysIn(text: string): [string, string][] {
  return [...text.matchAll(/(\d{1,3})\s*[.)\-:=]?\s*([A-J](?:\s*(?:,|dan|&)\s*[A-J])*)(?![A-Za-z])/g)].map((m) => [m[1]!, m[2]!])
}

export function readNumbered(lines: readonly Line[], format: string): ReadFile {
  const drafts: Draft[] = []
  const keyList = new Map<string, string>()
  let now: Draft | null = null
  let inWhy = false
  let inKeys = false
  for (const line of lines) {
    const text = textOf(line.body).trim()
    if (line.block) {
      if (now) {
        if (now.options.length) now.problems.push('Gambar atau tabel di antara opsi dipindah ke soal.')
        now.stem.push(line.block)
      }
      continue
    }
    if (!text && !line.body.some((n) => n.t === 'img' || n.t === 'math')) continue
    if (KEY_LIST.test(text) && !line.marker) {
      inKeys = true
      now = null
      continue
    }
    if (inKeys) {
      const pairs = keysIn(line.marker ? `${line.marker} ${text}` : text)
      pairs.forEach(([n, k]) => keyList.set(n, k))
      if (pairs.length) continue
      inKeys = false
    }
    const number = /^\d/.test(line.marker) ? line.marker : null
    const typed = !line.marker && QUESTION.exec(text)
    if (
      number ||
      (typed && (!now || Number(typed[1]) === Number(now.number) + 1 || Number(typed[1]) > Number(now.number) || now.options.length > 0))
    ) {
      const lead = typed ? textOf(line.body).indexOf(typed[0].trim()[0]!) + typed[0].length : 0
      now = {
        number: typed ? typed[1]! : String(parseInt(number!, 10)),
        line: line.at,
        stem: [],
        options: [],
        key: null,
        why: [],
        about: {},
        problems: [],
      }
      drafts.push(now)
      inWhy = false
      const [first, ...rest] = besides(typed ? dropStart(line.body, lead) : line.body)
      const body = tidy(first!)
      if (body.length) now.stem.push({ t: 'p', c: body })
      rest.forEach((o) => option(now!, o, ''))
      continue
    }
    if (!now) continue
    const key = KEY.exec(text)
    if (key) {
      now.key = text.slice(key[0].length).trim()
      inWhy = false
      continue
    }
    const why = WHY.exec(text)
    if (why) {
      inWhy = true
      const body = tidy(dropStart(line.body, textOf(line.body).indexOf(text) + why[0].length))
      if (body.length) now.why.push(body)
      continue
    }
    const field = FIELD.exec(text)
    if (field) {
      const name = field[1]!.toLowerCase()
      const value = field[2]!.trim()
      if (name === 'indikator') now.about.indicator = value
      else if (name === 'ranah') now.about.domain = value
      else now.about.level = value.toUpperCase()
      continue
    }
    const letter = /^[A-Ja-j]/.test(line.marker)
    if (letter || (OPTION.test(text) && !inWhy)) {
      besides(line.body).forEach((o, i) => option(now!, o, letter && i === 0 ? line.marker : ''))
      continue
    }
    if (inWhy) now.why.push(tidy(line.body))
    else if (now.options.length) {
      // A second line of an option goes on with it.
      const last = now.options.at(-1)!
      last.body = tidy([...last.body, { t: 'text', v: ' ' }, ...line.body])
    } else now.stem.push({ t: 'p', c: tidy(line.body) })
  }
  const items = drafts.map((d) => finish(d, d.key ?? keyList.get(d.number) ?? null))
  return items.length ? { format, items } : { format, items, refused: 'Berkas ini tidak memuat soal bernomor (1., 2., …) dengan opsi A–E.' }
}

function option(draft: Draft, body: Inline[], marker: string): void {
  const text = textOf(body)
  const starred = /^\s*\*/.test(text)
  const typed = marker ? null : OPTION.exec(text.trimStart())
  const lead = typed ? text.length - text.trimStart().length + typed[0].length : starred ? text.indexOf('*') + 1 : 0
  const letter = (typed?.[1] ?? marker[0] ?? letterAt(draft.options.length)).toUpperCase()
  if (letter !== letterAt(draft.options.length)) draft.problems.push(`Huruf opsi ${letter} tidak urut.`)
  draft.options.push({ body: tidy(dropStart(body, lead)), starred })
}

function finish(d: Draft, key: string | null): ReadItem {
  const title = titleOf(d.stem)
  const base = { id: d.number, title, line: d.line, problems: d.problems }
  const rest = { rationale: d.why.map((w) => plainText(w)).join('\n\n'), ...(Object.keys(d.about).length ? { about: d.about } : {}) }
  return withProblems(base, () => {
    const refuse = (words: string) => ({ status: 'refused' as const, problems: [words] })
    if (!d.stem.length) return refuse('Soal tidak mempunyai kalimat pertanyaan.')
    if (d.options.length > MOST_OPTIONS) return refuse(`Soal mempunyai lebih dari ${MOST_OPTIONS} opsi.`)
    if (d.problems.some((p) => p.startsWith('Huruf opsi'))) return refuse('Huruf opsi tidak urut mulai dari A.')
    if (!d.options.length) {
      if (!key)
        return {
          ...rest,
          content: { type: 'extended' as const, stem: d.stem, words: 0 },
          scoring: { type: 'extended' as const, rubric: [{ title: 'Jawaban', levels: ['tidak sesuai', 'sebagian', 'sesuai'] }] },
          problems: ['Soal tanpa opsi dan tanpa kunci menjadi uraian; lengkapi rubriknya sebelum dipakai.'],
        }
      return {
        ...rest,
        content: { type: 'short' as const, stem: d.stem, gaps: [{ id: '1', kind: 'text' as const }] },
        scoring: {
          type: 'short' as const,
          gaps: { 1: { kind: 'text' as const, answers: key.split(/\s*(?:\/|;|\|)\s*/).map((text) => ({ text, credit: 1 })) } },
        },
      }
    }
    if (d.options.length < 2) return refuse('Soal mempunyai kurang dari dua opsi.')
    const options = d.options.map((o, i) => ({ id: letterAt(i), body: o.body.length ? o.body : [{ t: 'text' as const, v: letterAt(i) }] }))
    const starred = d.options.flatMap((o, i) => (o.starred ? [letterAt(i)] : []))
    const named = key
      ? [
          ...new Set(
            (/^[A-Ja-j](?:\s*(?:,|;|\/|dan|&|\s)\s*[A-Ja-j])*\.?$/.test(key)
              ? key.match(/[A-Ja-j](?![a-z])/g)
              : /^([A-Ja-j])[.)]/.exec(key)?.slice(1)) ?? [],
          ),
        ].map((k) => k.toUpperCase())
      : starred
    if (!named.length)
      return refuse(
        key ? `Kunci "${key.slice(0, 40)}" tidak menunjuk opsi.` : 'Tidak ada baris "Kunci:" dan tidak ada kunci di daftar kunci.',
      )
    const unknown = named.find((k) => !options.some((o) => o.id === k))
    if (unknown) return refuse(`Kunci ${unknown} tidak ada di antara opsi.`)
    if (named.length === 1)
      return { ...rest, content: { type: 'single' as const, stem: d.stem, options }, scoring: { type: 'single' as const, key: named[0]! } }
    if (named.length === options.length) return refuse('Semua opsi menjadi kunci.')
    return {
      ...rest,
      content: { type: 'multiple' as const, stem: d.stem, options },
      scoring: { type: 'multiple' as const, keys: named.sort(), options: options.map((o) => o.id) },
    }
  })
}

export const looksNumbered = (text: string): boolean =>
  /^\s*\d{1,3}\s*[.)]\s+\S/m.test(text) && (/^\s*\*?[A-Ea-e]\s*[.)]\s+\S/m.test(text) || /^\s*(kunci|jawaban)\b.*:/im.test(text))

export const linesOf = (text: string): Line[] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((v, i) => ({ at: i + 1, body: v ? [{ t: 'text' as const, v }] : [], marker: '' }))
