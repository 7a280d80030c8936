import type { Metadata } from 'next'
import Link from 'next/link'
import { Shell } from '@/components/shell'
import { Empty, PageHead, Simulated } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { myRooms } from '@/lib/sittings/service'
import { formatClock, formatDay, formatTime } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Ruang saya' }

export default async function ProctorHome() {
  const actor = await requireActor('room:watch')
  const rooms = await myRooms(actor)
  return (
    <Shell actor={actor}>
      <PageHead title="Ruang saya" lead="Pilih ruang untuk melihat siapa yang memerlukan bantuan." />
      {rooms.length === 0 && <Empty title="Belum ada ruang untuk Anda">BGTK menugaskan pengawas ke ruang di halaman sesi.</Empty>}
      <ul className="grid gap-3 md:grid-cols-2">
        {rooms.map((r) => (
          <li key={r.id}>
            <Link href={`/pengawas/ruang/${r.id}`} className="block rounded-xl border border-line bg-card p-4 hover:border-leaf">
              <span className="flex items-center justify-between gap-2">
                <strong className="text-lg">{r.name}</strong>
                {r.simulated && <Simulated />}
              </span>
              <span className="block text-sm text-soft">
                {r.venueName} · {r.seats} peserta
              </span>
              <span className="block text-sm text-soft">
                {r.practice ? r.sittingName : `${formatDay(r.opensAt)}, ${formatClock(r.opensAt)}–${formatTime(r.closesAt)}`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Shell>
  )
}
