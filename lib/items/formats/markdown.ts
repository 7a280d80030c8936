/**
 * The part of Markdown that question writers use, as HTML for the one reader of HTML: paragraphs, lists, tables, code, bold, italics, code
 * words, pictures, links and headings. What it does not know stays text, with its signs.
 */
const escaped = (text: string) => text.replace(/&(?![a-z]+;|#\d+;)/gi, '&amp;').replace(/<(?![/a-z!])/gi, '&lt;')
const code = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

function inline(text: string): string {
  const kept: string[] = []
  const keep = (html: string) => `\ue120${kept.push(html) - 1}\ue121`
  return escaped(
    text
      .replace(/\\([\\`*_{}[\]()#+.!~-])(?![([])/g, (_, sign: string) => keep(code(sign)))
      .replace(/(`+)([\s\S]*?[^`])\1(?!`)/g, (_, _ticks: string, v: string) => keep(`<code>${code(v.trim())}</code>`))
      .replace(/\\\([\s\S]+?\\\)|\\\[[\s\S]+?\\\]|\$\$[\s\S]+?\$\$/g, (tex) => keep(code(tex)))
      .replace(/<[a-z/][^>]*>/gi, (tag) => keep(tag)),
  )
    .replace(/!\[([^\]]*)\]\(([^)\s]+)[^)]*\)/g, (_, alt: string, src: string) => keep(`<img src="${src}" alt="${alt}">`))
    .replace(/\[([^\]]+)\]\(([^)\s]+)[^)]*\)/g, '$1')
    .replace(/(\*\*|__)(?=\S)([\s\S]*?\S)\1/g, '<b>$2</b>')
    .replace(/(?<![\w*])\*(?=[^\s*])([^*]*[^\s*])\*(?!\*)/g, '<i>$1</i>')
    .replace(/(?<![\w_])_(?=[^\s_])([^_]*[^\s_])_(?![\w_])/g, '<i>$1</i>')
    .replace(/~~(?=\S)([\s\S]*?\S)~~/g, '<s>$1</s>')
    .replace(/ {2,}\n/g, '<br>')
    .replace(/\ue120(\d+)\ue121/g, (_, n: string) => kept[Number(n)]!)
}

const cells = (line: string) =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((c) => inline(c.trim()))

function chunk(text: string): string {
  const lines = text.split('\n')
  const first = lines[0]!
  if (lines.length > 1 && /\|/.test(first) && /^\s*\|?[\s:|-]+\|?\s*$/.test(lines[1]!) && lines[1]!.includes('-')) {
    const row = (line: string, tag: string) =>
      `<tr>${cells(line)
        .map((c) => `<${tag}>${c}</${tag}>`)
        .join('')}</tr>`
    return `<table>${row(first, 'th')}${lines
      .slice(2)
      .map((l) => row(l, 'td'))
      .join('')}</table>`
  }
  const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(first)
  if (heading) {
    const rest = lines.slice(1).join('\n')
    return `<h${heading[1]!.length}>${inline(heading[2]!)}</h${heading[1]!.length}>${rest.trim() ? chunk(rest) : ''}`
  }
  const bullets = /^\s*[-*+]\s+/
  const numbers = /^\s*(\d{1,3})[.)]\s+/
  const at = lines.findIndex((l) => bullets.test(l) || numbers.test(l))
  if (at > 0) return chunk(lines.slice(0, at).join('\n')) + chunk(lines.slice(at).join('\n'))
  if (at === 0) {
    const sign = bullets.test(first) ? bullets : numbers
    const items: string[] = []
    for (const line of lines) {
      if (sign.test(line)) items.push(line.replace(sign, ''))
      else items.push(`${items.pop() ?? ''}\n${line.trim()}`)
    }
    const body = items.map((i) => `<li>${inline(i)}</li>`).join('')
    return sign === bullets ? `<ul>${body}</ul>` : `<ol start="${numbers.exec(first)![1]}">${body}</ol>`
  }
  if (lines.every((l) => /^\s*>/.test(l))) return chunk(lines.map((l) => l.replace(/^\s*>\s?/, '')).join('\n'))
  return `<p>${inline(text)}</p>`
}

/** Markdown as HTML. */
export const markdownHtml = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .split(/^(?:```|~~~)[^\n]*\n([\s\S]*?)^(?:```|~~~)[^\S\n]*$/m)
    .map((part, i) =>
      i % 2 === 1
        ? `<pre>${code(part)}</pre>`
        : part
            .split(/\n\s*\n/)
            .filter((c) => c.trim())
            .map((c) => chunk(c.replace(/^\n+|\s+$/g, '')))
            .join('\n'),
    )
    .join('\n')
