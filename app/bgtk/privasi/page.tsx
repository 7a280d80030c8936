import type { Metadata } from 'next'
import { PrivacyTabs } from '@/components/privacy/tabs'
import { RequestCard } from '@/components/privacy/request-card'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Select, TextArea } from '@/components/ui/form'
import { Empty, PageHead } from '@/components/ui/page'
import { may, requireActor } from '@/lib/access/service'
import { toDateInput } from '@/lib/platform/service'
import { enterLetter } from '@/lib/privacy/actions'
import { requestKinds } from '@/lib/privacy/model'
import { requests } from '@/lib/privacy/service'

export const metadata: Metadata = { title: 'Privasi' }

export default async function PrivacyRequestsPage() {
  const actor = await requireActor('privacy:manage')
  const all = await requests(actor)
  const now = new Date()
  const proposes = may(actor, 'privacy:propose')
  return (
    <Shell actor={actor}>
      <PageHead
        title="Permintaan atas data pribadi"
        lead="Dijawab paling lambat 3 × 24 jam sesudah diterima (UU 27/2022). Yang paling dekat batasnya ada di atas. Keberatan atas skor dijawab di bagian Dukungan."
      />
      <PrivacyTabs now="/bgtk/privasi" />
      {proposes && (
        <details className="mb-6 rounded-xl border border-line bg-card p-4">
          <summary className="min-h-11 content-center font-semibold text-leaf">Catat permintaan lewat surat</summary>
          <ActionForm action={enterLetter} label="Catat permintaan lewat surat" className="space-y-3 py-2">
            <div className="grid gap-3 sm:grid-cols-2">
              <Field label="Guru" name="teacher" required hint="NUPTK, NIP, atau nama lengkap." />
              <Select label="Jenis" name="kind">
                {Object.entries(requestKinds).map(([value, words]) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </Select>
              <Field label="Nomor surat" name="letter" required maxLength={200} />
              <Field
                label="Diterima tanggal"
                name="day"
                type="date"
                required
                max={toDateInput(now)}
                hint="Batas 3 × 24 jam dihitung dari sini."
              />
            </div>
            <TextArea label="Isi permintaan" name="words" required minLength={10} maxLength={2000} />
            <Button>Simpan</Button>
          </ActionForm>
        </details>
      )}
      {all.length === 0 ? (
        <Empty title="Tidak ada permintaan">Guru mengajukannya dari halaman “Data saya”.</Empty>
      ) : (
        <div className="space-y-4">
          {all.map((r) => (
            <RequestCard key={r.id} r={r} now={now} proposes={proposes} />
          ))}
        </div>
      )}
    </Shell>
  )
}
