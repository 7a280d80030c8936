import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { JobProgress } from '@/components/job-progress'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Notice, buttonClass } from '@/components/ui/form'
import { Badge, Card, Figure, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { requireActor } from '@/lib/access/service'
import { apply, discard, undo } from '@/lib/roster/actions'
import { skippedNames } from '@/lib/roster/preview-model'
import { batchView } from '@/lib/roster/service'
import { formatCount, formatMoment } from '@/lib/platform/service'
import { idIn } from '@/lib/platform/address-model'
import { Decisions } from './decisions'

export const metadata: Metadata = { title: 'Pratinjau impor' }

const kinds = {
  error: ['Ditolak', 'bad'],
  asked: ['Ditanyakan', 'care'],
  warning: ['Peringatan', 'care'],
  repaired: ['Diperbaiki', 'good'],
} as const
const verdicts = {
  new: 'baru',
  changed: 'berubah',
  unchanged: 'tetap',
  asked: 'menunggu jawaban',
  rejected: 'ditolak',
  second: 'orang yang sama',
} as const

export default async function PreviewPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('roster:import')
  const id = await idIn(params)
  const view = await batchView(actor, id)
  if (!view) notFound()
  const { batch, preview } = view
  const notes = preview
    ? [...preview.notes].sort((a, b) => Object.keys(kinds).indexOf(a.kind) - Object.keys(kinds).indexOf(b.kind) || a.row - b.row)
    : []
  return (
    <Shell actor={actor}>
      <PageHead
        title={batch.fileName}
        lead={`Diunggah ${formatMoment(batch.createdAt)}`}
        back={{ href: '/bgtk/peserta/impor', label: 'Impor guru' }}
      />
      {batch.state === 'reading' && <JobProgress id={batch.progress?.job ?? id} />}
      {batch.state === 'refused' && (
        <Notice tone="bad" title="Berkas ini tidak dapat dipakai" role="alert">
          {batch.progress?.refusal}
        </Notice>
      )}
      {batch.state === 'abandoned' && (
        <Notice tone="info" title="Berkas ini sudah dihapus">
          Berkas dan pratinjaunya tidak disimpan lagi, dan tidak ada data guru yang berubah. Unggah sekali lagi bila masih diperlukan.
        </Notice>
      )}
      {preview && (
        <>
          <div className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
            <Figure label="Baru" value={formatCount(preview.counts.new)} />
            <Figure label="Berubah" value={formatCount(preview.counts.changed)} />
            <Figure label="Tetap" value={formatCount(preview.counts.unchanged)} />
            <Figure
              label="Ditolak"
              value={formatCount(preview.counts.rejected)}
              {...(preview.counts.asked ? { note: `${formatCount(preview.counts.asked)} menunggu jawaban` } : {})}
            />
          </div>
          {batch.state === 'previewed' && <Decisions id={id} preview={preview} />}
          <Card className="mb-4">
            <p className="text-sm">
              Lembar “{preview.sheet}”, judul kolom di baris {preview.headerRow}, {formatCount(preview.counts.rows)} baris guru.
              {preview.used.length > 0 && ` Kolom yang dibaca: ${preview.used.join(', ')}.`}
            </p>
            {preview.dropped.length > 0 && (
              <details className="mt-2 text-sm text-soft">
                <summary className="min-h-8">{preview.dropped.length} kolom tidak dibaca dan tidak disimpan</summary>
                {preview.dropped.join(', ')}
              </details>
            )}
            {preview.sheets.length > 1 && (
              <p className="mt-2 text-sm text-soft">
                Semua lembar:{' '}
                {preview.sheets
                  .map(
                    (s) =>
                      `${s.name} (${s.hidden ? 'tersembunyi, tidak dibaca' : s.chosen ? 'dibaca' : s.rows ? 'belum dipilih' : 'bukan daftar guru'})`,
                  )
                  .join(', ')}
                .
              </p>
            )}
            {preview.newSchools.length > 0 && (
              <div className="mt-3 text-sm">
                <p className="font-semibold">{formatCount(preview.newSchools.length)} sekolah baru akan didaftarkan:</p>
                <ul className="list-disc pl-5">
                  {preview.newSchools.slice(0, 100).map((s) => (
                    <li key={`${s.name}|${s.region}|${s.npsn}`}>
                      {s.name}, {s.level}, {s.region}
                      {s.npsn ? `, NPSN ${s.npsn}` : ', tanpa NPSN'} ({formatCount(s.rows)} guru)
                    </li>
                  ))}
                </ul>
                {preview.newSchools.length > 100 && <p>Seratus pertama ditampilkan.</p>}
              </div>
            )}
            {preview.skipped.length > 0 && (
              <details className="mt-3 text-sm">
                <summary className="min-h-8">{formatCount(preview.skipped.length)} baris bukan guru dan tidak diimpor</summary>
                <ul className="mt-1 space-y-1 text-soft">
                  {preview.skipped.slice(0, 200).map((s) => (
                    <li key={`${s.sheet}|${s.row}`} className="break-words">
                      Baris {s.row} ({skippedNames[s.kind]}): {s.text}
                    </li>
                  ))}
                </ul>
              </details>
            )}
            <div className="mt-4 flex flex-wrap gap-2">
              {batch.state === 'previewed' && !preview.open && (
                <ActionForm action={apply} label="Jalankan impor">
                  <input type="hidden" name="id" value={id} />
                  <Button>Impor {formatCount(preview.counts.new + preview.counts.changed)} guru</Button>
                </ActionForm>
              )}
              {batch.state === 'previewed' && (
                <ActionForm
                  action={discard}
                  label="Hapus berkas"
                  ask={{
                    question:
                      'Berkas dan pemeriksaannya dihapus. Data guru tidak berubah; untuk mengimpornya nanti, berkas perlu diunggah lagi.',
                    yes: 'Ya, hapus',
                  }}
                >
                  <input type="hidden" name="id" value={id} />
                  <Button look="careful">Hapus berkas ini</Button>
                </ActionForm>
              )}
              {batch.state === 'applied' && (
                <ActionForm
                  action={undo}
                  label="Batalkan impor"
                  ask={{
                    question:
                      'Data guru kembali seperti sebelum impor ini. Untuk memakainya lagi, berkas perlu diunggah dan diimpor sekali lagi.',
                    yes: 'Ya, batalkan impor',
                  }}
                >
                  <input type="hidden" name="id" value={id} />
                  <Button look="careful">Batalkan impor ini</Button>
                </ActionForm>
              )}
              {batch.state === 'previewed' && preview.rows.length > 0 && (
                <a href={`/api/exports/berkas-bersih?impor=${id}`} className={buttonClass('quiet')}>
                  Unduh berkas bersih (.xlsx)
                </a>
              )}
            </div>
            {batch.state === 'previewed' && preview.counts.rejected + preview.counts.asked > 0 && (
              <p className="mt-3 text-sm">
                Baris yang ditolak atau belum dijawab ada di berkas bersih beserta alasannya. Unduh sebelum mengimpor: setelah itu
                baris-barisnya tidak disimpan lagi di halaman ini.
              </p>
            )}
            {batch.state === 'applied' && batch.appliedAt && (
              <p className="mt-3 text-sm">Diimpor {formatMoment(batch.appliedAt)}. Isi baris berkas tidak disimpan lagi di halaman ini.</p>
            )}
            {batch.state === 'undone' && batch.undoneAt && <p className="mt-3 text-sm">Dibatalkan {formatMoment(batch.undoneAt)}.</p>}
          </Card>
          {notes.length > 0 && (
            <Card title={`Catatan per sel (${formatCount(notes.length)})`} className="mb-4">
              <Table
                caption="Catatan per sel"
                rows={notes.slice(0, 200)}
                rowKey={(n) => `${n.sheet}|${n.row}|${n.column}|${n.message}`}
                columns={[
                  { key: 'r', head: 'Baris', lead: true, cell: (n) => `Baris ${n.row}` },
                  { key: 'c', head: 'Kolom', cell: (n) => n.column },
                  { key: 'k', head: 'Jenis', cell: (n) => <Badge tone={kinds[n.kind][1]}>{kinds[n.kind][0]}</Badge> },
                  { key: 'm', head: 'Keterangan', cell: (n) => n.message },
                ]}
              />
              {notes.length > 200 && (
                <p className="mt-2 text-sm text-soft">
                  Dua ratus pertama ditampilkan, yang ditolak lebih dahulu. Semuanya ada di berkas bersih.
                </p>
              )}
            </Card>
          )}
          {preview.rows.length > 0 && (
            <Card title="Contoh baris">
              <Table
                caption="Baris"
                rows={preview.rows.slice(0, 50)}
                rowKey={(r) => `${r.sheet}|${r.row}`}
                columns={[
                  { key: 'n', head: 'Nama', lead: true, cell: (r) => r.data.name || '(kosong)' },
                  { key: 'r', head: 'Baris', numeric: true, cell: (r) => r.row },
                  { key: 'v', head: 'Menjadi', cell: (r) => verdicts[r.verdict] },
                  { key: 'k', head: 'NUPTK', cell: (r) => r.data.nuptk ?? '–' },
                  { key: 'm', head: 'Mata pelajaran', cell: (r) => r.data.subjectCode ?? '–' },
                  {
                    key: 'c',
                    head: 'Perubahan',
                    cell: (r) => r.changes.map((c) => `${c.field}: ${c.from ?? 'kosong'} → ${c.to ?? 'kosong'}`).join('; ') || '–',
                  },
                ]}
              />
            </Card>
          )}
        </>
      )}
    </Shell>
  )
}
