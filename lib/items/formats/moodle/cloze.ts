import { plainText, type Gap, type GapKey, type Inline } from '../../model'
import { letterAt, Refused } from '../read'
import { numberKey, textKey } from './answers'

/** The embedded answers of Moodle's cloze text: {1:SHORTANSWER:=right#why~%50%half~wrong}. */
export type Embedded = { gap: Gap; key: GapKey; weight: number; problems: string[]; feedback: string[] }

export const EMBEDDED = /(?<!\\)\{(\d*):([A-Z_]+):((?:\\.|[^\\}])+)\}/g
const show = (text: string) => text.replace(/\\([}#~/"\\])/g, '$1')

/** What is left of an embedded answer that is none: without its answers, its end or the right spelling it would be shown, key and all. */
const BROKEN =
  /(?<!\\)\{\s*\d*\s*:?\s*(?:SHORTANSWER(?:_C)?|SAC?|MWC?|NUMERICAL|NM|MULTICHOICE(?:_[VHS]+)?|MC[VHS]*|MULTIRESPONSE(?:_[VHS]+)?|MR[VHS]*)(?:\b|_)[^{}]*\}?/i

const TEXT = new Set(['SHORTANSWER', 'SA', 'MW', 'SHORTANSWER_C', 'SAC', 'MWC'])
const NUMBER = new Set(['NUMERICAL', 'NM'])
const CHOICE = /^(MULTICHOICE|MC)(_(V|H|S|VS|HS))?$|^MC[VHS]S?$/

/** Text with its embedded answers taken out: `[[n]]`-like marks stand in their places, made of private signs that no text has. */
export function splitCloze(text: string, inlineOf: (html: string) => Inline[]): { text: string; embedded: Embedded[] } {
  const embedded: Embedded[] = []
  const out = text.replace(EMBEDDED, (_all, weight: string, kind: string, body: string) => {
    const id = String(embedded.length + 1)
    embedded.push({ weight: Number(weight || 1), ...read(id, kind, body, inlineOf) })
    return mark(id)
  })
  for (const [all, , kind] of text.matchAll(EMBEDDED)) {
    const inner = all.slice(all.indexOf(kind!) + kind!.length)
    if (/(?<!\\)\{\s*\d*\s*:\s*[A-Z_]+\s*:/.test(inner))
      throw new Refused(`Isian "${all.slice(0, 40)}" memuat isian lain karena tidak ditutup. Perbaiki di Moodle, lalu ekspor ulang.`)
  }
  const broken = BROKEN.exec(out.replace(/<[^>]*>/g, ' '))
  if (broken)
    throw new Refused(
      `Isian "${broken[0].slice(0, 40)}" di dalam teks rusak: isinya akan tampil sebagai teks. Perbaiki di Moodle, lalu ekspor ulang.`,
    )
  return { text: out, embedded }
}

export const mark = (id: string) => `\ue100${id}\ue101`
export const MARK = /\ue100(\d+)\ue101/g

function read(id: string, kind: string, body: string, inlineOf: (html: string) => Inline[]): Omit<Embedded, 'weight'> {
  const answers = body
    .split(/(?<!\\)~/)
    .map((part) => {
      const m = /^\s*(?:(=)|%(-?[\d.]+)%)?([\s\S]*)$/.exec(part)!
      const [text = '', ...why] = m[3]!.split(/(?<!\\)#/)
      return {
        fraction: m[1] ? 100 : Number(m[2] ?? 0),
        html: show(text).trim(),
        text: plainText(inlineOf(show(text))),
        why: plainText(inlineOf(show(why.join('#')))),
      }
    })
    .filter((a) => a.text !== '')
  const feedback = answers.filter((a) => a.why).map((a) => `${a.text}: ${a.why}`)
  if (TEXT.has(kind)) {
    const { key, problems } = textKey(answers, kind.endsWith('_C') || kind === 'SAC' || kind === 'MWC')
    return { gap: { id, kind: 'text' }, key, problems, feedback }
  }
  if (NUMBER.has(kind)) {
    const numbers = answers.map((a) => {
      const [value = '', tolerance = '0'] = a.text.split(':')
      return { value, tolerance, fraction: a.fraction }
    })
    return { gap: { id, kind: 'number' }, key: numberKey(numbers, []), problems: [], feedback }
  }
  if (CHOICE.test(kind)) {
    if (!answers.some((a) => a.fraction > 0)) throw new Refused('Satu pilihan di dalam teks tidak mempunyai jawaban yang benar.')
    if (answers.length < 2) throw new Refused('Satu pilihan di dalam teks hanya mempunyai satu jawaban.')
    const best = Math.max(...answers.map((a) => a.fraction))
    const problems = best < 100 ? [`Satu pilihan di dalam teks tidak mempunyai jawaban bernilai penuh (paling tinggi ${best}%).`] : []
    const options = answers.map((a, i) => ({ id: letterAt(i), body: inlineOf(a.html) }))
    const credits = Object.fromEntries(answers.map((a, i) => [letterAt(i), a.fraction / 100] as const).filter(([, c]) => c > 0))
    return { gap: { id, kind: 'choice', options }, key: { kind: 'choice', credits }, problems, feedback }
  }
  throw new Refused(`Jenis isian ${kind} di dalam teks belum didukung.`)
}
