import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { Shell } from '@/components/shell'
import { buttonClass } from '@/components/ui/form'
import { Badge, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { may, requireActor } from '@/lib/access/service'
import { instruments } from '@/lib/instruments/service'
import { competencyNames } from '@/lib/sittings/model'

export const metadata: Metadata = { title: 'Instrumen' }

export default async function InstrumentsPage() {
  const actor = await requireActor('instrument:read')
  const list = await instruments(actor)
  return (
    <Shell actor={actor}>
      <PageHead
        title="Instrumen"
        lead="Semua butir di bawah ini adalah contoh yang disertakan sistem; instrumen pemetaan yang sebenarnya disusun dan divalidasi para ahli."
      >
        {may(actor, 'bank:manage') && (
          <Link href="/bgtk/instrumen/kerangka" className={buttonClass('quiet')}>
            Kerangka kompetensi
          </Link>
        )}
      </PageHead>
      <Table
        caption="Instrumen"
        rows={list}
        rowKey={(i) => i.id}
        columns={[
          {
            key: 't',
            head: 'Instrumen',
            lead: true,
            cell: (i) => (
              <Link href={`/bgtk/instrumen/${i.code}`} className="text-leaf underline underline-offset-4">
                {i.title}
              </Link>
            ),
          },
          { key: 'c', head: 'Kompetensi', cell: (i) => competencyNames[i.competencyCode] },
          { key: 'k', head: 'Kode', cell: (i) => i.code },
          { key: 'm', head: 'Menit', numeric: true, cell: (i) => i.minutes },
          { key: 'n', head: 'Butir', numeric: true, cell: (i) => i.items },
          { key: 's', head: 'Status', cell: (i) => (i.sample ? <Badge tone="care">Butir contoh</Badge> : 'Operasional') },
        ]}
      />
    </Shell>
  )
}
