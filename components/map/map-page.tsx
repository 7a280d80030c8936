import { CutGround } from '@/components/measurement/cut-ground'
import { Link } from '@/components/ui/link'
import { buttonClass, Notice } from '@/components/ui/form'
import { Card, Empty, Figure, PageHead, Simulated } from '@/components/ui/page'
import { Tabs } from '@/components/ui/tabs'
import type { Remeasured } from '@/lib/growth/service'
import { basisWords, type MapFilter } from '@/lib/mapping/model'
import { figureIn, scaleFor } from '@/lib/mapping/palette-model'
import type { MapBody, MapView } from '@/lib/mapping/service'
import { competencyNames } from '@/lib/sittings/model'
import { formatCount, formatNumber } from '@/lib/platform/format'
import { addressOf, responseAddress } from './address'
import { Filters } from './filter-fields'
import { GroupsChart } from './groups-chart'
import { HeatTable } from './heat-table'
import { HiddenFilter, Honesty, InPublic, PublicationNotices, whyNoShare } from './honesty'
import { Legend } from './legend'
import { OtherPeople } from './other-people'
import { PlaceCards } from './place-cards'
import { PlaceTable } from './place-table'
import { Pointing } from './pointing'
import { ProvinceMap, TileMap } from './province-map'
import { PrintedLine, TakeAlong } from './take-along'
import { Indicators, Spread } from './views'

const tabs: [MapFilter['tampilan'], string][] = [
  ['peta', 'Peta'],
  ['tabel', 'Mata pelajaran × wilayah'],
  ['sebaran', 'Sebaran'],
  ['indikator', 'Indikator'],
]

/** Where the pages of one office lie. */
export type Places = { base: string; growthBase: string }

/** Paper carries the map beside its table: one sheet of A4 across. */
const SHEET = '@page { size: A4 landscape; margin: 9mm }'

export function MapPage({
  base,
  growthBase,
  view,
  body,
  remeasured,
}: Places & { view: MapView; body: MapBody; remeasured: Remeasured | null }) {
  const { filter, cells, total } = view
  const scale = scaleFor(filter)
  const noShare = filter.nilai === 'kompeten' ? whyNoShare(view) : null
  const whole = figureIn(total, filter.nilai)
  const hrefOf = (code: string) => addressOf(`${base}/${code}`, filter, { tampilan: 'peta' })
  const subject = view.subjects.find((s) => s.code === filter.mapel)?.name
  return (
    <div className="one-sheet">
      <style>{SHEET}</style>
      <PageHead
        title={`Peta kompetensi ${competencyNames[filter.bagian]!.toLowerCase()}`}
        lead={`${subject ? `Guru ${subject}` : 'Semua mata pelajaran'}${filter.jenjang ? `, jenjang ${filter.jenjang}` : ''} · ${view.cycle?.label ?? 'belum ada siklus'}`}
      >
        {view.cycle?.simulated && <Simulated />}
        {subject && (
          <Link href={responseAddress(base, filter, {})} className={buttonClass('quiet')}>
            Apa yang dapat dilakukan untuk guru {subject}
          </Link>
        )}
      </PageHead>
      <Filters view={view} />
      {remeasured && <OtherPeople remeasured={remeasured} growthBase={growthBase} part={filter.bagian} />}
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
      <PublicationNotices view={view} />
      {view.published && <CutGround part={filter.bagian} subject={filter.mapel} at={view.published.at} />}
      {!view.published ? (
        <Empty title="Belum ada terbitan">
          Angka tampil setelah dua orang di BGTK menerbitkannya. Hasil tiap guru tetap tersimpan dan tidak berubah.
        </Empty>
      ) : total.n === 0 && filter.status && (filter.mapel || filter.jenjang) ? (
        <Empty title="Status kepegawaian tidak diterbitkan bersama saringan lain">
          Kelompoknya terlalu kecil di banyak tempat. Pilih semua mata pelajaran dan semua jenjang untuk melihat menurut status.
        </Empty>
      ) : total.n === 0 ? (
        <Empty title="Belum ada guru yang dites untuk saringan ini">
          Longgarkan saringan, atau tunggu sampai sesi tes berikutnya selesai. Dinas kabupaten/kota melihat jenjang SD dan SMP, yang baru
          dites pada tahap berikutnya.
        </Empty>
      ) : cells.every((c) => c.mean === null) && total.mean === null ? (
        <HiddenFilter hideBelow={view.rules.hideBelow} />
      ) : (
        <>
          <div
            className={`mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4 print:mb-2 print:grid-cols-4 ${filter.tampilan === 'tabel' ? 'print:hidden' : ''}`}
          >
            <Figure
              label={filter.nilai === 'kompeten' ? 'Guru kompeten' : 'Rata-rata provinsi'}
              value={whole ? `${formatNumber(whole.value)}${filter.nilai === 'kompeten' ? ' persen' : ''}` : '–'}
              note={whole?.margin ? `± ${formatNumber(whole.margin)} (95 persen)` : undefined}
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
          {noShare && (
            <div className="mb-4">
              <Notice tone="care">
                {noShare}{' '}
                <Link className="underline underline-offset-4" href={addressOf(base, filter, { nilai: 'rata-rata' })}>
                  Lihat rata-rata
                </Link>
                .
              </Notice>
            </div>
          )}
          {filter.tampilan === 'peta' && (
            <Pointing>
              <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[1fr_1.05fr] print:grid-cols-2 print:gap-2">
                <Card>
                  <div className="colours hidden sm:block print:block">
                    <ProvinceMap cells={cells} scale={scale} hrefOf={hrefOf} geometry={body.boundaries?.geometry ?? null} />
                  </div>
                  <div className="sm:hidden print:hidden">
                    <TileMap cells={cells} scale={scale} hrefOf={hrefOf} />
                  </div>
                  <PlaceCards
                    cells={cells}
                    scale={scale}
                    hrefOf={hrefOf}
                    helpOf={(code) => responseAddress(base, filter, { wilayah: code })}
                  />
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
                  <PlaceTable
                    cells={cells}
                    pictured={filter.nilai}
                    hrefOf={hrefOf}
                    helpOf={(code) => responseAddress(base, filter, { wilayah: code })}
                  />
                </Card>
              </div>
            </Pointing>
          )}
          {filter.tampilan === 'tabel' && body.heat && (
            <>
              <HeatTable base={base} filter={filter} heat={body.heat} rules={view.rules} />
              {body.heat.basis !== view.basis && <p className="mt-2 text-sm text-soft">Tabel ini: {basisWords[body.heat.basis]}</p>}
            </>
          )}
          {filter.tampilan === 'sebaran' && body.spread && (
            <Card>
              <div className="space-y-8">
                {body.levels.length > 1 && <GroupsChart kind="levels" cells={body.levels} scale={scale} />}
                <GroupsChart kind="places" cells={cells} scale={scale} />
                <Spread spread={body.spread} />
              </div>
            </Card>
          )}
          {filter.tampilan === 'indikator' && body.indicators && (
            <Indicators indicators={body.indicators} helpOf={(code) => responseAddress(base, filter, { indikator: code })} />
          )}
          <PrintedLine view={view} />
          <Honesty view={view} />
          <InPublic view={view} />
          <TakeAlong view={view} />
        </>
      )}
    </div>
  )
}
