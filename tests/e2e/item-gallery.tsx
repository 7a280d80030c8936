import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { Change } from '@/components/player/change'
import { Choices, Stem } from '@/components/player/item'
import { Overview } from '@/components/player/overview'
import { completionOf } from '@/components/player/completion'
import { compileItem, type BankItem } from '@/lib/items/bank-item'
import { itemTypes, type ItemContent, type ResponseValue } from '@/lib/items/model'
import { kindOf } from '@/lib/items/types/kinds'

/** Every sample of every kind of item as a participant gets it, once untouched and once answered in part: what `item-looks.spec.ts` looks at. */
const PICTURE =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300" fill="#dce6d8"/></svg>',
  )
const long = 'Guru mengajak murid menimbang alasan masing-masing, lalu menuliskan satu langkah perbaikan yang dapat dicoba pekan depan.'

/** The first choice, row or label of an item with a text that must wrap on a phone. */
function withLongText(content: ItemContent): ItemContent {
  const stretch = (v: unknown): unknown =>
    Array.isArray(v) && v[0] && typeof v[0] === 'object' && 'body' in v[0]
      ? [{ ...v[0], body: [{ t: 'text', v: long }] }, ...v.slice(1)]
      : v
  return Object.fromEntries(Object.entries(content).map(([k, v]) => [k, stretch(v)])) as ItemContent
}

const shown = itemTypes.flatMap((type) =>
  kindOf(type).samples.map(({ item, some }, i) => ({
    name: i ? `${type}-${i + 1}` : type,
    first: i === 0,
    content: withLongText(compileItem(item as BankItem, (name) => name).content),
    some,
  })),
)

function Shown({ content, first, name }: { content: ItemContent; first: ResponseValue | undefined; name: string }) {
  const [value, setValue] = useState(first)
  const props = {
    id: name,
    content,
    value,
    seed: 7,
    media: new Proxy({}, { get: () => PICTURE }) as Record<string, string>,
    disabled: false,
    onChange: (change: Change) => setValue((before) => change(before ?? null)),
  }
  return (
    <section data-kind={name} aria-label={name} className="mx-auto max-w-3xl border-b border-line px-3 py-4">
      <div className="mb-3">
        <Stem {...props} />
      </div>
      <Choices {...props} />
    </section>
  )
}

function Gallery() {
  const [counting, setCounting] = useState(false)
  const states = shown
    .filter((s) => s.first)
    .map(({ content, some }, i) => ({ ...completionOf(content, i % 4 === 3 ? null : some), flagged: i % 5 === 0 }))
  return (
    <main className="bg-paper">
      {shown.flatMap(({ name, content, some }) => [
        <Shown key={name} name={name} content={content} first={undefined} />,
        <Shown key={`${name}-some`} name={`${name}-some`} content={content} first={some} />,
      ])}
      <button type="button" onClick={() => setCounting(true)}>
        Periksa
      </button>
      {counting && (
        <Overview states={states} position={1} onGo={() => undefined} onClose={() => setCounting(false)} onFinish={() => undefined} />
      )}
    </main>
  )
}

createRoot(document.getElementById('peserta')!).render(<Gallery />)
