import type { Block, Inline } from './model'
import { cleanMathml, toMathml } from './mathml'

/** Item text as people write it, to our tree. The other way is `writing.ts`. */
export type MediaName = (name: string) => string

const noMedia: MediaName = (name) => {
  throw new Error(`gambar ${name} tidak dapat berdiri di sini`)
}

/** Signs that a backslash makes plain. */
export const SIGNS = '\\$*`~^[|!@-_'
const INLINE = new RegExp(
  [
    String.raw`\\(?<plain>[\\$*\x60~^[|!@_-])`,
    String.raw`\$(?<tex>[^$]+)\$`,
    '`(?<code>[^`]+)`',
    String.raw`\*\*(?<bold>(?:\\.|[^*\\]|\*(?!\*))+?)\*\*(?!\*)`,
    String.raw`\*(?<italic>(?:\\.|[^*\\\s])(?:\\.|[^*\\])*)\*`,
    String.raw`(?<!(?<!\\)_)__(?=[^\s_])(?<under>(?:\\.|[^_\\]|_(?!_))+?)(?<=\S)__(?!_)`,
    String.raw`~(?<sub>(?:\\.|[^~\\\s])+)~`,
    String.raw`\^(?<sup>(?:\\.|[^\^\\\s])+)\^`,
    String.raw`!\[(?<alt>[^\]]+)\]\((?<name>[\w.-]+)\)`,
    String.raw`\[\[(?<hot>[\w-]{1,8})\|(?<words>(?:\\.|[^\]\\])+)\]\]`,
    String.raw`\[\[(?<gap>[\w-]{1,8})\]\]`,
    String.raw`(?<mathml><math[\s>][\s\S]*?</math>)`,
  ].join('|'),
  'g',
)

/** One line of item text: `$…$`, `` `code` ``, `**bold**`, `*italic*`, `__underlined__`, `~sub~`, `^sup^`, `![alt](picture)`, `[[1]]` a gap, `[[A|words]]` hot text. */
export function parseInline(text: string, media: MediaName = noMedia): Inline[] {
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
    const g = m.groups!
    if (g.plain) say(g.plain)
    else if (g.tex) out.push({ t: 'math', tex: g.tex, mathml: toMathml(g.tex, false) })
    else if (g.code) out.push({ t: 'code', v: g.code })
    else if (g.bold) out.push({ t: 'b', c: parseInline(g.bold, media) })
    else if (g.italic) out.push({ t: 'i', c: parseInline(g.italic, media) })
    else if (g.under) out.push({ t: 'u', c: parseInline(g.under, media) })
    else if (g.sub) out.push({ t: 'sub', c: parseInline(g.sub, media) })
    else if (g.sup) out.push({ t: 'sup', c: parseInline(g.sup, media) })
    else if (g.alt) out.push({ t: 'img', alt: g.alt, media: media(g.name!) })
    else if (g.hot) out.push({ t: 'hot', id: g.hot, c: parseInline(g.words!, media) })
    else if (g.gap) out.push({ t: 'gap', id: g.gap })
    else if (g.mathml) {
      const { tex, mathml } = cleanMathml(g.mathml)
      out.push({ t: 'math', tex, mathml })
    }
  }
  say(text.slice(at))
  return out
}

function parseChunk(chunk: string, media: MediaName): Block {
  const lines = chunk.split('\n')
  const inline = (text: string) => parseInline(text, media)
  const cells = (line: string): Inline[][] =>
    line
      .trim()
      .replace(/^\||(?<!\\)\|$/g, '')
      .split(/(?<!\\)\|/)
      .map((c) => inline(c.trim()))
  const whole = chunk.trim()
  const picture = /^!\[([^\]]+)\]\(([\w.-]+)\)$/.exec(whole)
  if (picture) return { t: 'img', alt: picture[1]!, media: media(picture[2]!) }
  if (/^!\[\]/.test(whole)) throw new Error('gambar tanpa teks alternatif')
  const sound = /^@\[([^\]]+)\]\(([\w.-]+)(?:\s+(\d{1,2})x)?\)$/.exec(whole)
  if (sound) return { t: 'audio', alt: sound[1]!, media: media(sound[2]!), plays: Number(sound[3] ?? 0) }
  const display = /^\$\$([\s\S]+)\$\$$/.exec(whole)
  if (display) return { t: 'math', tex: display[1]!.trim(), mathml: toMathml(display[1]!.trim(), true) }
  if (/^<math[\s>](?:(?!<\/math>)[\s\S])*display="block"(?:(?!<\/math>)[\s\S])*<\/math>$/.test(whole)) {
    const { tex, mathml } = cleanMathml(whole)
    return { t: 'math', tex, mathml }
  }
  if (lines.length >= 2 && lines[0]!.trim().startsWith('|') && /^\|?[\s:|-]+\|?$/.test(lines[1]!.trim())) {
    return { t: 'table', head: cells(lines[0]!), rows: lines.slice(2).map(cells) }
  }
  if (lines.every((l) => /^\s*- /.test(l))) return { t: 'list', items: lines.map((l) => inline(l.replace(/^\s*- /, ''))) }
  return { t: 'p', c: inline(lines.map((l) => l.trim()).join(' ')) }
}

/** Item text to blocks; `media` turns a file name into the hash of its bytes. Errors are sentences in Indonesian or temml's own. */
export function parseBlocks(text: string, media: MediaName): Block[] {
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
