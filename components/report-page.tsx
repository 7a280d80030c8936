import { Link } from '@/components/ui/link'
import { CutGround } from '@/components/measurement/cut-ground'
import { CycleField, LevelField } from '@/components/map/filter-fields'
import { FilterForm } from '@/components/map/filters'
import { Notice, buttonClass } from '@/components/ui/form'
import { Card, Empty, PageHead, Simulated } from '@/components/ui/page'
import type { MapView } from '@/lib/mapping/service'
import { formatCount } from '@/lib/platform/format'

/** What an official takes home: one workbook, one CSV, both scoped and suppressed like the map. */
export function ReportPage({ view }: { view: MapView }) {
  const query = new URLSearchParams({ siklus: view.cycle?.value ?? '', jenjang: view.filter.jenjang })
  return (
    <>
      <PageHead title="Laporan" lead="Berkas siap pakai dengan angka yang sama seperti di peta.">
        {view.cycle?.simulated && <Simulated />}
      </PageHead>
      <FilterForm>
        <CycleField view={view} />
        <LevelField view={view} />
      </FilterForm>
      <div className="mt-4 space-y-4">
        {view.total.n === 0 ? (
          <Empty title="Belum ada yang dapat dilaporkan">Belum ada guru yang dites untuk saringan ini dalam kewenangan Anda.</Empty>
        ) : (
          <Card title={`Rekap ${view.cycle?.label ?? ''}`}>
            <p className="mb-4 text-sm text-soft">
              {view.total.n === null ? '' : `${formatCount(view.total.n)} guru. `}Buku kerja Excel memuat lembar Rekap, Per Kabupaten, Per
              Mapel, dan Per Indikator. CSV memakai titik koma dan koma desimal. Kelompok kecil tetap disembunyikan.
            </p>
            <div className="flex flex-wrap gap-2">
              <a href={`/api/exports/laporan-xlsx?${query}`} className={buttonClass()}>
                Unduh Excel (.xlsx)
              </a>
              <a href={`/api/exports/laporan-csv?${query}`} className={buttonClass('quiet')}>
                Unduh CSV
              </a>
            </div>
          </Card>
        )}
        <Card title="Bahan rapat">
          <p className="mb-3 text-sm text-soft">
            Satu lembar untuk dibawa: yang diketahui dan seberapa pasti, yang belum diketahui, dan yang boleh dikatakan.
          </p>
          <Link href={`/laporan/rapat?${query}`} className={buttonClass('quiet')}>
            Susun bahan rapat
          </Link>
        </Card>
        <CutGround at={view.published?.at ?? null} />
        <Notice tone="info">Setiap unduhan dicatat. Laporan ini tidak memuat nama guru.</Notice>
      </div>
    </>
  )
}
