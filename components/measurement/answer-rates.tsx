import { Card } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { formatCount, formatNumber } from '@/lib/platform/format'
import { rateKindNames, type RateKind } from '@/lib/mapping/rates-model'
import type { AnswerRate } from '@/lib/mapping/service'

const percent = (x: number | null) => (x === null ? '–' : formatNumber(x))

/** What was skipped and what was not reached, by cycle, form, venue and device. */
export function AnswerRates({ rates }: { rates: readonly AnswerRate[] }) {
  if (rates.length === 0) return null
  const kinds = [...new Set(rates.map((r) => r.kind))]
  return (
    <Card title="Butir yang tidak dijawab" className="mb-4">
      <p className="mb-3 max-w-prose text-sm text-soft">
        Dilewati: tidak dijawab di tengah. Tidak tercapai: sesudah jawaban terakhir. Angka yang jauh lebih tinggi pada satu paket, tempat,
        atau perangkat menunjuk pada waktu atau alat, bukan pada kemampuan. Yang menjawab kurang dari separuh tidak diukur.
      </p>
      <div className="grid gap-x-6 gap-y-4 lg:grid-cols-2">
        {kinds.map((kind: RateKind) => (
          <section key={kind}>
            <h3 className="mb-1 font-semibold">{rateKindNames[kind]}</h3>
            <Table
              caption={`Butir yang tidak dijawab menurut ${rateKindNames[kind].toLowerCase()}`}
              rows={rates.filter((r) => r.kind === kind)}
              rowKey={(r) => r.name}
              columns={[
                { key: 'k', head: rateKindNames[kind], lead: true, cell: (r) => r.name },
                { key: 'n', head: 'Orang', numeric: true, cell: (r) => (r.n === null ? 'disembunyikan' : formatCount(r.n)) },
                { key: 'o', head: 'Dilewati, persen', numeric: true, cell: (r) => percent(r.omitted) },
                { key: 'r', head: 'Tidak tercapai, persen', numeric: true, cell: (r) => percent(r.notReached) },
                { key: 'f', head: 'Tidak diukur', numeric: true, cell: (r) => (r.few === null ? '–' : formatCount(r.few)) },
              ]}
            />
          </section>
        ))}
      </div>
    </Card>
  )
}
