import { itemTypes, plainText, type Block, type Inline } from '../../model'
import { kindOf } from '../../types/kinds'
import { writeInline } from '../../writing'
import { BREAK, settle, type Piece } from '../account'
import { htmlReader, titleOf } from '../html'
import { letterAt, Refused, withProblems, type ReadItem } from '../read'
import {
  allNamed,
  attr,
  childNamed,
  childrenNamed,
  childrenOf,
  elementsOf,
  isElement,
  lineOf,
  nameOf,
  textOf,
  type Element,
  type Node,
} from '../xml'
import { associate, match, order } from './pairs'
import { choice, hotspot, hottext, promptOf, selectPoint, type Built, type Inside } from './choices'
import { declarationsOf } from './declarations'
import { gapMatch, gaps, isLonePlace } from './gaps'
import { partsOf } from './several'
import { besideBody, linesIn, qtiSource, rationaleSigns } from './source'

/** One assessmentItem of QTI 2.1, 2.2 or 3.0 as our item. */
export type ItemSource = {
  /** Our name of a picture or sound by its address in the item. */
  media: (address: string) => string | null
  /** A shared stimulus by its address in the item. */
  stimulus: (address: string) => Element | null
  problems?: Set<string>
}

const UNSUPPORTED: Record<string, string> = {
  uploadinteraction: 'unggah berkas',
  drawinginteraction: 'menggambar',
  graphicorderinteraction: 'mengurutkan tempat pada gambar',
  graphicassociateinteraction: 'menghubungkan tempat pada gambar',
  graphicgapmatchinteraction: 'menaruh gambar pada gambar',
  positionobjectinteraction: 'menaruh benda pada gambar',
  positionobjectstage: 'menaruh benda pada gambar',
  mediainteraction: 'memutar media sebagai jawaban',
  custominteraction: 'interaksi buatan sendiri',
  portablecustominteraction: 'interaksi buatan sendiri (PCI)',
}
/** What the folders of the types read by themselves. Two that claim one interaction would read each other's items. */
const claims = itemTypes.flatMap((t) => Object.entries(kindOf(t).format.interactions))
const twice = claims.find(([name], i) => claims.findIndex(([other]) => other === name) < i)
if (twice) throw new Error(`Two folders of lib/items/types read ${twice[0]}; one hands over to the other by the label (CONTRIBUTING.md).`)
const readers = Object.fromEntries(claims)
const INLINE_PLACES = new Set(['textentryinteraction', 'inlinechoiceinteraction'])

const isVersion3 = (item: Element) =>
  item.nodeName.split(':').at(-1)!.toLowerCase().startsWith('qti-') || /v3p0/.test(item.namespaceURI ?? '')

/** All interactions of a body, without buttons that end an attempt or ask for a hint. */
const interactionsOf = (body: Element): Element[] => allInteractions(body).filter((e) => nameOf(e) !== 'endattemptinteraction')
function allInteractions(node: Node): Element[] {
  return elementsOf(node).flatMap((e) => [...(/interaction$|^positionobjectstage$/.test(nameOf(e)) ? [e] : allInteractions(e))])
}

/** Words for raters and authors (rubric blocks not for the candidate, feedback) in reading order; they become the rationale. */
function takeOut(
  item: Element,
  body: Element,
  read: (nodes: Node[]) => Block[],
): { rationale: string[]; rubric: { title: string; levels: string[] }[]; feedback: boolean } {
  const rationale: string[] = []
  const rubric: { title: string; levels: string[] }[] = []
  let feedback = false
  const say = (e: Element) => {
    const words = read(childrenOf(e)).map((b) => (b.t === 'p' ? writeInline(b.c, (n) => n) : plainText([b])))
    if (words.length) rationale.push(words.join('\n\n'))
  }
  for (const block of allNamed(body, 'rubricblock')) {
    const view = (attr(block, 'view') ?? 'candidate').toLowerCase()
    if (view.includes('candidate') || view.includes('testtaker')) continue
    for (const table of allNamed(block, 'table').filter((t) => attr(t, 'class') === 'rubric')) {
      for (const row of allNamed(table, 'tr')) {
        const [title, ...levels] = elementsOf(row).map(textOf)
        if (title && levels.length > 1) rubric.push({ title, levels })
      }
      table.parentNode?.removeChild(table)
    }
    say(block)
    block.parentNode?.removeChild(block)
  }
  for (const e of allNamed(body, 'feedbackinline', 'feedbackblock')) {
    feedback = true
    say(e)
    e.parentNode?.removeChild(e)
  }
  for (const e of childrenNamed(item, 'modalfeedback')) {
    feedback = true
    say(e)
  }
  return { rationale, rubric, feedback }
}

/** Interactions by the number in their responses' names where these count 1, 2, 3 …; else in reading order. */
function numbered(interactions: Element[]): Element[] {
  const of = (e: Element) => Number(/(\d+)$/.exec(attr(e, 'responseIdentifier') ?? '')?.[1] ?? NaN)
  const sorted = [...interactions].sort((a, b) => of(a) - of(b))
  return sorted.every((e, i) => of(e) === i + 1) ? sorted : interactions
}

