import { isElement } from '../mathml'
import { childrenOf, parseXml, xmlText, XmlProblem, type Element, type Node } from './xml'

/** Drawing elements only: no script, no foreign objects, no animation, no style sheet, nothing from elsewhere. */
const DRAWN = new Set(
  'svg g path rect circle ellipse line polyline polygon text tspan textPath defs symbol use title desc linearGradient radialGradient stop clipPath mask pattern marker'.split(
    ' ',
  ),
)
const lowered = new Map([...DRAWN].map((n) => [n.toLowerCase(), n]))

function write(node: Node): string {
  if (node.nodeType === 3 || node.nodeType === 4) return xmlText(node.nodeValue ?? '')
  if (!isElement(node)) return ''
  const name = lowered.get(node.nodeName.split(':').at(-1)!.toLowerCase())
  // A link keeps what it is drawn round.
  if (!name) return ['a', 'switch'].includes(node.nodeName.toLowerCase()) ? childrenOf(node).map(write).join('') : ''
  const attributes = Array.from({ length: node.attributes.length }, (_, i) => node.attributes[i]!)
    .filter(({ name: n, value: v }) => {
      const bare = n.toLowerCase()
      if (bare.startsWith('on') || bare.startsWith('xmlns')) return false
      if (bare === 'href' || bare === 'xlink:href') return v.trim().startsWith('#')
      if (/javascript:|expression\s*\(|@import|<|data:/i.test(v)) return false
      return !/url\s*\(\s*['"]?(?!#)/i.test(v)
    })
    .map((a) => ` ${a.name === 'xlink:href' ? 'href' : a.name}="${xmlText(a.value)}"`)
    .join('')
  const space = name === 'svg' ? ' xmlns="http://www.w3.org/2000/svg"' : ''
  return `<${name}${space}${attributes}>${childrenOf(node).map(write).join('')}</${name}>`
}

/** A drawing without anything that acts or fetches; null when it is no drawing. The document type that drawing programs write is cut off first. */
export function cleanSvg(text: string): string | null {
  if (/<!ENTITY/i.test(text)) return null
  try {
    const root = parseXml(text.replace(/<!DOCTYPE[^>[]*>/i, '')).documentElement as Element
    return root.nodeName.split(':').at(-1)!.toLowerCase() === 'svg' ? write(root) : null
  } catch (error) {
    if (error instanceof XmlProblem) return null
    throw error
  }
}
