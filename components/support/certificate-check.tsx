'use client'
import { useActionState } from 'react'
import { Button, Field, Notice } from '@/components/ui/form'
import { formatDate, formatNumber } from '@/lib/platform/format'
import { checkCertificate } from '@/lib/support/tutor-actions'

const wib = (day: string) => formatDate(new Date(`${day}T00:00:00+07:00`))

/** Asks for the code of a certificate and tells what it stands for. `given`: the code of an earlier link, still to be sent by its reader. */
export function CertificateCheck({ given }: { given: string }) {
  const [state, run, pending] = useActionState(checkCertificate, null)
  const found = state?.ok ? state.value : null
  return (
    <>
      <form action={run} className="mb-6 space-y-3" aria-label="Verifikasi" aria-busy={pending}>
        <Field
          label="Kode pada surat"
          name="kode"
          defaultValue={given}
          required
          maxLength={60}
          autoComplete="off"
          placeholder="XXXX-XXXX-XXXX-…"
          hint="Huruf dan angka seperti tercetak pada surat; tanda hubung boleh dilewati. Skor tidak pernah ada pada surat, dan tidak ditampilkan di sini."
        />
        <Button disabled={pending}>Periksa</Button>
      </form>
      {state && !state.ok ? (
        <Notice tone="care" title="Belum diperiksa" role="alert">
          {state.message}
        </Notice>
      ) : found?.withdrawnAt ? (
        <Notice tone="bad" title={`Surat ini dicabut pada ${formatDate(found.withdrawnAt)}`} role="alert">
          Surat dengan kode ini tidak berlaku lagi. Bila Anda memerlukannya, tanyakan kepada BGTK Provinsi Lampung.
        </Notice>
      ) : found ? (
        <Notice tone="good" title="Surat ini asli" role="status">
          {found.name}, {found.school}, {found.side === 'tutor' ? 'sebagai tutor sebaya' : 'belajar bersama tutor sebaya'}: {found.meetings}{' '}
          pertemuan, {formatNumber(found.minutes / 60, 1)} jam yang dikonfirmasi kedua pihak, {wib(found.fromOn)} sampai {wib(found.toOn)},
          tentang {found.areas}. Terbit {formatDate(found.issuedAt)}, menurut keadaan hari itu.
        </Notice>
      ) : (
        state && (
          <Notice tone="care" title="Kode ini tidak dikenal" role="alert">
            Periksa sekali lagi huruf dan angkanya. Bila tetap tidak dikenal, tanyakan kepada BGTK sebelum memakai surat itu.
          </Notice>
        )
      )}
    </>
  )
}
