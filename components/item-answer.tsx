import { Blocks, Inlines } from '@/components/content'
import type { ReactNode } from 'react'
import { plainText, type Block, type GapKey, type ItemContent, type ItemScoring, type Option } from '@/lib/items/model'
import { formatExact } from '@/lib/platform/format'

/** What the test taker reads before the choices. */
export function ItemText({ stimulus, content }: { stimulus: Block[] | null; content: ItemContent }) {
  return (
    <>
      {stimulus && (
        <div className="mb-3 rounded-lg border-l-4 border-indigo bg-paper p-3">
          <Blocks nodes={stimulus} />
        </div>
      )}
      <div className="mb-3">
        <Blocks nodes={content.stem} />
      </div>
    </>
  )
}

type Line = { id: string; body: ReactNode; words: string }

/** The choices of an item as lines, each with what the key says of it in words. */
function linesOf(content: ItemContent, scoring: ItemScoring | null): Line[] {
  const inline = (o: Option) => <Inlines nodes={o.body} />
  const inSet = (id: string) =>
    (scoring?.type === 'multiple' || scoring?.type === 'hottext' || scoring?.type === 'hotspot') && scoring.keys.includes(id) ? 'kunci' : ''
  switch (content.type) {
    case 'single':
      return content.options.map((o) => ({
        id: o.id,
        body: inline(o),
        words: scoring?.type === 'single' && scoring.key === o.id ? 'kunci' : '',
      }))
    case 'multiple':
      return content.options.map((o) => ({ id: o.id, body: inline(o), words: inSet(o.id) }))
    case 'graded':
      return content.options.map((o) => ({
        id: o.id,
        body: inline(o),
        words: scoring?.type === 'graded' ? `skor ${formatExact(scoring.scores[o.id] ?? 0)}` : '',
      }))
    case 'truefalse':
      return content.statements.map((o) => ({
        id: o.id,
        body: inline(o),
        words: scoring?.type === 'truefalse' ? content.labels[scoring.keys[o.id] ? 0 : 1] : '',
      }))
    case 'matching': {
      const pairs = scoring?.type === 'matching' ? scoring.keys : []
      return [
        ...content.premises.map((p) => ({
          id: p.id,
          body: inline(p),
          words: pairs
            .filter((k) => k.startsWith(`${p.id}-`))
            .map((k) => `→ ${k.slice(p.id.length + 1)}`)
            .join(' '),
        })),
        ...content.choices.map((c) => ({ id: c.id, body: inline(c), words: '' })),
      ]
    }
    case 'ordering':
      return content.options.map((o) => ({
        id: o.id,
        body: inline(o),
        words: scoring?.type === 'ordering' ? `ke-${scoring.order.indexOf(o.id) + 1}` : '',
      }))
    case 'short':
    case 'numeric':
    case 'cloze':
      return content.gaps.map((g) => ({
        id: g.id,
        body:
          g.kind === 'choice' ? g.options.map((o) => `${o.id}. ${plainText(o.body)}`).join(' · ') : g.kind === 'number' ? 'angka' : 'teks',
        words: scoring && 'gaps' in scoring ? gapWords(scoring.gaps[g.id]) : '',
      }))
    case 'hottext':
      return scoring?.type === 'hottext' ? scoring.options.map((id) => ({ id, body: 'kata dalam teks', words: inSet(id) })) : []
    case 'hotspot':
      if (scoring?.type === 'areas')
        return scoring.areas.map((a, i) => ({
          id: String(i + 1),
          body: `daerah ${a.shape} (${a.at.map(formatExact).join('; ')})`,
          words: `${formatExact(a.points)} dari ${formatExact(scoring.best)}`,
        }))
      return content.spots.map((s) => ({ id: s.id, body: s.label, words: inSet(s.id) }))
    case 'extended':
      return scoring?.type === 'extended'
        ? scoring.rubric.map((c, i) => ({ id: String(i + 1), body: c.title, words: c.levels.map((l, n) => `${n}: ${l}`).join(' · ') }))
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

/** The choices of an item, with the key in words where `scoring` is given. */
export function Answers({ content, scoring }: { content: ItemContent; scoring: ItemScoring | null }) {
  if (content.type === 'likert')
    return (
      <p className="text-sm text-soft">
        {content.scale.join(' · ')}
        {scoring?.type === 'likert' && scoring.reversed ? ' (dibalik: makin tidak sesuai makin tinggi nilainya)' : ''}
      </p>
    )
  return (
    <ul className="space-y-1">
      {linesOf(content, scoring).map(({ id, body, words }) => (
        <li key={id} className={`flex gap-2 rounded px-2 py-1 ${words === 'kunci' ? 'bg-leaf-pale font-semibold' : ''}`}>
          <span className="w-5 shrink-0">{id}.</span>
          <span className="min-w-0 flex-1">{body}</span>
          {words && <span className="max-w-[50%] shrink-0 text-sm text-leaf">{words}</span>}
        </li>
      ))}
    </ul>
  )
}
