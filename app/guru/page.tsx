import type { Metadata } from 'next'
import Link from 'next/link'
import { Shell } from '@/components/shell'
import { buttonClass } from '@/components/ui/form'
import { Badge, Card, Empty, PageHead, Simulated } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { dueParts, type DuePart } from '@/lib/delivery/service'
import { formatClock, formatDay, formatMoment, formatTime } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Beranda guru' }

function PartState({ due }: { due: DuePart }) {
  // The link names the seat, so that a teacher with several tests is asked neither which one nor for a card.
  const href = `/tes#tes-${due.part}.${due.seat.id}`
  switch (due.state) {
    case 'ready':
      return (
        <a href={href} className={buttonClass()}>
          Buka
        </a>
      )
    case 'running':
      return (
        <div className="text-right">
          <a href={href} className={buttonClass()}>
            Lanjutkan
          </a>
          {due.deadline && <p className="mt-1 text-xs text-soft">sampai {formatClock(due.deadline)} WIB</p>}
        </div>
      )
    case 'done':
      return (
        <Link href="/guru/hasil" className={buttonClass('quiet')}>
          Hasil
        </Link>
      )
    case 'early':
      return <Badge>Dibuka {formatMoment(due.seat.opensAt)}</Badge>
    case 'over':
      return <Badge tone="care">Waktu sudah lewat</Badge>
    case 'missing':
      return <Badge>Belum tersedia</Badge>
  }
}

export default async function TeacherHome() {
  const actor = await requireActor('test:take')
  const due = await dueParts(actor, new Date())
  const sittings = [...new Map(due.map((d) => [d.seat.id, d.seat])).values()]
  return (
    <Shell actor={actor}>
      <PageHead
        title="Tes Anda"
        lead="Kerjakan bagian demi bagian. Anda boleh beristirahat di antara bagian; waktu hanya berjalan saat sebuah bagian sedang dikerjakan."
      />
      {sittings.length === 0 && (
        <Empty title="Belum ada tes untuk Anda">
          Jadwal muncul di sini setelah BGTK menetapkan Anda sebagai peserta. Bila Anda memegang kartu, keluar lalu masuk dengan kartu itu.
        </Empty>
      )}
      <div className="space-y-5">
        {sittings.map((seat) => (
          <Card key={seat.id}>
            <div className="mb-3 flex flex-wrap items-start justify-between gap-2">
              <div>
                <h2>{seat.cycleName}</h2>
                <p className="text-sm text-soft">
                  {seat.practice
                    ? 'Boleh dicoba kapan saja'
                    : `${formatDay(seat.opensAt)}, ${formatClock(seat.opensAt)}–${formatTime(seat.closesAt)}`}{' '}
                  · {seat.venueName}
                  {seat.roomName ? `, ${seat.roomName}` : ''} · nomor {seat.participantNumber}
                </p>
              </div>
              {seat.simulated && <Simulated />}
            </div>
            <ul className="divide-y divide-line">
              {due
                .filter((d) => d.seat.id === seat.id)
                .map((d) => (
                  <li key={d.part} className="flex items-center justify-between gap-3 py-3">
                    <div>
                      <p className="font-semibold">{d.title}</p>
                      <p className="text-sm text-soft">{d.minutes} menit</p>
                    </div>
                    <PartState due={d} />
                  </li>
                ))}
            </ul>
            {seat.practice && (
              <p className="mt-2 text-sm text-soft">Butir latihan ini adalah contoh, bukan soal pemetaan yang sebenarnya.</p>
            )}
          </Card>
        ))}
      </div>
    </Shell>
  )
}
