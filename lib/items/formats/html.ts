import sanitizeHtml from 'sanitize-html'
import { foreignMath } from '../mathml'
import { plainText, type Block, type Inline } from '../model'
import { foreignLook, marker } from './html-look'
import { attr, childrenOf, elementsOf, isElement, nameOf, parseXml, type Element, type Node } from './xml'

/** What a reader of text needs around it: how a picture is called here, and where losses are told. */
export type Surroundings = {
  /** Our name of a picture or sound by its address in the file; null when it is not there. */
  media: (address: string) => string | null
  problems: Set<string>
  /** A foreign element that is a place for answers, or nothing. */
  inline?: (element: Element) => Inline[] | null
}

const DROPPED = new Set([
  'script',
  'style',
  'iframe',
  'form',
  'input',
  'button',
  'select',
  'textarea',
  'svg',
  'canvas',
  'video',
  'embed',
  'link',
  'meta',
  'head',
  'title',
  'base',
])
const BLOCKS = new Set(
  'p div ul ol li table thead tbody tfoot tr td th caption pre blockquote h1 h2 h3 h4 h5 h6 hr section article header footer figure figcaption address dl dt dd itembody contentbody rubricblock prompt stimulusbody center'.split(
    ' ',
  ),
)
/** Elements in a line that change no more than their look, which is read, or nothing. */
const KNOWN = new Set(
  (
    'span font b strong i em cite var dfn u ins s del strike mark big small sub sup a abbr acronym label q bdi bdo time nobr wbr data main nav ' +
    'aside hgroup hottext gap inlinechoice simplechoice contentbody templateblock colgroup col source img br'
  ).split(' '),
)
/** What a browser does not show is not shown: whoever compares the words names it as lost. */
const isHidden = (e: Element): boolean =>
  attr(e, 'hidden') !== null || /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attr(e, 'style') ?? '')

/** Neighbouring text joined, white space as a browser shows it, empty marks gone, bold never inside italics. */
export function tidy(nodes: readonly Inline[], ends = true): Inline[] {
  const out: Inline[] = []
  const add = (n: Inline) => {
    const last = out.at(-1)
    if (n.t === 'text' && last?.t === 'text') last.v = `${last.v}${n.v}`.replace(/\s+/g, ' ')
    else out.push(n.t === 'text' ? { ...n } : n)
  }
  for (const n of nodes) {
    if (n.t === 'text') {
      const v = n.v.replace(/\s+/g, ' ')
      if (v) add({ t: 'text', v })
    } else if (n.t === 'b' || n.t === 'i' || n.t === 'u' || n.t === 'sub' || n.t === 'sup') {
      const c = tidy(n.c, false)
      const first = c[0]
      const last = c.at(-1)
      // Outer spaces go outside, where they do the same.
      if (first?.t === 'text' && /^\s/.test(first.v)) {
        first.v = first.v.trimStart()
        add({ t: 'text', v: ' ' })
      }
      let after = false
      if (last?.t === 'text' && /\s$/.test(last.v)) {
        last.v = last.v.trimEnd()
        after = true
      }
      const kept = c.filter((x) => x.t !== 'text' || x.v)
      if (kept.length) for (const piece of unnested(n.t, kept)) add(piece)
      if (after) add({ t: 'text', v: ' ' })
    } else if (n.t === 'hot') add({ ...n, c: tidy(n.c) })
    else add(n)
  }
  if (ends) {
    const first = out[0]
    if (first?.t === 'text') first.v = first.v.trimStart()
    const last = out.at(-1)
    if (last?.t === 'text') last.v = last.v.trimEnd()
  }
  return out.filter((n) => n.t !== 'text' || n.v !== '')
}

