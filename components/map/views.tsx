import { Link } from '@/components/ui/link'
import { formatCount, formatNumber } from '@/lib/platform/format'
import type { IndicatorView, SpreadView } from '@/lib/mapping/service'
import { axisFor } from '@/components/charts/explore/axes'
import { Explore } from '@/components/charts/explore/explore'
import { Empty } from '@/components/ui/page'
import { figureWords } from './place-table'

const BAR = 'var(--color-series)'
const BOX = 'var(--color-series-box)'

/** Histogram of percents and a box for every kabupaten large enough. */
export function Spread({ spread }: { spread: SpreadView }) {
  if (spread.total === 0)
    return <Empty title="Belum ada sebaran untuk saringan ini">Kelompoknya belum ada atau terlalu kecil untuk ditampilkan.</Empty>
  return (
    <div className="space-y-6">
      <Explore
        caption={`Sebaran ${spread.basis === 'raw' ? 'persen mentah' : 'penguasaan'} ${formatCount(spread.total)} guru (rentang lima poin)`}
        label={`Histogram nilai ${formatCount(spread.total)} guru; terbanyak pada rentang ${spread.bands.reduce((a, b) => (b.n > a.n ? b : a)).from} persen ke atas`}
        note={
          <p className="mb-2 max-w-prose text-sm text-soft">
            {spread.basis === 'raw'
              ? 'Persen mentah tersebar lebih lebar daripada kemampuan: sebagian perbedaannya galat tes pendek. Jangan hitung banyaknya guru di ujung dari gambar ini.'
              : 'Perkiraan banyaknya guru menurut penguasaan yang sebenarnya: galat tes setiap orang sudah dikeluarkan, dan setiap kabupaten/kota ditimbang dengan gurunya sendiri.'}
          </p>
        }
        chart={{
          kind: 'bars',
          x: { name: 'Nilai, persen', span: [0, 100], ticks: [0, 20, 40, 60, 80, 100].map((at) => ({ at, name: String(at) })) },
          y: axisFor('Guru', [0, ...spread.bands.map((b) => b.n)]),
          bars: spread.bands.map((b) => ({
            from: b.from,
            to: b.from + 5,
            value: b.n,
            words: `${b.from}–${b.from + 5} persen: ${formatCount(b.n)} guru`,
          })),
        }}
        table={{
          head: ['Nilai', 'Guru'],
          rows: spread.bands.filter((b) => b.n > 0).map((b) => [`${b.from}–${b.from + 5}`, formatCount(b.n)]),
        }}
      />
      <figure>
        <figcaption className="mb-1 text-sm font-semibold">
          Sebaran di dalam kabupaten/kota: separuh guru berada di dalam kotak, garis tengah adalah median, garis tepi 10–90 persen
        </figcaption>
        <ul className="space-y-1.5">
          {[...spread.boxes]
            .sort((a, b) => a.name.localeCompare(b.name, 'id'))
            .map((b) => (
              <li key={b.code} className="grid grid-cols-[7.5rem_1fr] items-center gap-2 text-xs sm:grid-cols-[10rem_1fr]">
                <span>
                  {b.name}
                  <span className="block text-soft">
                    n {formatCount(b.n)} · median {formatNumber(b.q[2]!, 0)}
                  </span>
                </span>
                <svg
                  viewBox="0 0 200 16"
                  className="h-5 w-full"
                  preserveAspectRatio="none"
                  role="img"
                  aria-label={`${b.name}: 10 persen ${formatNumber(b.q[0]!, 0)}, kuartil bawah ${formatNumber(b.q[1]!, 0)}, median ${formatNumber(b.q[2]!, 0)}, kuartil atas ${formatNumber(b.q[3]!, 0)}, 90 persen ${formatNumber(b.q[4]!, 0)}`}
                >
                  <line x1={b.q[0]! * 2} x2={b.q[4]! * 2} y1="8" y2="8" stroke="var(--color-soft)" vectorEffect="non-scaling-stroke" />
                  <rect
                    x={b.q[1]! * 2}
                    y="2"
                    width={(b.q[3]! - b.q[1]!) * 2}
                    height="12"
                    fill={BOX}
                    stroke={BAR}
                    vectorEffect="non-scaling-stroke"
                  />
                  <line
                    x1={b.q[2]! * 2}
                    x2={b.q[2]! * 2}
                    y1="1"
                    y2="15"
                    stroke="var(--color-ink)"
                    strokeWidth="2"
                    vectorEffect="non-scaling-stroke"
                  />
                </svg>
              </li>
            ))}
        </ul>
        <div aria-hidden="true" className="grid grid-cols-[7.5rem_1fr] gap-2 text-xs text-soft sm:grid-cols-[10rem_1fr]">
          <span>persen</span>
          <span className="flex justify-between border-t border-soft pt-0.5 tabular-nums">
            {[0, 20, 40, 60, 80, 100].map((v) => (
              <span key={v} className="w-0 text-center [direction:ltr]">
                <span className="-ml-3 inline-block w-6">{v}</span>
              </span>
            ))}
          </span>
        </div>
        {spread.hidden > 0 && (
          <p className="mt-2 text-sm text-soft">
            {spread.hidden} wilayah tidak digambar: gurunya sedikit, atau gambarnya akan membuka kelompok kecil.
          </p>
        )}
      </figure>
    </div>
  )
}

/** Indicators, and content domains of one subject, from strong to thin for the province, with the kabupaten that differ. */
export function Indicators({ indicators, helpOf }: { indicators: IndicatorView; helpOf: (code: string) => string }) {
  if (indicators.length === 0) return <Empty title="Belum ada nilai indikator untuk saringan ini" />
  return (
    <ul className="space-y-4">
      {indicators.map((i) => {
        const shown = i.cells.filter((c) => c.compared && c.compared !== 'sekitar')
        const above = shown.filter((c) => c.compared === 'di atas').map((c) => c.name)
        const below = shown.filter((c) => c.compared === 'di bawah').map((c) => c.name)
        return (
          <li key={`${i.domain}${i.code}`} className="rounded-xl border border-line bg-card p-4">
            <div className="flex flex-wrap items-baseline justify-between gap-2">
              <p className="font-semibold">
                {i.domain && <span className="font-normal text-soft">Ranah isi: </span>}
                {i.domain ? i.title : `${i.code} ${i.title}`}
                {!i.domain && (
                  <Link
                    href={helpOf(i.code)}

                    aria-label={`Apa yang dapat dilakukan untuk ${i.code}`}
                    className="ml-2 inline-flex min-h-8 items-center text-sm font-normal text-leaf underline underline-offset-4"
                  >
                    Apa yang dapat dilakukan
                  </Link>
                )}
              </p>
              <p className="tabular-nums">
                <strong>{figureWords(i.total, i.total.mean, i.total.margin)}</strong>{' '}
                <span className="text-sm text-soft">
                  {i.total.n === null ? '' : `n ${formatCount(i.total.n)} · `}
                  {i.items} butir
                </span>
              </p>
            </div>
            {i.total.mean !== null && (
              <div className="mt-1 h-2 rounded-full bg-line" aria-hidden="true">
                <div className="h-2 rounded-full bg-leaf" style={{ width: `${i.total.mean}%` }} />
              </div>
            )}
            {above.length > 0 && (
              <p className="mt-2 text-sm">
                <span className="text-soft">Di atas wilayah lain:</span> {above.join(', ')}
              </p>
            )}
            {below.length > 0 && (
              <p className="text-sm">
                <span className="text-soft">Di bawah wilayah lain:</span> {below.join(', ')}
              </p>
            )}
          </li>
        )
      })}
    </ul>
  )
}
