import type { Metadata } from 'next'
import { AutoRefresh } from '@/components/auto-refresh'
import { DayView } from '@/components/day/day-view'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button } from '@/components/ui/form'
import { Badge, Card, PageHead } from '@/components/ui/page'
import { QrCode } from '@/components/ui/qr-code'
import { requireActor } from '@/lib/access/service'
import { turnDay } from '@/lib/console/day-actions'
import { guestDesk } from '@/lib/console/service'
import { boundaries } from '@/lib/mapping/service'
import { formatClock, formatTime } from '@/lib/platform/format'

export const metadata: Metadata = { title: 'Hari ini untuk tamu' }

/** Where the office opens the day's page for guests, and sees what they see. */
export default async function Page() {
  const actor = await requireActor('cycle:manage')
  const [desk, drawn] = await Promise.all([guestDesk(actor, new Date()), boundaries()])
  const { address } = desk
  return (
    <Shell actor={actor}>
      <PageHead
        title="Hari ini untuk tamu"
        lead="Halaman tanpa masuk bagi tamu hari tes, di layar dinding atau ponsel: siapa yang hadir, bekerja, dan selesai di tiap tempat, dalam angka. Tanpa nama, jawaban, atau nilai. Alamatnya berakhir bersama hari ini."
      >
        <Badge tone={desk.path ? 'good' : 'plain'}>{desk.path ? 'Terbuka' : 'Tertutup'}</Badge>
      </PageHead>
      <Card title="Alamat untuk tamu" className="mb-6">
        {address ? (
          <div className="flex flex-wrap items-start gap-6">
            <QrCode text={address} label="Kode QR halaman tamu hari ini" />
            <div className="min-w-0 flex-1 basis-64 space-y-3">
              <p>
                Dibuka pukul {formatTime(desk.openedAt!)}
                {desk.by ? ` oleh ${desk.by}` : ''}. Siapa pun yang memegang alamat ini dapat membacanya sampai tengah malam.
              </p>
              <p className="break-all rounded-lg border border-line bg-paper px-3 py-2 font-mono text-sm">{address}</p>
              <p>
                <a
                  href={desk.path!}
                  className="inline-flex min-h-11 items-center font-semibold text-leaf underline-offset-4 hover:underline"
                >
                  Buka halaman tamu
                </a>
              </p>
              <ActionForm
                action={turnDay}
                label="Tutup halaman tamu"
                ask={{ question: 'Layar dan ponsel yang sedang membukanya berhenti menampilkan hari ini.', yes: 'Ya, tutup' }}
              >
                <input type="hidden" name="wish" value="tutup" />
                <Button look="careful">Tutup halaman tamu</Button>
              </ActionForm>
            </div>
          </div>
        ) : (
          <>
            <p className="mb-3">
              Belum ada yang dapat membacanya. Yang akan terlihat ada di bawah; catatan pengawas sendiri tidak ikut, karena dapat memuat
              nama.
            </p>
            <ActionForm
              action={turnDay}
              label="Buka halaman tamu"
              ask={{
                question: 'Siapa pun yang memegang alamatnya dapat membaca angka di bawah tanpa masuk, sampai tengah malam.',
                yes: 'Ya, buka',
              }}
            >
              <input type="hidden" name="wish" value="buka" />
              <Button>Buka untuk hari ini</Button>
            </ActionForm>
          </>
        )}
        {desk.history.some((h) => h.closedAt) && (
          <ul className="mt-4 space-y-1 text-sm text-soft">
            {desk.history
              .filter((h) => h.closedAt)
              .map((h) => (
                <li key={h.openedAt.getTime()}>
                  Dibuka {formatClock(h.openedAt)}, ditutup {formatTime(h.closedAt!)}
                  {h.by ? ` (${h.by})` : ''}
                </li>
              ))}
          </ul>
        )}
      </Card>
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-3">
        <h2>Yang dibaca tamu</h2>
        <AutoRefresh seconds={15} at={formatClock(desk.page.at, true)} />
      </div>
      <DayView page={desk.page} geometry={drawn?.geometry ?? null} />
    </Shell>
  )
}
