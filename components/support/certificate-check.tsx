'use client'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice } from '@/components/ui/form'
import { formatDate, formatNumber } from '@/lib/platform/format'
import { checkCertificate, type CheckState } from '@/lib/tutoring/actions'
import { spanOf } from '@/lib/tutoring/span-model'

const sides = {
  tutor: 'sebagai tutor sebaya',
  learner: 'belajar bersama tutor sebaya',
  both: 'sebagai tutor sebaya dan belajar bersama tutor sebaya',
}
const wib = (day: string) => formatDate(new Date(`${day}T00:00:00+07:00`))

/** What a code stands for, or that it is not known. */
function Found({ said }: { said: NonNullable<CheckState> }) {
  if (!said.ok)
    return (
      <Notice tone="care" title="Belum diperiksa" role="alert">
        {said.message}
      </Notice>
    )
  const found = said.value
  if (!found)
    return (
      <Notice tone="care" title="Kode ini tidak dikenal" role="alert">
        Periksa sekali lagi huruf dan angkanya. Bila tetap tidak dikenal, tanyakan kepada BGTK sebelum memakai surat itu.
      </Notice>
    )
  if (found.withdrawnAt)
    return (
      <Notice tone="bad" title={`Surat ini dicabut pada ${formatDate(found.withdrawnAt)}`} role="alert">
        Surat dengan kode ini tidak berlaku lagi. Bila Anda memerlukannya, tanyakan kepada BGTK Provinsi Lampung.
      </Notice>
    )
  return (
    <Notice tone="good" title="Surat ini asli" role="status">
      {found.name}, {found.school}, {sides[found.side]}
      {found.span && `, ${found.lines?.length ?? 0} pasangan, ${spanOf(found.span)?.title.toLowerCase() ?? found.span}`}: {found.meetings}{' '}
      pertemuan, {formatNumber(found.minutes / 60, 1)} jam yang dikonfirmasi kedua pihak, {wib(found.fromOn)} sampai {wib(found.toOn)},
      tentang {found.areas}. Terbit {formatDate(found.issuedAt)}, menurut keadaan hari itu.
      {found.fewerNow &&
        ' Sejak itu ada catatan pertemuan yang diubah atau ditarik, sehingga yang terhitung hari ini lebih sedikit daripada yang tertulis. Mintalah surat yang lebih baru.'}
    </Notice>
  )
}

/** Asks for the code of a certificate and tells what it stands for. `given`: the code of an earlier link, still to be sent by its reader. */
export function CertificateCheck({ given }: { given: string }) {
  return (
    <ActionForm
      action={checkCertificate}
      className="mb-6 space-y-3"
      label="Verifikasi"
      draft={false}
      stays
      answer={(said) => <Found said={said} />}
    >
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
      <Button>Periksa</Button>
    </ActionForm>
  )
}
