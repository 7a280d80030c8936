import type { Piece } from './account'
import { textOf, type Line } from './numbered-lines'

/** What stands between questions on a paper: headings of parts, texts for several questions, whole papers in a table. */

const PART_WORDS =
  /\b(pilihan\s+ganda|uraian|esai|essay|isian|jodoh|menjodohkan|benar\s*[-–/]?\s*salah|petunjuk|soal|jawablah|berilah|pilihlah|isilah|bagian)\b/i

/** Whether a line is a heading of a part ("II. Uraian"), an instruction for a part, or a farewell. */
export function sectionHeading(text: string, within: boolean): boolean {
  if (/^[IVX]{1,4}\s*[.)]\s*\S/.test(text) && text.length < 120 && (PART_WORDS.test(text) || text === text.toUpperCase())) return true
  if (/^(bagian|part|section)\s+([IVX]+|[A-E]|\d+|pertama|kedua|ketiga)\b/i.test(text) && text.length < 120) return true
  if (/^[~*\s]*(selamat\s+(mengerjakan|bekerja|menempuh)|good\s+luck|semoga\s+(sukses|berhasil))\b/i.test(text)) return true
  if (/^(petunjuk(\s+(umum|khusus|pengerjaan|soal))?|soal\s+(pilihan\s+ganda|uraian|esai|isian))\s*:?\s*$/i.test(text)) return true
  if (/^[A-E]\s*[.)]\s*(soal\s+)?(pilihan\s+ganda|uraian|esai|essay|isian(\s+singkat)?|menjodohkan)\b/i.test(text) && text.length < 100)
    return true
  return (
    !within &&
    /^(berilah\s+tanda|pilihlah\s+(salah\s+satu|jawaban)|jawablah\s+(pertanyaan|soal)|kerjakan(lah)?\s+soal|isilah\s+titik)/i.test(text)
  )
}

const ROW = /(\d{1,3})\s*(?:-|–|s\.?\/?d\.?|sampai(?:\s+dengan)?|hingga)\s*(?:nomor\s*|no\.?\s*)?(\d{1,3})/i
const PAIR = /(\d{1,3})\s*(?:dan|&|,)\s*(\d{1,3})/

/** "Bacalah teks berikut untuk soal nomor 3–5!": which questions a text is for; without numbers it is for the next. */
export function sharedText(text: string): { numbers: Set<number> | null } | null {
  if (!/^(?:bacalah|baca|perhatikan|cermati|simak|amati|teks|wacana|bacaan|gambar|tabel|grafik|data|kutipan|untuk|soal)\b/i.test(text))
    return null
  const about = /\b(?:soal|pertanyaan|nomor|no)\b\.?/i.test(text)
  const row = about && ROW.exec(text)
  if (row) {
    const [from, to] = [Number(row[1]), Number(row[2])]
    if (to > from && to - from < 60) return { numbers: new Set(Array.from({ length: to - from + 1 }, (_, i) => from + i)) }
  }
  const pair = about && PAIR.exec(text)
  if (pair) return { numbers: new Set([Number(pair[1]), Number(pair[2])]) }
  return /^(?:bacalah|perhatikan|cermati|simak|amati)\b/i.test(text) ? { numbers: null } : null
}

const words = (cell: readonly Line[]) =>
  cell
    .map((l) => `${l.marker} ${textOf(l.body)}`.trim())
    .join(' ')
    .trim()

/** A table that holds the paper itself, question by question, as the lines of that paper; any other line as it is. */
export function unrolled(line: Line): Line[] {
  const rows = line.cells
  if (!rows?.length) return [line]
  const plain = (s: string) => s.toLowerCase().replace(/[^a-z]/g, '')
  const head = rows[0]!.map((c) => plain(words(c)))
  const at = (names: RegExp) => head.findIndex((h) => names.test(h))
  const [number, question, key] = [
    at(/^(no|nomor)(soal|urut)?$/),
    at(/^(soal|pertanyaan|butirsoal|butir|uraiansoal)$/),
    at(/^(kunci|kuncijawaban|jawaban)$/),
  ]
  const isPaper = question >= 0 && (key >= 0 || number >= 0)
  const laidOut =
    !isPaper &&
    rows.every((r) => r.length >= 2 && /^(\d{1,3}[.)]?)?$/.test(words(r[0]!))) &&
    rows.some((r) => /^\d/.test(words(r[0]!)) && r.slice(1).some((c) => c.length > 1 && words(c)))
  const options = lettered(rows, line)
  if (options) return options
  if (!isPaper && !laidOut) return [line]
  const body = isPaper ? rows.slice(1) : rows
  const title: Line[] = isPaper
    ? [{ at: line.at, body: [], marker: '', pieces: rows[0]!.map((c): Piece => ({ v: `${words(c)} `, skip: 'kepala tabel' })) }]
    : []
  const unrolledRows = body.flatMap((row, i): Line[] => {
    const n = words(row[isPaper ? number : 0] ?? []).replace(/\D/g, '') || (isPaper && number < 0 ? String(i + 1) : '')
    const text = row.flatMap((cell, c) => ((isPaper ? c === number || c === key : c === 0) ? [] : cell))
    const [first, ...rest] = text
    if (!first) return []
    const answer = key >= 0 && isPaper ? words(row[key] ?? []) : ''
    return [
      n ? { ...first, marker: `${n}.`, ...(first.auto ? { auto: undefined } : {}) } : first,
      ...rest,
      ...(answer ? [{ at: line.at, body: [{ t: 'text' as const, v: `Kunci: ${answer}` }], marker: '' }] : []),
    ]
  })
  return [...title, ...unrolledRows]
}

/** Cells that are options: each with its letter, or a letter in one cell and its words in the next. Null for any other table. */
function lettered(rows: Line[][][], line: Line): Line[] | null {
  const cells = rows.flat().filter((c) => words(c))
  const LETTER = /^\(?([A-Ja-j])\s*[.)]?$/
  const OPTION = /^\(?([A-Ja-j])\s*[.)]\s*\S/
  const letterOf = (c: readonly Line[]) => (LETTER.exec(words(c)) ?? OPTION.exec(words(c)))?.[1]?.toUpperCase()
  const whole = cells.every((c) => OPTION.test(words(c)) && c.length === 1)
  const apart = cells.length % 2 === 0 && cells.every((c, i) => (i % 2 ? true : LETTER.test(words(c))))
  if (cells.length < 2 || (!whole && !apart)) return null
  const letters = cells.filter((_, i) => whole || i % 2 === 0).map(letterOf)
  const sorted = [...letters].sort()
  if (letters.length < 2 || sorted.some((l, i) => l !== String.fromCharCode(65 + i))) return null
  if (whole) return cells.map((c) => ({ ...c[0]!, at: line.at }))
  return letters.map((letter, i) => {
    const [first, ...rest] = cells[i * 2 + 1]!
    const body = [first!, ...rest].flatMap((l, k) => [...(k ? [{ t: 'text' as const, v: ' ' }] : []), ...l.body])
    const tokens = [first!, ...rest].flatMap((l) => l.tokens ?? [])
    return {
      at: line.at,
      body,
      marker: `${letter}.`,
      ...(tokens.length ? { tokens } : {}),
      pieces: [first!, ...rest].flatMap((l) => l.pieces ?? []),
      notes: [first!, ...rest].flatMap((l) => l.notes ?? []),
    }
  })
}
