import { cleanMathml } from '../mathml'
import { symbolOf } from './docx-symbols'
import { xmlText } from './xml'

/** Fields of Word that are worked out when they are shown: formulas of the old kind (EQ) and signs by number (SYMBOL). */
type Formula = { tex: string; mathml: string }

/** The parts between the brackets of a switch, at commas or semicolons that stand in no inner bracket. */
function partsAt(text: string, from: number): { parts: string[]; end: number } | null {
  let depth = 0
  let part = ''
  const parts: string[] = []
  for (let i = from; i < text.length; i++) {
    const sign = text[i]!
    if (sign === '\\' && i + 1 < text.length && '(),;\\'.includes(text[i + 1]!)) {
      part += text[++i]!
      continue
    }
    if (sign === '(' && depth++ === 0) continue
    if (sign === ')' && --depth === 0) return { parts: [...parts, part], end: i + 1 }
    if (depth === 1 && (sign === ',' || sign === ';')) {
      parts.push(part)
      part = ''
    } else part += sign
  }
  return null
}

const tokens = (text: string) =>
  [...text.matchAll(/\d+(?:[.,]\d+)*|\p{L}|\S/gu)]
    .map(([t]) => (/^\d/.test(t) ? `<mn>${t}</mn>` : /^\p{L}$/u.test(t) ? `<mi>${t}</mi>` : `<mo>${xmlText(t)}</mo>`))
    .join('')

/** EQ's switches \f (fraction), \r (root) and \s (raised or lowered), within each other; null for any other. */
function eq(text: string): string | null {
  const at = /\\[a-z]/i.exec(text)
  if (!at) return tokens(text)
  const kind = at[0][1]!.toLowerCase()
  const open = text.indexOf('(', at.index)
  const found = open < 0 ? null : partsAt(text, open)
  if (!found) return null
  const inner = found.parts.map(eq)
  const after = eq(text.slice(found.end))
  if (inner.some((p) => p === null) || after === null) return null
  const row = (i: number) => `<mrow>${inner[i]}</mrow>`
  const before = tokens(text.slice(0, at.index))
  if (kind === 'f' && inner.length === 2) return `${before}<mfrac>${row(0)}${row(1)}</mfrac>${after}`
  if (kind === 'r' && inner.length === 1) return `${before}<msqrt>${row(0)}</msqrt>${after}`
  if (kind === 'r' && inner.length === 2)
    return `${before}${inner[0] ? `<mroot>${row(1)}${row(0)}</mroot>` : `<msqrt>${row(1)}</msqrt>`}${after}`
  const raised = /^\\s\s*\\(up|do)/i.exec(text.slice(at.index))
  if (kind === 's' && raised && inner.length === 1 && before) {
    const base = /^([\s\S]*)(<m[ino]>[^<]*<\/m[ino]>)$/.exec(before)
    if (base)
      return `${base[1]}<${raised[1]!.toLowerCase() === 'up' ? 'msup' : 'msub'}>${base[2]}${row(0)}</${raised[1]!.toLowerCase() === 'up' ? 'msup' : 'msub'}>${after}`
  }
  return null
}

/** What a field without a result shows: a formula, a sign, nothing, or something that we cannot work out. */
export function fieldFormula(instruction: string): Formula | string | 'silent' | 'unknown' {
  const words = instruction.trim()
  const name = /^\w+/.exec(words)?.[0]?.toUpperCase() ?? ''
  if (name === 'EQ') {
    const inside = eq(words.slice(2).trim())
    if (inside === null) return 'unknown'
    const { tex, mathml } = cleanMathml(`<math>${inside}</math>`)
    return { tex, mathml }
  }
  if (name === 'SYMBOL') {
    const code = /^SYMBOL\s+(0x[0-9a-f]+|\d+)/i.exec(words)?.[1]
    const font = /\\f\s*"([^"]+)"/i.exec(words)?.[1] ?? ''
    return (code && symbolOf(font, Number(code))) || 'unknown'
  }
  return ['XE', 'TC', 'RD', 'TA', 'SET', 'ASK', 'PRIVATE', 'ADVANCE', 'HYPERLINK', 'BOOKMARK', ''].includes(name) ? 'silent' : 'unknown'
}
