import { Card } from '@/components/ui/page'
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
          <table key={kind} className="w-full self-start text-sm">
            <caption className="mb-1 text-left font-semibold">{rateKindNames[kind]}</caption>
            <thead>
              <tr className="align-bottom">
                {[rateKindNames[kind], 'Orang', 'Dilewati, %', 'Tidak tercapai, %', 'Tidak diukur'].map((h, i) => (
                  <th key={h} scope="col" className={`border-b border-line py-1 font-semibold ${i ? 'pl-2 text-right' : 'text-left'}`}>
                    {h}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rates
                .filter((r) => r.kind === kind)
                .map((r) => (
                  <tr key={r.name} className="tabular-nums">
                    <th scope="row" className="border-b border-line py-1 text-left font-normal break-words">
                      {r.name}
                    </th>
                    {r.n === null ? (
                      <td colSpan={4} className="border-b border-line py-1 pl-2 text-right text-soft">
                        terlalu sedikit orang, disembunyikan
                      </td>
                    ) : (
                      <>
                        <td className="border-b border-line py-1 pl-2 text-right">{formatCount(r.n)}</td>
                        <td className="border-b border-line py-1 pl-2 text-right">{percent(r.omitted)}</td>
                        <td className="border-b border-line py-1 pl-2 text-right">{percent(r.notReached)}</td>
                        <td className="border-b border-line py-1 pl-2 text-right">{formatCount(r.few ?? 0)}</td>
                      </>
                    )}
                  </tr>
                ))}
            </tbody>
          </table>
        ))}
      </div>
    </Card>
  )
}
