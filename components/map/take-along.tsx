import { PrintButton } from '@/components/print-button'
import { buttonClass } from '@/components/ui/form'
import type { MapView } from '@/lib/mapping/service'
import { formatCount, formatDate, formatMoment } from '@/lib/platform/format'
import { paramsOf } from './address'

const kinds = [
  ['peta-xlsx', 'Excel (.xlsx)'],
  ['peta-csv', 'CSV'],
  ['peta-png', 'Gambar (.png)'],
  ['peta-svg', 'Gambar (.svg)'],
] as const

/** The view that is on screen as a file, a picture, on paper, or as its address. `region`: the code of the kabupaten that is opened. */
export function TakeAlong({ view, region }: { view: MapView; region?: string }) {
  // The cycle by its name: what is newest today is not what will be newest when the file or the address is opened.
  const params = paramsOf({ ...view.filter, siklus: view.cycle?.value ?? '' })
  const own = params.toString()
  if (region) params.set('wilayah', region)
  return (
    <section aria-label="Bawa tampilan ini" className="no-print mt-4 rounded-xl border border-line bg-card p-4">
      <h2 className="mb-2">Bawa tampilan ini</h2>
      <div className="flex flex-wrap items-center gap-2">
        {kinds.map(([name, words]) => (
          <a key={name} href={`/api/exports/${name}${params.size ? `?${params}` : ''}`} className={buttonClass('quiet')}>
            {words}
          </a>
        ))}
        <a href={`?${own}`} className={buttonClass('quiet')}>
          Tautan ke tampilan ini
        </a>
        <PrintButton>Cetak satu halaman A4</PrintButton>
      </div>
      <p className="mt-2 max-w-prose text-sm text-soft">
        Tautan memuat seluruh saringan beserta siklusnya: salin untuk membagikan tampilan yang sama kepada yang berwenang. Gambar dan buku
        kerja memuat tanggal, sumber, dan banyaknya guru; setiap unduhan dicatat.
      </p>
    </section>
  )
}

/** What a printed page says of itself: where it is from, of how many, when. */
export function PrintedLine({ view }: { view: MapView }) {
  return (
    <p className="hidden text-sm print:block">
      Sumber: Petaguru, {view.cycle?.label ?? 'belum ada siklus'}
      {view.cycle?.simulated ? ' (data simulasi)' : ''} · n {view.total.n === null ? 'disembunyikan' : formatCount(view.total.n)} guru ·{' '}
      {view.lastClosed ? `tes terakhir ${formatDate(view.lastClosed)} · ` : ''}dicetak {formatMoment(new Date())}
    </p>
  )
}
