import { cleanMathml } from '../mathml'
import type { Inline } from '../model'
import { unread, type Piece } from './account'
import { fieldFormula } from './docx-field'
import { unknownParts, wordMath } from './docx-math'
import { lineage, on, value, type stylesOf } from './docx-numbering'
import { drawn, MISSING, type PictureSource } from './docx-picture'
import { isSymbolFont, symbolOf } from './docx-symbols'
import { isColour, lookLoss } from './html-look'
import { allNamed, attr, childNamed, elementsOf, nameOf, textOf, type Element } from './xml'

/** How letters look that may carry a key or the sense of a question. */
export type Look = { bold: boolean; colour: boolean; highlight: boolean; struck: boolean }
export type LookName = keyof Look

/** A part of a paragraph in order: what the item gets of it, and what the source says there. A token with neither is a line break. */
export type Token = { node?: Inline; piece?: Piece; look?: Look; note?: string }

export type TextSource = PictureSource & {
  styles: ReturnType<typeof stylesOf>
  /** The words of a foot- or endnote by kind and number. */
  notes: (kind: 'foot' | 'end', id: string) => string
}

/** Elements that hold the text of others. */
const HOLDERS = new Set('hyperlink ins moveto smarttag sdt sdtcontent fldsimple bdo dir customxml'.split(' '))
/** Elements without words: marks of places, of proof-reading, of properties. */
const SILENT = new Set(
  (
    'ppr rpr sdtpr sdtendpr bookmarkstart bookmarkend prooferr permstart permend commentrangestart commentrangeend commentreference ' +
    'moverangestart movefromrangestart movefromrangeend movetorangestart movetorangeend annotationref footnoteref endnoteref separator ' +
    'continuationseparator lastrenderedpagebreak softhyphen fldcharpr smarttagpr customxmlpr'
  ).split(' '),
)

type Field = { instruction: string; shown: boolean; result: boolean }

