import { IntervalPlot } from '@/components/charts/interval-plot'
import { Card, Empty } from '@/components/ui/page'
import type { IndicatorGrowth } from '@/lib/growth/service'

/** Change of indicators or content domains, in the framework's order. */
export function IndicatorList({ rows }: { rows: IndicatorGrowth[] }) {
  if (rows.length === 0) return <Empty title="Belum ada indikator yang dapat dibandingkan" />
  return (
    <>
      <p className="mb-4 max-w-prose text-sm">
        Perubahan setiap indikator = perubahan kompetensi secara keseluruhan ditambah pergeseran butir-butir indikator itu. Setiap indikator
        diuji dengan beberapa butir saja, jadi rentangnya lebar.
      </p>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {[...new Set(rows.map((r) => r.subject))].map((subject) => (
          <Card key={subject ?? ''} title={subject ?? 'Indikator'}>
            <IntervalPlot
              label={`Perubahan indikator ${subject ?? ''} dengan rentang 95 persen`}
              caption="Perubahan dengan rentang 95 persen"
              axis="Poin"
              rows={rows.filter((r) => r.subject === subject).map((r) => ({ name: r.title, ...r.change, n: r.n }))}
            />
          </Card>
        ))}
      </div>
    </>
  )
}
