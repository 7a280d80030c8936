import type { Metadata } from 'next'
import { PlainPage } from '@/components/plain-page'
import { Button, Field, Notice } from '@/components/ui/form'
import { currentActor } from '@/lib/access/service'
import { verifyCertificate } from '@/lib/support/service'
import { formatDate, formatNumber } from '@/lib/platform/service'
import { asked, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Verifikasi surat keterangan' }

const wib = (day: string) => formatDate(new Date(`${day}T00:00:00+07:00`))

/** Whether a certificate is genuine, by its code. Scores are never shown here, because none is on it. */
export default async function VerificationPage({ searchParams }: { searchParams: Search }) {
  const { kode } = await asked(searchParams, 'kode')
  const found = kode ? await verifyCertificate(kode, await currentActor()) : null
  return (
    <PlainPage>
      <h1 className="mb-4">Verifikasi surat keterangan</h1>
      <form method="get" className="mb-6 space-y-3" aria-label="Verifikasi">
        <Field
          label="Kode pada surat"
          name="kode"
          defaultValue={kode}
          required
          autoComplete="off"
          placeholder="XXXX-XXXX-XXXX-…"
          hint="Huruf dan angka seperti tercetak pada surat; tanda hubung boleh dilewati. Skor tidak pernah ada pada surat, dan tidak ditampilkan di sini."
        />
        <Button>Periksa</Button>
      </form>
      {kode &&
        (found?.withdrawnAt ? (
          <Notice tone="bad" title={`Surat ini dicabut pada ${formatDate(found.withdrawnAt)}`} role="alert">
            Surat dengan kode ini tidak berlaku lagi. Bila Anda memerlukannya, tanyakan kepada BGTK Provinsi Lampung.
          </Notice>
        ) : found ? (
          <Notice tone="good" title="Surat ini asli" role="status">
            {found.name}, {found.school}, {found.side === 'tutor' ? 'sebagai tutor sebaya' : 'belajar bersama tutor sebaya'}:{' '}
            {found.meetings} pertemuan, {formatNumber(found.minutes / 60, 1)} jam yang dikonfirmasi kedua pihak, {wib(found.fromOn)} sampai{' '}
            {wib(found.toOn)}, tentang {found.areas}. Terbit {formatDate(found.issuedAt)}, menurut keadaan hari itu.
          </Notice>
        ) : (
          <Notice tone="care" title="Kode ini tidak dikenal" role="alert">
            Periksa sekali lagi huruf dan angkanya. Bila tetap tidak dikenal, tanyakan kepada BGTK sebelum memakai surat itu.
          </Notice>
        ))}
    </PlainPage>
  )
}
