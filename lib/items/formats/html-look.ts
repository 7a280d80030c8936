import type { Inline } from '../model'
import { attr, nameOf, type Element } from './xml'

/** What foreign elements and styles make of their letters: our own marks where we have them, a named loss where we have not. */
type Mark = 'b' | 'i' | 'u' | 'sub' | 'sup'
const MARKS: Record<string, Mark> = {
  b: 'b',
  strong: 'b',
  i: 'i',
  em: 'i',
  cite: 'i',
  var: 'i',
  dfn: 'i',
  u: 'u',
  ins: 'u',
  sub: 'sub',
  sup: 'sup',
}
const STRUCK = new Set(['s', 'del', 'strike'])

const wordsOf = (nodes: readonly Inline[]): string =>
  nodes
    .map((n) => (n.t === 'text' || n.t === 'code' ? n.v : 'c' in n ? wordsOf(n.c) : ''))
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
const quoted = (text: string) => `“${text.length > 60 ? `${text.slice(0, 58)}…` : text}”`

/** Losses of looks that may carry the sense of a question ("kata yang dicoret", "yang berwarna merah"), by the words they stood on. */
export const lookLoss = {
  struck: (words: string) => `Garis coret pada ${quoted(words)} tidak ikut.`,
  colour: (words: string) => `Warna huruf pada ${quoted(words)} tidak ikut.`,
  highlight: (words: string) => `Sorotan pada ${quoted(words)} tidak ikut.`,
}

/** Whether a colour says something: black, greys and white do not. Names and numbers that we do not know do. */
export function isColour(value: string): boolean {
  const text = value.trim().toLowerCase()
  if (
    !text ||
    /^(inherit|initial|unset|auto|currentcolor|transparent|windowtext|black|white|(dark|light|dim|slate)*gr[ae]y|silver)$/.test(text)
  )
    return false
  const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/.exec(text)?.[1]
  const parts = hex
    ? [0, 1, 2].map((i) => parseInt(hex.length === 3 ? hex[i]!.repeat(2) : hex.slice(i * 2, i * 2 + 2), 16))
    : (/^rgba?\(([^)]+)\)$/.exec(text)?.[1] ?? '')
        .split(/[\s,/]+/)
        .slice(0, 3)
        .map(Number)
  if (parts.length < 3 || parts.some((p) => !Number.isFinite(p))) return true
  return Math.max(...parts) - Math.min(...parts) > 48
}

const styleOf = (e: Element): Map<string, string> =>
  new Map(
    (attr(e, 'style') ?? '')
      .split(';')
      .map((d) => d.split(':'))
      .flatMap(([name, ...value]) =>
        name && value.length ? [[name.trim().toLowerCase(), value.join(':').trim().toLowerCase()] as const] : [],
      ),
  )

/** A blank to write on, drawn as underlined spaces, is a line. */
const isBlank = (nodes: readonly Inline[]) =>
  nodes.every((n) => n.t === 'text') && /^[\s\u00a0\u2000-\u200a]{3,}$/.test(nodes.map((n) => (n.t === 'text' ? n.v : '')).join(''))

/** The letters of an element as it shows them. Losses are told once, with the words concerned. */
export function foreignLook(e: Element, inner: Inline[], problems: Set<string>): Inline[] {
  const name = nameOf(e)
  const style = styleOf(e)
  const words = wordsOf(inner)
  const has = (property: string, value: RegExp) => value.test(style.get(property) ?? '')
  const line = `${style.get('text-decoration') ?? ''} ${style.get('text-decoration-line') ?? ''}`
  const underlined = MARKS[name] === 'u' || /underline/.test(line) || /(^|[\s-])underline($|\s)/.test(attr(e, 'class') ?? '')
  if (underlined && isBlank(inner)) return [{ t: 'text', v: '_____' }]
  if (words && (STRUCK.has(name) || /line-through/.test(line))) problems.add(lookLoss.struck(words))
  const colour = style.get('color') ?? (name === 'font' ? (attr(e, 'color') ?? '') : '')
  if (words && isColour(colour)) problems.add(lookLoss.colour(words))
  const ground = style.get('background-color') ?? style.get('background') ?? ''
  if (words && (name === 'mark' || isColour(ground))) problems.add(lookLoss.highlight(words))
  const marks: Mark[] = []
  if (MARKS[name] && MARKS[name] !== 'u') marks.push(MARKS[name])
  if (has('vertical-align', /^super/)) marks.push('sup')
  if (has('vertical-align', /^sub/)) marks.push('sub')
  if (underlined) marks.push('u')
  if (has('font-style', /italic|oblique/)) marks.push('i')
  if (has('font-weight', /^(bold|bolder|[6-9]00)/)) marks.push('b')
  return marks.reduce((nodes: Inline[], mark) => [{ t: mark, c: nodes }], inner)
}

const ROMAN: [number, string][] = [
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
]
/** 4 as "iv". */
export function roman(n: number): string {
  let left = Math.max(0, Math.trunc(n))
  return ROMAN.map(([value, sign]) => {
    const times = Math.floor(left / value)
    left -= times * value
    return sign.repeat(times)
  }).join('')
}
/** 3 as "c", 28 as "bb": Word and browsers repeat the letter. */
export const letterOf = (n: number): string => String.fromCharCode(97 + ((n - 1) % 26)).repeat(Math.floor((n - 1) / 26) + 1)

/** What a browser shows before an entry of a numbered list. */
export function marker(list: Element, entry: Element, index: number): string {
  const start = Number(attr(list, 'start') ?? 1) || 1
  const own = Number(attr(entry, 'value') ?? NaN)
  const n = Number.isFinite(own) ? own : attr(list, 'reversed') === null ? start + index : start - index
  const styled = /list-style(?:-type)?\s*:[^;]*?(lower|upper)-(alpha|latin|roman)/i.exec(attr(list, 'style') ?? '')
  const kind = attr(list, 'type') ?? (styled ? (styled[2]!.toLowerCase() === 'roman' ? 'i' : 'a') : '1')
  const upper = styled ? styled[1]!.toLowerCase() === 'upper' : kind === kind.toUpperCase()
  if (n < 1 || !/^[ai]$/i.test(kind)) return `${n}.`
  const text = /a/i.test(kind) ? letterOf(n) : roman(n)
  return `${upper ? text.toUpperCase() : text}.`
}
