import type { Block, Inline } from '../model'
import { xmlText } from './xml'

/** How the parts that differ between formats are written. */
export type HtmlStyle = {
  media: (key: string) => string
  math: (tex: string, mathml: string, display: boolean) => string
  gap?: (id: string) => string
  hot?: (id: string, words: string) => string
}

/** A formula as MathML with its LaTeX as annotation, so that whoever reads it can edit it again. */
export function mathmlWithSource(tex: string, mathml: string): string {
  const open = /^<math([^>]*)>/.exec(mathml)
  if (!open) return ''
  const inner = mathml.slice(open[0].length, -'</math>'.length)
  const start = `<math xmlns="http://www.w3.org/1998/Math/MathML"${open[1]}>`
  if (!tex) return `${start}${inner}</math>`
  return `${start}<semantics><mrow>${inner}</mrow><annotation encoding="application/x-tex">${xmlText(tex)}</annotation></semantics></math>`
}

/** Our trees as well-formed XHTML. */
export function htmlWriter(style: HtmlStyle) {
  const inline = (nodes: readonly Inline[]): string =>
    nodes
      .map((n) => {
        switch (n.t) {
          case 'text':
            return xmlText(n.v)
          case 'b':
            return `<strong>${inline(n.c)}</strong>`
          case 'i':
            return `<em>${inline(n.c)}</em>`
          case 'u':
            return `<u>${inline(n.c)}</u>`
          case 'sub':
          case 'sup':
            return `<${n.t}>${inline(n.c)}</${n.t}>`
          case 'code':
            return `<code>${xmlText(n.v)}</code>`
          case 'math':
            return style.math(n.tex, n.mathml, false)
          case 'img':
            return `<img src="${xmlText(style.media(n.media))}" alt="${xmlText(n.alt)}"/>`
          case 'gap':
            return style.gap?.(n.id) ?? `_____ (${n.id})`
          case 'hot':
            return style.hot?.(n.id, inline(n.c)) ?? `<u>${inline(n.c)}</u>`
        }
      })
      .join('')
  const row = (cells: Inline[][], tag: 'th' | 'td') => `<tr>${cells.map((c) => `<${tag}>${inline(c)}</${tag}>`).join('')}</tr>`
  const block = (n: Block): string => {
    switch (n.t) {
      case 'p':
        return `<p>${inline(n.c)}</p>`
      case 'math':
        return `<div>${style.math(n.tex, n.mathml, true)}</div>`
      case 'pre':
        return `<pre>${xmlText(n.v)}</pre>`
      case 'list':
        return `<ul>${n.items.map((i) => `<li>${inline(i)}</li>`).join('')}</ul>`
      case 'table':
        return `<table><thead>${row(n.head, 'th')}</thead><tbody>${n.rows.map((r) => row(r, 'td')).join('')}</tbody></table>`
      case 'img':
        return `<p><img src="${xmlText(style.media(n.media))}" alt="${xmlText(n.alt)}"/></p>`
      case 'audio':
        return `<div><audio controls="controls" src="${xmlText(style.media(n.media))}" title="${xmlText(n.alt)}" data-plays="${n.plays}"></audio></div>`
    }
  }
  return { inline, blocks: (nodes: readonly Block[]) => nodes.map(block).join('\n') }
}
