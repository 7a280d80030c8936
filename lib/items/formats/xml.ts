import { DOMParser, type Document, type Element, type Node } from '@xmldom/xmldom'
import { childrenOf, isElement } from '../mathml'

export { childrenOf, isElement } from '../mathml'
export type { Document, Element, Node } from '@xmldom/xmldom'

/** Why an XML text is not read, in a sentence, with the line where there is one. */
export class XmlProblem extends Error {}

const DEEPEST = 200
const MOST_ELEMENTS = 400_000
const MOST_ATTRIBUTES = 300

/** Why this text would be too much for a reader that keeps the whole tree, or null. One look at each letter, nothing is built. */
function tooMuch(text: string): string | null {
  let depth = 0
  let elements = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const skip = (mark: string) => {
      const end = text.indexOf(mark, at + 2)
      at = end < 0 ? text.length : end + mark.length
    }
    if (text.startsWith('<!--', at)) skip('-->')
    else if (text.startsWith('<![CDATA[', at)) skip(']]>')
    else if (text[at + 1] === '?') skip('?>')
    else if (text[at + 1] === '/') {
      depth--
      skip('>')
    } else {
      let attributes = 0
      let i = at + 1
      for (; i < text.length && text[i] !== '>'; i++) {
        const sign = text[i]
        if (sign === '<') return 'ada tanda kurung sudut di dalam kurung sudut'
        if (sign !== '"' && sign !== "'") continue
        if (++attributes > MOST_ATTRIBUTES) return 'satu unsurnya memuat terlalu banyak atribut'
        const end = text.indexOf(sign, i + 1)
        if (end < 0) return null
        i = end
      }
      if (++elements > MOST_ELEMENTS) return 'unsurnya terlalu banyak'
      if (text[i - 1] !== '/' && ++depth > DEEPEST) return 'susunannya terlalu bertingkat'
      at = i
    }
  }
  return null
}

/**
 * XML to a document. A document type is refused whatever it says: no question file needs one, and it is the door for foreign files and
 * exploding entities; so is a text whose tree would be too deep or too large. The parser itself expands nothing and fetches nothing.
 */
export function parseXml(text: string): Document {
  const bare = text.replace(/^\uFEFF/, '')
  if (/<!DOCTYPE|<!ENTITY/i.test(bare))
    throw new XmlProblem('Berkas XML ini memuat deklarasi DOCTYPE/ENTITY dan ditolak demi keamanan. Hapus deklarasi itu, lalu coba lagi.')
  const much = tooMuch(bare)
  if (much) throw new XmlProblem(`Berkas XML ini ditolak demi keamanan: ${much}. Tidak ada yang berubah.`)
  let problem: string | null = null
  try {
    const document = new DOMParser({
      locator: true,
      onError: (level, message, context: { locator?: { lineNumber?: number } } | undefined) => {
        if (level === 'warning' || problem) return
        const line = context?.locator?.lineNumber
        problem = `Berkas XML ini tidak utuh${line ? ` di sekitar baris ${line}` : ''}: ${message.split('\n')[0]}`
        if (level === 'fatalError') throw new XmlProblem(problem)
      },
    }).parseFromString(bare, 'text/xml')
    if (problem || !document.documentElement) throw new XmlProblem(problem ?? 'Berkas XML ini tidak mempunyai isi.')
    return document
  } catch (error) {
    if (error instanceof XmlProblem) throw error
    throw new XmlProblem(problem ?? `Berkas XML ini tidak utuh: ${(error as Error).message.split('\n')[0]}`)
  }
}

const squash = (name: string) => (name.split(':').at(-1) ?? '').toLowerCase().replace(/^qti-/, '').replaceAll('-', '')

/** An element's name the same for QTI 2.x and 3.0: without prefix, "qti-" and hyphens, in lower case. */
export const nameOf = (node: Node): string => squash(node.nodeName)

/** An attribute by its 2.x name; 3.0 writes the same with hyphens. */
export function attr(element: Element, name: string): string | null {
  const wanted = squash(name)
  for (let i = 0; i < element.attributes.length; i++) {
    const a = element.attributes[i]!
    if (squash(a.name) === wanted) return a.value
  }
  return null
}

export const elementsOf = (node: Node): Element[] => childrenOf(node).filter(isElement)
export const childNamed = (node: Node, ...names: string[]): Element | undefined => elementsOf(node).find((e) => names.includes(nameOf(e)))
export const childrenNamed = (node: Node, ...names: string[]): Element[] => elementsOf(node).filter((e) => names.includes(nameOf(e)))

/** All elements of these names under a node, in reading order. */
export function allNamed(node: Node, ...names: string[]): Element[] {
  return elementsOf(node).flatMap((e) => [...(names.includes(nameOf(e)) ? [e] : []), ...allNamed(e, ...names)])
}

export const textOf = (node: Node | undefined | null): string => (node?.textContent ?? '').trim()
export const lineOf = (node: Node): number => (node as { lineNumber?: number }).lineNumber ?? 1

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** Text made safe for XML, as content or as an attribute; signs that XML cannot hold are dropped. */
export const xmlText = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"]/g, (c) => ESCAPES[c]!)
