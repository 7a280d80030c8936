import { textOf, type Line } from './numbered-lines'

/** Keys as teachers write them: at the question, in a list at the end, in a table. */
const LETTERS = String.raw`[A-Ja-j](?:\s*(?:,|;|\/|dan|&|\s)\s*[A-Ja-j](?![A-Za-z]))*`
const LETTERS_ONLY = new RegExp(String.raw`^\(?(${LETTERS})\)?\.?$`)

/** "A, C dan D" as letters; null where the words are none. "B. Bandar Lampung" and "B (Bandar Lampung)" name B. */
export function lettersIn(key: string): string[] | null {
  const text = key.trim()
  const only = LETTERS_ONLY.exec(text)?.[1]
  if (only) return [...new Set(only.match(/[A-Ja-j](?![A-Za-z])/g)!.map((l) => l.toUpperCase()))]
  const led = /^\(?([A-Ja-j])\s*[.)(:–-]\s*\S/.exec(text)?.[1]
  return led ? [led.toUpperCase()] : null
}

const KEY = /^\(?(?:kunci(?:\s+(?:jawaban|soal))?|jawaban(?:\s+(?:yang\s+)?benar)?|answer|ans|jawab|jwb|kj)\s*\.?\s*[:=]\s*/i
const BARE_KEY = new RegExp(String.raw`^(?:kunci(?:\s+jawaban)?|jwb\.|kj\.?)\s+(${LETTERS})\.?$`, 'i')

/** The key that a line at its question names, or null. */
export function keyAt(text: string): string | null {
  const m = KEY.exec(text)
  const bare = BARE_KEY.exec(text)?.[1]
  if (!m) return bare && bare === bare.toUpperCase() ? bare : null
  const key = text.slice(m[0].length).trim()
  // Nothing behind it, or a row of keys: the heading of a list.
  return !key || pairsIn(key).length > 1 ? null : key
}

/** A heading of keys: "KUNCI JAWABAN", "Kunci Jawaban PAS Semester 1:", also with the first keys behind it. */
export function keyHeading(text: string): { rest: string } | null {
  if (!/^(?:daftar\s+)?(?:kunci|jawaban)\b/i.test(text) || keyAt(text) !== null) return null
  const m = /^(?:daftar\s+)?(?:kunci(?:\s+jawaban)?|jawaban)\b/i.exec(text)!
  const tail = text.slice(m[0].length)
  const first = /(?:^|[\s:])(\d{1,3}\s*[.)\-:=]?\s*[A-Ja-j](?![A-Za-z]))/.exec(tail)
  // A heading has no full stop in it: "Jawaban yang benar adalah nomor 3." is a sentence of somebody's question.
  if (!first && /^jawaban/i.test(text) && !/^jawaban\s*:?$/i.test(text)) return null
  return { rest: first ? tail.slice(tail.indexOf(first[1]!)) : '' }
}

/** "1. B 2. C 3. A,D" and "1 - B": keys by number. */
export function pairsIn(text: string): [string, string][] {
  return [...text.matchAll(/(?<![\d.,])(\d{1,3})\s*[.)\-–:=]?\s*([A-Ja-j](?:\s*(?:,|dan|&)\s*[A-Ja-j](?![A-Za-z]))*)(?![A-Za-z])/g)].map(
    (m) => [String(Number(m[1])), m[2]!],
  )
}

/** "1-5: B A C D E": keys of a row of numbers. */
function rangeIn(text: string): [string, string][] {
  const m = /^(\d{1,3})\s*(?:-|–|s\.?\/?d\.?|sampai)\s*(\d{1,3})\s*[.):=]?\s*([A-Ja-j](?:[\s,]*[A-Ja-j])*)$/i.exec(text)
  if (!m) return []
  const letters = m[3]!.match(/[A-Ja-j]/g)!
  const [from, to] = [Number(m[1]), Number(m[2])]
  return to - from + 1 === letters.length ? letters.map((l, i) => [String(from + i), l]) : []
}

/**
 * Keys on a line of a list of keys. `questions` are the numbers that wait for one: words behind a number are a key only where there is such
 * a question. Null: this line is no key, and what follows may be questions again.
 */
export function keysOn(text: string, questions: ReadonlySet<string>): [string, string][] | null {
  const range = rangeIn(text)
  text = text.replace(/^(?:no(?:mor)?\.?\s*|soal\s+(?:no(?:mor)?\.?\s*)?)(?=\d)/i, '')
  if (range.length) return range
  const pairs = pairsIn(text)
  if (
    pairs.length &&
    text.replace(/(?<![\d.,])\d{1,3}\s*[.)\-–:=]?\s*[A-Ja-j](?:\s*(?:,|dan|&)\s*[A-Ja-j])*(?![A-Za-z])/g, '').replace(/[\s.,;|]/g, '') ===
      ''
  )
    return pairs
  const words = /^(\d{1,3})\s*[.)\-–:=]\s*(\S.*)$/.exec(text)
  if (words && questions.has(String(Number(words[1])))) return [[String(Number(words[1])), lettersIn(words[2]!)?.join(',') ?? words[2]!]]
  return null
}

const HEAD = /^(?:no|nomor|nomer|no\.?\s*soal|nomor\s*soal|soal|kunci|jawaban|kunci\s*jawaban|jwb|key|answer)\.?$/i

/** The keys of a table that is nothing but keys: numbers beside or above letters. Null for any other table. */
export function keysInTable(cells: readonly Line[][][]): { keys: [string, string][]; headed: boolean } | null {
  const grid = cells.map((row) =>
    row.map((cell) =>
      cell
        .map((l) => `${l.marker} ${textOf(l.body)}`.trim())
        .filter(Boolean)
        .join(' '),
    ),
  )
  const words = grid.flat().filter((c) => c && !HEAD.test(c))
  const isNumber = (c: string) => /^\d{1,3}[.)]?$/.test(c)
  const isKey = (c: string) => lettersIn(c) !== null && c.length <= 8
  const isPair = (c: string) => /^\d{1,3}\s*[.)\-–:=]?\s*[A-Ja-j]$/.test(c)
  if (words.length < 2 || !words.every((c) => isNumber(c) || isKey(c) || isPair(c))) return null
  const out: [string, string][] = []
  for (const [r, row] of grid.entries())
    for (const [c, cell] of row.entries()) {
      if (isPair(cell)) out.push(...pairsIn(cell))
      if (!isNumber(cell)) continue
      const key = [row[c + 1], grid[r + 1]?.[c]].find((k) => k && isKey(k))
      if (key) out.push([String(Number(cell.replace(/\D/g, ''))), key])
    }
  const headed = grid.flat().some((c) => /^(kunci|jawaban|jwb|key|answer)/i.test(c))
  return out.length && out.length * 2 >= words.length - 1 ? { keys: out, headed } : null
}
