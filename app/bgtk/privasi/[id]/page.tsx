import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice } from '@/components/ui/form'
import { Badge, Card, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { may, requireActor } from '@/lib/access/service'
import { formatCount, formatMoment } from '@/lib/platform/service'
import { carryOutErasure } from '@/lib/privacy/actions'
import { ERASE_WORD } from '@/lib/privacy/model'
import { erasurePreview } from '@/lib/privacy/service'
import { idIn } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Penghapusan data' }

const looks = { deleted: ['Dihapus', 'bad'], disguised: ['Disamarkan', 'care'], kept: ['Tetap', 'plain'] } as const

export default async function ErasurePage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('privacy:manage')
  const found = await erasurePreview(actor, await idIn(params))
  if (!found) notFound()
  const { request: r, steps, obstacles } = found
  const ready = Boolean(r.proposedAt) && obstacles.length === 0
  return (
    <Shell actor={actor}>
      <PageHead
        title={`Penghapusan data: ${r.teacherName}`}
        lead={`${r.school} · dijawab paling lambat ${formatMoment(r.dueAt)}`}
        back={{ href: '/bgtk/privasi', label: 'Permintaan' }}
      />
      {r.answeredAt ? (
        <Notice tone="good" title={`Dijawab ${formatMoment(r.answeredAt)}`}>
          {r.answer}
          {r.outcome && r.outcome.left.length > 0 && (
            <p>Nama atau nomornya masih tertulis di: {r.outcome.left.join(', ')}. Periksa: mungkin orang lain bernama sama.</p>
          )}
        </Notice>
      ) : (
        <div className="space-y-6">
          {obstacles.map((words) => (
            <Notice key={words} tone="bad" title="Belum dapat dilaksanakan">
              {words}
            </Notice>
          ))}
          <Table
            caption="Yang akan terjadi"
            rows={steps}
            rowKey={(s) => s.title}
            columns={[
              { key: 't', head: 'Data', lead: true, cell: (s) => s.title },
              { key: 'n', head: 'Baris', numeric: true, cell: (s) => formatCount(s.rows) },
              { key: 'e', head: 'Akibat', cell: (s) => <Badge tone={looks[s.erased][1]}>{looks[s.erased][0]}</Badge> },
              { key: 'w', head: 'Penjelasan', cell: (s) => s.words },
            ]}
          />
          <p className="max-w-prose text-sm text-soft">
            Angka peta dan kalibrasi tidak berubah. Di sekolah yang hanya memiliki satu dua guru mata pelajaran itu, rekan mungkin masih
            dapat menduga siapa pemilik sebuah angka. Nama di kertas dan di cadangan basis data tidak ikut terhapus.
          </p>
          <Card title="Laksanakan">
            {!r.proposedAt && <p>BGTK belum mengusulkan penghapusan ini.</p>}
            {r.proposedAt && (
              <p className="mb-3">
                Diusulkan {r.proposedName} pada {formatMoment(r.proposedAt)}: {r.proposal}
              </p>
            )}
            {ready && may(actor, 'privacy:erase') && r.proposedBy !== actor.userId && (
              <ActionForm action={carryOutErasure} draft={false} label="Laksanakan penghapusan" className="space-y-3">
                <input type="hidden" name="request" value={r.id} />
                <Field
                  label={`Ketik ${ERASE_WORD}`}
                  name="confirmation"
                  required
                  autoComplete="off"
                  hint="Penghapusan tidak dapat dibatalkan."
                />
                <Button look="careful">Hapus data guru ini</Button>
              </ActionForm>
            )}
            {ready && !may(actor, 'privacy:erase') && <p>Menunggu administrator.</p>}
          </Card>
        </div>
      )}
    </Shell>
  )
}
