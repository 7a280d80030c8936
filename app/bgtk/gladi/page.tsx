import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice } from '@/components/ui/form'
import { Badge, Card, Empty, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { requireActor } from '@/lib/access/service'
import { beginRehearsal } from '@/lib/rehearsal/actions'
import { NEAR_HOURS, REHEARSAL_WORD, rehearsalPassed } from '@/lib/rehearsal/model'
import { rehearsalOutlook, rehearsals } from '@/lib/rehearsal/service'
import { formatCount, formatMoment, formatNumber, formatTime } from '@/lib/platform/format'

export const metadata: Metadata = { title: 'Gladi hari tes' }

type Row = Awaited<ReturnType<typeof rehearsals>>[number]

function Outcome({ row }: { row: Row }) {
  if (row.state === 'failed') return <Badge tone="bad">Terhenti</Badge>
  if (!row.record) return <Badge tone="info">Berjalan</Badge>
  return rehearsalPassed(row.record) ? <Badge tone="good">Tanpa kehilangan</Badge> : <Badge tone="bad">Ada masalah</Badge>
}

export default async function RehearsalsPage() {
  const actor = await requireActor('cycle:manage')
  const [rows, beside] = await Promise.all([rehearsals(actor), rehearsalOutlook(actor, 20, new Date())])
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
            Gladi membebani server sepenuhnya, sehingga tidak dijalankan selama sesi tes yang dihitung berlangsung. Dari {NEAR_HOURS.before}{' '}
            jam sebelum sampai {NEAR_HOURS.after} jam sesudah sesi, gladi harus dikonfirmasi dengan kata yang diketik.
          </p>
          {beside && (
            <div className="space-y-4 sm:col-span-2">
              <Notice tone="care" title={beside.how === 'open' ? 'Sesi tes berlangsung atau segera dibuka' : 'Sesi tes sudah dekat'}>
                {beside.sitting.name} di {beside.sitting.venueName}, {formatMoment(beside.sitting.opensAt)} sampai{' '}
                {formatTime(beside.sitting.closesAt)}.
              </Notice>
              {beside.how === 'near' && (
                <Field
                  label={`Ketik ${REHEARSAL_WORD} bila gladi tetap perlu`}
                  name="word"
                  autoComplete="off"
                  hint="Ponsel peserta mungkin sedang mengambil paket soal atau mengirim jawaban."
                />
              )}
            </div>
          )}
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
