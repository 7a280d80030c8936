import { letterOf, roman } from './html-look'
import { attr, childNamed, childrenNamed, type Element } from './xml'

/** Word's automatic numbering: what stands before a paragraph without being typed there. */
export type Marker = {
  /** As Word shows it: "3.", "B.", "ii)", "•". */
  text: string
  /** Which list, so that two lists are told apart; lists of one definition count together. */
  list: string
  level: number
  kind: 'number' | 'letter' | 'roman' | 'bullet' | 'none'
  n: number
}

export const value = (e: Element | undefined): string | null => (e ? attr(e, 'val') : null)
/** A property that is switched on by being there. */
export const on = (e: Element | undefined): boolean => e !== undefined && !['0', 'false', 'none', 'off'].includes(value(e) ?? 'true')

type Level = { format: string; start: number; text: string; style: string | null; restart: number | null }
type Definition = { id: string; levels: Map<number, Level>; styleLink: string | null; numStyleLink: string | null }
type Style = { basedOn: string | null; paragraph: Element | undefined; run: Element | undefined }

/** Styles by name: what a paragraph or a run gets from them. */
export function stylesOf(root: Element | null): Map<string, Style> {
  return new Map(
    (root ? childrenNamed(root, 'style') : []).map((s) => [
      attr(s, 'styleId') ?? '',
      { basedOn: value(childNamed(s, 'basedon')), paragraph: childNamed(s, 'ppr'), run: childNamed(s, 'rpr') },
    ]),
  )
}

/** A style and those it is based on, nearest first. */
export function lineage(styles: Map<string, Style>, name: string | null): Style[] {
  const out: Style[] = []
  for (let at = name; at && out.length < 20; at = styles.get(at)?.basedOn ?? null) {
    const style = styles.get(at)
    if (!style) break
    out.push(style)
  }
  return out
}

const levelOf = (l: Element): [number, Level] => [
  Number(attr(l, 'ilvl') ?? 0),
  {
    format: value(childNamed(l, 'numfmt')) ?? 'decimal',
    start: Number(value(childNamed(l, 'start')) ?? 1),
    text: value(childNamed(l, 'lvltext')) ?? '%1.',
    style: value(childNamed(l, 'pstyle')),
    restart: childNamed(l, 'lvlrestart') ? Number(value(childNamed(l, 'lvlrestart'))) : null,
  },
]

const KINDS: Record<string, Marker['kind']> = {
  bullet: 'bullet',
  none: 'none',
  upperLetter: 'letter',
  lowerLetter: 'letter',
  upperRoman: 'roman',
  lowerRoman: 'roman',
}

function shown(format: string, n: number): string {
  switch (format) {
    case 'upperLetter':
      return letterOf(n).toUpperCase()
    case 'lowerLetter':
      return letterOf(n)
    case 'upperRoman':
      return roman(n).toUpperCase()
    case 'lowerRoman':
      return roman(n)
    case 'decimalZero':
      return String(n).padStart(2, '0')
    default:
      return String(n)
  }
}

/** A reader of numbering that counts on: asked paragraph by paragraph, in the order of the document. */
export function numberingReader(root: Element | null, styles: Map<string, Style>): (p: Element) => Marker | null {
  const definitions = new Map<string, Definition>(
    (root ? childrenNamed(root, 'abstractnum') : []).map((a) => {
      const id = attr(a, 'abstractNumId') ?? ''
      return [
        id,
        {
          id,
          levels: new Map(childrenNamed(a, 'lvl').map(levelOf)),
          styleLink: value(childNamed(a, 'stylelink')),
          numStyleLink: value(childNamed(a, 'numstylelink')),
        },
      ]
    }),
  )
  const lists = new Map(
    (root ? childrenNamed(root, 'num') : []).map((n) => [
      attr(n, 'numId') ?? '',
      {
        definition: value(childNamed(n, 'abstractnumid')) ?? '',
        overrides: new Map(
          childrenNamed(n, 'lvloverride').map((o) => {
            const own = childNamed(o, 'lvl')
            const start = value(childNamed(o, 'startoverride'))
            return [Number(attr(o, 'ilvl') ?? 0), { start: start === null ? null : Number(start), level: own ? levelOf(own)[1] : null }]
          }),
        ),
      },
    ]),
  )
  const counts = new Map<string, (number | undefined)[]>()
  const begun = new Set<string>()

  /** The list and level of a paragraph: its own, or its style's. */
  function placeOf(p: Element): { list: string; level: number } | null {
    const properties = childNamed(p, 'ppr')
    const own = properties && childNamed(properties, 'numpr')
    const style = value(properties && childNamed(properties, 'pstyle'))
    const inherited = lineage(styles, style).map((s) => s.paragraph && childNamed(s.paragraph, 'numpr'))
    const list = [own, ...inherited].map((n) => n && value(childNamed(n, 'numid'))).find((v) => v !== null && v !== undefined) ?? null
    if (!list || list === '0') return null
    const given = [own, ...inherited].map((n) => n && value(childNamed(n, 'ilvl'))).find((v) => v !== null && v !== undefined)
    if (given !== undefined) return { list, level: Number(given) }
    // A style stands for the level that names it.
    const definition = definitionOf(list)
    const named = [...(definition?.levels ?? [])].find(([, l]) => l.style === style)
    return { list, level: named?.[0] ?? 0 }
  }

  function definitionOf(list: string): Definition | undefined {
    const found = definitions.get(lists.get(list)?.definition ?? '')
    if (!found?.numStyleLink) return found
    return [...definitions.values()].find((d) => d.styleLink === found.numStyleLink) ?? found
  }

  return (p) => {
    const place = placeOf(p)
    if (!place) return null
    const { list, level } = place
    const definition = definitionOf(list)
    if (!definition) return null
    const override = lists.get(list)?.overrides.get(level)
    const at = (l: number): Level | undefined => lists.get(list)?.overrides.get(l)?.level ?? definition.levels.get(l)
    const own = at(level)
    if (!own) return null
    const count = counts.get(definition.id) ?? []
    counts.set(definition.id, count)
    const start = override?.start ?? own.start
    const first = `${list}/${level}`
    if (override?.start !== null && override?.start !== undefined && !begun.has(first)) count[level] = start
    else count[level] = (count[level] ?? start - 1) + 1
    begun.add(first)
    // A deeper level counts anew under each line above it, unless it says otherwise.
    for (let l = level + 1; l < Math.max(count.length, 9); l++) {
      const deeper = at(l)
      if (deeper?.restart === 0 || (deeper?.restart && level >= deeper.restart)) continue
      count[l] = undefined
    }
    const kind = KINDS[own.format] ?? 'number'
    const text =
      kind === 'bullet'
        ? '•'
        : own.text.replace(/%(\d)/g, (_, d: string) => {
            const l = at(Number(d) - 1)
            return shown(l?.format ?? 'decimal', count[Number(d) - 1] ?? l?.start ?? 1)
          })
    return { text: text.trim(), list: definition.id, level, kind, n: count[level]! }
  }
}
