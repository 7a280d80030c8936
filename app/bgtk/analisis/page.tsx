import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { Shell } from '@/components/shell'
import { Badge, Card, Empty, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { requireActor } from '@/lib/access/service'
import { formatCount, formatDate, formatNumber } from '@/lib/platform/format'
import { analysisList } from '@/lib/scoring/service'
import { competencyNames } from '@/lib/sittings/model'

export const metadata: Metadata = { title: 'Analisis butir' }

export default async function AnalysisPage() {
  const actor = await requireActor('analysis:read')
  const rows = await analysisList(actor)
  return (
    <Shell actor={actor}>
      <PageHead
        title="Analisis butir"
        lead="Apakah setiap butir bekerja seperti yang dimaksud? Tanda di sini adalah pertanyaan kepada penulis butir, bukan vonis; setiap angka disertai banyaknya jawaban."
      />
      {rows.length === 0 && (
        <Empty title="Belum ada instrumen untuk Anda">
          Analisis terbuka untuk instrumen yang relevansi butirnya Anda nilai, dan untuk instrumen pada panel penetapan batas Anda.
        </Empty>
      )}
      {rows.length > 0 && (
        <Card>
          <Table
            caption="Instrumen dengan tanda pada butirnya"
            rows={rows}
            rowKey={(r) => r.code}
            columns={[
              {
                key: 'i',
                head: 'Instrumen',
                lead: true,
                cell: (r) => (
                  <Link href={`/bgtk/analisis/${r.code}`} className="text-leaf underline underline-offset-4">
                    {r.title}
                  </Link>
                ),
              },
              { key: 'k', head: 'Kompetensi', cell: (r) => competencyNames[r.competencyCode] },
              { key: 'n', head: 'Lembar jawaban', numeric: true, cell: (r) => (r.calibration?.n ? formatCount(r.calibration.n) : '–') },
              {
                key: 'r',
                head: 'Reliabilitas',
                numeric: true,
                cell: (r) => (r.calibration?.summary?.wle == null ? '–' : formatNumber(r.calibration.summary.wle, 2)),
              },
              {
                key: 'f',
                head: 'Tanda',
                cell: (r) =>
                  !r.calibration ? (
                    <span className="text-soft">belum dikalibrasi</span>
                  ) : (
                    <span className="inline-flex flex-wrap justify-end gap-1 md:justify-start">
                      {r.stops > 0 && <Badge tone="bad">{r.stops} butir perlu keputusan</Badge>}
                      {r.looks > 0 && <Badge tone="care">{r.looks} butir perlu dilihat</Badge>}
                      {r.untested > 0 && <Badge>{r.untested} butir belum teruji keadilannya</Badge>}
                      {r.stops + r.looks + r.untested === 0 && <Badge tone="good">tidak ada</Badge>}
                    </span>
                  ),
              },
              { key: 'd', head: 'Kalibrasi', cell: (r) => (r.calibration?.finishedAt ? formatDate(r.calibration.finishedAt) : '–') },
            ]}
          />
        </Card>
      )}
    </Shell>
  )
}
