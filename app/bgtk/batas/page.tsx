import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { NewPanelForm } from '@/components/panel/new-panel'
import { Shell } from '@/components/shell'
import { Badge, Card, Empty, PageHead, Simulated } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { requireActor } from '@/lib/access/service'
import { formatDate, formatNumber } from '@/lib/platform/service'
import { panelHome, panelMethodNames, panelStateNames } from '@/lib/standards/service'
import { competencyNames } from '@/lib/sittings/model'

export const metadata: Metadata = { title: 'Penetapan batas' }

export default async function PanelsPage() {
  const actor = await requireActor('panel:manage')
  const { panels, cuts, experts } = await panelHome(actor)
  return (
    <Shell actor={actor}>
      <PageHead
        title="Penetapan batas"
        lead="Panel pakar menyarankan di mana batas Kompeten setiap instrumen; BGTK memutuskan dan mencatat alasannya. Keputusan berlaku pada skor yang dihitung sesudahnya."
      />
      <Card title="Panel" className="mb-6">
        {panels.length === 0 ? (
          <Empty title="Belum ada panel">Buat panel pertama di bagian bawah halaman ini.</Empty>
        ) : (
          <Table
            caption="Panel"
            rows={panels}
            rowKey={(p) => p.id}
            columns={[
              {
                key: 't',
                head: 'Panel',
                lead: true,
                cell: (p) => (
                  <>
                    <Link href={`/bgtk/batas/${p.id}`} className="text-leaf underline underline-offset-4">
                      {p.title}
                    </Link>{' '}
                    {p.simulated && <Simulated />}
                  </>
                ),
              },
              { key: 'i', head: 'Instrumen', cell: (p) => p.instrumentTitle },
              { key: 'm', head: 'Metode', cell: (p) => panelMethodNames[p.method] },
              { key: 'j', head: 'Panelis', numeric: true, cell: (p) => p.judges },
              { key: 'd', head: 'Dibuat', cell: (p) => formatDate(p.createdAt) },
              {
                key: 's',
                head: 'Tahap',
                cell: (p) => <Badge tone={p.state === 'closed' ? 'good' : 'info'}>{panelStateNames[p.state]}</Badge>,
              },
            ]}
          />
        )}
      </Card>
      <Card title="Batas yang berlaku" className="mb-6">
        <p className="mb-3 max-w-prose text-sm text-soft">
          Batas dinyatakan sebagai bagian nilai penuh yang diharapkan dari guru yang tepat berada di batas Kompeten. Batas sementara berasal
          dari aturan bawaan dan dipakai sampai panel bekerja dan BGTK memutuskan.
        </p>
        <Table
          caption="Batas yang berlaku per instrumen"
          rows={cuts}
          rowKey={(c) => c.id}
          columns={[
            { key: 't', head: 'Instrumen', lead: true, cell: (c) => `${c.title} (${c.code})` },
            { key: 'c', head: 'Kompetensi', cell: (c) => competencyNames[c.competencyCode] },
            { key: 's', head: 'Batas, persen', numeric: true, cell: (c) => formatNumber(100 * c.share) },
            {
              key: 'e',
              head: 'Galat baku',
              numeric: true,
              cell: (c) => (c.cut?.se != null ? formatNumber(100 * c.cut.se) : 'tanpa panel'),
            },
            {
              key: 'm',
              head: 'Asal',
              cell: (c) =>
                c.provisional ? <Badge tone="care">Sementara</Badge> : <Badge tone="good">{panelMethodNames[c.cut!.method]}</Badge>,
            },
            { key: 'd', head: 'Diputuskan', cell: (c) => (c.cut && !c.provisional ? formatDate(c.cut.decidedAt) : 'aturan bawaan') },
          ]}
        />
      </Card>
      <Card title="Panel baru">
        <NewPanelForm experts={experts} instruments={cuts} />
      </Card>
    </Shell>
  )
}
