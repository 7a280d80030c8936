import { Blocks, Inlines } from '@/components/content'
import type { Block, ItemContent, ItemScoring } from '@/lib/items/model'

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

function markOf(content: ItemContent, scoring: ItemScoring | null, id: string): string {
  switch (scoring?.type) {
    case 'single':
      return scoring.key === id ? 'kunci' : ''
    case 'multiple':
      return scoring.keys.includes(id) ? 'kunci' : ''
    case 'graded':
      return `skor ${scoring.scores[id]}`
    case 'truefalse':
      return content.type === 'truefalse' ? content.labels[scoring.keys[id] ? 0 : 1] : ''
    default:
      return ''
  }
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
  const choices = content.type === 'truefalse' ? content.statements : content.options
  return (
    <ul className="space-y-1">
      {choices.map((o) => {
        const words = markOf(content, scoring, o.id)
        return (
          <li key={o.id} className={`flex gap-2 rounded px-2 py-1 ${words === 'kunci' ? 'bg-leaf-pale font-semibold' : ''}`}>
            <span className="w-5 shrink-0">{o.id}.</span>
            <span className="min-w-0 flex-1">
              <Inlines nodes={o.body} />
            </span>
            {words && <span className="shrink-0 text-sm text-leaf">{words}</span>}
          </li>
        )
      })}
    </ul>
  )
}
