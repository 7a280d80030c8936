import { DOMParser, type Element, type Node } from '@xmldom/xmldom'
import temml from 'temml'

/** LaTeX to MathML, once, at authoring. Throws with temml's reason when the formula is wrong. */
export function toMathml(tex: string, display: boolean): string {
  return temml.renderToString(tex, { displayMode: display, throwOnError: true, xml: false, trust: false })
}

/** MathML Core and the older names that readers still know; what is not here loses its tag and keeps its children. */
const ELEMENTS = new Set(
  (
    'math mrow mi mn mo ms mtext mspace msup msub msubsup mfrac msqrt mroot mover munder munderover mmultiscripts mprescripts none ' +
    'mtable mtr mtd mpadded mphantom mstyle menclose semantics'
  ).split(' '),
)
const ATTRIBUTES = new Set(
  (
    'display displaystyle scriptlevel mathvariant mathsize mathcolor dir stretchy fence separator form accent accentunder largeop ' +
    'movablelimits symmetric minsize maxsize lspace rspace width height depth voffset linethickness columnalign rowalign columnspan ' +
    'rowspan columnspacing rowspacing columnlines rowlines frame framespacing notation open close separators class'
  ).split(' '),
)
const DROPPED = new Set(['annotation', 'annotation-xml', 'script', 'style', 'maction'])

const escapeText = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
const escapeValue = (text: string) => escapeText(text).replace(/"/g, '&quot;')

export const localName = (node: Node): string => (node.nodeName.split(':').at(-1) ?? '').toLowerCase()
export const isElement = (node: Node): node is Element => node.nodeType === 1
export const childrenOf = (node: Node): Node[] => Array.from({ length: node.childNodes.length }, (_, i) => node.childNodes[i]!)

/** `mfenced` draws its brackets only in old readers: a formula without them would be a wrong item, so they are written out. */
function fenced(node: Element): string {
  const mo = (sign: string) => (sign ? `<mo>${escapeText(sign)}</mo>` : '')
  const separators = (node.getAttribute('separators') ?? ',').replace(/\s+/g, '')
  const parts = childrenOf(node).filter(isElement)
  const inside = parts.map((p, i) => `${i ? mo(separators[Math.min(i, separators.length) - 1] ?? '') : ''}${clean(p)}`).join('')
  return `<mrow>${mo(node.getAttribute('open') ?? '(')}<mrow>${inside}</mrow>${mo(node.getAttribute('close') ?? ')')}</mrow>`
}

function clean(node: Node): string {
  if (node.nodeType === 3 || node.nodeType === 4) return escapeText((node.nodeValue ?? '').replace(/\s+/g, ' '))
  if (!isElement(node)) return ''
  const name = localName(node)
  if (DROPPED.has(name)) return ''
  if (name === 'mfenced') return fenced(node)
  const inside = childrenOf(node)
    .filter((c) => !(c.nodeType === 3 && !(c.nodeValue ?? '').trim() && name !== 'mtext' && name !== 'ms'))
    .map(clean)
    .join('')
  if (!ELEMENTS.has(name)) return inside
  const attributes = Array.from({ length: node.attributes.length }, (_, i) => node.attributes[i]!)
    .filter((a) => ATTRIBUTES.has(a.name) && !/[<>]|url\(|javascript:/i.test(a.value))
    .map((a) => ` ${a.name}="${escapeValue(a.value)}"`)
    .join('')
  return `<${name}${attributes}>${inside}</${name}>`
}

/** The LaTeX that a formula carries as an annotation. */
function annotation(node: Node): string | null {
  for (const child of childrenOf(node)) {
    if (!isElement(child)) continue
    if (localName(child) === 'annotation' && /tex/i.test(child.getAttribute('encoding') ?? '')) return child.textContent?.trim() || null
    const deeper = annotation(child)
    if (deeper) return deeper
  }
  return null
}

const shape = (mathml: string) => mathml.replace(/ (class|style|display|xmlns)="[^"]*"/g, '').replace(/\s+/g, '')
const squash = (mathml: string) => shape(mathml).replace(/<\/?(mrow|semantics)>/g, '')

/**
 * A formula from outside as ours: only MathML's own elements and harmless attributes. Where it carries the LaTeX that gives the same
 * picture, that LaTeX is the source; else the MathML itself is, and `tex` is empty.
 */
export function foreignMath(node: Node): { tex: string; mathml: string; display: boolean } {
  const display = isElement(node) && node.getAttribute('display') === 'block'
  const kept = clean(node)
  const tex = annotation(node)
  if (tex) {
    try {
      const own = toMathml(tex, display)
      const ours = clean(new DOMParser({ onError: () => undefined }).parseFromString(own, 'text/xml').documentElement!)
      if (squash(ours) === squash(kept)) return { tex, mathml: own, display }
    } catch {
      // Not our LaTeX: the picture counts.
    }
  }
  return { tex: '', mathml: kept, display }
}

/** Raw MathML as typed or stored, made safe. Throws when it is not well formed. */
export function cleanMathml(raw: string): { tex: string; mathml: string; display: boolean } {
  const document = new DOMParser({
    onError: (_level, message) => {
      throw new Error(`MathML tidak utuh: ${message}`)
    },
  }).parseFromString(raw, 'text/xml')
  return foreignMath(document.documentElement!)
}
