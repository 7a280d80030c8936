/** Text of a cell as our own writing: every sign that would mean something there is made plain. */

/** A piece of a cell's text that is raised, lowered or underlined. */
export type CellRun = { text: string; mark?: 'sup' | 'sub' | 'underline' }

const plain = (text: string) => text.replace(/[\\$*`~^[|!@_-]/g, '\\$&').replace(/<(?=math[\s>])/g, '<\u200b')

/** Bare text: formulas between \( and \) are formulas, line breaks are paragraphs, everything else is what it is. */
function bare(text: string): string {
  return text
    .split(/(\\\([\s\S]+?\\\)|\\\[[\s\S]+?\\\]|\$\$[\s\S]+?\$\$)/)
    .map((part, i) => {
      if (i % 2 === 0) return plain(part)
      const tex = part.slice(2, -2).replaceAll('$', '').trim()
      return part.startsWith('\\(') ? `$${tex}$` : `$$${tex}$$`
    })
    .join('')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]*\n\s*/g, '\n\n')
}

const SIGNS = { sup: '^', sub: '~', underline: '__' } as const

/** Runs of a cell in our writing. Raised and lowered words carry their sign each, because our signs hold no blanks. */
export function asMarkup(runs: readonly CellRun[]): string {
  return runs
    .map(({ text, mark }) => {
      if (!mark) return bare(text)
      if (!text.trim()) return mark === 'underline' && text.length > 2 ? '\\_\\_\\_\\_\\_' : text
      const sign = SIGNS[mark]
      if (mark !== 'underline') return text.replace(/\S+/g, (word) => sign + plain(word) + sign)
      const [, before, words, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text)!
      return `${before}${sign}${plain(words!)}${sign}${after}`
    })
    .join('')
}
