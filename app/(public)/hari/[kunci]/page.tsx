import type { Metadata } from 'next'
import { AutoRefresh } from '@/components/auto-refresh'
import { Brand } from '@/components/brand'
import { DayView } from '@/components/day/day-view'
import { Empty } from '@/components/ui/page'
import { guestDay } from '@/lib/console/service'
import { boundaries } from '@/lib/mapping/service'
import { codesIn } from '@/lib/platform/address-model'
import { formatClock } from '@/lib/platform/format'

export const metadata: Metadata = { title: 'Hari tes', robots: { index: false, follow: false }, referrer: 'no-referrer' }

/** For the guests of a test day, on a wall or a phone: opened by an address that ends with the day. No login, no names. */
export default async function GuestDayPage({ params }: { params: Promise<{ kunci: string }> }) {
  const { kunci } = await codesIn(params, 'kunci')
  const page = await guestDay(kunci, new Date())
  return (
    <div className="min-h-dvh">
      <div className="sasab" aria-hidden="true" />
      <main id="isi" className="mx-auto w-full max-w-7xl px-4 py-4 xl:max-w-none xl:px-10">
        <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
          <Brand />
          {page && <AutoRefresh seconds={15} at={formatClock(page.at, true)} watched />}
        </div>
        <h1 className="xl:text-5xl">Tes guru hari ini</h1>
        {page ? (
          <DayView page={page} geometry={(await boundaries())?.geometry ?? null} />
        ) : (
          <div className="mt-6">
            <Empty title="Alamat ini tidak berlaku">
              Halaman tamu dibuka BGTK untuk satu hari tes, lalu berakhir bersama hari itu. Minta alamat hari ini kepada petugas BGTK di
              tempat tes.
            </Empty>
          </div>
        )}
      </main>
    </div>
  )
}
