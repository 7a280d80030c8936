import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { RequestState } from '@/components/privacy/request-card'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Select, TextArea, buttonClass } from '@/components/ui/form'
import { Card, PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { formatMoment } from '@/lib/platform/service'
import { askForOwnData } from '@/lib/privacy/actions'
import { requestDecisions, requestKinds } from '@/lib/privacy/model'
import { ownRequests } from '@/lib/privacy/service'

export const metadata: Metadata = { title: 'Data saya' }

export default async function OwnDataPage() {
  const actor = await requireActor('privacy:own')
  const requests = await ownRequests(actor)
  const now = new Date()
  return (
    <Shell actor={actor}>
      <PageHead title="Data saya" lead="Semua yang disimpan tentang Anda, dan hak Anda atasnya menurut UU 27/2022." />
      <div className="space-y-5">
        <Card title="Salinan data">
          <p className="mb-3 text-sm text-soft">
            PDF untuk dibaca, JSON lengkap untuk dipakai program lain. Hasil yang belum dirilis menyusul sesudah dirilis.
          </p>
          <div className="flex flex-wrap gap-2">
            <a href="/api/exports/data-saya-pdf" className={buttonClass()}>
              Unduh PDF
            </a>
            <a href="/api/exports/data-saya-json" className={buttonClass('quiet')}>
              Unduh JSON
            </a>
          </div>
        </Card>
        <Card title="Ajukan permintaan">
          <p className="mb-3 text-sm text-soft">
            Dijawab paling lambat 3 × 24 jam. Tidak setuju dengan skor atau rencana? Ajukan keberatan dari halaman{' '}
            <Link href="/guru/hasil" className="font-semibold text-leaf underline underline-offset-4">
              Hasil
            </Link>
            .
          </p>
          <ActionForm action={askForOwnData} label="Ajukan permintaan" className="space-y-3">
            <Select label="Jenis" name="kind" defaultValue="perbaikan">
              {Object.entries(requestKinds).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </Select>
            <TextArea label="Permintaan Anda" name="words" required minLength={10} maxLength={2000} />
            <Button>Kirim</Button>
          </ActionForm>
        </Card>
        {requests.length > 0 && (
          <Card title="Permintaan Anda">
            <ul className="divide-y divide-line">
              {requests.map((r) => (
                <li key={r.id} className="py-3">
                  <p className="flex flex-wrap items-baseline justify-between gap-2">
                    <strong>{requestKinds[r.kind]}</strong>
                    <RequestState r={r} now={now} />
                  </p>
                  <p className="text-sm text-soft">
                    Diterima {formatMoment(r.createdAt)}, dijawab paling lambat {formatMoment(r.dueAt)}
                  </p>
                  <p className="mt-1 whitespace-pre-line">{r.words}</p>
                  {r.answer && (
                    <p className="mt-2 rounded-lg bg-leaf-pale px-3 py-2 text-sm">
                      <strong>{requestDecisions[r.decision!]}.</strong> {r.answer}
                    </p>
                  )}
                </li>
              ))}
            </ul>
          </Card>
        )}
        <p className="text-sm">
          <Link href="/privasi" className="font-semibold text-leaf underline underline-offset-4">
            Apa yang disimpan, untuk apa, dan berapa lama
          </Link>
        </p>
      </div>
    </Shell>
  )
}
