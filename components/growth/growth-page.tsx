import type { ReactNode } from 'react'
import { FilterForm } from '@/components/map/filters'
import { PublicationNotices } from '@/components/map/honesty'
import { PublishedLine } from '@/components/published-line'
import { Notice, Select } from '@/components/ui/form'
import { Empty, PageHead, Simulated } from '@/components/ui/page'
import { Tabs } from '@/components/ui/tabs'
import type { GrowthFilter } from '@/lib/growth/model'
import type { GrowthBody, GrowthPage as GrowthPageOf, GrowthView } from '@/lib/growth/service'
import { competencyNames, competencyOrder } from '@/lib/sittings/model'
import { formatCount, formatDate, formatNumber } from '@/lib/platform/format'
import { Areas } from './areas'
import { Headline } from './headline'
import { IndicatorList } from './indicators'
import { Power } from './power'
import { PracticeCard } from './practice'
import { Received } from './received'
import { withheldWords } from './words'

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

/** What every figure on the page rests on: first in an official's words, then how it is worked out. */
function Honesty({ view, page }: { view: GrowthView; page: GrowthPageOf }) {
  const errors = view.links.map((l) => l.error)
  return (
    <div className="mt-6 max-w-prose space-y-2 text-sm text-soft">
      <p>
        Hanya guru yang mengikuti kedua tes yang dibandingkan; wilayah dan sekolah adalah yang dahulu. Kelompok di bawah {view.hideBelow}{' '}
        guru disembunyikan, begitu pula kelompok, atau bilangan guru, yang dapat membukanya lewat jumlah, selisih, atau angka peta.{' '}
        {page.practice?.difference
          ? 'Kebiasaan karena pernah dites dibaca dari kelompok acak yang baru pertama kali dites, pada Ringkasan.'
          : 'Siapa pun yang dites untuk kedua kali sedikit lebih terbiasa dengan bentuk tesnya; tanpa kelompok acak yang cukup besar yang baru pertama kali dites pada ukur ulang, kebiasaan itu tidak dapat dipisahkan dari kenaikan kemampuan.'}{' '}
        Perubahan bukan bukti bahwa suatu kegiatan menyebabkannya; rancangan yang dapat membuktikannya dijelaskan pada bagian Dukungan.{' '}
        {page.published && <PublishedLine published={page.published} />}
      </p>
      <details className="rounded-xl border border-line bg-card px-4 py-2">
        <summary className="min-h-8 cursor-pointer py-1 font-semibold text-leaf">Cara menghitung</summary>
        <ul className="mt-1 list-disc space-y-1 pl-5">
          <li>Poin berada pada skala 200–800 yang sama bagi kedua tes: 100 poin = satu simpangan baku siklus awal.</li>
          <li>
            Rentang 95 persen memuat galat pencuplikan (guru satu sekolah dihitung sebagai satu kelompok, CR2 dengan derajat bebas
            Satterthwaite), galat pengukuran, dan galat tautan.
          </li>
          <li>
            “Terlihat mulai” dihitung dari galat baku dan sebaran t yang sama dengan rentangnya: perubahan sebesar itu ditemukan dalam 80
            dari 100 pengukuran.
          </li>
          {errors.length > 0 && (
            <li>
              Galat baku tautan{' '}
              {errors.length === 1
                ? `${formatNumber(errors[0]!)} poin`
                : `${formatNumber(Math.min(...errors))}–${formatNumber(Math.max(...errors))} poin per instrumen${view.linkError === null ? '' : `; bersama, menurut bagian tiap instrumen, ${formatNumber(view.linkError)} poin`}`}
              . Tautan {formatDate(new Date(view.links[0]!.at))}. Tautan yang gerbangnya tertutup tidak ikut.
            </li>
          )}
        </ul>
      </details>
    </div>
  )
}

