import Link from 'next/link'
import { Select } from '@/components/ui/form'
import { Card, Empty, Figure, PageHead, Simulated } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { basisNames, basisWords, type MapFilter } from '@/lib/mapping/model'
import type { MapBody, MapView } from '@/lib/mapping/service'
import { competencyNames, competencyOrder } from '@/lib/sittings/model'
import { formatCount, formatDate, formatNumber } from '@/lib/platform/format'
import { FilterForm } from './filters'
import { Legend, ProvinceMap, TileMap } from './province-map'
import { scaleOf } from './scale'
import { HeatTable, Indicators, Spread } from './views'

const tabs: [MapFilter['tampilan'], string][] = [
  ['peta', 'Peta'],
  ['tabel', 'Mata pelajaran × wilayah'],
  ['sebaran', 'Sebaran'],
  ['indikator', 'Indikator'],
]

/** The filter as an address; defaults are left out. */
export function addressOf(base: string, filter: MapFilter, change: Partial<MapFilter> = {}): string {
  const next = { ...filter, ...change }
  const params = new URLSearchParams(
    Object.entries(next).filter(([k, v]) => v && !(k === 'tampilan' && v === 'peta') && !(k === 'bagian' && v === '1')),
  )
  return params.size ? `${base}?${params}` : base
}

export function Filters({ view }: { view: MapView }) {
  const f = view.filter
  return (
    <FilterForm>
      <Select label="Instrumen" name="bagian" defaultValue={f.bagian}>
        {competencyOrder.map((c) => (
          <option key={c} value={c}>
            {competencyNames[c]}
          </option>
        ))}
      </Select>
      <Select label="Guru mata pelajaran" name="mapel" defaultValue={f.mapel}>
        <option value="">Semua</option>
        {view.subjects.map((s) => (
          <option key={s.code} value={s.code}>
            {s.name}
          </option>
        ))}
      </Select>
      <Select label="Jenjang" name="jenjang" defaultValue={f.jenjang}>
        <option value="">Semua</option>
        {view.levels.map((l) => (
          <option key={l.code} value={l.code}>
            {l.code}
          </option>
        ))}
      </Select>
      <Select label="Siklus" name="siklus" defaultValue={view.cycle?.value ?? ''}>
        {view.cycles.map((c) => (
          <option key={c.value} value={c.value}>
            {c.label}
          </option>
        ))}
      </Select>
      {view.choice && (
        <Select label="Dasar angka" name="dasar" defaultValue={basisNames[view.basis]}>
          <option value={basisNames.mastery}>Penguasaan, hanya yang sudah terukur</option>
          <option value={basisNames.raw}>Skor mentah, semua peserta</option>
        </Select>
      )}
      {f.tampilan !== 'peta' && <input type="hidden" name="tampilan" value={f.tampilan} />}
    </FilterForm>
  )
}

