import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { KeptPage } from '@/components/kept-page'
import { Shell } from '@/components/shell'
import { WaitingList } from '@/components/waiting-list'
import { Empty, PageHead, Simulated } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { waitingFor } from '@/lib/agenda/service'
import { myRooms, mySittings } from '@/lib/sittings/service'
import { formatClock, formatDay, formatTime } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Ruang saya' }

export default async function ProctorHome() {
  const actor = await requireActor('room:watch')
  const now = new Date()
  const [list, rooms, sittings] = await Promise.all([waitingFor(actor, now), myRooms(actor), mySittings(actor)])
  return (
    <Shell actor={actor}>
      <KeptPage page="/pengawas" />
      <PageHead title="Ruang saya" lead="Pilih ruang untuk melihat siapa yang memerlukan bantuan." />
      <WaitingList
        list={list}
        now={now}
        empty="Ruang yang Anda awasi tampil di sini sepekan sebelum sesinya, dengan banyaknya ponsel yang sudah siap."
      />
      <h2 className="mb-2">Semua ruang Anda</h2>
      {rooms.length === 0 && <Empty title="Belum ada ruang untuk Anda">BGTK menugaskan pengawas ke ruang di halaman sesi.</Empty>}
      <ul className="grid gap-3 md:grid-cols-2">
        {rooms.map((r) => (
          <li key={r.id}>
            <Link href={`/pengawas/ruang/${r.id}`} className="block rounded-xl border border-line bg-card p-4 hover:border-leaf">
              <span className="flex flex-wrap items-center justify-between gap-2">
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
      {sittings.length > 0 && (
        <section className="mt-6">
          <h2 className="mb-2">Seluruh sesi</h2>
          <p className="mb-3 text-sm text-soft">Semua ruang sesi ini Anda awasi: satu layar, satu jeda untuk semuanya.</p>
          <ul className="grid gap-3 md:grid-cols-2">
            {sittings.map((s) => (
              <li key={s.id}>
                <Link href={`/pengawas/sesi/${s.id}`} className="block rounded-xl border border-line bg-card p-4 hover:border-leaf">
                  <span className="flex flex-wrap items-center justify-between gap-2">
                    <strong>{s.name}</strong>
                    {s.simulated && <Simulated />}
                  </span>
                  <span className="block text-sm text-soft">
                    {s.venueName} · {s.rooms} ruang
                    {s.practice ? '' : ` · ${formatDay(s.opensAt)}, ${formatClock(s.opensAt)}–${formatTime(s.closesAt)}`}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Shell>
  )
}
