import type { Metadata } from 'next'
import { Scatter } from '@/components/charts/scatter'
import { Shell } from '@/components/shell'
import { Card, Empty, PageHead, Simulated } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { requireActor } from '@/lib/access/service'
import { formatCount, formatNumber } from '@/lib/platform/format'
import { recoveryReport } from '@/lib/scoring/service'
import { asked, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Uji dengan data simulasi' }

export default async function RecoveryPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('calibration:run')
  const rows = await recoveryReport(actor)
  const { skor } = await asked(searchParams, 'skor')
  const shown = rows.find((r) => r.run.id === skor) ?? rows[0]
  return (
    <Shell actor={actor}>
      <PageHead
        title="Uji dengan data simulasi"
        lead="Pada data peragaan kemampuan yang sebenarnya diketahui, karena jawaban dibangkitkan darinya. Laporan ini membandingkannya dengan kemampuan yang ditemukan kembali oleh kalibrasi dan penskoran."
        back={{ href: '/bgtk/kalibrasi', label: 'Kalibrasi' }}
      >
        {rows.length > 0 && <Simulated />}
      </PageHead>
      {!shown ? (
        <Empty title="Tidak ada data simulasi">
          Pada instalasi sungguhan kemampuan yang sebenarnya tidak pernah diketahui, jadi laporan ini kosong.
        </Empty>
      ) : (
        <>
          <Card className="mb-4">
            <Table
              caption="Kesesuaian ukuran dengan kemampuan simulasi"
              rows={rows}
              rowKey={(r) => r.run.id}
              columns={[
                {
                  key: 'i',
                  head: 'Instrumen',
                  lead: true,
                  cell: (r) => (
                    <a href={`?skor=${r.run.id}#gambar`} className="text-leaf underline underline-offset-4">
                      {r.run.instrumentTitle}
                    </a>
                  ),
                },
                { key: 'n', head: 'Hasil', numeric: true, cell: (r) => formatCount(r.found.n) },
                { key: 'r', head: 'Korelasi', numeric: true, cell: (r) => formatNumber(r.found.correlation, 3) },
                { key: 'e', head: 'Galat ditemukan', numeric: true, cell: (r) => formatNumber(r.found.rmse, 2) },
                { key: 'x', head: 'Galat dinyatakan', numeric: true, cell: (r) => formatNumber(r.found.expected, 2) },
                { key: 'c', head: 'Dimuat rentang 80 persen, persen', numeric: true, cell: (r) => formatNumber(100 * r.found.coverage, 1) },
              ]}
            />
            <p className="mt-3 text-sm text-soft">
              Galat dalam satuan θ. Galat yang ditemukan seharusnya sebesar galat yang dinyatakan, dan rentang 80 persen seharusnya memuat
              delapan dari sepuluh. Simulasi menjawab tidak persis menurut model, jadi sedikit selisih wajar.
            </p>
          </Card>
          <Card title={shown.run.instrumentTitle}>
            <div id="gambar">
              <Scatter
                label={`Kemampuan simulasi dan θ yang ditaksir, ${formatCount(shown.found.n)} hasil`}
                caption={`Luas titik menurut banyaknya orang; garis: θ = ${formatNumber(shown.found.intercept, 2)} + ${formatNumber(shown.found.slope, 2)} × kemampuan.`}
                xName="Kemampuan dalam simulasi"
                yName="θ yang ditaksir (WLE)"
                cells={shown.found.cells}
                line={{ slope: shown.found.slope, intercept: shown.found.intercept }}
              />
            </div>
          </Card>
        </>
      )}
    </Shell>
  )
}
