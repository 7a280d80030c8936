/** The editor's lines of choices and key, and what types share in reading and writing them. */
export class LineProblem extends Error {}

export class LineReader {
  lines: string[]

  constructor(text: string) {
    this.lines = text
      .split(/\r?\n/)
      .map((l) => l.trim())
      .filter(Boolean)
  }

  /** The first line that fits, taken out. */
  take(pattern: RegExp): RegExpExecArray | null {
    for (const l of this.lines) {
      const m = pattern.exec(l)
      if (!m) continue
      this.lines = this.lines.filter((x) => x !== l)
      return m
    }
    return null
  }

  /** "semua atau nol", where a writer asks for it. */
  rule(): { rule?: 'all' } {
    return this.take(/^semua atau nol$/i) ? { rule: 'all' } : {}
  }
}

export function need(ok: unknown, words: string): asserts ok {
  if (!ok) throw new LineProblem(words)
}

export const letterAt = (i: number): string => String.fromCharCode(65 + i)
export const decimal = (n: number): string => String(n).replace('.', ',')

export function numberIn(text: string): number {
  const n = Number(
    text
      .trim()
      .replace('−', '-')
      .replace(/\.(?=\d{3}(\D|$))/g, '')
      .replace(',', '.'),
  )
  if (!text.trim() || !Number.isFinite(n)) throw new LineProblem(`"${text.trim().slice(0, 20)}" bukan angka.`)
  return n
}

/** Parts between slashes, empty ones as well; a slash that belongs to the text is written \/. */
export const placesIn = (text: string): string[] => text.split(/(?<!\\)\s*\/\s*/).map((p) => p.replaceAll('\\/', '/').trim())
/** The same without what is empty. */
export const partsIn = (text: string): string[] => placesIn(text).filter(Boolean)
export const joined = (list: readonly string[]): string => list.map((p) => p.replaceAll('/', '\\/')).join(' / ')

/** Something to choose: "* text" is right; "| text" is not, whatever sign the text begins with. */
export function choiceFrom(line: string): { text: string; key: boolean } {
  const m = /^\s*(?:(\*)\s*|\|\s+)?(.*)$/.exec(line)!
  return { text: m[2]!.trim(), key: m[1] !== undefined }
}
export const choiceLine = (text: string, key: boolean): string => (key ? `* ${text}` : /^(\*|\|\s)/.test(text) ? `| ${text}` : text)

/** A sign with a meaning of its own in a line, written so that it has none, and read again. */
export const hidden = (text: string, sign: ':' | '=>'): string => text.replaceAll(sign, `${sign.slice(0, -1)}\\${sign.slice(-1)}`)
export const shownAgain = (text: string, sign: ':' | '=>'): string => text.replaceAll(`${sign.slice(0, -1)}\\${sign.slice(-1)}`, sign)
