import { formatExact } from '@/lib/platform/format'
import { plainText, type GapKey, type Inline, type ItemContent, type ItemScoring } from '@/lib/items/model'

const text = (v: string): Inline[] => [{ t: 'text', v }]

/** One choice, row or gap of an item; `words` is what the key says of it, empty where it says nothing or is not given. */
export type AnswerLine = { id: string; body: Inline[]; words: string }

/** The choices of an item as lines, each with what the key says of it in words. */
export function answerLines(content: ItemContent, scoring: ItemScoring | null): AnswerLine[] {
  const inSet = (id: string) =>
    (scoring?.type === 'multiple' || scoring?.type === 'hottext' || scoring?.type === 'hotspot') && scoring.keys.includes(id) ? 'kunci' : ''
  switch (content.type) {
    case 'single':
      return content.options.map((o) => ({
        id: o.id,
        body: o.body,
        words: scoring?.type === 'single' && scoring.key === o.id ? 'kunci' : '',
      }))
    case 'multiple':
      return content.options.map((o) => ({ id: o.id, body: o.body, words: inSet(o.id) }))
    case 'graded':
      return content.options.map((o) => ({
        id: o.id,
        body: o.body,
        words: scoring?.type === 'graded' ? `skor ${formatExact(scoring.scores[o.id] ?? 0)}` : '',
      }))
    case 'truefalse':
      return content.statements.map((o) => ({
        id: o.id,
        body: o.body,
        words: scoring?.type === 'truefalse' ? content.labels[scoring.keys[o.id] ? 0 : 1] : '',
      }))
    case 'matching': {
      const pairs = scoring?.type === 'matching' ? scoring.keys : []
      return [
        ...content.premises.map((p) => ({
          id: p.id,
          body: p.body,
          words: pairs
            .filter((k) => k.startsWith(`${p.id}-`))
            .map((k) => `→ ${k.slice(p.id.length + 1)}`)
            .join(' '),
        })),
        ...content.choices.map((c) => ({ id: c.id, body: c.body, words: '' })),
      ]
    }
    case 'ordering':
      return content.options.map((o) => ({
        id: o.id,
        body: o.body,
        words: scoring?.type === 'ordering' ? `ke-${scoring.order.indexOf(o.id) + 1}` : '',
      }))
    case 'short':
    case 'numeric':
    case 'cloze':
      return content.gaps.map((g) => ({
        id: g.id,
        body: text(
          g.kind === 'choice' ? g.options.map((o) => `${o.id}. ${plainText(o.body)}`).join(' · ') : g.kind === 'number' ? 'angka' : 'teks',
        ),
        words: scoring && 'gaps' in scoring ? gapWords(scoring.gaps[g.id]) : '',
      }))
    case 'hottext':
      return scoring?.type === 'hottext' ? scoring.options.map((id) => ({ id, body: text('kata dalam teks'), words: inSet(id) })) : []
    case 'hotspot':
      if (scoring?.type === 'areas')
        return scoring.areas.map((a, i) => ({
          id: String(i + 1),
          body: text(`daerah ${a.shape} (${a.at.map(formatExact).join('; ')})`),
          words: `${formatExact(a.points)} dari ${formatExact(scoring.best)}`,
        }))
      return content.spots.map((s) => ({ id: s.id, body: text(s.label), words: inSet(s.id) }))
    case 'extended':
      return scoring?.type === 'extended'
        ? scoring.rubric.map((c, i) => ({
            id: String(i + 1),
            body: text(c.title),
            words: c.levels.map((l, n) => `${n}: ${l}`).join(' · '),
          }))
        : []
    case 'likert':
      return []
  }
}

function gapWords(key: GapKey | undefined): string {
  if (!key) return ''
  if (key.kind === 'text') return key.answers.map((a) => a.text).join(' / ')
  if (key.kind === 'number')
    return key.answers
      .map((a) => (a.tolerance ? `${formatExact(a.value)} ± ${formatExact(a.tolerance)}` : formatExact(a.value)))
      .join(' / ')
  return Object.entries(key.credits)
    .filter(([, credit]) => credit > 0)
    .map(([id]) => id)
    .join(' / ')
}
