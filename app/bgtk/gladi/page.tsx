import type { Metadata } from 'next'
import Link from 'next/link'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field } from '@/components/ui/form'
import { Badge, Card, Empty, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { requireActor } from '@/lib/access/service'
import { beginRehearsal } from '@/lib/delivery/rehearsal-actions'
import { rehearsalPassed } from '@/lib/delivery/rehearsal-model'
import { rehearsals } from '@/lib/delivery/service'
import { formatCount, formatMoment, formatNumber } from '@/lib/platform/format'

export const metadata: Metadata = { title: 'Gladi hari tes' }

type Row = Awaited<ReturnType<typeof rehearsals>>[number]

function Outcome({ row }: { row: Row }) {
  if (row.state === 'failed') return <Badge tone="bad">Terhenti</Badge>
  if (!row.record) return <Badge tone="info">Berjalan</Badge>
  return rehearsalPassed(row.record) ? <Badge tone="good">Tanpa kehilangan</Badge> : <Badge tone="bad">Ada masalah</Badge>
}

export default async function RehearsalsPage() {
  const actor = await requireActor('cycle:manage')
  const rows = await rehearsals(actor)
  return (
    <Shell actor={actor}>
      <PageHead
        title="Gladi hari tes"
        lead="Peserta tiruan masuk, mengambil soal, menjawab, terputus, dan tersambung kembali pada instalasi ini. Sesudahnya setiap jawaban dibandingkan dengan basis data, dan semua jejak peserta tiruan dihapus."
      />
      <Card title="Gladi baru" className="mb-6">
        <ActionForm action={beginRehearsal} label="Gladi baru" className="grid gap-4 sm:grid-cols-2">
          <Field
            label="Peserta tiruan"
            name="participants"
            type="number"
            min={100}
            max={10_000}
            defaultValue={1_000}
            required
            hint="100 sampai 10.000."
          />
          <Field
            label="Menit menjawab"
            name="minutes"
            type="number"
            min={1}
            max={120}
            defaultValue={20}
            required
            hint="Satu jawaban per peserta setiap 20 detik."
          />
          <p className="text-sm text-soft sm:col-span-2">
            Gladi membebani server sepenuhnya. Jalankan di luar jam tes; sesi tes yang sedang berlangsung akan ikut melambat.
          </p>
          <div>
            <Button>Mulai gladi</Button>
          </div>
        </ActionForm>
      </Card>
      <Card title="Catatan gladi">
        {rows.length === 0 ? (
          <Empty title="Belum ada gladi">Lakukan satu gladi beberapa hari sebelum hari tes, pada mesin yang akan dipakai.</Empty>
        ) : (
          <Table
            caption="Catatan gladi, terbaru lebih dahulu"
            rows={rows}
            rowKey={(r) => r.id}
            columns={[
              {
                key: 't',
                head: 'Waktu',
                lead: true,
                cell: (r) => (
                  <Link href={`/bgtk/gladi/${r.id}`} className="text-leaf underline underline-offset-4">
                    {formatMoment(r.startedAt)}
                  </Link>
                ),
              },
              { key: 'n', head: 'Peserta', numeric: true, cell: (r) => formatCount(r.participants) },
              { key: 'q', head: 'Permintaan', numeric: true, cell: (r) => (r.record ? formatCount(r.record.total.requests) : '–') },
              { key: 'p', head: 'p99 (ms)', numeric: true, cell: (r) => (r.record ? formatNumber(r.record.total.p99) : '–') },
              { key: 's', head: 'Keadaan', cell: (r) => <Outcome row={r} /> },
            ]}
          />
        )}
      </Card>
    </Shell>
  )
}
