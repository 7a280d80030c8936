import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AutoRefresh } from '@/components/auto-refresh'
import { DecisionForm } from '@/components/panel/decision'
import { PanelResultView } from '@/components/panel/result'
import { MarkList, SpreadList } from '@/components/panel/spread-list'
import { PanelStages } from '@/components/panel/stages'
import { Shell } from '@/components/shell'
import { Badge, Card, PageHead, Simulated } from '@/components/ui/page'
import { Notice } from '@/components/ui/form'
import { Table } from '@/components/ui/table'
import { requireActor } from '@/lib/access/service'
import { formatClock } from '@/lib/platform/service'
import { panelMethodNames, panelStateNames } from '@/lib/standards/service'
import { panelPage } from '@/lib/scoring/service'
import { idIn } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Panel' }

export default async function PanelPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('panel:manage')
  const view = await panelPage(actor, await idIn(params))
  if (!view) notFound()
  const { panel, judges, spreads, targets } = view
  const bookmark = panel.method === 'bookmark'
  const closed = panel.state === 'closed'
  return (
    <Shell actor={actor}>
      <PageHead
        title={panel.title}
        lead={`${panel.instrumentTitle} · ${panelMethodNames[panel.method]} · ${bookmark ? `${view.pages} halaman buku butir` : `${panel.items} butir`} · ${judges.length} panelis`}
        back={{ href: '/bgtk/batas', label: 'Penetapan batas' }}
      >
        <Badge tone={closed ? 'good' : 'info'}>{panelStateNames[panel.state]}</Badge>
        {panel.simulated && <Simulated />}
      </PageHead>
      <div className="space-y-6">
        <PanelStages panel={panel} next={view.next} complete={view.complete} judges={judges.length} />
        {bookmark && view.missing > 0 && (
          <Notice tone="care" title={`${view.missing} butir tidak masuk buku`}>
            Butir itu belum terkalibrasi dalam versi ini, atau peluang berhasilnya tidak pernah mencapai dua pertiga. Batas dihitung dari
            butir yang lain.
          </Notice>
        )}
        {view.result && <PanelResultView result={view.result} before={view.before} impact={view.impact} panel={panel} />}
        {view.result && <DecisionForm panelId={panel.id} result={view.result} decisions={view.decisions} cut={view.cut} />}
        {closed && !view.result && (
          <Notice tone="bad" title="Batas tidak dapat dihitung">
            Terlalu sedikit panelis yang menilai, atau ada butir yang tidak dinilai siapa pun. Penilaian yang ada tetap tersimpan; bentuk
            panel baru.
          </Notice>
        )}
        {panel.state === 'round-1' && (
          <Notice>
            Selama putaran 1 tidak seorang pun, termasuk BGTK, melihat nilai panelis; hanya kemajuannya. Sebarannya tampil mulai diskusi.
          </Notice>
        )}
        {view.owing && panel.state !== 'round-1' && (
          <Notice>Anda juga panelis di sini. Nilai panelis lain tampil sesudah nilai Anda sendiri lengkap.</Notice>
        )}
        {panel.state !== 'round-1' && !view.owing && (
          <Card title={closed ? 'Sebaran akhir' : 'Sebaran putaran 1'}>
            <p className="mb-3 max-w-prose text-sm text-soft">
              {bookmark
                ? 'Setiap huruf adalah satu panelis.'
                : 'Setiap huruf adalah satu panelis; butir dengan perbedaan paling lebar berada di atas. SB adalah simpangan baku dalam poin persen.'}{' '}
              Huruf tidak mengikuti urutan nama.
            </p>
            {bookmark ? <MarkList line={spreads[0]!} pages={view.pages!} /> : <SpreadList lines={spreads} />}
          </Card>
        )}
        <Card title="Panelis">
          {view.round !== null && (
            <div className="mb-2">
              <AutoRefresh seconds={20} at={formatClock(new Date())} />
            </div>
          )}
          <Table
            caption="Panelis menurut abjad, dengan kemajuannya"
            rows={judges}
            rowKey={(j) => j.id}
            columns={[
              { key: 'n', head: 'Nama (menurut abjad)', lead: true, cell: (j) => j.name },
              { key: 'e', head: 'Keahlian', cell: (j) => j.expertise },
              {
                key: 'p',
                head: view.round === 2 ? 'Ditinjau di putaran 2' : 'Dinilai di putaran 1',
                numeric: true,
                cell: (j) => (bookmark ? (j.done ? 'penanda terpasang' : 'belum') : `${j.done} dari ${targets}`),
              },
            ]}
          />
        </Card>
      </div>
    </Shell>
  )
}