/** Puts what an interaction says, and its own text where it has one, in the interaction's place. */
function replaceBy(interaction: Element, nodes: Node[]): void {
  const box = interaction.ownerDocument!.createElement('div')
  for (const n of nodes) box.appendChild(n)
  interaction.parentNode?.replaceChild(box, interaction)
}

function build(
  item: Element,
  source: ItemSource,
  problems: Set<string>,
): Built & { rationale: string; stimulus?: ReadItem['stimulus']; notes: string[] } {
  if (attr(item, 'adaptive') === 'true') throw new Refused('Butir ini berubah menurut jawaban (adaptif) dan tidak dapat diimpor.')
  if (childNamed(item, 'templatedeclaration') || childNamed(item, 'templateprocessing'))
    throw new Refused('Butir ini membuat angkanya sendiri (bertemplat) dan tidak dapat diimpor.')
  const body = childNamed(item, 'itembody')
  if (!body) throw new Refused('Butir ini tidak mempunyai isi (itemBody).')
  if (allNamed(body, 'printedvariable', 'templateinline', 'templateblock').length)
    throw new Refused('Butir ini menampilkan nilai yang dihitung dan tidak dapat diimpor.')

  const plain = htmlReader({ media: source.media, problems })
  const { rationale, rubric, feedback } = takeOut(item, body, plain.blocks)
  const interactions = interactionsOf(body)
  if (allNamed(body, 'endattemptinteraction').length) problems.add('Tombol petunjuk atau akhir percobaan tidak ikut.')
  if (!interactions.length) throw new Refused('Butir ini tidak menanyakan apa pun: hanya bahan bacaan.')
  const kinds = new Set(interactions.map(nameOf))
  const inPlace = [...kinds].every((k) => INLINE_PLACES.has(k))
  if (!inPlace && interactions.length > 1)
    throw new Refused(`Butir ini memuat ${interactions.length} pertanyaan sekaligus; pisahkan menjadi butir sendiri-sendiri.`)
  const unsupported = interactions.map((e) => UNSUPPORTED[nameOf(e)]).find(Boolean)
  if (unsupported) throw new Refused(`Jenis interaksi "${unsupported}" belum didukung.`)

  const declarations = declarationsOf(item, isVersion3(item))
  const scored = { item, declarations }
  const first = interactions[0]!
  const inside: Inside = {
    scored,
    inline: (e) => plain.inline(childrenOf(e)),
    label: attr(item, 'label') ?? '',
  }
  const declared = () => {
    const d = declarations.get(attr(first, 'responseIdentifier') ?? '')
    if (!d) throw new Refused('Butir ini tidak mendeklarasikan jawabannya.')
    return d
  }
  /** The text with its places: what each foreign element becomes. */
  const withPlaces = (place: (e: Element) => Inline[] | null) =>
    htmlReader({ media: source.media, problems, inline: (e) => (nameOf(e) === 'endattemptinteraction' ? [] : place(e)) }).blocks(
      childrenOf(body),
    )
  const plainStem = () => {
    replaceBy(first, promptOf(first))
    return withPlaces(() => null)
  }

  const own = readers[nameOf(first)]
  const made = ((): Built => {
    if (own) return own(first, declared(), plainStem(), inside)
    if (inPlace) {
      const ordered = numbered(interactions)
      const number = new Map(ordered.map((e, i) => [e, String(i + 1)]))
      if (interactions.length === 1 && !inside.label.startsWith('cloze') && nameOf(first) === 'textentryinteraction') {
        const parent = first.parentNode
        if (parent && isElement(parent) && isLonePlace(parent, first)) parent.removeChild(first)
      }
      const stem = withPlaces((e) => (number.has(e) ? [{ t: 'gap', id: number.get(e)! }] : null))
      return gaps(ordered, stem, declarations, inside)
    }
    switch (nameOf(first)) {
      case 'choiceinteraction':
        return choice(first, declared(), plainStem(), inside)
      case 'hottextinteraction': {
        const words = allNamed(first, 'hottext')
        const codes = new Map(words.map((e, i) => [attr(e, 'identifier') ?? '', letterAt(i)]))
        if (words.length > 20) throw new Refused('Butir ini mempunyai lebih dari 20 kata yang dapat dipilih.')
        replaceBy(first, [...promptOf(first), ...childrenOf(first).filter((n) => !(isElement(n) && nameOf(n) === 'prompt'))])
        const stem = withPlaces((e) => {
          const id = nameOf(e) === 'hottext' ? codes.get(attr(e, 'identifier') ?? '') : undefined
          return id ? [{ t: 'hot', id, c: plain.inline(childrenOf(e)) }] : null
        })
        return hottext(first, declared(), stem, codes, scored)
      }
      case 'matchinteraction':
        return match(first, declared(), plainStem(), inside)
      case 'associateinteraction':
        return associate(first, declared(), plainStem(), inside)
      case 'orderinteraction':
        return order(first, declared(), plainStem(), inside)
      case 'gapmatchinteraction': {
        const places = allNamed(first, 'gap')
        const numbers = new Map(places.map((e, i) => [attr(e, 'identifier') ?? '', String(i + 1)]))
        const text = childrenOf(first).filter((n) => !(isElement(n) && ['prompt', 'gaptext', 'gapimg'].includes(nameOf(n))))
        const prompt = promptOf(first)
        const copy = first.cloneNode(true) as Element
        replaceBy(first, [...prompt, ...text])
        const stem = withPlaces((e) => {
          const id = nameOf(e) === 'gap' ? numbers.get(attr(e, 'identifier') ?? '') : undefined
          return id ? [{ t: 'gap', id }] : null
        })
        return gapMatch(copy, declared(), stem, inside, numbers)
      }
      case 'hotspotinteraction': {
        const d = declared()
        const copy = first.cloneNode(true) as Element
        return hotspot(copy, d, plainStem(), scored, source.media)
      }
      case 'selectpointinteraction': {
        const copy = first.cloneNode(true) as Element
        return selectPoint(copy, declared(), plainStem(), source.media)
      }
      case 'extendedtextinteraction': {
        const words = Number(attr(first, 'dataWords') ?? 0) || 0
        const stem = plainStem()
        return {
          content: { type: 'extended', stem, words },
          scoring: {
            type: 'extended',
            rubric: rubric.length ? rubric : [{ title: 'Jawaban', levels: ['tidak sesuai', 'sebagian', 'sesuai'] }],
          },
          problems: rubric.length ? [] : ['Rubrik penilaian tidak ada di dalam berkas; lengkapi sebelum butir dipakai.'],
        }
      }
      default:
        throw new Refused(`Jenis interaksi <${first.nodeName}> belum didukung.`)
    }
  })()
  if (!made.content.stem.length) made.content.stem.push({ t: 'p', c: [{ t: 'text', v: attr(item, 'title') ?? 'Pertanyaan' }] })

  const reference = allNamed(item, 'assessmentstimulusref')[0]
  let stimulus: ReadItem['stimulus']
  if (reference) {
    const address = attr(reference, 'href') ?? ''
    const found = source.stimulus(address)
    const text = found && allNamed(found, 'stimulusbody')[0]
    if (found && text) stimulus = { code: attr(found, 'identifier') ?? address, body: plain.blocks(childrenOf(text)) }
    else problems.add(`Stimulus ${address} tidak ada di dalam berkas.`)
  }
  const notes = feedback ? ['Umpan balik menjadi bagian pembahasan.'] : []
  return { ...made, rationale: rationale.join('\n\n'), notes, ...(stimulus ? { stimulus } : {}) }
}

