import type { Block, Inline } from './model'
import { toMathml } from './mathml'
import { parseInline } from './markup'

/** Our tree back to the text that people write: `parse…(write…(tree))` is the tree again. `name` gives a picture's file name by its hash. */
export type NameOfMedia = (hash: string) => string

const escape = (text: string) =>
  text
    .replace(/[\\$*`~^[]/g, '\\$&')
    .replace(/(?<!_)__(?!_)/g, '\\__')
    // At an end it may meet the signs of an underlined neighbour.
    .replace(/(?<![\\_])_(?!_)(?=$)|^_(?!_)/g, '\\_')
    .replace(/!(?=\\\[)/g, '\\!')
    .replace(/<(?=math[\s>])/g, '<\u200b')

function formula(tex: string, mathml: string, display: boolean): string {
  const fence = display ? '$$' : '$'
  // A formula that LaTeX does not give again is written as its MathML.
  if (!tex || tex.includes('$')) return mathml
  try {
    if (toMathml(tex, display) === mathml) return `${fence}${tex}${fence}`
  } catch {
    // Written as MathML below.
  }
  return mathml
}

function inlineText(nodes: readonly Inline[], name: NameOfMedia, plain: (text: string) => string): string {
  const inner = (c: readonly Inline[]) => inlineText(c, name, plain)
  return nodes
    .map((n) => {
      switch (n.t) {
        case 'text':
          return plain(n.v)
        case 'b':
          return `**${inner(n.c)}**`
        case 'i':
          return `*${inner(n.c)}*`
        case 'u':
          return `__${inner(n.c)}__`
        case 'sub':
          return `~${inner(n.c)}~`
        case 'sup':
          return `^${inner(n.c)}^`
        case 'code':
          return `\`${n.v}\``
        case 'math':
          return formula(n.tex, n.mathml, false)
        case 'img':
          return `![${n.alt}](${name(n.media)})`
        case 'gap':
          return `[[${n.id}]]`
        case 'hot':
          return `[[${n.id}|${inner(n.c)}]]`
      }
    })
    .join('')
}

/** Signs get their backslash only where the text would be read otherwise without it. */
export function writeInline(tree: readonly Inline[], name: NameOfMedia): string {
  const nodes = joined(tree)
  const bare = inlineText(nodes, name, (text) => text)
  if (!/[\\$*`~^[<]|__/.test(bare)) return bare
  try {
    const again = parseInline(bare, (file) => file)
    const asWritten = JSON.stringify(renamed(nodes, name))
    if (JSON.stringify(again) === asWritten) return bare
  } catch {
    // Read otherwise: written with backslashes below.
  }
  return inlineText(nodes, name, escape)
}

/** Neighbours with one mark as one: their signs would run into each other, and they look the same. */
const joined = (nodes: readonly Inline[]): Inline[] =>
  nodes.reduce((out: Inline[], n) => {
    const last = out.at(-1)
    const marked = n.t === 'b' || n.t === 'i' || n.t === 'u' || n.t === 'sub' || n.t === 'sup'
    if (n.t === 'text' && last?.t === 'text') out[out.length - 1] = { t: 'text', v: last.v + n.v }
    else if (marked && last?.t === n.t) out[out.length - 1] = { t: n.t, c: joined([...last.c, ...n.c]) }
    else out.push('c' in n ? { ...n, c: joined(n.c) } : n)
    return out
  }, [])

const renamed = (nodes: readonly Inline[], name: NameOfMedia): Inline[] =>
  nodes.map((n) => (n.t === 'img' ? { ...n, media: name(n.media) } : 'c' in n ? { ...n, c: renamed(n.c, name) } : n))

export function writeBlocks(nodes: readonly Block[], name: NameOfMedia): string {
  const cell = (c: Inline[]) => writeInline(c, name).replace(/(?<!\\)\|/g, '\\|')
  const row = (cells: Inline[][]) => `| ${cells.map(cell).join(' | ')} |`
  return nodes
    .map((n) => {
      switch (n.t) {
        case 'p':
          // A paragraph that begins like a list or a table says that it is none.
          return writeInline(n.c, name).replace(/^[-|@!](?=[ [])/, '\\$&')
        case 'math':
          return formula(n.tex, n.mathml, true)
        case 'pre':
          return `\`\`\`\n${n.v}\n\`\`\``
        case 'list':
          return n.items.map((i) => `- ${writeInline(i, name)}`).join('\n')
        case 'table':
          return [row(n.head), `|${n.head.map(() => '---').join('|')}|`, ...n.rows.map(row)].join('\n')
        case 'img':
          return `![${n.alt}](${name(n.media)})`
        case 'audio':
          return `@[${n.alt}](${name(n.media)}${n.plays ? ` ${n.plays}x` : ''})`
      }
    })
    .join('\n\n')
}
