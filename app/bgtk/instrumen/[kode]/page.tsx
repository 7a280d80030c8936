import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { Inlines } from '@/components/content'
import { Answers, ItemText } from '@/components/item-answer'
import { Shell } from '@/components/shell'
import { buttonClass } from '@/components/ui/form'
import { Badge, Empty, PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { instrumentView } from '@/lib/instruments/service'
import { itemTypeNames, type ItemType } from '@/lib/items/model'

export const metadata: Metadata = { title: 'Instrumen' }

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
        <Link href={`/bgtk/instrumen/${view.instrument.code}/validitas`} className={buttonClass('quiet')}>
          Validitas isi
        </Link>
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
            <ItemText stimulus={item.stimulus} content={item.content} />
            <Answers content={item.content} scoring={item.scoring} />
            <p className="mt-2 text-sm text-soft">
              Alasan kunci: <Inlines nodes={item.rationaleNodes} />
            </p>
          </li>
        ))}
      </ol>
    </Shell>
  )
}
