import { Blocks, Inlines } from '@/components/content'
import { answerLines } from '@/lib/instruments/answers-model'
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

/** The choices of an item, with the key in words where `scoring` is given. */
export function Answers({ content, scoring }: { content: ItemContent; scoring: ItemScoring | null }) {
  return (
    <ul className="space-y-1">
      {answerLines(content, scoring).map(({ id, body, words }) => (
        <li key={id} className={`flex gap-2 rounded px-2 py-1 ${words === 'kunci' ? 'bg-leaf-pale font-semibold' : ''}`}>
          <span className="w-5 shrink-0">{id}.</span>
          <span className="min-w-0 flex-1">
            <Inlines nodes={body} />
          </span>
          {words && <span className="max-w-[50%] shrink-0 text-sm text-leaf">{words}</span>}
        </li>
      ))}
    </ul>
  )
}
