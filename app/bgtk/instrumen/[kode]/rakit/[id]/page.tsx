import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { InformationCurve } from '@/components/charts/information-curve'
import { JobProgress } from '@/components/job-progress'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Notice, Select } from '@/components/ui/form'
import { Badge, Card, Figure, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { requireActor } from '@/lib/access/service'
import { itemTypeNames, type ItemType } from '@/lib/items/model'
import { formatMoment, formatNumber } from '@/lib/platform/format'
import { freeze, swap } from '@/lib/assembly/actions'
import { assemblyPage } from '@/lib/assembly/service'
import { codesIn, idIn } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Rakitan' }

type View = NonNullable<Awaited<ReturnType<typeof assemblyPage>>>
type Report = View['reports'][number]

function Form({ view, report }: { view: View; report: Report }) {
  const open = view.assembly.state === 'done'
  const short = report.rows.filter((r) => r.have < r.need)
  return (
    <Card title={`Formulir ${report.label}`} className="mt-6">
      <div className="mb-4 grid gap-3 sm:grid-cols-3">
        <Figure label="Butir" value={String(report.items.length)} />
        <Figure
          label="Perkiraan waktu"
          value={`${Math.round(report.seconds / 60)} menit`}
          note="Menurut jumlah kata dan level; bukan hasil pengukuran."
        />
        <Figure
          label="Letak kunci"
          value={Object.entries(report.letters)
            .sort()
            .map(([l, n]) => `${l} ${n}`)
            .join(' · ')}
          note="Pilihan ganda; peserta melihatnya teracak."
        />
      </div>
      {short.length > 0 ? (
        <Notice tone="bad" title="Kisi-kisi tidak lagi terpenuhi">
          {short.map((r) => `Baris ${r.number} (${r.words}): ada ${r.have}, diminta ${r.need}.`).join(' ')}
        </Notice>
      ) : (
        <p className="text-sm text-leaf">Semua {report.rows.length} baris kisi-kisi terpenuhi.</p>
      )}
      {report.curve && (
        <div className="my-4">
          <InformationCurve
            label={`Informasi formulir ${report.label}`}
            caption={`Informasi dan galat baku sepanjang θ${view.cut === null ? '; batas belum ditetapkan, titik tengah 0' : ''}. Nilai harapan di batas ${formatNumber(100 * (report.curve.find((p) => p.theta >= (view.cut ?? 0))?.expected ?? 0), 0)} persen dari nilai penuh.`}
            points={report.curve.map((p) => ({
              theta: p.theta,
              information: p.information,
              se: 1 / Math.sqrt(Math.max(p.information, 1e-6)),
            }))}
            cut={view.cut ?? undefined}
          />
        </div>
      )}
      <details className="mt-3">
        <summary className="min-h-11 cursor-pointer py-2 font-semibold text-leaf">Butir formulir {report.label}</summary>
        <Table
          caption={`Butir formulir ${report.label}`}
          rows={report.items}
          rowKey={(i) => i.versionId}
          columns={[
            { key: 'c', head: 'Kode', lead: true, cell: (i) => i.code },
            { key: 'n', head: 'Sub-indikator', cell: (i) => i.node },
            { key: 'd', head: 'Ranah', cell: (i) => i.domain },
            { key: 'l', head: 'Level', cell: (i) => i.level },
            { key: 't', head: 'Jenis', cell: (i) => itemTypeNames[i.type as ItemType] },
            { key: 'a', head: 'Jangkar', cell: (i) => (i.anchor ? 'ya' : '–') },
            { key: 'e', head: 'Dilihat', numeric: true, cell: (i) => i.exposure },
          ]}
        />
        {open && view.spare.length > 0 && (
          <ActionForm action={swap} label={`Tukar butir formulir ${report.label}`} className="mt-4 grid gap-3 sm:grid-cols-3">
            <input type="hidden" name="instrument" value={view.instrument.code} />
            <input type="hidden" name="id" value={view.assembly.id} />
            <input type="hidden" name="label" value={report.label} />
            <Select label="Keluarkan" name="out" id={`out-${report.label}`}>
              {report.items.map((i) => (
                <option key={i.versionId} value={i.versionId}>
                  {i.code} · {i.domain} · {i.level}
                </option>
              ))}
            </Select>
            <Select label="Ganti dengan" name="in" id={`in-${report.label}`}>
              {view.spare.map((i) => (
                <option key={i.versionId} value={i.versionId}>
                  {i.code} · {i.domain} · {i.level}
                </option>
              ))}
            </Select>
            <Button look="quiet" className="self-end">
              Tukar
            </Button>
          </ActionForm>
        )}
      </details>
    </Card>
  )
}

export default async function AssemblyPage({ params }: { params: Promise<{ kode: string; id: string }> }) {
  const actor = await requireActor('bank:manage')
  const { kode } = await codesIn(params, 'kode')
  const id = await idIn(params)
  const view = await assemblyPage(actor, kode, id)
  if (!view) notFound()
  const { assembly } = view
  return (
    <Shell actor={actor}>
      <PageHead
        title={`Rakitan ${assembly.spec.forms} × ${assembly.spec.length}`}
        lead={`${view.instrument.title} · diusulkan ${assembly.proposedName}, ${formatMoment(assembly.createdAt)}`}
        back={{ href: `/bgtk/instrumen/${kode}/rakit`, label: 'Rakit formulir' }}
      >
        {!view.calibrated && <Badge tone="care">Belum semua butir dikalibrasi</Badge>}
      </PageHead>
      {assembly.state === 'waiting' && <JobProgress id={assembly.id} title="Formulir sedang dirakit" />}
      {assembly.state === 'failed' && (
        <Notice tone="bad" title="Formulir tidak dapat dirakit">
          {assembly.words} Ubah kisi-kisi atau syaratnya, lalu rakit lagi.
        </Notice>
      )}
      {assembly.state === 'frozen' && (
        <Notice tone="good" title="Formulir dibekukan">
          Disahkan {assembly.confirmedName}
          {assembly.confirmedAt ? `, ${formatMoment(assembly.confirmedAt)}` : ''}. Formulir ini dapat dipilih untuk siklus dan tidak berubah
          lagi.
        </Notice>
      )}
      {assembly.state === 'done' && (
        <Card title="Pengesahan">
          <p className="mb-3 text-sm text-soft">{assembly.words}</p>
          {view.mine ? (
            <p>Anda yang mengusulkan rakitan ini. Orang kedua di BGTK memeriksanya dan membekukannya dari halaman yang sama.</p>
          ) : (
            <ActionForm
              action={freeze}
              label="Bekukan formulir"
              ask={{
                question:
                  'Sesudah dibekukan, isi dan urutan butir formulir ini tidak dapat diubah lagi. Semua laporan di bawah sudah Anda periksa?',
                yes: 'Ya, bekukan',
              }}
            >
              <input type="hidden" name="instrument" value={kode} />
              <input type="hidden" name="id" value={assembly.id} />
              <p className="mb-3">Sesudah dibekukan, isi formulir tidak dapat diubah. Periksa laporan setiap formulir di bawah.</p>
              <Button>Sahkan dan bekukan</Button>
            </ActionForm>
          )}
        </Card>
      )}
      {view.overlap.length > 0 && (
        <p className="mt-4 text-sm text-soft">Butir bersama: {view.overlap.map((o) => `${o.pair} ${o.n}`).join(' · ')}.</p>
      )}
      {view.reports.map((r) => (
        <Form key={r.label} view={view} report={r} />
      ))}
    </Shell>
  )
}
