import Link from 'next/link'
import { formatCount, formatNumber } from '@/lib/platform/format'
import type { IndicatorView, SpreadView } from '@/lib/mapping/service'
import { Empty } from '@/components/ui/page'

const BAR = '#137D78'
const BOX = '#CFE3E1'

const W = 640
const H = 200

/** Histogram of percents and a box for every kabupaten large enough. */
export function Spread({ spread }: { spread: SpreadView }) {
  if (spread.total === 0)
    return <Empty title="Belum ada sebaran untuk saringan ini">Kelompoknya belum ada atau terlalu kecil untuk ditampilkan.</Empty>
  const top = Math.max(...spread.bands.map((b) => b.n))
  const x = (v: number) => 30 + (v / 100) * (W - 40)
  return (
    <div className="space-y-6">
      <figure>
        <figcaption className="mb-1 text-sm font-semibold">
          Sebaran {spread.basis === 'raw' ? 'persen mentah' : 'penguasaan'} {formatCount(spread.total)} guru (selang lima poin)
        </figcaption>
        <p className="mb-2 max-w-prose text-sm text-soft">
          {spread.basis === 'raw'
            ? 'Persen mentah tersebar lebih lebar daripada kemampuan: sebagian perbedaannya galat tes pendek. Jangan hitung banyaknya guru di ujung dari gambar ini.'
            : 'Perkiraan banyaknya guru menurut penguasaan yang sebenarnya: galat tes setiap orang sudah dikeluarkan, dan setiap kabupaten/kota ditimbang dengan gurunya sendiri.'}
        </p>
        <svg
          viewBox={`0 0 ${W} ${H + 24}`}
          className="h-auto w-full"
          role="img"
          aria-label={`Histogram nilai ${spread.total} guru; terbanyak pada selang ${spread.bands.reduce((a, b) => (b.n > a.n ? b : a)).from} ke atas`}
        >
          {spread.bands.map((b) => {
            const h = (b.n / top) * (H - 20)
            return (
              <g key={b.from}>
                <rect x={x(b.from) + 1} y={H - h} width={x(5) - x(0) - 2} height={h} fill={BAR} />
                <title>{`${b.from}–${b.from + 5}: ${b.n} guru`}</title>
              </g>
            )
          })}
          {[0, 20, 40, 60, 80, 100].map((v) => (
            <text key={v} x={x(v)} y={H + 16} fontSize="12" textAnchor="middle" fill="#55605A">
              {v}
            </text>
          ))}
          <line x1={x(0)} x2={x(100)} y1={H} y2={H} stroke="#55605A" />
        </svg>
      </figure>
      <figure>
        <figcaption className="mb-1 text-sm font-semibold">
          Sebaran di dalam kabupaten/kota: separuh guru berada di dalam kotak, garis tengah adalah median, garis tepi 10–90 persen
        </figcaption>
        <ul className="space-y-1.5">
          {spread.boxes.map((b) => (
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
                <line x1={b.q[0]! * 2} x2={b.q[4]! * 2} y1="8" y2="8" stroke="#55605A" vectorEffect="non-scaling-stroke" />
                <rect
                  x={b.q[1]! * 2}
                  y="2"
                  width={(b.q[3]! - b.q[1]!) * 2}
                  height="12"
                  fill={BOX}
                  stroke={BAR}
                  vectorEffect="non-scaling-stroke"
                />
                <line x1={b.q[2]! * 2} x2={b.q[2]! * 2} y1="1" y2="15" stroke="#1C2320" strokeWidth="2" vectorEffect="non-scaling-stroke" />
              </svg>
            </li>
          ))}
        </ul>
        {spread.hidden > 0 && (
          <p className="mt-2 text-sm text-soft">
            {spread.hidden} wilayah tidak digambar: gurunya sedikit, atau gambarnya akan membuka kelompok kecil.
          </p>
        )}
      </figure>
    </div>
  )
}

/** Indicators from strong to thin, for the province, with the kabupaten where each is strongest and thinnest. */
export function Indicators({ indicators, helpOf }: { indicators: IndicatorView; helpOf: (code: string) => string }) {
  if (indicators.length === 0) return <Empty title="Belum ada nilai indikator untuk saringan ini" />
  return (
    <ul className="space-y-4">
      {indicators.map((i) => {
        const shown = i.cells.filter((c) => c.compared && c.compared !== 'sekitar')
        const above = shown.filter((c) => c.compared === 'di atas').map((c) => c.name)
        const below = shown.filter((c) => c.compared === 'di bawah').map((c) => c.name)
        return (
          <li key={i.code} className="rounded-xl border border-line bg-card p-4">
            <div className="flex flex-wrap items-baseline justify-between gap-2">
              <p className="font-semibold">
                {i.code} {i.title}
                <Link
                  href={helpOf(i.code)}
                  prefetch={false}
                  aria-label={`Apa yang dapat dilakukan untuk ${i.code}`}
                  className="ml-2 inline-flex min-h-8 items-center text-sm font-normal text-leaf underline underline-offset-4"
                >
                  Apa yang dapat dilakukan
                </Link>
              </p>
              <p className="tabular-nums">
                <strong>{i.total.mean === null ? '–' : formatNumber(i.total.mean)}</strong>{' '}
                <span className="text-sm text-soft">
                  n {formatCount(i.total.n ?? 0)} · {i.items} butir
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
                <span className="text-soft">Di atas provinsi:</span> {above.join(', ')}
              </p>
            )}
            {below.length > 0 && (
              <p className="text-sm">
                <span className="text-soft">Di bawah provinsi:</span> {below.join(', ')}
              </p>
            )}
          </li>
        )
      })}
    </ul>
  )
}
