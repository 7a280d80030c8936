import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { askForCode, grantCode } from '@/lib/delivery/preparation-actions'
import type { earlyCodeView } from '@/lib/delivery/service'
import { formatMoment } from '@/lib/platform/service'

type View = NonNullable<Awaited<ReturnType<typeof earlyCodeView>>>

/** From when the release code can be read, and the way to read it earlier: one of the office asks, another grants. */
export function EarlyCode({ sittingId, view, userId, now }: { sittingId: string; view: View; userId: string | null; now: Date }) {
  const { from, wish } = view
  if (now >= from) return null
  return (
    <Card title="Kode rilis" className="mb-6">
      <p className="mb-3 text-sm">
        Kode rilis dapat dibaca di konsol mulai <strong>{formatMoment(from)}</strong>. Lebih awal hanya dengan persetujuan dua petugas BGTK.
      </p>
      {wish?.grantedAt ? (
        <Notice tone="care" title="Sudah dapat dibaca lebih awal">
          Diminta {wish.askedName} ({wish.reason}), disetujui {formatMoment(wish.grantedAt)}.
        </Notice>
      ) : wish ? (
        <>
          <Notice tone="info" title={`Diminta ${wish.askedName}, ${formatMoment(wish.askedAt)}`}>
            {wish.reason}
          </Notice>
          {wish.askedBy === userId ? (
            <p className="mt-3 text-sm text-soft">Menunggu persetujuan petugas BGTK lain.</p>
          ) : (
            <ActionForm
              action={grantCode}
              label="Setujui membaca kode lebih awal"
              className="mt-3"
              ask={{
                question:
                  'Begitu disetujui, pengawas sesi ini dapat membaca kode rilis. Kode yang sudah dibaca tidak dapat dirahasiakan lagi.',
                yes: 'Ya, setujui',
              }}
            >
              <input type="hidden" name="sittingId" value={sittingId} />
              <Button look="quiet">Setujui</Button>
            </ActionForm>
          )}
        </>
      ) : (
        <ActionForm action={askForCode} label="Minta membaca kode lebih awal" className="space-y-3">
          <input type="hidden" name="sittingId" value={sittingId} />
          <Field label="Alasan membaca lebih awal" name="reason" required minLength={10} />
          <Button look="quiet">Minta persetujuan</Button>
        </ActionForm>
      )}
    </Card>
  )
}