/** What the figures rest on: method, date, rules, and who is not in them. */
export function Honesty({ view }: { view: MapView }) {
  return (
    <p className="mt-4 max-w-prose text-sm text-soft">
      {basisWords[view.basis]}{' '}
      {view.basis === 'mastery' && view.unmeasured > 0
        ? view.unmeasured < view.rules.hideBelow
          ? 'Beberapa peserta belum terukur dan tidak ikut dihitung. '
          : `${formatCount(view.unmeasured)} peserta belum terukur dan tidak ikut dihitung. `
        : ''}
      Angka adalah rata-rata peserta yang sudah dites, bukan seluruh guru; hasil sesi yang masih ditahan belum dihitung; indikator tetap
      skor mentah. ± menunjukkan selang 95 persen dengan sekolah sebagai gugus (CR2, derajat bebas Satterthwaite), karena guru satu sekolah
      saling mirip; di bawah lima sekolah kemiripannya dipinjam dari seluruh provinsi. Kelompok di bawah {view.rules.hideBelow} guru
      disembunyikan, begitu pula kelompok yang dapat membocorkannya lewat saringan lain, jumlah, atau selisih; di bawah{' '}
      {view.rules.hatchBelow} diarsir. “Di atas” dan “di bawah” membandingkan dengan wilayah lain seluruhnya; dari semua sebutan itu paling
      banyak sepersepuluh diperkirakan kebetulan.
      {view.filter.bagian === '4' && !view.filter.mapel
        ? ' Bagian profesional menggabungkan 14 tes yang berbeda, sehingga antarwilayah hanya dapat dibandingkan secara kasar; pilih satu mata pelajaran untuk perbandingan yang adil.'
        : ''}{' '}
      Aturan versi {view.rules.version}
      {view.rules.shipped ? ' (bawaan sistem)' : ''}. {view.lastClosed ? `Tes terakhir ${formatDate(view.lastClosed)}.` : ''} Butir tes
      adalah contoh.
    </p>
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

export function MapPage({ base, view, body }: { base: string; view: MapView; body: MapBody }) {
  const { filter, cells, total } = view
  const scale = scaleOf(cells)
  const hrefOf = (code: string) => addressOf(`${base}/${code}`, filter, { tampilan: 'peta' })
  const subject = view.subjects.find((s) => s.code === filter.mapel)?.name
  return (
    <>
      <PageHead
        title={`Peta kompetensi ${competencyNames[filter.bagian]!.toLowerCase()}`}
        lead={`${subject ? `Guru ${subject}` : 'Semua mata pelajaran'}${filter.jenjang ? `, jenjang ${filter.jenjang}` : ''} · ${view.cycle?.label ?? 'belum ada siklus'}`}
      >
        {view.cycle?.simulated && <Simulated />}
      </PageHead>
      <Filters view={view} />
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
      {total.n === 0 ? (
        <Empty title="Belum ada guru yang dites untuk saringan ini">
          Longgarkan saringan, atau tunggu sampai sesi tes berikutnya selesai. Dinas kabupaten/kota melihat jenjang SD dan SMP, yang baru
          dites pada tahap berikutnya.
        </Empty>
      ) : cells.every((c) => c.mean === null) && total.mean === null ? (
        <HiddenFilter hideBelow={view.rules.hideBelow} />
      ) : (
        <>
          <div className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
            <Figure
              label="Rata-rata provinsi"
              value={total.mean === null ? '–' : formatNumber(total.mean)}
              note={total.margin === null ? undefined : `± ${formatNumber(total.margin)} (95 persen)`}
            />
            <Figure
              label="Guru dites"
              value={total.n === null ? '–' : formatCount(total.n)}
              note={
                total.n !== null && total.roster
                  ? `${formatNumber((100 * total.n) / total.roster, 0)} persen dari ${formatCount(total.roster)} guru terdata`
                  : undefined
              }
            />
            <Figure
              label="Jarak antarwilayah"
              value={
                view.spread.between === null
                  ? '–'
                  : view.spread.between === 0
                    ? 'tidak terbedakan dari nol'
                    : formatNumber(view.spread.between)
              }
              note="simpangan baku rata-rata kabupaten/kota, galatnya sudah dikeluarkan"
            />
            <Figure
              label="Wilayah tampil"
              value={`${cells.filter((c) => c.mean !== null).length} dari ${cells.length}`}
              note={`${cells.filter((c) => c.state === 'hidden').length} disembunyikan`}
            />
          </div>
          {cells.some((c) => c.state === 'hidden') && (
            <p className="mb-4 max-w-prose text-sm text-soft">
              Wilayah yang disembunyikan berisi kelompok kecil, atau akan membukanya bila dikurangkan dari saringan lain. Saringan yang
              lebih longgar menampilkan lebih banyak wilayah.
            </p>
          )}
          {filter.tampilan === 'peta' && (
            <div className="grid items-start gap-4 lg:grid-cols-[1.1fr_1fr]">
              <Card>
                <div className="hidden sm:block">
                  <ProvinceMap cells={cells} scale={scale} hrefOf={hrefOf} geometry={body.boundaries?.geometry ?? null} />
                </div>
                <div className="sm:hidden">
                  <TileMap cells={cells} scale={scale} hrefOf={hrefOf} />
                </div>
                <div className="mt-3">
                  <Legend scale={scale} rules={view.rules} />
                </div>
                <p className="mt-2 text-xs text-soft">
                  {body.boundaries
                    ? `Batas wilayah: ${body.boundaries.sourceLine}`
                    : 'Mosaik segi enam sama luas; bukan batas wilayah yang sebenarnya.'}
                </p>
              </Card>
              <Card title="Menurut abjad, bukan peringkat">
                <Table
                  caption="Rata-rata per kabupaten/kota"
                  rowKey={(c) => c.code}
                  rows={[...cells].sort((a, b) => a.name.localeCompare(b.name, 'id'))}
                  columns={[
                    {
                      key: 'name',
                      head: 'Kabupaten/kota',
                      lead: true,
                      cell: (c) => (
                        <Link href={hrefOf(c.code)} className="text-leaf underline underline-offset-4">
                          {c.name}
                        </Link>
                      ),
                    },
                    {
                      key: 'mean',
                      head: 'Rata-rata',
                      numeric: true,
                      cell: (c) =>
                        c.mean === null
                          ? c.state === 'hidden'
                            ? 'disembunyikan'
                            : '–'
                          : `${formatNumber(c.mean)}${c.margin === null ? '' : ` ± ${formatNumber(c.margin)}`}`,
                    },
                    {
                      key: 'n',
                      head: 'Dites / terdata',
                      numeric: true,
                      cell: (c) => (c.n === null ? '–' : `${formatCount(c.n)} / ${formatCount(c.roster)}`),
                    },
                    { key: 'compared', head: 'Terhadap wilayah lain', cell: (c) => c.compared ?? '–' },
                  ]}
                />
              </Card>
            </div>
          )}
          {filter.tampilan === 'tabel' && body.heat && (
            <>
              <HeatTable heat={body.heat} />
              {body.heat.basis !== view.basis && <p className="mt-2 text-sm text-soft">Tabel ini: {basisWords[body.heat.basis]}</p>}
            </>
          )}
          {filter.tampilan === 'sebaran' && body.spread && (
            <Card>
              <Spread spread={body.spread} />
            </Card>
          )}
          {filter.tampilan === 'indikator' && body.indicators && <Indicators indicators={body.indicators} />}
          <Honesty view={view} />
        </>
      )}
    </>
  )
}
