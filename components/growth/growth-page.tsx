import Link from 'next/link'
import type { ReactNode } from 'react'
import { FilterForm } from '@/components/map/filters'
import { Notice, Select } from '@/components/ui/form'
import { Empty, PageHead, Simulated } from '@/components/ui/page'
import { gateWords } from '@/lib/calibration/link-model'
import type { GrowthFilter } from '@/lib/growth/model'
import type { GrowthView, PracticeGrowth } from '@/lib/growth/service'
import { competencyNames, competencyOrder } from '@/lib/sittings/model'
import type { GrowthBody } from '@/lib/growth/service'
import { formatCount, formatDate, formatNumber } from '@/lib/platform/format'
import { Areas } from './areas'
import { Headline } from './headline'
import { IndicatorList } from './indicators'
import { Power } from './power'
import { PracticeCard } from './practice'
import { Received } from './received'

const tabs: [GrowthFilter['tampilan'], string][] = [
  ['ringkasan', 'Ringkasan'],
  ['wilayah', 'Wilayah'],
  ['indikator', 'Indikator'],
  ['dukungan', 'Dukungan'],
  ['daya', 'Daya tes'],
]

function addressOf(base: string, filter: GrowthFilter, change: Partial<GrowthFilter>): string {
  const params = new URLSearchParams(Object.entries({ ...filter, ...change }).filter(([, v]) => v))
  return `${base}?${params}`
}

/** What every figure on the page rests on. */
function Honesty({ view, practice }: { view: GrowthView; practice: PracticeGrowth | null }) {
  const errors = view.links.map((l) => l.error)
  return (
    <p className="mt-6 max-w-prose text-sm text-soft">
      Hanya guru yang mengikuti kedua tes yang dibandingkan; wilayah dan sekolah adalah yang dahulu. Poin berada pada skala 200–800 yang
      sama: 100 poin = satu simpangan baku siklus awal. Rentang 95 persen memuat galat pencuplikan (guru satu sekolah dihitung sebagai satu
      kelompok), galat pengukuran, dan galat tautan {errors.length === 1 && `(${formatNumber(errors[0]!)} poin)`}
      {errors.length > 1 && `(${formatNumber(Math.min(...errors))}–${formatNumber(Math.max(...errors))} poin per instrumen)`}. Kelompok di
      bawah {view.hideBelow} guru disembunyikan.{' '}
      {practice?.difference
        ? 'Kebiasaan karena pernah dites dibaca dari kelompok acak yang baru pertama kali dites, pada Ringkasan.'
        : 'Siapa pun yang dites untuk kedua kali sedikit lebih terbiasa dengan bentuk tesnya; tanpa kelompok acak yang cukup besar yang baru pertama kali dites pada ukur ulang, kebiasaan itu tidak dapat dipisahkan dari kenaikan kemampuan.'}{' '}
      Perubahan bukan bukti bahwa suatu kegiatan menyebabkannya; rancangan yang dapat membuktikannya dijelaskan pada bagian Dukungan.
      {view.links.length > 0 && ` Tautan ${formatDate(view.links[0]!.at)}.`}
    </p>
  )
}

function Body({ view, body }: { view: GrowthView; body: GrowthBody }): ReactNode {
  switch (body.tampilan) {
    case 'ringkasan':
      return <Headline view={view} />
    case 'wilayah':
      return <Areas view={view} />
    case 'indikator':
      return <IndicatorList rows={body.indicators} />
    case 'dukungan':
      return <Received support={body.support} lots={body.lots} />
    case 'daya':
      return <Power power={body.power} />
  }
}

/** Growth between a cycle and its re-test. */
export function GrowthPage({
  base,
  filter,
  view,
  body,
  practice,
}: {
  base: string
  filter: GrowthFilter
  view: GrowthView | null
  body: GrowthBody
  practice: PracticeGrowth | null
}) {
  if (!view)
    return (
      <>
        <PageHead title="Perubahan sejak tes sebelumnya" />
        <Empty title="Belum ada ukur ulang">
          Perubahan dapat dibaca setelah peserta suatu siklus dites lagi. Siklus ukur ulang dibuat BGTK dari halaman siklus awal, biasanya
          enam bulan kemudian.
        </Empty>
      </>
    )
  const { chosen } = view
  return (
    <>
      <PageHead
        title={`Perubahan kompetensi ${competencyNames[filter.bagian]!.toLowerCase()}`}
        lead={`${chosen.baseName} dibandingkan dengan ${chosen.name}`}
      >
        {chosen.simulated && <Simulated />}
      </PageHead>
      <FilterForm>
        <Select label="Instrumen" name="bagian" defaultValue={filter.bagian}>
          {competencyOrder.map((c) => (
            <option key={c} value={c}>
              {competencyNames[c]}
            </option>
          ))}
        </Select>
        <Select label="Ukur ulang" name="ulang" defaultValue={chosen.code}>
          {view.choices.map((c) => (
            <option key={c.code} value={c.code}>
              {c.name}
            </option>
          ))}
        </Select>
        <input type="hidden" name="tampilan" value={filter.tampilan} />
      </FilterForm>
      <nav aria-label="Tampilan" className="no-print my-4 flex gap-1 overflow-x-auto border-b border-line">
        {tabs.map(([value, label]) => (
          <Link
            key={value}
            href={addressOf(base, filter, { tampilan: value })}
            aria-current={filter.tampilan === value ? 'page' : undefined}
            className={`inline-flex min-h-11 items-center whitespace-nowrap border-b-4 px-3 text-sm font-semibold ${filter.tampilan === value ? 'border-gold text-leaf' : 'border-transparent text-soft'}`}
          >
            {label}
          </Link>
        ))}
      </nav>
      {view.links.some((l) => l.gate === 'closed') && (
        <div className="mb-4">
          <Notice tone="care" title="Sebagian tautan dirilis dengan gerbang tertutup">
            <ul className="list-disc pl-5">
              {view.links
                .filter((l) => l.gate === 'closed')
                .map((l) => (
                  <li key={l.instrumentId}>
                    {l.title}: {l.reasons.map((r) => gateWords[r]).join(' ')}
                    {l.reasons.includes('error') &&
                      ` Galatnya ${formatNumber(l.error)} poin dari ${l.anchors} butir jangkar${l.wanted ? `; kira-kira ${l.wanted} butir jangkar akan membukanya` : ''}.`}
                  </li>
                ))}
            </ul>
            Hasilnya dirilis dengan alasan tertulis. Jangan kutip angka ini tanpa keterangan itu.
          </Notice>
        </div>
      )}
      {view.total.change ? (
        <>
          {practice && body.tampilan === 'ringkasan' && <PracticeCard practice={practice} />}
          <Body view={view} body={body} />
        </>
      ) : (
        <Empty title={view.links.length === 0 ? 'Kedua tes belum berada pada satu skala' : 'Terlalu sedikit guru untuk dibandingkan'}>
          {view.links.length === 0
            ? 'Hasil ukur ulang untuk bagian ini belum ditautkan dan dirilis, atau metode penautannya tidak sepakat. Sampai itu selesai, selisih skor tidak berarti apa-apa dan tidak ditampilkan.'
            : `Dalam jangkauan akun ini hanya ada kelompok di bawah ${formatCount(view.hideBelow)} guru dengan kedua tes.`}
        </Empty>
      )}
      <Honesty view={view} practice={practice} />
    </>
  )
}
