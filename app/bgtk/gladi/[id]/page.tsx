import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { JobProgress } from '@/components/job-progress'
import { Shell } from '@/components/shell'
import { Notice } from '@/components/ui/form'
import { Card, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { requireActor } from '@/lib/access/service'
import { rehearsalPassed, type RehearsalRecord } from '@/lib/rehearsal/model'
import { rehearsal, rehearsalWords } from '@/lib/rehearsal/service'
import { formatMoment } from '@/lib/platform/format'
import { idIn } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Catatan gladi' }

function Lines({ lines }: { lines: { name: string; words: string }[] }) {
  return (
    <dl className="space-y-2 text-sm">
      {lines.map(({ name, words }) => (
        <div key={name} className="sm:grid sm:grid-cols-[14rem_1fr] sm:gap-4">
          <dt className="font-semibold">{name}</dt>
          <dd className="min-w-0 tabular-nums text-soft">{words}</dd>
        </div>
      ))}
    </dl>
  )
}

function Record({ record }: { record: RehearsalRecord }) {
  const { verdict, times, proof, facts } = rehearsalWords(record)
  return (
    <div className="space-y-4">
      <Notice tone={rehearsalPassed(record) ? 'good' : 'bad'}>{verdict}</Notice>
      <Card title="Keadaan gladi">
        <Lines lines={facts} />
      </Card>
      <Card title="Permintaan">
        <p className="mb-3 text-sm text-soft">Waktu dalam milidetik, dari saat permintaan seharusnya berangkat sampai balasannya tiba.</p>
        <Table
          caption="Permintaan menurut tahap"
          rows={times}
          rowKey={(t) => t.name}
          columns={[
            { key: 'n', head: 'Tahap', lead: true, cell: (t) => t.name },
            { key: 'r', head: 'Permintaan', numeric: true, cell: (t) => t.requests },
            { key: 'f', head: 'Gagal', numeric: true, cell: (t) => t.failures },
            { key: 'm', head: 'Rata-rata', numeric: true, cell: (t) => t.mean },
            { key: '95', head: 'p95', numeric: true, cell: (t) => t.p95 },
            { key: '99', head: 'p99', numeric: true, cell: (t) => t.p99 },
            { key: 's', head: 'Lama (detik)', numeric: true, cell: (t) => t.seconds },
          ]}
        />
      </Card>
      <Card title="Pembuktian">
        <Lines lines={proof} />
      </Card>
    </div>
  )
}

export default async function RehearsalPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('cycle:manage')
  const id = await idIn(params)
  const row = await rehearsal(actor, id)
  if (!row) notFound()
  return (
    <Shell actor={actor}>
      <PageHead title="Catatan gladi" lead={formatMoment(row.startedAt)} back={{ href: '/bgtk/gladi', label: 'Semua gladi' }} />
      {row.record ? (
        <Record record={row.record} />
      ) : row.state === 'failed' ? (
        <Notice tone="bad" title="Gladi ini terhenti">
          Tidak ada catatan yang dapat dipercaya. Jejak peserta tiruan dihapus; periksa apakah server berjalan, lalu mulai gladi baru.
        </Notice>
      ) : (
        <JobProgress id={row.id} title="Gladi sedang berjalan" />
      )}
    </Shell>
  )
}