/** Tests of which no change is published, with the reason, before any number of the others. */
function WithoutChange({ view }: { view: GrowthView }) {
  if (!view.withheld.length) return null
  return (
    <div className="mb-4">
      <Notice tone="care" title={view.links.length ? 'Tidak ikut dalam angka di bawah ini' : 'Perubahan tidak diterbitkan'}>
        <ul className="list-disc pl-5">
          {[...new Set(view.withheld.map(withheldWords))].map((why) => (
            <li key={why}>
              {view.withheld.flatMap((w) => (withheldWords(w) === why ? [w.title] : [])).join(', ')}: {why}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
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
      return <Received support={body.support} lots={body.lots} hideBelow={view.hideBelow} />
    case 'daya':
      return <Power power={body.power} hideBelow={view.hideBelow} />
  }
}

const TITLE = 'Perubahan sejak tes sebelumnya'

/** What stands where there is no page of growth to show: nobody measured again, nothing published, or nobody in reach. */
function Nothing({ page }: { page: GrowthPageOf }) {
  if (!page.planned)
    return (
      <Empty title="Belum ada ukur ulang">
        Perubahan dapat dibaca setelah peserta suatu siklus dites lagi. Siklus ukur ulang dibuat BGTK dari halaman siklus awal, biasanya
        enam bulan kemudian.
      </Empty>
    )
  if (!page.published)
    return (
      <Empty title="Belum ada perubahan yang terbit">
        Perubahan tampil setelah dua orang di BGTK menerbitkan rangkaian ukur ulangnya. Hasil tiap guru tetap tersimpan dan tidak berubah.
      </Empty>
    )
  return (
    <Empty title={page.notYetSummed ? 'Belum dijumlahkan untuk kewenangan Anda' : 'Tidak ada guru dengan kedua tes dalam wilayah Anda'}>
      {!page.notYetSummed && 'Ukur ulang ini tidak menguji guru dari wilayah dan jenjang Anda dua kali pada bagian ini. '}
      <PublishedLine published={page.published} />
    </Empty>
  )
}

/** Growth between a cycle and its re-test, as it was published. */
export function GrowthPage({ base, filter, page }: { base: string; filter: GrowthFilter; page: GrowthPageOf }) {
  const { view, body, practice, choices } = page
  const chosen = view?.chosen
  return (
    <>
      <PageHead
        title={view ? `Perubahan kompetensi ${competencyNames[filter.bagian]!.toLowerCase()}` : TITLE}
        lead={chosen && `${chosen.baseName} dibandingkan dengan ${chosen.name}`}
      >
        {chosen?.simulated && <Simulated />}
      </PageHead>
      {page.published && (
        <FilterForm>
          <Select label="Instrumen" name="bagian" defaultValue={filter.bagian}>
            {competencyOrder.map((c) => (
              <option key={c} value={c}>
                {competencyNames[c]}
              </option>
            ))}
          </Select>
          <Select label="Ukur ulang" name="ulang" defaultValue={chosen?.code ?? filter.ulang}>
            {choices.map((c) => (
              <option key={c.code} value={c.code}>
                {c.name}
              </option>
            ))}
          </Select>
          <input type="hidden" name="tampilan" value={filter.tampilan} />
        </FilterForm>
      )}
      {view && (
        <div className="mt-4">
          <Tabs
            label="Tampilan"
            parts={tabs.map(([value, name]) => ({
              href: addressOf(base, filter, { tampilan: value }),
              name,
              current: filter.tampilan === value,
            }))}
          />
        </div>
      )}
      <PublicationNotices view={page} meanwhile="Perubahan guru di seluruh wilayah Anda ada sejak terbitan berikutnya." />
      {!view ? (
        <div className="mt-4">
          <Nothing page={page} />
        </div>
      ) : (
        <>
          <WithoutChange view={view} />
          {view.total.change ? (
            <>
              {practice && body.tampilan === 'ringkasan' && <PracticeCard practice={practice} hideBelow={view.hideBelow} />}
              <Body view={view} body={body} />
            </>
          ) : (
            <NoChange view={view} />
          )}
          <Honesty view={view} page={page} />
        </>
      )}
    </>
  )
}

/** In the place of the number: why there is none. */
function NoChange({ view }: { view: GrowthView }) {
  if (view.total.state === 'hidden')
    return (
      <Empty title="Terlalu sedikit guru untuk dibandingkan">
        Dalam jangkauan akun ini hanya ada kelompok di bawah {formatCount(view.hideBelow)} guru dengan kedua tes, atau yang akan membukanya.
      </Empty>
    )
  return (
    <Empty title={view.links.length ? 'Belum ada guru dengan kedua tes' : 'Kedua tes belum berada pada satu skala'}>
      {view.links.length === 0 &&
        'Hasil ukur ulang untuk bagian ini belum ditautkan dan dirilis, atau gerbang tautannya tertutup. Sampai itu selesai, selisih skor tidak berarti apa-apa dan tidak diterbitkan.'}
    </Empty>
  )
}
