import { Card, Empty } from '@/components/ui/page'
import type { IndicatorGrowth } from '@/lib/growth/service'
import { ChangeRanges } from './change-ranges'

/** Change of indicators or content domains, in the framework's order. */
export function IndicatorList({ rows }: { rows: IndicatorGrowth[] }) {
  if (rows.length === 0) return <Empty title="Belum ada indikator yang dapat dibandingkan" />
  return (
    <>
      <p className="mb-4 max-w-prose text-sm">Setiap indikator diuji dengan beberapa butir saja, jadi rentangnya lebar.</p>
      <div className="space-y-4">
        {[...new Set(rows.map((r) => r.subject))].map((subject) => (
          <Card key={subject ?? ''} title={subject ?? 'Indikator'}>
            <ChangeRanges
              label={`Perubahan indikator ${subject ?? ''} dengan rentang 95 persen`}
              caption="Perubahan dengan rentang 95 persen"
              rows={rows.filter((r) => r.subject === subject).map((r) => ({ name: r.title, ...r.change, n: r.n }))}
            />
          </Card>
        ))}
      </div>
      <details className="mt-4 max-w-prose rounded-xl border border-line bg-card px-4 py-2 text-sm">
        <summary className="min-h-8 cursor-pointer py-1 font-semibold text-leaf">Cara menghitung</summary>
        <p className="mt-1">
          Perubahan setiap indikator = perubahan kompetensi secara keseluruhan ditambah pergeseran butir-butir indikator itu. Galat keduanya
          dijumlahkan; guru satu sekolah dihitung sebagai satu kelompok.
        </p>
      </details>
    </>
  )
}
