import { Card, Figure } from '@/components/ui/page'
import { Notice } from '@/components/ui/form'
import type { GrowthView } from '@/lib/growth/service'
import { formatCount, formatNumber, formatSigned } from '@/lib/platform/format'
import { changeWord, intervalWords } from './words'

type Gaps = NonNullable<GrowthView['gaps']>
type Gap = Extract<Gaps, { areas: unknown }>['schools']

function GapCard({ title, gap, between }: { title: string; gap: Gap; between: string }) {
  const word = gap.high < 0 ? 'menyempit' : gap.low > 0 ? 'melebar' : 'belum dapat dipastikan berubah'
  const widest = Math.max(gap.before, gap.after, 1)
  return (
    <Card title={title}>
      <p className="text-xl font-semibold">Jarak {word}</p>
      <dl className="mt-3 space-y-2 text-sm">
        {[
          ['Dahulu', gap.before],
          ['Sekarang', gap.after],
        ].map(([name, value]) => (
          <div key={name as string}>
            <dt className="flex justify-between">
              <span>{name}</span>
              <span className="tabular-nums">{value === 0 ? 'tidak terbedakan dari nol' : `${formatNumber(value as number)} poin`}</span>
            </dt>
            <dd aria-hidden="true" className="h-2 rounded-full bg-line">
              <div className="h-2 rounded-full bg-leaf" style={{ width: `${(100 * (value as number)) / widest}%` }} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-sm">
        Selisih {formatSigned(gap.change, 1)} poin, rentang 99 persen {formatSigned(gap.low, 1)} sampai {formatSigned(gap.high, 1)}.
      </p>
      <details className="mt-2 text-sm text-soft">
        <summary className="min-h-8 cursor-pointer py-1 font-semibold text-leaf">Cara menghitung</summary>
        Jarak ialah simpangan baku rata-rata sejati {between} ({formatCount(gap.groups)} kelompok), galat pengukuran dan pencuplikan sudah
        dikeluarkan. Rentangnya dari 400 penarikan ulang sekolah, ditambah galat satuan skala.
      </details>
    </Card>
  )
}

/** Why no gap is told: a unit that is not known to be the earlier one makes every gap look wider or narrower than it is. */
function Withheld({ gaps, links }: { gaps: Extract<Gaps, { withheld: unknown }>; links: GrowthView['links'] }) {
  const titles = links.filter((l) => gaps.instrumentIds.includes(l.instrumentId)).map((l) => l.title)
  return (
    <Notice tone="care" title="Belum dapat dijawab">
      {gaps.withheld === 'few-schools'
        ? 'Guru dengan kedua tes berada di terlalu sedikit sekolah: jarak di antara sekolah sesedikit itu hanya menceritakan sekolah-sekolah itu sendiri.'
        : gaps.withheld === 'unit-moved'
          ? `Satuan skala ukur ulang berbeda dari yang dahulu pada ${titles.join(', ')}: semua jarak ikut memanjang atau memendek, jadi jarak antardaerah tidak ditampilkan. Rata-rata tetap dapat dibandingkan.`
          : `Apakah satuan skala ukur ulang sama dengan yang dahulu belum diuji pada ${titles.join(', ')}, karena butir jangkarnya terlalu sedikit atau tautannya dibuat sebelum ada pengujian itu. Tautkan ulang untuk mengujinya.`}
    </Notice>
  )
}

/** The first question of the programme: is the gap closing? Then how the whole moved. */
export function Headline({ view }: { view: GrowthView }) {
  const change = view.total.change!
  const { attendance, linkError } = view
  return (
    <>
      {view.gaps && (
        <section aria-labelledby="jarak" className="mb-6">
          <h2 id="jarak" className="mb-2">
            {view.gaps && 'areas' in view.gaps && !view.gaps.areas
              ? 'Apakah jarak antarsekolah menyempit?'
              : 'Apakah jarak antardaerah menyempit?'}
          </h2>
          {'withheld' in view.gaps ? (
            <Withheld gaps={view.gaps} links={view.links} />
          ) : (
            <div className="grid gap-4 md:grid-cols-2">
              {view.gaps.areas && <GapCard title="Antara kabupaten/kota" gap={view.gaps.areas} between="kabupaten/kota" />}
              <GapCard title="Antara sekolah di kabupaten/kota yang sama" gap={view.gaps.schools} between="sekolah" />
            </div>
          )}
        </section>
      )}
      <div className="mb-6 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Figure label="Perubahan rata-rata" value={`${formatSigned(change.raw.value)} poin`} note={intervalWords(change.raw)} />
        <Figure
          label="Guru dibandingkan"
          value={view.total.n === null ? `≥ ${view.hideBelow}` : formatCount(view.total.n)}
          note={`di ${formatCount(change.clusters)} sekolah`}
        />
        <Figure
          label="Terlihat paling kecil"
          value={`${formatNumber(view.total.detectable!, 0)} poin`}
          note="ditemukan dalam 80 dari 100 pengukuran"
        />
        <Figure
          label="Galat baku tautan"
          value={`${formatNumber(linkError!)} poin`}
          note={view.links.length > 1 ? 'gabungan semua tautan pada kelompok ini' : 'ikut dalam setiap rentang'}
        />
      </div>
      <p className="mb-6 max-w-prose">
        Secara keseluruhan kompetensi ini <strong>{changeWord(change.raw, view.part)}</strong>.
        {attendance &&
          ` Dari ${formatCount(attendance.first)} peserta dahulu, ${formatCount(attendance.both)} kembali; ${formatCount(attendance.first - attendance.both)} tidak ikut dan ${formatCount(attendance.second - attendance.both)} orang baru tidak dibandingkan. Yang tidak kembali mungkin berbeda dari yang kembali.`}
      </p>
      <div className="mb-6 max-w-prose">
        <Notice tone="info" title="Perubahan perorangan tidak dihitung di sini">
          Satu tes pendek mengukur satu orang dengan galat yang lebar. Setiap guru membaca perubahannya sendiri beserta peluangnya;
          menjumlahkan kata “naik” dan “turun” hanya akan menghitung galat.
        </Notice>
      </div>
    </>
  )
}
