import Link from 'next/link'
import { Card, Empty, Figure, PageHead, Simulated } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import type { MapView, SchoolCell } from '@/lib/mapping/service'
import type { Cell } from '@/lib/mapping/model'
import { competencyNames } from '@/lib/sittings/model'
import { formatCount, formatNumber } from '@/lib/platform/format'
import { Filters, Honesty, addressOf } from './map-page'

/** One kabupaten/kota with its schools, by name and not by rank. */
export function RegionPage({
  base,
  schoolBase,
  region,
}: {
  base: string
  schoolBase: string
  region: { name: string; schools: SchoolCell[]; total: Cell; view: MapView }
}) {
  const { view, total } = region
  return (
    <>
      <PageHead
        title={region.name}
        lead={`Kompetensi ${competencyNames[view.filter.bagian]!.toLowerCase()} menurut satuan pendidikan`}
        back={{ href: addressOf(base, view.filter), label: 'Peta provinsi' }}
      >
        {view.cycle?.simulated && <Simulated />}
      </PageHead>
      <Filters view={view} />
      <div className="my-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Figure
          label="Rata-rata"
          value={total.mean === null ? '–' : formatNumber(total.mean)}
          note={total.margin === null ? undefined : `± ${formatNumber(total.margin)}`}
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
                  <Link href={`${schoolBase}/${s.id}`} prefetch={false} className="text-leaf underline underline-offset-4">
                    {s.name}
                  </Link>
                ),
              },
              { key: 'npsn', head: 'NPSN', cell: (s) => s.code || '–' },
              {
                key: 'mean',
                head: 'Rata-rata',
                numeric: true,
                cell: (s) =>
                  s.mean === null
                    ? s.state === 'hidden'
                      ? 'disembunyikan'
                      : '–'
                    : `${formatNumber(s.mean)}${s.margin === null ? '' : ` ± ${formatNumber(s.margin)}`}`,
              },
              {
                key: 'n',
                head: 'Dites / terdata',
                numeric: true,
                cell: (s) => (s.n === null ? '–' : `${formatCount(s.n)} / ${formatCount(s.roster)}`),
              },
            ]}
          />
        </Card>
      )}
      <Honesty view={view} />
    </>
  )
}
