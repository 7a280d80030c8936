import type { ContentOf, Gap, GapKey, ScoringOf } from '../../model'
import { xmlText } from '../xml'
import { cased, Left, number, percent, type MoodlePen, type Question } from './pen'

const escape = (html: string) => html.replace(/[}#~/"\\]/g, '\\$&')

function embedded(key: GapKey, gap: Gap, worth: number, write: MoodlePen['write']): string {
  const list = (answers: [string, number][]) =>
    answers.map(([t, credit]) => `${credit === 1 ? '=' : `%${percent(credit)}%`}${escape(t)}`).join('~')
  if (key.kind === 'text')
    return `{${worth}:${cased(key) ? 'SHORTANSWER_C' : 'SHORTANSWER'}:${list(key.answers.map((a) => [xmlText(a.text), a.credit]))}}`
  if (key.kind === 'number') {
    if (key.units) throw new Left('isian angka bersatuan di dalam teks')
    return `{${worth}:NUMERICAL:${key.answers.map((a) => `${a.credit === 1 ? '=' : `%${percent(a.credit)}%`}${number(a.value)}:${number(a.tolerance)}`).join('~')}}`
  }
  if (gap.kind !== 'choice') throw new Left('isian tanpa pilihan')
  return `{${worth}:MULTICHOICE:${gap.options
    .map((o) => {
      const credit = key.credits[o.id] ?? 0
      return `${credit === 1 ? '=' : credit > 0 ? `%${percent(credit)}%` : ''}${escape(write.inline(o.body))}`
    })
    .join('~')}}`
}

type Gapped = 'short' | 'numeric' | 'cloze'

/** Gaps in running text as one cloze question; `tag` says which type it was. */
export function clozeQuestion(
  content: ContentOf<Gapped>,
  scoring: ScoringOf<Gapped>,
  pen: MoodlePen,
  tag: (order: string[]) => string,
): Question {
  const gap = (id: string) =>
    embedded(
      scoring.gaps[id]!,
      content.gaps.find((g) => g.id === id)!,
      scoring.worth?.[id] ?? 1,
      pen.write,
    )
  const inText = [...JSON.stringify(content.stem).matchAll(/"t":"gap","id":"([\w-]+)"/g)].map((m) => m[1]!)
  if (Object.values(scoring.worth ?? {}).some((w) => !Number.isInteger(w))) throw new Left('bobot isiannya bukan bilangan bulat')
  const after = content.gaps.map((g) => g.id).filter((id) => !inText.includes(id))
  if (after.length) throw new Left('isian yang tidak mempunyai tempat di dalam teks')
  return { kind: 'cloze', stem: pen.withGaps(gap).blocks(content.stem), body: '', tags: [`petaguru:${tag(inText)}`] }
}
