import temml from 'temml'
import type { Block, Inline } from './model'

/** LaTeX to MathML, once, at authoring. Throws with temml's reason when the formula is wrong. */
export function toMathml(tex: string, display: boolean): string {
  return temml.renderToString(tex, { displayMode: display, throwOnError: true, xml: false, trust: false })
}

const INLINE = /(\\\$)|\$([^$]+)\$|`([^`]+)`|\*\*([^*]+(?:\*(?!\*)[^*]+)*)\*\*|\*([^*\s][^*]*)\*/g

/** One line of item text: `$…$`, `` `code` ``, `**bold**`, `*italic*`, `\$`. */
export function parseInline(text: string): Inline[] {
  const out: Inline[] = []
  const say = (v: string) => {
    const last = out.at(-1)
    if (!v) return
    if (last?.t === 'text') last.v += v
    else out.push({ t: 'text', v })
  }
  let at = 0
  for (const m of text.matchAll(INLINE)) {
    say(text.slice(at, m.index))
    at = m.index + m[0].length
    if (m[1]) say('$')
    else if (m[2]) out.push({ t: 'math', tex: m[2], mathml: toMathml(m[2], false) })
    else if (m[3]) out.push({ t: 'code', v: m[3] })
    else if (m[4]) out.push({ t: 'b', c: parseInline(m[4]) })
    else if (m[5]) out.push({ t: 'i', c: parseInline(m[5]) })
  }
  say(text.slice(at))
  return out
}

const cells = (line: string): Inline[][] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((c) => parseInline(c.trim()))

function parseChunk(chunk: string, media: (name: string) => string): Block {
  const lines = chunk.split('\n')
  const picture = /^!\[([^\]]+)\]\(([\w.-]+)\)$/.exec(chunk.trim())
  if (picture) return { t: 'img', alt: picture[1]!, media: media(picture[2]!) }
  if (/^!\[\]/.test(chunk.trim())) throw new Error('gambar tanpa teks alternatif')
  const display = /^\$\$([\s\S]+)\$\$$/.exec(chunk.trim())
  if (display) return { t: 'math', tex: display[1]!.trim(), mathml: toMathml(display[1]!.trim(), true) }
  if (lines.length >= 2 && lines[0]!.trim().startsWith('|') && /^\|?[\s:|-]+\|?$/.test(lines[1]!.trim())) {
    return { t: 'table', head: cells(lines[0]!), rows: lines.slice(2).map(cells) }
  }
  if (lines.every((l) => /^\s*- /.test(l))) return { t: 'list', items: lines.map((l) => parseInline(l.replace(/^\s*- /, ''))) }
  return { t: 'p', c: parseInline(lines.map((l) => l.trim()).join(' ')) }
}

/** Item text to blocks; `media` turns a file name into the hash of its bytes. Errors are sentences in Indonesian or temml's own. */
export function parseBlocks(text: string, media: (name: string) => string): Block[] {
  const out: Block[] = []
  const parts = text.replace(/\r/g, '').split(/^```[a-z]*\n([\s\S]*?)^```$/m)
  parts.forEach((part, i) => {
    if (i % 2 === 1) out.push({ t: 'pre', v: part.replace(/\n$/, '') })
    else
      for (const chunk of part.split(/\n\s*\n/)) {
        if (!chunk.trim()) continue
        out.push(parseChunk(chunk.replace(/^\n+|\n+$/g, ''), media))
      }
  })
  return out
}

/** The words of a tree without its form, for lengths, search and labels. */
export function plainText(nodes: (Inline | Block)[]): string {
  return nodes
    .map((n) => {
      if (n.t === 'text' || n.t === 'code' || n.t === 'pre') return n.v
      if (n.t === 'math') return n.tex
      if (n.t === 'img') return n.alt
      if (n.t === 'list') return n.items.map(plainText).join(' ')
      if (n.t === 'table') return [...n.head, ...n.rows.flat()].map(plainText).join(' ')
      return plainText(n.c)
    })
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
}
