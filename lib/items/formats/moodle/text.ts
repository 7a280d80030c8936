import { toMathml } from '../../mathml'
import type { Block, Inline } from '../../model'
import { htmlReader, htmlTree } from '../html'
import { markdownHtml } from '../markdown'
import { fromBase64, type mediaStore } from '../media'
import { plainInline } from '../read'
import { allNamed, attr, childrenNamed, childrenOf, nameOf, textOf, type Element } from '../xml'
import { textIn } from './answers'
import { MARK } from './cloze'
import { wirisMath } from './wiris'

/** What the reading of one question gathers on its way. */
export type Around = { problems: Set<string>; media: ReturnType<typeof mediaStore> }

/** TeX fences of MathJax become formulas, place marks become gaps, everything else is text. */
function words(text: string): Inline[] {
  return text.split(MARK).flatMap((part, i): Inline[] => (i % 2 === 1 ? [{ t: 'gap', id: part }] : part ? plainInline(part) : []))
}

/** Filters of Moodle that are no part of its own text: [tex]…[/tex] is TeX like \(…\); WIRIS' own brackets are MathML. */
const asWeb = (html: string) => wirisMath(html).replace(/\[tex\]([\s\S]*?)\[\/tex\]/gi, '\\($1\\)')

/** Files belong to the field that carries them: every field of a question may have its own "image.png". */
function filesOf(holder: Element | undefined): Map<string, string> {
  return new Map((holder ? childrenNamed(holder, 'file') : []).map((f) => [`${attr(f, 'path') ?? '/'}${attr(f, 'name') ?? ''}`, textOf(f)]))
}

/**
 * Text of a question in any of Moodle's four forms. Pictures come with its field as files, or as data addresses; `shared` are files that
 * a foreign writer put beside the fields.
 */
