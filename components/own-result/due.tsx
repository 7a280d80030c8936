import { Link } from '@/components/ui/link'
import { buttonClass } from '@/components/ui/form'
import { Badge, Card, Simulated } from '@/components/ui/page'
import type { DuePart } from '@/lib/delivery/service'
import { formatClock, formatDay, formatMoment, formatTime } from '@/lib/platform/format'
import { resultAnchor } from './words'

type Seat = DuePart['seat']

/** Where one part of a test stands, and the one tap that goes on from there. */
function PartState({ due }: { due: DuePart }) {
  // The link names the seat, so that a teacher with several tests is asked neither which one nor for a card.
  const href = `/tes#tes-${due.part}.${due.seat.id}`
  const name = <span className="sr-only"> {due.title}</span>
  switch (due.state) {
    case 'ready':
      return (
        <a href={href} className={buttonClass()}>
          Buka{name}
        </a>
      )
    case 'running':
      return (
        <div className="text-right">
          <a href={href} className={buttonClass()}>
            Lanjutkan{name}
          </a>
          {due.deadline && <p className="mt-1 text-xs text-soft">sampai {formatClock(due.deadline)} WIB</p>}
        </div>
      )
    case 'done':
      return (
        <Link href={due.attemptId ? `/guru/hasil#${resultAnchor(due.attemptId)}` : '/guru/hasil'} className={buttonClass('quiet')}>
          Hasil{name}
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

function Parts({ parts }: { parts: DuePart[] }) {
  return (
    <ul className="divide-y divide-line">
      {parts.map((d) => (
        <li key={d.part} className="flex items-center justify-between gap-3 py-2">
          <div>
            <p className="font-semibold">{d.title}</p>
            <p className="text-sm text-soft">{d.minutes} menit</p>
          </div>
          <PartState due={d} />
        </li>
      ))}
    </ul>
  )
}

const when = (seat: Seat): string =>
  seat.practice ? 'Boleh dicoba kapan saja' : `${formatDay(seat.opensAt)}, ${formatClock(seat.opensAt)}–${formatTime(seat.closesAt)}`
const where = (seat: Seat): string => `${seat.venueName}${seat.roomName ? `, ${seat.roomName}` : ''} · nomor ${seat.participantNumber}`

/** A test day that is due, or the practice: its parts one after the other. */
export function DueSitting({ seat, parts, open }: { seat: Seat; parts: DuePart[]; open: boolean }) {
  if (seat.practice)
    return (
      <details open={open} className="mb-3 rounded-xl border border-line bg-card px-4 sm:px-5">
        <summary className="min-h-11 content-center font-semibold text-leaf">
          {seat.cycleName} ({parts.length} bagian)
        </summary>
        <p className="text-sm text-soft">
          {when(seat)} · nomor {seat.participantNumber}. Butirnya contoh, bukan soal pemetaan yang sebenarnya.
        </p>
        <Parts parts={parts} />
      </details>
    )
  return (
    <Card title={seat.cycleName} className="mb-6">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <p className="text-sm text-soft">
          {when(seat)} · {where(seat)}
        </p>
        {seat.simulated && <Simulated />}
      </div>
      <Parts parts={parts} />
      <p className="text-sm text-soft">
        Kerjakan bagian demi bagian; boleh beristirahat di antaranya. Waktu hanya berjalan saat sebuah bagian sedang dikerjakan.
      </p>
    </Card>
  )
}

/** Test days that are over, behind one line; each part leads to its own result. */
export function PastSittings({ seats, partsOf }: { seats: Seat[]; partsOf: (seatId: string) => DuePart[] }) {
  if (seats.length === 0) return null
  return (
    <details className="mb-3 rounded-xl border border-line bg-card px-4 sm:px-5">
      <summary className="min-h-11 content-center font-semibold text-leaf">Tes yang sudah lewat ({seats.length})</summary>
      {seats.map((seat) => (
        <section key={seat.id} aria-label={seat.cycleName} className="border-t border-line py-3">
          <div className="flex flex-wrap items-center gap-2">
            <h2 className="text-base">{seat.cycleName}</h2>
            {seat.simulated && <Simulated />}
          </div>
          <p className="text-sm text-soft">{formatDay(seat.opensAt)}</p>
          <Parts parts={partsOf(seat.id)} />
        </section>
      ))}
    </details>
  )
}
