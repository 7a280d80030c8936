import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Blocks, Inlines } from '@/components/content'
import { Shell } from '@/components/shell'
import { Badge, Empty, PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { instrumentView } from '@/lib/instruments/service'
import { itemTypeNames, type ItemContent, type ItemScoring, type ItemType } from '@/lib/items/model'

export const metadata: Metadata = { title: 'Instrumen' }

function Answer({ content, scoring }: { content: ItemContent; scoring: ItemScoring }) {
  if (content.type === 'likert')
    return (
      <p className="text-sm text-soft">
        {content.scale.join(' · ')}
        {scoring.type === 'likert' && scoring.reversed ? ' (dibalik)' : ''}
      </p>
    )
  const choices = content.type === 'truefalse' ? content.statements : content.options
  const mark = (id: string): string => {
    switch (scoring.type) {
      case 'single':
        return scoring.key === id ? 'kunci' : ''
      case 'multiple':
        return scoring.keys.includes(id) ? 'kunci' : ''
      case 'graded':
        return `skor ${scoring.scores[id]}`
      case 'truefalse':
        return content.type === 'truefalse' ? content.labels[scoring.keys[id] ? 0 : 1] : ''
      case 'likert':
        return ''
    }
  }
  return (
    <ul className="space-y-1">
      {choices.map((o) => {
        const words = mark(o.id)
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

export default async function InstrumentPage({ params }: { params: Promise<{ kode: string }> }) {
  const actor = await requireActor('instrument:read')
  const view = await instrumentView(actor, (await params).kode)
  if (!view) notFound()
  return (
    <Shell actor={actor}>
      <PageHead
        title={view.instrument.title}
        lead={`${view.items.length} butir · ${view.instrument.minutes} menit`}
        back={{ href: '/bgtk/instrumen', label: 'Instrumen' }}
      >
        <Badge tone="care">Butir contoh</Badge>
      </PageHead>
      {view.items.length === 0 && <Empty title="Instrumen ini belum mempunyai butir" />}
      <ol className="space-y-4">
        {view.items.map((item, i) => (
          <li key={item.itemVersionId} className="rounded-xl border border-line bg-card p-4">
            <p className="mb-2 flex flex-wrap gap-2 text-sm">
              <strong>
                {i + 1}. {item.itemCode}
              </strong>
              <Badge>{itemTypeNames[item.type as ItemType]}</Badge>
              <Badge>{item.cognitiveLevel}</Badge>
              <span className="text-soft">
                {item.nodeCode} {view.nodes.get(item.nodeCode)} · {item.domainTitle}
              </span>
            </p>
            {item.stimulus && (
              <div className="mb-3 rounded-lg border-l-4 border-indigo bg-paper p-3">
                <Blocks nodes={item.stimulus} />
              </div>
            )}
            <div className="mb-2">
              <Blocks nodes={item.content.stem} />
            </div>
            <Answer content={item.content} scoring={item.scoring} />
            <p className="mt-2 text-sm text-soft">
              Alasan kunci: <Inlines nodes={item.rationaleNodes} />
            </p>
          </li>
        ))}
      </ol>
    </Shell>
  )
}
