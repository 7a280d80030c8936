import { DOMParser, type Node } from '@xmldom/xmldom'
import { childrenOf, isElement, localName } from './mathml'

/**
 * A formula as one line of text, for whoever copies it, searches for it or hears it: (1)/(2), x^2, √(50). Brackets stand where the line
 * would be read otherwise without them. Empty for a formula that cannot be read.
 */
export function mathWords(mathml: string): string {
  try {
    const document = new DOMParser({
      onError: (_level, message) => {
        throw new Error(message)
      },
    }).parseFromString(mathml, 'text/xml')
    return line(document.documentElement!).replace(/\s+/g, ' ').trim()
  } catch {
    return ''
  }
}

/** One sign or one number needs no brackets. */
const bracketed = (text: string): string => (/^([\p{L}\p{S}\p{P}]|\d+([.,]\d+)?)?$/u.test(text) ? text : `(${text})`)

function line(node: Node): string {
  if (node.nodeType === 3 || node.nodeType === 4) return node.nodeValue ?? ''
  if (!isElement(node)) return ''
  const parts = childrenOf(node).filter(isElement)
  const at = (i: number) => (parts[i] ? line(parts[i]).trim() : '')
  const all = () => childrenOf(node).map(line).join('')
  switch (localName(node)) {
    case 'annotation':
    case 'annotation-xml':
    case 'mphantom':
      return ''
    case 'mfrac':
      return `${bracketed(at(0))}/${bracketed(at(1))}`
    case 'msqrt':
      return `√${bracketed(all().trim())}`
    case 'mroot':
      return `√[${at(1)}]${bracketed(at(0))}`
    case 'msup':
      return `${at(0)}^${bracketed(at(1))}`
    case 'msub':
      return `${at(0)}_${bracketed(at(1))}`
    case 'msubsup':
    case 'munderover':
      return `${at(0)}_${bracketed(at(1))}^${bracketed(at(2))}`
    case 'munder':
      return `${at(0)}_${bracketed(at(1))}`
    case 'mover':
      // A mark above a letter belongs to it; anything longer is a limit.
      return at(1).length === 1 ? `${at(0)}${at(1)}` : `${at(0)}^${bracketed(at(1))}`
    case 'mmultiscripts': {
      const cut = parts.findIndex((p) => localName(p) === 'mprescripts')
      const scripts = (from: number, to: number) =>
        parts
          .slice(from, to)
          .map(line)
          .map((s, i) => (s.trim() ? `${i % 2 ? '^' : '_'}${bracketed(s.trim())}` : ''))
          .join('')
      return `${cut < 0 ? '' : scripts(cut + 1, parts.length)}${at(0)}${scripts(1, cut < 0 ? parts.length : cut)}`
    }
    case 'mtable':
      return `[${parts.map(line).join('; ')}]`
    case 'mtr':
      return parts.map((p) => line(p).trim()).join(', ')
    case 'mspace':
      return ' '
    case 'mo': {
      const sign = all().trim()
      // Signs that are heard and not seen.
      return /^[\u2061-\u2064]$/.test(sign) ? '' : /^[=<>≤≥≠≈+−→⇒⇔∈×·-]$/.test(sign) ? ` ${sign} ` : sign
    }
    default:
      return all()
  }
}
