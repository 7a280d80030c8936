import { CutGround } from '@/components/measurement/cut-ground'
import { Link } from '@/components/ui/link'
import { buttonClass } from '@/components/ui/form'
import { Card, Empty, Figure, PageHead, Simulated } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import type { Remeasured } from '@/lib/growth/service'
import type { MapView, SchoolCell } from '@/lib/mapping/service'
import type { Cell } from '@/lib/mapping/model'
import { competencyNames } from '@/lib/sittings/model'
import { figureIn, scaleFor, shortFigure } from '@/lib/mapping/palette-model'
import { formatCount, formatNumber } from '@/lib/platform/format'
import { addressOf, responseAddress } from './address'
import { Filters } from './filter-fields'
import { groundOf } from './ground'
import { Honesty, InPublic, whyNoShare } from './honesty'
import { Legend } from './legend'
import { OtherPeople } from './other-people'
import { figureWords } from './place-table'
import { PrintedLine, TakeAlong } from './take-along'

type Region = {
  name: string
  schools: SchoolCell[]
  untested: { id: string; name: string; npsn: string | null; level: string; roster: number }[]
  total: Cell
  view: MapView
}

/** Schools from which nobody was tested: named, because they are where the next sitting goes first, and no figure stands beside them. */
function Untested({ schools, schoolBase }: { schools: Region['untested']; schoolBase: string }) {
  const teachers = schools.reduce((s, x) => s + x.roster, 0)
  return (
    <details className="mt-4 rounded-xl border border-line bg-card px-4 py-2">
      <summary className="min-h-8 cursor-pointer py-1 font-semibold text-leaf">
        Belum ada gurunya yang dites: {formatCount(schools.length)} satuan pendidikan, {formatCount(teachers)} guru terdata
      </summary>
      <ul className="mt-2 grid gap-x-6 gap-y-1 text-sm sm:grid-cols-2">
        {schools.map((s) => (
          <li key={s.id}>
            <Link href={`${schoolBase}/${s.id}`} className="text-leaf underline underline-offset-4">
              {s.name}
            </Link>{' '}
            <span className="text-soft">
              {s.npsn ? `NPSN ${s.npsn}, ` : ''}
              {s.level}, {formatCount(s.roster)} guru
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** One kabupaten/kota with its schools, by name and not by rank. */
export function RegionPage({
  base,
  schoolBase,
  growthBase,
  region,
  remeasured,
}: {
  base: string
  schoolBase: string
  growthBase: string
  remeasured: Remeasured | null
  region: Region
}) {
  const { view, total } = region
  const { nilai } = view.filter
  const scale = scaleFor(view.filter)
  const figure = figureIn(total, nilai)
  const noShare = nilai === 'kompeten' ? whyNoShare(view) : null
  return (
    <>
      <PageHead
        title={region.name}
        lead={`Kompetensi ${competencyNames[view.filter.bagian]!.toLowerCase()} menurut satuan pendidikan`}
        back={{ href: addressOf(base, view.filter), label: 'Peta provinsi' }}
      >
        {view.cycle?.simulated && <Simulated />}
        <Link href={responseAddress(base, view.filter, { wilayah: total.code })} className={buttonClass()}>
          Apa yang dapat dilakukan di sini
        </Link>
      </PageHead>
      <Filters view={view} />
      {remeasured && <OtherPeople remeasured={remeasured} growthBase={growthBase} part={view.filter.bagian} />}
      <div className="my-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Figure
          label={nilai === 'kompeten' ? 'Guru kompeten' : 'Rata-rata'}
          value={figure ? `${formatNumber(figure.value)}${nilai === 'kompeten' ? ' persen' : ''}` : '–'}
          note={figure?.margin ? `± ${formatNumber(figure.margin)}` : (noShare ?? undefined)}
        />
        <Figure
          label="Guru dites"
          value={total.n === null ? '–' : formatCount(total.n)}
          note={`dari ${formatCount(total.roster)} guru terdata`}
        />
        <Figure label="Terhadap wilayah lain" value={total.compared ?? '–'} />
        <Figure
          label="Satuan pendidikan"
          value={formatCount(region.schools.length)}
          note={`${region.schools.filter((s) => s.state === 'hidden').length} disembunyikan`}
        />
      </div>
      {region.schools.length === 0 ? (
        <Empty title="Belum ada guru yang dites di wilayah ini untuk saringan ini" />
      ) : (
        <Card title="Satuan pendidikan, menurut abjad">
          {region.schools.every((s) => s.state === 'hidden') && (
            <p className="mb-3 text-soft">
              {view.filter.mapel ? (
                <>
                  Guru satu mata pelajaran di satu satuan pendidikan terlalu sedikit untuk ditampilkan angkanya. Tidak ada hasil yang
                  hilang;{' '}
                  <Link className="text-leaf underline underline-offset-4" href={addressOf('', view.filter, { mapel: '' }) || '?'}>
                    lihat angkanya untuk semua mata pelajaran
                  </Link>
                  .
                </>
              ) : (
                `Angka tidak dirinci: kelompoknya di bawah ${view.rules.hideBelow} guru, atau akan membuka kelompok sekecil itu. Tidak ada hasil yang hilang; longgarkan satu saringan, misalnya semua gelombang.`
              )}
            </p>
          )}
          <Table
            caption="Rata-rata per satuan pendidikan"
            rowKey={(s) => s.id}
            rows={region.schools}
            columns={[
              {
                key: 'name',
                head: 'Satuan pendidikan',
                lead: true,
                cell: (s) => (
                  <Link href={`${schoolBase}/${s.id}`} className="text-leaf underline underline-offset-4">
                    {s.name}
                  </Link>
                ),
              },
              { key: 'npsn', head: 'NPSN', cell: (s) => s.code || '–' },
              {
                key: 'mean',
                head: 'Rata-rata',
                numeric: true,
                cell: (s) => figureWords(s, s.mean, s.margin),
              },
              {
                key: 'colour',
                head: nilai === 'kompeten' ? 'Kompeten, persen' : 'Warna peta',
                numeric: true,
                cell: (s) => (
                  <span
                    className="colours inline-block min-w-14 rounded px-2 py-0.5 text-center text-xs tabular-nums"
                    style={groundOf(s, scale)}
                  >
                    {shortFigure(s, scale, 0)}
                  </span>
                ),
              },
              {
                key: 'n',
                head: 'Dites / terdata',
                numeric: true,
                cell: (s) => (s.n === null ? '–' : `${formatCount(s.n)} / ${formatCount(s.roster)}`),
              },
            ]}
          />
          <div className="mt-4 max-w-xl">
            <Legend scale={scale} rules={view.rules} />
          </div>
        </Card>
      )}
      {region.untested.length > 0 && <Untested schools={region.untested} schoolBase={schoolBase} />}
      {view.published && <CutGround part={view.filter.bagian} subject={view.filter.mapel} at={view.published.at} />}
      <PrintedLine view={view} />
      <Honesty view={view} />
      <InPublic view={view} />
      <TakeAlong view={view} region={total.code} />
    </>
  )
}
