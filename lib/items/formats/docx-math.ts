import { attr, childNamed, elementsOf, nameOf, textOf, xmlText, type Element } from './xml'

/** Word's own formulas (OMML) as MathML: what teachers write with Word's equation editor. Unknown parts keep their text. */
const row = (inner: string) => `<mrow>${inner}</mrow>`
const part = (e: Element | undefined) => row(e ? all(e) : '')
const all = (e: Element): string => elementsOf(e).map(convert).join('')
const valueOf = (e: Element | undefined, name: string): string | null => {
  const box = e && childNamed(e, name)
  return box ? attr(box, 'val') : null
}

function tokens(text: string): string {
  return [...text.matchAll(/\d+(?:[.,]\d+)*|[A-Za-zÀ-ÿα-ωΑ-Ω]|\s+|./gu)]
    .map(([t]) => {
      if (/^\d/.test(t)) return `<mn>${xmlText(t)}</mn>`
      if (/^\s+$/.test(t)) return ''
      return /^\p{L}$/u.test(t) ? `<mi>${xmlText(t)}</mi>` : `<mo>${xmlText(t)}</mo>`
    })
    .join('')
}

function convert(e: Element): string {
  const properties = elementsOf(e).find((c) => /pr$/.test(nameOf(c)) && nameOf(c) !== 'expr')
  switch (nameOf(e)) {
    case 'r': {
      const words = elementsOf(e)
        .filter((c) => nameOf(c) === 't')
        .map((c) => c.textContent ?? '')
        .join('')
      const plain = childNamed(e, 'rpr') && childNamed(childNamed(e, 'rpr')!, 'nor')
      return plain ? `<mtext>${xmlText(words)}</mtext>` : tokens(words)
    }
    case 'f':
      return `<mfrac${valueOf(properties, 'type') === 'noBar' ? ' linethickness="0"' : ''}>${part(childNamed(e, 'num'))}${part(childNamed(e, 'den'))}</mfrac>`
    case 'ssup':
      return `<msup>${part(childNamed(e, 'e'))}${part(childNamed(e, 'sup'))}</msup>`
    case 'ssub':
      return `<msub>${part(childNamed(e, 'e'))}${part(childNamed(e, 'sub'))}</msub>`
    case 'ssubsup':
      return `<msubsup>${part(childNamed(e, 'e'))}${part(childNamed(e, 'sub'))}${part(childNamed(e, 'sup'))}</msubsup>`
    case 'rad': {
      const degree = childNamed(e, 'deg')
      const inside = part(childNamed(e, 'e'))
      return degree && textOf(degree) ? `<mroot>${inside}${part(degree)}</mroot>` : `<msqrt>${inside}</msqrt>`
    }
    case 'd': {
      const open = valueOf(properties, 'begchr') ?? '('
      const close = valueOf(properties, 'endchr') ?? ')'
      const inside = elementsOf(e)
        .filter((c) => nameOf(c) === 'e')
        .map(part)
        .join(`<mo>${xmlText(valueOf(properties, 'sepchr') ?? ',')}</mo>`)
      return row(`<mo>${xmlText(open)}</mo>${inside}<mo>${xmlText(close)}</mo>`)
    }
    case 'nary': {
      const sign = valueOf(properties, 'chr') ?? '∫'
      const tag = sign === '∫' ? 'msubsup' : 'munderover'
      return row(
        `<${tag}><mo>${xmlText(sign)}</mo>${part(childNamed(e, 'sub'))}${part(childNamed(e, 'sup'))}</${tag}>${part(childNamed(e, 'e'))}`,
      )
    }
    case 'spre':
      return `<mmultiscripts>${part(childNamed(e, 'e'))}<mprescripts/>${part(childNamed(e, 'sub'))}${part(childNamed(e, 'sup'))}</mmultiscripts>`
    case 'borderbox':
      return `<menclose notation="box">${part(childNamed(e, 'e'))}</menclose>`
    case 'groupchr': {
      const sign = `<mo>${xmlText(valueOf(properties, 'chr') ?? '⏟')}</mo>`
      const tag = valueOf(properties, 'pos') === 'top' ? 'mover' : 'munder'
      return `<${tag}>${part(childNamed(e, 'e'))}${sign}</${tag}>`
    }
    case 'phant':
      return valueOf(properties, 'show') === '0' ? `<mphantom>${part(childNamed(e, 'e'))}</mphantom>` : part(childNamed(e, 'e'))
    case 'func':
      return row(`${part(childNamed(e, 'fname'))}${part(childNamed(e, 'e'))}`)
    case 'limlow':
      return `<munder>${part(childNamed(e, 'e'))}${part(childNamed(e, 'lim'))}</munder>`
    case 'limupp':
      return `<mover>${part(childNamed(e, 'e'))}${part(childNamed(e, 'lim'))}</mover>`
    case 'acc':
      return `<mover>${part(childNamed(e, 'e'))}<mo>${xmlText(valueOf(properties, 'chr') ?? '^')}</mo></mover>`
    case 'bar':
      return valueOf(properties, 'pos') === 'bot'
        ? `<munder>${part(childNamed(e, 'e'))}<mo>_</mo></munder>`
        : `<mover>${part(childNamed(e, 'e'))}<mo>¯</mo></mover>`
    case 'm':
      return `<mtable>${elementsOf(e)
        .filter((r) => nameOf(r) === 'mr')
        .map(
          (r) =>
            `<mtr>${elementsOf(r)
              .map((c) => `<mtd>${all(c)}</mtd>`)
              .join('')}</mtr>`,
        )
        .join('')}</mtable>`
    case 'eqarr':
      return `<mtable>${elementsOf(e)
        .filter((r) => nameOf(r) === 'e')
        .map((r) => `<mtr><mtd>${all(r)}</mtd></mtr>`)
        .join('')}</mtable>`
    default:
      return /pr$/.test(nameOf(e)) ? '' : all(e)
  }
}

/** Parts that only hold others. What is neither these nor converted above changes a formula in a way that we do not know. */
const HOLDERS = new Set('omath omathpara e num den sub sup deg fname lim box mr r t'.split(' '))
const CONVERTED = new Set('f ssup ssub ssubsup rad d nary spre borderbox groupchr phant func limlow limupp acc bar m eqarr'.split(' '))

/** Names of parts of a formula that are not understood. */
export const unknownParts = (e: Element): string[] =>
  elementsOf(e).flatMap((c) => {
    const name = nameOf(c)
    if (/pr$/.test(name) || name === 'r' || name === 't') return []
    return [...(HOLDERS.has(name) || CONVERTED.has(name) ? [] : [c.nodeName]), ...unknownParts(c)]
  })

export const wordMath = (e: Element): string => `<math>${all(e)}</math>`
