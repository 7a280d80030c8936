import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { Shell } from '@/components/shell'
import { Button, Field, Notice, buttonClass } from '@/components/ui/form'
import { Badge, Card, Empty, PageHead } from '@/components/ui/page'
import { FileField, UploadForm } from '@/components/ui/upload'
import { requireActor } from '@/lib/access/service'
import { upload } from '@/lib/roster/actions'
import { batchList } from '@/lib/roster/service'
import { formatMoment } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Impor guru' }

const states: Record<string, string> = {
  reading: 'dibaca',
  refused: 'ditolak',
  previewed: 'pratinjau',
  applied: 'diimpor',
  undone: 'dibatalkan',
  abandoned: 'dihapus',
}

export default async function ImportPage() {
  const actor = await requireActor('roster:import')
  const batches = await batchList(actor)
  return (
    <Shell actor={actor}>
      <PageHead
        title="Impor guru"
        lead="Dari ekspor “Daftar Guru” Dapodik atau dari templat kami. Tidak ada yang ditulis sebelum Anda memeriksa pratinjaunya."
        back={{ href: '/bgtk/peserta', label: 'Guru' }}
      />
      <div className="grid gap-4 md:grid-cols-2">
        <Card title="Unggah berkas">
          <UploadForm kind="guru" action={upload} label="Unggah berkas" className="space-y-4">
            <FileField kind="guru" label="Berkas .xlsx, .xls, .ods, atau .csv" required hint="Paling besar 20 MB atau 60.000 baris." />
            <Field label="NPSN sekolah (bila berkas tidak menyebutnya)" name="npsn" inputMode="numeric" />
            <Button>Periksa berkas</Button>
          </UploadForm>
          <p className="mt-4">
            <a href="/api/exports/templat" className={buttonClass('quiet')}>
              Unduh templat (.xlsx)
            </a>
          </p>
        </Card>
        <Card title="Data yang dipakai dan yang dibuang">
          <Notice tone="info">
            Hanya nama, NUPTK, NIP, jenis kelamin, tanggal lahir, status, jenis PTK, mata pelajaran, sekolah, surel, dan nomor HP yang
            dibaca. Nama ibu kandung, agama, alamat, rekening, NPWP, pasangan, NIK, dan kolom lain tidak pernah disimpan, sekalipun ada di
            berkas.
          </Notice>
        </Card>
      </div>
      <h2 className="mb-2 mt-6">Impor terakhir</h2>
      {batches.length === 0 ? (
        <Empty title="Belum ada impor" />
      ) : (
        <ul className="divide-y divide-line rounded-xl border border-line bg-card px-4">
          {batches.map((b) => (
            <li key={b.id} className="flex flex-wrap items-center justify-between gap-2 py-3">
              <span className="min-w-0">
                <Link href={`/bgtk/peserta/impor/${b.id}`} className="break-all font-semibold text-leaf underline underline-offset-4">
                  {b.fileName}
                </Link>
                <span className="block text-sm text-soft">{formatMoment(b.createdAt)}</span>
              </span>
              <Badge>{states[b.state] ?? b.state}</Badge>
            </li>
          ))}
        </ul>
      )}
    </Shell>
  )
}
