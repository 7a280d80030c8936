import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { notFound } from 'next/navigation'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice } from '@/components/ui/form'
import { Card, Figure, PageHead, Simulated } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { requireActor } from '@/lib/access/service'
import { startFollowUp } from '@/lib/sittings/followup-actions'
import { competencyNames } from '@/lib/sittings/model'
import { followUpPlan } from '@/lib/sittings/service'
import { formatCount, formatDate, formatDay } from '@/lib/platform/service'
import { idIn } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Ukur ulang' }

type Plan = NonNullable<Awaited<ReturnType<typeof followUpPlan>>>

function Forms({ forms }: { forms: Plan['forms'] }) {
  const remembered = forms.filter((f) => f.seen > 0)
  return (
    <Card title="Formulir yang akan dipakai">
      <p className="mb-3 text-sm text-soft">
        Setiap guru mendapat formulir setara yang belum pernah dilihatnya. Sebagian butirnya dahulu dikerjakan rekan lain: butir jangkar
        itulah yang menyatukan skala kedua pengukuran.
      </p>
      {remembered.length > 0 && (
        <div className="mb-3">
          <Notice tone="care" title="Sebagian butir pernah dilihat">
            {remembered.map((f) => `${f.title} (${formatCount(f.seen)} dari ${formatCount(f.items)})`).join(', ')}. Untuk skala sikap dan
            situasi hal ini wajar; untuk tes pengetahuan tambahkan formulir setara lebih dahulu.
          </Notice>
        </div>
      )}
      <details>
        <summary className="min-h-11 py-2 font-semibold text-leaf">
          {formatCount(forms.length)} formulir untuk {formatCount(new Set(forms.map((f) => f.instrumentId)).size)} instrumen
        </summary>
        <Table
          caption="Formulir ukur ulang"
          rows={forms}
          rowKey={(f) => f.formId}
          columns={[
            {
              key: 'f',
              head: 'Formulir',
              lead: true,
              cell: (f) => `${competencyNames[f.competencyCode]}${f.competencyCode === '4' ? ` ${f.title}` : ''} · ${f.code}`,
            },
            { key: 'i', head: 'Butir', numeric: true, cell: (f) => formatCount(f.items) },
            { key: 'a', head: 'Jangkar', numeric: true, cell: (f) => formatCount(f.anchors) },
            { key: 's', head: 'Pernah dilihat', numeric: true, cell: (f) => formatCount(f.seen) },
            { key: 'n', head: 'Untuk guru', numeric: true, cell: (f) => formatCount(f.seats) },
          ]}
        />
      </details>
    </Card>
  )
}

export default async function FollowUpPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('cycle:manage')
  const plan = await followUpPlan(actor, await idIn(params))
  if (!plan) notFound()
  const start = new Date(`${plan.startsOn}T00:00:00Z`)
  return (
    <Shell actor={actor}>
      <PageHead
        title="Ukur ulang"
        lead={`Mengukur lagi peserta ${plan.base.name}, supaya perubahan dapat dibaca dengan rentang yang jujur.`}
        back={{ href: `/bgtk/siklus/${plan.base.id}`, label: plan.base.name }}
      >
        {plan.base.simulated && <Simulated />}
      </PageHead>
      {plan.existing.length > 0 && (
        <div className="mb-6">
          <Notice title="Siklus ini sudah mempunyai ukur ulang">
            {plan.existing.map((e, i) => (
              <span key={e.id}>
                {i > 0 && ', '}
                <Link href={`/bgtk/siklus/${e.id}`} className="underline">
                  {e.name}
                </Link>{' '}
                ({formatDate(e.startsOn)})
              </span>
            ))}
            . Membuat satu lagi tidak mengubah yang sudah ada.
          </Notice>
        </div>
      )}
      <div className="mb-6 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Figure label="Peserta kembali" value={formatCount(plan.returning)} note="hadir dahulu dan masih mengajar" />
        <Figure label="Dahulu tidak hadir" value={formatCount(plan.absent)} note="dapat diikutkan tanpa perbandingan" />
        <Figure label="Tidak lagi terdata" value={formatCount(plan.gone)} note="pensiun, pindah, atau keluar" />
        <Figure label="Guru baru" value={formatCount(plan.newcomers)} note="di sekolah peserta, belum pernah tes" />
      </div>
      <p className="mb-6 max-w-prose text-sm">
        {plan.firstTimers > 0
          ? `${formatCount(plan.firstTimers)} guru yang diundi sebelum tes pertama ikut dan dites untuk pertama kali: dengan mereka, kebiasaan karena pernah dites dapat dibedakan.`
          : 'Tidak ada kelompok acak yang ditahan sebelum tes pertama, jadi kebiasaan karena pernah dites tidak akan dapat dipisahkan dari perubahan. Guru baru tidak dapat menggantikannya, karena mereka tidak dipilih secara acak. Untuk siklus berikutnya, kelompok itu diundi di halaman siklusnya sebelum sesi pertama dibuka.'}
      </p>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title="Jadwal dan peserta">
          <ActionForm action={startFollowUp} label="Ukur ulang" className="space-y-4">
            <input type="hidden" name="baseId" value={plan.base.id} />
            <Field label="Nama" name="name" required minLength={5} defaultValue={`Ukur ulang, ${formatDate(start)}`} />
            <Field
              label="Kode"
              name="code"
              required
              pattern="[A-Za-z0-9]{2,10}"
              defaultValue={`${plan.startsOn.slice(2, 4)}${plan.startsOn.slice(5, 7)}`}
              hint="Menjadi awal nomor peserta."
            />
            <Field
              label="Seri"
              name="series"
              required
              defaultValue={`Ukur ulang ${plan.startsOn.slice(0, 4)}`}
              hint="Dibaca terpisah di peta."
            />
            <Field
              label="Tanggal mulai"
              name="startsOn"
              type="date"
              required
              defaultValue={plan.startsOn}
              hint={`Usulan: enam bulan kemudian, ${formatDay(start)}. Jam dan tempat setiap sesi mengikuti siklus awal.`}
            />
            {plan.absent > 0 && (
              <label className="flex min-h-11 items-center gap-3">
                <input type="checkbox" name="absentees" defaultChecked className="size-5 shrink-0 accent-leaf" />
                Ikutkan {formatCount(plan.absent)} guru yang dahulu tidak hadir
              </label>
            )}
            {plan.newcomers > 0 && (
              <label className="flex min-h-11 items-center gap-3">
                <input type="checkbox" name="newcomers" className="size-5 shrink-0 accent-leaf" />
                Ikutkan {formatCount(plan.newcomers)} guru baru di sekolah peserta
              </label>
            )}
            <Button>Buat siklus ukur ulang</Button>
            <p className="text-sm text-soft">
              Kartu dicetak dan paket soal disiapkan kemudian, pada setiap sesi. Siklus awal tidak berubah.
            </p>
          </ActionForm>
        </Card>
        <div className="space-y-4">
          <Card title="Sesi">
            <Table
              caption="Sesi yang akan dibuat"
              rows={plan.sittings}
              rowKey={(s) => s.id}
              columns={[
                { key: 'v', head: 'Tempat', lead: true, cell: (s) => s.venue },
                { key: 'p', head: 'Peserta', numeric: true, cell: (s) => formatCount(s.seats) },
              ]}
            />
          </Card>
          <Forms forms={plan.forms} />
        </div>
      </div>
    </Shell>
  )
}
