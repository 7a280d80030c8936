import { PublishedLine } from '@/components/published-line'
import { Empty } from '@/components/ui/page'
import { Notice } from '@/components/ui/form'
import { basisWords } from '@/lib/mapping/model'
import type { MapView } from '@/lib/mapping/service'
import { formatCount, formatDate } from '@/lib/platform/format'

/** What the figures rest on: method, date, rules, and who is not in them. */
export function Honesty({ view }: { view: MapView }) {
  return (
    <p className="mt-4 max-w-prose text-sm text-soft print:mt-1 print:max-w-none print:text-xs">
      {basisWords[view.basis]}{' '}
      {view.basis === 'mastery' && view.unmeasured > 0
        ? view.unmeasured < view.rules.hideBelow
          ? 'Beberapa peserta belum terukur dan tidak ikut dihitung. '
          : `${formatCount(view.unmeasured)} peserta belum terukur dan tidak ikut dihitung. `
        : ''}
      Angka adalah rata-rata peserta yang sudah dites, bukan seluruh guru; hasil sesi yang masih ditahan belum dihitung; indikator tetap
      skor mentah. ± menunjukkan rentang 95 persen dengan sekolah sebagai gugus (CR2, derajat bebas Satterthwaite), karena guru satu sekolah
      saling mirip; di bawah lima sekolah kemiripannya dipinjam dari seluruh provinsi. Kelompok di bawah {view.rules.hideBelow} guru
      disembunyikan, begitu pula kelompok yang dapat membocorkannya lewat saringan lain, jumlah, atau selisih; di bawah{' '}
      {view.rules.hatchBelow} diarsir. “Di atas” dan “di bawah” membandingkan dengan wilayah lain seluruhnya; dari semua sebutan itu paling
      banyak sepersepuluh diperkirakan kebetulan.
      {view.filter.bagian === '4' && !view.filter.mapel
        ? ' Bagian profesional menggabungkan 14 tes yang berbeda, sehingga antarwilayah hanya dapat dibandingkan secara kasar; pilih satu mata pelajaran untuk perbandingan yang adil.'
        : ''}{' '}
      {view.published && <PublishedLine published={view.published} />} Aturan versi {view.rules.version}
      {view.rules.shipped ? ' (bawaan sistem)' : ''}. {view.lastClosed ? `Tes terakhir ${formatDate(view.lastClosed)}.` : ''} Butir tes
      adalah contoh.
    </p>
  )
}

/** What an official may say of this view in public, and what not. */
export function InPublic({ view }: { view: MapView }) {
  return (
    <details className="no-print mt-3 max-w-prose rounded-xl border border-line bg-card px-4 py-2">
      <summary className="min-h-8 cursor-pointer py-1 font-semibold text-leaf">Apa yang boleh saya katakan di muka umum?</summary>
      <ul className="mt-1 list-disc space-y-1 pl-5 text-sm">
        <li>
          Angka yang tampil, selalu bersama banyaknya guru yang dites, ±, dan nama siklusnya ({view.cycle?.label ?? 'belum ada siklus'}).
        </li>
        <li>“Di atas” atau “di bawah” wilayah lain hanya bila tertulis demikian; “sekitar” berarti tidak terbedakan.</li>
        <li>Angka bertanda ≈ disebut kira-kira; angka bertanda ? jangan dipakai sendirian.</li>
        <li>Jangan menyusun peringkat, jangan membandingkan dua siklus dari peta, dan jangan menebak yang disembunyikan.</li>
        <li>
          Ini rata-rata guru yang dites, bukan mutu wilayah, sekolah, atau seorang guru.{view.cycle?.simulated ? ' Data ini simulasi.' : ''}
        </li>
      </ul>
    </details>
  )
}

/** What stands where nothing is published, or not yet for exactly these grants, or no longer. */
export function PublicationNotices({
  view,
  meanwhile = 'Angka tiap wilayah tampil sejauh salah satu kewenangan Anda mencakupnya sendiri; jumlah seluruh wilayah Anda ada sejak terbitan berikutnya.',
}: {
  view: Pick<MapView, 'withdrawn' | 'notYetSummed'>
  /** What is read until there is a publication that knows these grants. */
  meanwhile?: string
}) {
  return (
    <>
      {view.withdrawn.map((w) => (
        <div key={w.series} className="my-4">
          <Notice tone="care" title={`Terbitan ${w.series} ditarik ${formatDate(w.at)}`}>
            {w.why} Angka baru tampil setelah terbitan berikutnya.
          </Notice>
        </div>
      ))}
      {view.notYetSummed && (
        <div className="my-4">
          <Notice tone="info" title="Kewenangan Anda lebih baru daripada terbitan ini">
            {meanwhile}
          </Notice>
        </div>
      )}
    </>
  )
}

/** A filter of which nothing can be shown: what happened, why, and what to do. */
export function HiddenFilter({ hideBelow }: { hideBelow: number }) {
  return (
    <Empty title="Saringan ini terlalu sempit untuk ditampilkan">
      Ada guru yang dites, tetapi kelompoknya di bawah {hideBelow} orang, atau selisihnya dengan saringan lain akan membuka kelompok sekecil
      itu. Tidak ada hasil yang hilang. Longgarkan satu saringan, misalnya pilih semua jenjang atau semua gelombang.
    </Empty>
  )
}

/** Why no share of competent teachers can be said under a filter; null where it is known of some group. */
export function whyNoShare({ cells, total, basis }: MapView): string | null {
  if ([...cells, total].some((c) => c.share !== null)) return null
  return basis === 'raw'
    ? 'Persen kompeten belum dapat dikatakan: angka di bawah saringan ini masih skor mentah, sedangkan “kompeten” hanya ditetapkan atas skor yang dikalibrasi dan dirilis.'
    : 'Persen kompeten belum dapat dikatakan untuk saringan ini: batas kompetennya belum dihitung bersama skor yang dirilis, atau kelompoknya terlalu kecil.'
}