/** A mark inside the same mark says nothing; bold inside italics is written beside it; places for answers stand outside marks. */
function unnested(mark: 'b' | 'i' | 'u' | 'sub' | 'sup', nodes: Inline[]): Inline[] {
  const out: Inline[] = []
  for (const n of nodes) {
    if (n.t === mark) out.push(...unnested(mark, n.c))
    else if ((mark === 'i' && n.t === 'b') || n.t === 'gap' || n.t === 'hot' || n.t === 'img' || n.t === 'code') out.push(n)
    else {
      const last = out.at(-1)
      if (last?.t === mark) last.c.push(n)
      else out.push({ t: mark, c: [n] })
    }
  }
  return out
}

/** Our own TeX fences in text of pages that use MathJax or our Moodle export: \( … \), \[ … \] and $$ … $$. */
export type TexReader = (text: string) => Inline[]
export const plainReader: TexReader = (v) => [{ t: 'text', v }]

/** A converter of one HTML-like tree; `tex` says how bare text is read. */
export function htmlReader(around: Surroundings, tex: TexReader = plainReader) {
  const picture = (e: Element): { media: string; alt: string } | null => {
    const address = attr(e, 'src') ?? attr(e, 'data') ?? ''
    const media = around.media(address)
    if (!media) {
      around.problems.add(
        /^(https?:)?\/\//i.test(address)
          ? `Gambar dari luar (${address.slice(0, 80)}) tidak diambil.`
          : `Gambar ${address.slice(0, 80) || 'tanpa alamat'} tidak ada di dalam berkas.`,
      )
      return null
    }
    const alt = (attr(e, 'alt') ?? (nameOf(e) === 'object' ? e.textContent : ''))?.replace(/[\s[\]]+/g, ' ').trim()
    if (!alt) around.problems.add(`Gambar ${address.split('/').at(-1)} tanpa teks alternatif; tulis sebelum butir dipakai.`)
    return { media, alt: alt || 'Gambar' }
  }
  const isSound = (e: Element) => nameOf(e) === 'audio' || (nameOf(e) === 'object' && /^audio\//i.test(attr(e, 'type') ?? ''))
  const isPicture = (e: Element) =>
    nameOf(e) === 'img' ||
    nameOf(e) === 'image' ||
    (nameOf(e) === 'object' && (/^image\//i.test(attr(e, 'type') ?? '') || /\.(png|jpe?g|gif|svg|webp)$/i.test(attr(e, 'data') ?? '')))

  function inline(nodes: readonly Node[]): Inline[] {
    return nodes.flatMap((node): Inline[] => {
      if (node.nodeType === 3 || node.nodeType === 4) return tex(node.nodeValue ?? '')
      if (!isElement(node) || isHidden(node)) return []
      const own = around.inline?.(node)
      if (own) return own
      const name = nameOf(node)
      if (isPicture(node)) {
        const p = picture(node)
        return p ? [{ t: 'img', ...p }] : []
      }
      if (name === 'math') {
        const { tex: source, mathml } = foreignMath(node)
        return [{ t: 'math', tex: source, mathml }]
      }
      if (DROPPED.has(name) || isSound(node) || name === 'object') {
        around.problems.add(`Unsur <${node.nodeName}> dibuang.`)
        return []
      }
      if (name === 'br') return [{ t: 'text', v: ' ' }]
      if (['code', 'tt', 'kbd', 'samp'].includes(name)) {
        const v = (node.textContent ?? '').replace(/\s+/g, ' ').trim()
        return v ? [v.includes('`') ? { t: 'text', v } : { t: 'code', v }] : []
      }
      if (!KNOWN.has(name) && !BLOCKS.has(name))
        around.problems.add(`Unsur <${node.nodeName}> tidak dikenal; hanya kata-katanya yang dibaca.`)
      const inner = foreignLook(node, inline(childrenOf(node)), around.problems)
      if (['ul', 'ol', 'table', 'pre'].includes(name)) around.problems.add('Daftar atau tabel di tempat sebaris diratakan menjadi teks.')
      return BLOCKS.has(name) ? [{ t: 'text', v: ' ' }, ...inner, { t: 'text', v: ' ' }] : inner
    })
  }

  const rowsOf = (table: Element): Element[] =>
    elementsOf(table).flatMap((e) => (nameOf(e) === 'tr' ? [e] : ['thead', 'tbody', 'tfoot'].includes(nameOf(e)) ? rowsOf(e) : []))

  function table(e: Element): Block[] {
    const rows = rowsOf(e).map((r) => elementsOf(r).filter((c) => ['td', 'th'].includes(nameOf(c))))
    if (!rows.length) return []
    if (rows.flat().some((c) => Number(attr(c, 'colspan') ?? 1) > 1 || Number(attr(c, 'rowspan') ?? 1) > 1))
      around.problems.add('Sel tabel yang digabung menjadi sel tunggal.')
    const cells = rows.map((r) => r.map((c) => tidy(inline(childrenOf(c)))))
    const width = Math.max(...cells.map((r) => r.length))
    const full = cells.map((r) => [...r, ...Array.from({ length: width - r.length }, (): Inline[] => [])])
    const caption = elementsOf(e).find((c) => nameOf(c) === 'caption')
    return [...(caption ? paragraphs(childrenOf(caption)) : []), { t: 'table', head: full[0]!, rows: full.slice(1) }]
  }

  function list(e: Element): Block[] {
    const numbered = nameOf(e) === 'ol'
    const items = elementsOf(e).flatMap((li, i) => {
      if (elementsOf(li).some((c) => ['table', 'pre'].includes(nameOf(c))))
        around.problems.add('Susunan di dalam daftar diratakan menjadi teks.')
      const body = tidy(inline(childrenOf(li)))
      if (!body.length) return []
      return [numbered ? tidy([{ t: 'text', v: `${marker(e, li, i)} ` }, ...body]) : body]
    })
    return items.length ? [{ t: 'list', items }] : []
  }

  /** Paragraphs of a block, with what its own style says of their letters. */
  const dressed = (node: Element): Block[] =>
    paragraphs(childrenOf(node)).map((b): Block => (b.t === 'p' ? { t: 'p', c: tidy(foreignLook(node, b.c, around.problems)) } : b))

  function paragraphs(nodes: readonly Node[]): Block[] {
    const out: Block[] = []
    let run: Node[] = []
    const close = () => {
      const nodesNow = run
      run = []
      const only = nodesNow.filter((n) => isElement(n) || (n.nodeValue ?? '').trim())
      if (only.length === 1 && isElement(only[0]!) && !around.inline?.(only[0])) {
        if (isPicture(only[0])) {
          const p = picture(only[0])
          if (p) out.push({ t: 'img', ...p })
          return
        }
        if (nameOf(only[0]) === 'math' && attr(only[0], 'display') === 'block') {
          const { tex: source, mathml } = foreignMath(only[0])
          out.push({ t: 'math', tex: source, mathml })
          return
        }
      }
      const c = tidy(inline(nodesNow))
      if (c.length === 1 && c[0]!.t === 'math' && c[0]!.mathml.includes('display="block"')) out.push(c[0]!)
      else if (c.length) out.push({ t: 'p', c })
    }
    for (const node of nodes) {
      const name = isElement(node) ? nameOf(node) : ''
      if (isElement(node) && isHidden(node)) continue
      if (!isElement(node) || around.inline?.(node)) {
        run.push(node)
        continue
      }
      if (name === 'br') close()
      else if (isSound(node)) {
        close()
        const source = elementsOf(node).find((s) => nameOf(s) === 'source')
        const address = attr(node, 'src') ?? attr(node, 'data') ?? (source ? (attr(source, 'src') ?? '') : '')
        const media = around.media(address)
        const alt = (attr(node, 'title') ?? attr(node, 'ariaLabel') ?? node.textContent ?? '').replace(/[\s[\]]+/g, ' ').trim()
        if (media) out.push({ t: 'audio', media, alt: alt || 'Rekaman suara', plays: Number(attr(node, 'dataPlays') ?? 0) || 0 })
        else around.problems.add(`Suara ${address ? `${address.split('/').at(-1)!.slice(0, 80)} ` : ''}tidak ada di dalam berkas.`)
      } else if (!BLOCKS.has(name) && !elementsOf(node).some((c) => BLOCKS.has(nameOf(c)))) run.push(node)
      else {
        close()
        if (name === 'ul' || name === 'ol') out.push(...list(node))
        else if (name === 'table') out.push(...table(node))
        else if (name === 'pre') {
          const v = (node.textContent ?? '').replace(/\r/g, '').replace(/^\n|\n$/g, '')
          if (v.trim()) out.push({ t: 'pre', v })
        } else if (/^h[1-6]$/.test(name)) {
          const c = tidy(inline(childrenOf(node)))
          if (c.length) out.push({ t: 'p', c: tidy([{ t: 'b', c }]) })
        } else if (name !== 'hr' && !DROPPED.has(name)) out.push(...dressed(node))
        else if (DROPPED.has(name)) around.problems.add(`Unsur <${node.nodeName}> dibuang.`)
      }
    }
    close()
    return out
  }

  return {
    blocks: (nodes: readonly Node[]) => paragraphs(nodes),
    inline: (nodes: readonly Node[]) => tidy(inline(nodes)),
  }
}

/** HTML text of any quality as a tree: sanitised first, so that only harmless elements are left to read. */
export function htmlTree(html: string, problems: Set<string>): Element {
  if (/<(script|iframe|object|embed|form|svg)[\s>]|\son\w+\s*=|javascript:/i.test(html))
    problems.add('Skrip atau unsur berbahaya di dalam teks dibuang.')
  for (const [, name] of html.matchAll(/<(video|canvas|applet|input|select|textarea|button|map|marquee)[\s>]/gi))
    problems.add(`Unsur <${name!.toLowerCase()}> dibuang.`)
  for (const [, name] of html.matchAll(/<([a-z][a-z0-9:-]*)[\s>/]/gi))
    if (
      /^(?:ruby|rt|rp|blink|details|summary|dialog|math-field|mfield|template|slot|frameset|(?!annotation-xml)[a-z]+-[a-z-]+)$/i.test(name!)
    )
      problems.add(`Unsur <${name!.toLowerCase()}> tidak dikenal; hanya kata-katanya yang dibaca.`)
  const clean = sanitizeHtml(html, {
    allowedTags: [
      ...'p div br span font b strong i em cite var dfn u ins s del strike mark big small sub sup code kbd samp tt pre ul ol li table thead tbody tfoot tr td th caption h1 h2 h3 h4 h5 h6 hr blockquote img audio source a'.split(
        ' ',
      ),
      ...'math mrow mi mn mo ms mtext mspace msup msub msubsup mfrac msqrt mroot mover munder munderover mtable mtr mtd mpadded mphantom mstyle menclose mfenced semantics annotation'.split(
        ' ',
      ),
    ],
    allowedAttributes: {
      img: ['src', 'alt'],
      audio: ['src', 'title', 'data-plays'],
      ol: ['type', 'start', 'reversed'],
      li: ['value'],
      font: ['color'],
      source: ['src'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan'],
      math: ['display'],
      annotation: ['encoding'],
      '*': [
        'style',
        'mathvariant',
        'stretchy',
        'fence',
        'separator',
        'accent',
        'columnalign',
        'rowspacing',
        'columnspacing',
        'linethickness',
        'lspace',
        'rspace',
        'width',
        'height',
        'depth',
        'displaystyle',
        'scriptlevel',
        'class',
        'form',
        'minsize',
        'maxsize',
        'movablelimits',
        'symmetric',
        'largeop',
        'notation',
      ],
    },
    // What a style says is read, never shown.
    parseStyleAttributes: false,
    allowedSchemes: ['http', 'https', 'data'],
    allowedSchemesByTag: { img: ['http', 'https', 'data'] },
    allowProtocolRelative: false,
  })
  return parseXml(`<div>${clean.replace(/&nbsp;/g, '\u00a0')}</div>`).documentElement!
}

/** Words of blocks for a title. */
export const titleOf = (blocks: readonly Block[]): string => plainText([...blocks]).slice(0, 60)