export function textReader(question: Element, around: Around) {
  const shared = filesOf(question)
  /** A file of another field, where the question has only one of that name: some writers keep all files in the question's text. */
  const elsewhere = (name: string): string | undefined => {
    const found = allNamed(question, 'file').filter((f) => attr(f, 'name') === name)
    return new Set(found.map(textOf)).size === 1 ? textOf(found[0]) : undefined
  }
  const mediaOf = (holder: Element | undefined) => {
    const own = filesOf(holder)
    return (address: string) => {
      const name = /^@@PLUGINFILE@@(\/.+)$/.exec(address)?.[1]
      if (!name) return around.media.take(null, address)
      let plain = name.split('?')[0]!
      try {
        plain = decodeURIComponent(plain)
      } catch {
        // A name with a bare per cent sign is taken as it is.
      }
      const bare = plain.split('/').at(-1)!
      const file = own.get(plain) ?? byName(own, bare) ?? shared.get(plain) ?? byName(shared, bare) ?? elsewhere(bare)
      if (file === undefined) return null
      return around.media.put(plain.slice(1), fromBase64(file))
    }
  }
  const read = (holder: Element | undefined, raw: string | undefined, display: (html: string) => string) => {
    const text = raw ?? textIn(holder)
    if (/\bclass=["'][^"']*\bmultilang\b|\{mlang\b/i.test(text))
      around.problems.add('Teks ini ditulis dalam beberapa bahasa (multilang); Moodle menampilkan satu, di sini semuanya tampil.')
    const format = holder ? (attr(holder, 'format') ?? 'html') : 'html'
    const reader = htmlReader({ media: mediaOf(holder), problems: around.problems }, words)
    if (format === 'plain_text') return { tree: null, text, reader }
    const html =
      format === 'markdown' ? markdownHtml(text) : format === 'moodle_auto_format' ? text.replace(/\n(?=\n)/g, '<br><br>') : asWeb(text)
    return { tree: htmlTree(display(html), around.problems), text, reader }
  }
  return {
    blocks: (holder: Element | undefined, raw?: string): Block[] => {
      const { tree, text, reader } = read(holder, raw, displayBlocks)
      if (tree) return reader.blocks(childrenOf(tree)).map(loneFormula)
      return text
        .split(/\n\s*\n/)
        .filter((p) => p.trim())
        .map((p): Block => ({ t: 'p', c: words(p.replace(/\s+/g, ' ').trim()) }))
    },
    inline: (holder: Element | undefined, raw?: string): Inline[] => {
      const { tree, text, reader } = read(holder, raw, (html) => html)
      return tree ? reader.inline(childrenOf(tree)) : words(text.replace(/\s+/g, ' ').trim())
    },
  }
}

const byName = (files: Map<string, string>, name: string): string | undefined =>
  [...files].find(([path]) => path.split('/').at(-1) === name)?.[1]

/** A display formula gets a paragraph of its own, as MathJax shows it. */
const displayBlocks = (html: string) => html.replace(/\\\[[\s\S]+?\\\]|\$\$[\s\S]+?\$\$/g, (tex) => `<div>\ue110${tex}</div>`)

/** A paragraph that is one marked display formula becomes a display formula. */
function loneFormula(block: Block): Block {
  if (block.t !== 'p') return block
  const [first, second, ...rest] = block.c
  if (first?.t === 'text' && first.v.trim() === '\ue110' && second?.t === 'math' && !rest.length) {
    return { t: 'math', tex: second.tex, mathml: toMathml(second.tex, true) }
  }
  return block
}

/** The picture of Moodle 1.9's own element, which stands beside the text: its name and its bytes, or only the name. */
export function oldPicture(question: Element, around: Around): Block[] {
  const of = (...names: string[]) =>
    childrenNamed(question, ...names)
      .map(textOf)
      .find(Boolean) ?? ''
  const name = of('image')
  const bytes = of('imagebase64', 'image_base64')
  if (!name && !bytes) return []
  const media = bytes ? around.media.put(name.split('/').at(-1) || 'gambar', fromBase64(bytes)) : around.media.take(null, name)
  if (!media) {
    around.problems.add(`Gambar ${name.slice(0, 80) || 'soal'} tidak ada di dalam berkas.`)
    return []
  }
  around.problems.add(`Gambar ${name.split('/').at(-1) || 'soal'} tanpa teks alternatif; tulis sebelum butir dipakai.`)
  return [{ t: 'img', media, alt: 'Gambar' }]
}

/** What a question holds beside its words: nothing of it is shown to who answers, or the reader takes it by name. */
const SETTINGS = new Set(
  (
    'name questiontext answer generalfeedback feedback tags idnumber category defaultgrade penalty hidden single shuffleanswers answernumbering ' +
    'usecase tolerance units unitgradingtype unitpenalty showunits unitsleft subquestion selectoption dragbox group infinite responseformat ' +
    'responserequired responsefieldlines minwordlimit maxwordlimit attachments attachmentsrequired maxbytes filetypeslist graderinfo ' +
    'responsetemplate layouttype selecttype selectcount gradingtype showgrading numberingstyle showstandardinstruction image imagebase64 file ' +
    'shownumcorrect showmisplaced coursetags'
  ).split(/\s+/),
)
const HINTS = new Set(['correctfeedback', 'partiallycorrectfeedback', 'incorrectfeedback', 'hint', 'hint1', 'hint2'])

/** Elements of a question that nobody here knows are losses by name; hints of the quiz are named and stay behind. */
export function besideWords(question: Element): { problems: string[]; notes: string[] } {
  const problems = new Set<string>()
  const notes = new Set<string>()
  for (const child of Array.from(question.childNodes) as Element[]) {
    if (child.nodeType !== 1 || !textOf(child)) continue
    const name = nameOf(child)
    if (HINTS.has(name)) notes.add('Petunjuk dan umpan balik umum Moodle tidak ikut.')
    else if (!SETTINGS.has(name.replaceAll('_', '')))
      problems.add(`Unsur <${child.nodeName}> tidak dikenal dan tidak ikut: “${textOf(child).slice(0, 40)}”.`)
  }
  const template = childrenNamed(question, 'responsetemplate')
    .map(textIn)
    .find((t) => t.trim())
  if (template)
    problems.add(
      `Isi awal kotak jawaban tidak ikut: “${template
        .replace(/<[^>]*>/g, ' ')
        .trim()
        .slice(0, 40)}”.`,
    )
  return { problems: [...problems], notes: [...notes] }
}