/** A reader of paragraphs. Fields may run over several of them, so one reader reads a document from its beginning to its end. */
export function paragraphReader(source: TextSource) {
  const fields: Field[] = []
  let boxes: Element[] = []

  const hidden = (v: string): Token => ({
    piece: { v, skip: 'teks tersembunyi' },
    ...(v.trim() ? { note: `Teks tersembunyi tidak ditampilkan: “${v.trim().slice(0, 60)}”.` } : {}),
  })
  const text = (v: string): Token => ({ node: { t: 'text', v }, piece: { v } })
  const gone = (v: string, why: string): Token => ({ piece: { v, lost: why } })

  function field(kind: string): Token[] {
    const now = fields.at(-1)
    if (kind === 'begin') fields.push({ instruction: '', shown: false, result: false })
    else if (kind === 'separate' && now) now.shown = true
    else if (kind === 'end' && now) {
      fields.pop()
      // Without a result Word works the field out when it shows it.
      if (now.result) return []
      const made = fieldFormula(now.instruction)
      if (made === 'silent') return []
      const words = now.instruction.replace(/\s+/g, ' ').trim()
      if (made === 'unknown')
        return [
          { node: { t: 'text', v: '[rumus tidak terbaca]' } },
          gone(words, `Isian otomatis Word tidak terbaca: “${words.slice(0, 50)}”.`),
        ]
      return [{ node: typeof made === 'string' ? { t: 'text', v: made } : { t: 'math', ...made }, piece: { v: words, skip: 'rumus EQ' } }]
    }
    return []
  }

  function draw(e: Element): Token[] {
    const found = drawn(e, source)
    boxes.push(...found.boxes)
    return [
      ...found.pictures.map((p): Token => {
        if ('lost' in p) return { node: { t: 'text', v: MISSING }, piece: { v: `[gambar ${p.name}]`, lost: p.lost } }
        return { node: p.node, piece: { v: '[gambar]', skip: 'gambar' }, ...(p.note ? { note: p.note } : {}) }
      }),
      ...found.words.map(text),
    ]
  }

  function inRun(c: Element, font: string): Token[] {
    const hidden = fields.at(-1) && !fields.at(-1)!.shown
    switch (nameOf(c)) {
      case 'fldchar':
        return field(attr(c, 'fldCharType') ?? '')
      case 'instrtext':
        if (fields.length) fields.at(-1)!.instruction += c.textContent ?? ''
        return []
      case 't': {
        if (hidden) return []
        if (!isSymbolFont(font)) return [text(c.textContent ?? '')]
        return [...(c.textContent ?? '')].map((sign) => symbol(font, sign.codePointAt(0)!))
      }
      case 'tab':
      case 'ptab':
        return [text('\t')]
      case 'br':
      case 'cr':
        return [{}]
      case 'nobreakhyphen':
        return [text('-')]
      case 'sym':
        return [symbol(attr(c, 'font') ?? '', parseInt(attr(c, 'char') ?? '0', 16))]
      case 'drawing':
      case 'pict':
      case 'object':
        return draw(c)
      case 'alternatecontent': {
        const choice = childNamed(c, 'choice')
        const inside = choice && elementsOf(choice).length ? choice : childNamed(c, 'fallback')
        return inside ? elementsOf(inside).flatMap((d) => (/^(drawing|pict|object)$/.test(nameOf(d)) ? draw(d) : inRun(d, font))) : []
      }
      case 'ruby':
        return [
          ...allNamed(c, 'rubybase').flatMap((b) => elementsOf(b).flatMap((r) => run(r))),
          ...allNamed(c, 'rt').map((r) => gone(textOf(r), unread(textOf(r)))),
        ]
      case 'footnotereference':
      case 'endnotereference': {
        const words = source.notes(nameOf(c) === 'footnotereference' ? 'foot' : 'end', attr(c, 'id') ?? '')
        return words ? [gone(words, `Catatan kaki tidak ikut: “${words.slice(0, 60)}”.`)] : []
      }
      case 'deltext':
      case 'delinstrtext':
        return [{ piece: { v: c.textContent ?? '', skip: 'dihapus (lacak perubahan)' } }]
      default:
        return SILENT.has(nameOf(c)) || !textOf(c) ? [] : [gone(textOf(c), unread(textOf(c)))]
    }
  }

  function symbol(font: string, code: number): Token {
    const sign = symbolOf(font, code)
    if (sign) return text(sign)
    const name = `${font || 'tanpa nama'} ${code.toString(16).toUpperCase()}`
    return {
      node: { t: 'text', v: '[tanda tidak terbaca]' },
      piece: { v: `[tanda ${name}]`, lost: `Tanda dari huruf “${name}” tidak dikenal.` },
    }
  }

  /** Properties of a run: its own, its style's, its paragraph style's. */
  function propertyReader(e: Element, styled: (Element | undefined)[]) {
    const own = childNamed(e, 'rpr')
    const named = lineage(source.styles, value(own && childNamed(own, 'rstyle'))).map((s) => s.run)
    const all = [own, ...named, ...styled]
    const near = [own, ...named]
    const first = (name: string, from = all) => from.map((p) => p && childNamed(p, name)).find(Boolean)
    return { first, near }
  }

  function run(e: Element, styled: (Element | undefined)[] = []): Token[] {
    const { first, near } = propertyReader(e, styled)
    const fonts = first('rfonts')
    const font = (fonts && (attr(fonts, 'ascii') ?? attr(fonts, 'hAnsi'))) ?? ''
    const before = fields.at(-1)
    const inner = elementsOf(e).flatMap((c) => inRun(c, font))
    if (before?.shown && inner.some((t) => t.node)) before.result = true
    if (on(first('vanish')) || on(first('webhidden')))
      return inner.flatMap((t): Token[] => (t.piece ? [hidden(t.piece.v)] : t.node ? [] : [t]))
    // Letters that were moved up or down by hand are raised or lowered ones.
    const moved = Number(value(first('position', near)) ?? 0)
    const vertical = value(first('vertalign')) ?? (moved >= 3 ? 'superscript' : moved <= -3 ? 'subscript' : null)
    const line = first('u')
    const underlined = line !== undefined && (value(line) ?? 'single') !== 'none'
    const capital = on(first('caps'))
    const look: Look = {
      bold: on(first('b', near)),
      colour: isColour(value(first('color', near)) ?? ''),
      highlight: on(first('highlight', near)) || isColour(attr(first('shd', near) ?? e, 'fill') ?? ''),
      struck: on(first('strike')) || on(first('dstrike')),
    }
    const dress = (node: Inline): Inline => {
      if (node.t !== 'text') return node
      if (underlined && /^[\s\u00a0]{3,}$|^\t+$/.test(node.v)) return { t: 'text', v: '_____' }
      let out: Inline = capital ? { t: 'text', v: node.v.toUpperCase() } : node
      if (!node.v.trim()) return out
      if (vertical === 'subscript') out = { t: 'sub', c: [out] }
      if (vertical === 'superscript') out = { t: 'sup', c: [out] }
      if (underlined) out = { t: 'u', c: [out] }
      if (on(first('i', near))) out = { t: 'i', c: [out] }
      if (look.bold) out = { t: 'b', c: [out] }
      return out
    }
    return inner.map((t) => {
      if (!t.node) return t
      const piece = t.piece && capital ? { ...t.piece, v: t.piece.v.toUpperCase() } : t.piece
      return { ...t, node: dress(t.node), ...(piece ? { piece } : {}), ...(t.node.t === 'text' ? { look } : {}) }
    })
  }

  function formula(e: Element): Token[] {
    const { tex, mathml } = cleanMathml(wordMath(e))
    const words = allNamed(e, 't')
      .map((t) => t.textContent ?? '')
      .join('')
    const unknown = [...new Set(unknownParts(e))]
    const piece = { v: words, ...(unknown.length ? { look: `Bagian rumus ${unknown.join(', ')} tidak dikenal; periksa rumusnya.` } : {}) }
    return [{ node: { t: 'math', tex, mathml }, piece }]
  }

  function tokens(parent: Element, styled: (Element | undefined)[]): Token[] {
    return elementsOf(parent).flatMap((e): Token[] => {
      const name = nameOf(e)
      if (name === 'r') return run(e, styled)
      if (name === 'omath' || name === 'omathpara') return formula(e)
      if (HOLDERS.has(name)) return tokens(e, styled)
      if (name === 'del' || name === 'movefrom') {
        const words = [...allNamed(e, 'deltext'), ...allNamed(e, 't')].map((t) => t.textContent ?? '').join('')
        return words ? [{ piece: { v: words, skip: 'dihapus (lacak perubahan)' } }] : []
      }
      if (name === 'alternatecontent') return inRun(e, '')
      return SILENT.has(name) || !textOf(e) ? [] : [gone(textOf(e), unread(textOf(e)))]
    })
  }

  return {
    /** The tokens of a paragraph, and the text boxes that hang on it. */
    paragraph(p: Element): { tokens: Token[]; boxes: Element[] } {
      const properties = childNamed(p, 'ppr')
      const styled = lineage(source.styles, value(properties && childNamed(properties, 'pstyle'))).map((s) => s.run)
      boxes = []
      const found = tokens(p, styled)
      return { tokens: found, boxes }
    },
  }
}

/** Losses of looks, by the words that stand together. `used` is what said the key, and so is no loss. */
export function lookLosses(tokens: readonly Token[], used: ReadonlySet<LookName>): Piece[] {
  const names = (['struck', 'colour', 'highlight'] as const).filter((n) => !used.has(n))
  const groups: { v: string; kind: LookName | null; token?: Token }[] = []
  for (const t of tokens) {
    if (!t.piece) continue
    const kind =
      t.piece.lost || t.piece.skip ? null : (names.find((n) => t.look?.[n] && (t.piece!.v.trim() || groups.at(-1)?.kind === n)) ?? null)
    const last = groups.at(-1)
    if (kind && last?.kind === kind) last.v += t.piece.v
    else groups.push({ v: t.piece.v, kind, token: t })
  }
  return groups.map(({ v, kind, token }) =>
    kind ? { v, look: lookLoss[kind as 'struck' | 'colour' | 'highlight'](v.replace(/\s+/g, ' ').trim()) } : token!.piece!,
  )
}