/** The words of a shared stimulus, for the source. */
function stimulusOf(item: Element, source: ItemSource): Element | null {
  const reference = allNamed(item, 'assessmentstimulusref')[0]
  const found = reference && source.stimulus(attr(reference, 'href') ?? '')
  return (found && allNamed(found, 'stimulusbody')[0]) ?? null
}

/** One item; `shared` is the text that it has in common with others of its file. */
export function readQtiItem(item: Element, source: ItemSource, shared?: { stimulus: ReadItem['stimulus']; words: Piece[] }): ReadItem {
  const problems = source.problems ?? new Set<string>()
  const title = (attr(item, 'title') ?? '').trim()
  const id = attr(item, 'identifier') ?? ''
  const signs = rationaleSigns(item)
  const pieces = [...(shared?.words ?? []), ...qtiSource(item, stimulusOf(item, source))]
  const read = withProblems({ id, title: title.slice(0, 80), line: lineOf(item), problems: [] }, () => {
    const { content, scoring, problems: own, rationale, stimulus = shared?.stimulus, notes: told } = build(item, source, problems)
    const notes = [...told, ...besideBody(item)]
    return { content, scoring, problems: [...problems, ...own], rationale, notes, ...(stimulus ? { stimulus } : {}) }
  })
  return settle({ ...read, title: read.title || (read.content ? titleOf(read.content.stem) : id) }, pieces, signs)
}

/** The items of one assessmentItem: itself, or its questions one by one with what they share. */
export function readQtiItems(item: Element, source: ItemSource): ReadItem[] {
  const parts = attr(item, 'adaptive') === 'true' || childNamed(item, 'templatedeclaration') ? null : partsOf(item)
  if (!parts) return [readQtiItem(item, source)]
  const problems = source.problems ?? new Set<string>()
  const id = attr(item, 'identifier') ?? ''
  const body = htmlReader({ media: source.media, problems }).blocks(parts.stimulus)
  const box = item.ownerDocument!.createElement('div')
  for (const n of parts.stimulus) box.appendChild(n.cloneNode(true))
  const words = linesIn(box).flatMap((v): Piece[] => [{ v }, BREAK])
  const shared = body.length ? { stimulus: { code: id || 'TEKS', body }, words } : undefined
  const told = `Butir asal memuat ${parts.items.length} pertanyaan dengan satu nilai bersama; di sini masing-masing menjadi butir yang dinilai sendiri.`
  return parts.items.map((part) => readQtiItem(part, { ...source, problems: new Set([...problems, told]) }, shared))
}
