import { BREAK, type Piece } from '../account'
import { markdownHtml } from '../markdown'
import { attr, childNamed, childrenNamed, nameOf, type Element } from '../xml'
import { fractionOf, textIn } from './answers'
import { EMBEDDED } from './cloze'
import { wirisMath } from './wiris'

/** The words of a Moodle question as its own file has them, read without any of the care of the reader: what `settle` holds it to. */
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' }
const decoded = (text: string): string =>
  text.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (all, name: string) => {
    if (name[0] !== '#') return ENTITIES[name.toLowerCase()] ?? all
    const code = name[1]!.toLowerCase() === 'x' ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10)
    return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : ' '
  })

/** HTML without its tags, line by line. What stands between tags that show nothing goes with them. */
export const bareHtml = (html: string): string[] =>
  decoded(
    html
      .replace(/<!--[\s\S]*?-->/g, '')
      .replace(/<(script|style|annotation|annotation-xml|textarea|option|noscript|title)\b[\s\S]*?<\/\1>/gi, ' ')
      .replace(/<\/?(p|div|li|tr|td|th|br|h[1-6]|ul|ol|table|pre|blockquote|caption)\b[^>]*>/gi, '\n')
      .replace(/<\/?[a-z][^>]*>/gi, ''),
  )
    .split('\n')
    .map((l) => l.replace(/\s+/g, ' ').trim())
    .filter(Boolean)

const rawOf = (holder: Element | undefined): string => {
  const text = textIn(holder)
  const format = holder ? (attr(holder, 'format') ?? 'html') : 'html'
  if (format === 'plain_text') return text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
  return format === 'markdown' ? markdownHtml(text) : wirisMath(text).replace(/\[tex\]([\s\S]*?)\[\/tex\]/gi, '\\($1\\)')
}

/** Signs of the formats that stand for something and are no words: fences of formulas, numbers of gaps. */
const fences = (text: string): string[] => text.match(/\\\(|\\\)|\\\[|\\\]|\$\$/g) ?? []

/** What an item of this kind keeps of an answer's words. */
const KEPT = new Set(['multichoice', 'multichoiceset', 'ordering', 'matching', 'ddmatch', 'gapselect', 'ddwtos'])

/** The pieces of a question in reading order, and the words of its format. */
export function moodleSource(question: Element, kind: string): { pieces: Piece[]; skips: string[] } {
  const pieces: Piece[] = []
  const skips: string[] = []
  const say = (holder: Element | undefined, skip?: string, raw = rawOf(holder)) => {
    for (const v of bareHtml(raw)) {
      if (!skip) skips.push(...fences(v))
      pieces.push(skip ? { v, skip } : { v }, BREAK)
    }
  }
  const cloze = kind === 'cloze' || kind === 'multianswer'
  const holder = childNamed(question, 'questiontext')
  const stem = rawOf(holder)
  say(
    holder,
    undefined,
    cloze ? stem.replace(EMBEDDED, ' ') : kind === 'gapselect' || kind === 'ddwtos' ? stem.replace(/\[\[\d+\]\]/g, ' ') : stem,
  )
  if (cloze)
    for (const [all] of stem.matchAll(EMBEDDED)) for (const v of bareHtml(all)) pieces.push({ v, skip: 'isian di dalam teks' }, BREAK)
  const seen = new Set<string>()
  for (const e of childrenNamed(question, 'answer', 'subquestion', 'selectoption', 'dragbox')) {
    const words = textIn(e).trim()
    const key = KEPT.has(kind) ? null : kind === 'shortanswer' && fractionOf(e) > 0 ? null : 'kunci'
    if (nameOf(e) !== 'dragbox' && nameOf(e) !== 'selectoption') say(e, key ?? undefined)
    else if (!seen.has(words)) say(e)
    seen.add(words)
    const partner = childNamed(e, 'answer')
    if (partner && !seen.has(`> ${textIn(partner).trim()}`)) say(partner)
    if (partner) seen.add(`> ${textIn(partner).trim()}`)
    const why = childNamed(e, 'feedback')
    if (why && kind !== 'ordering') say(why)
  }
  say(childNamed(question, 'generalfeedback'))
  if (kind === 'essay') {
    // The heads of a rubric are words of the table, not of its criteria.
    const info = childNamed(question, 'graderinfo')
    say(info, undefined, rawOf(info).replace(/<thead\b[\s\S]*?<\/thead>/i, ''))
  }
  return { pieces, skips }
}
