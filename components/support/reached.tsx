import { Card } from '@/components/ui/page'
import { formatCount, formatNumber } from '@/lib/platform/format'
import type { TierRules } from '@/lib/plans/model'
import type { TierEffect } from '@/lib/plans/service'

type Reading = TierRules['reading']

/** How results near a line are read under a rule, in one sentence. */
export const readingWords = (rules: Pick<TierRules, 'reading' | 'loss' | 'sure'>, reading: Reading = rules.reading): string =>
  reading === 'kind'
    ? `Bacaan lunak: dampingan lebih banyak hanya bila peluang di bawah batas sedikitnya ${formatNumber(100 * rules.sure, 0)} dari 100.`
    : `Menurut kerugian: melewatkan guru yang membutuhkan dinilai ${formatNumber(rules.loss)} kali lebih merugikan daripada mendampingi yang tidak, jadi dampingan lebih banyak ditawarkan mulai peluang ${formatNumber(100 / (1 + rules.loss), 0)} dari 100.`

const of = (n: number | null) => (n === null ? '–' : formatNumber(n, 0))

/** Whom the rule reaches at each line, beside its other reading: the price of either. */
export function ReachedCard({ reach, rules }: { reach: TierEffect['reach']; rules: TierRules }) {
  if (!reach) return null
  const other: Reading = rules.reading === 'kind' ? 'loss' : 'kind'
  return (
    <Card title="Siapa yang terjangkau">
      <p className="mb-3 text-sm text-soft">
        Perkiraan dari peluang setiap guru, bukan dari skornya saja. “Membutuhkan” berarti kemampuan sebenarnya di bawah batas itu.
      </p>
      {[
        { reading: rules.reading, rows: reach.own, title: 'Aturan ini' },
        { reading: other, rows: reach.other, title: 'Bila dibaca dengan cara lain' },
      ].map(({ reading, rows, title }) => (
        <table key={reading} className="mb-4 w-full text-sm">
          <caption className="mb-1 text-left">
            <strong>{title}.</strong> {readingWords(rules, reading)}
          </caption>
          <thead>
            <tr className="align-bottom">
              {['Di bawah batas', 'Ditawari, guru', 'Dari 100 yang membutuhkan, terjangkau', 'Dari 100 yang ditawari, membutuhkan'].map(
                (h, i) => (
                  <th key={h} scope="col" className={`border-b border-line py-1 font-semibold ${i ? 'pl-2 text-right' : 'text-left'}`}>
                    {h}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((r) => (
              <tr key={r.name} className="tabular-nums">
                <th scope="row" className="border-b border-line py-1 text-left font-normal">
                  {r.name}
                </th>
                <td className="border-b border-line py-1 pl-2 text-right">{formatCount(r.offered)}</td>
                <td className="border-b border-line py-1 pl-2 text-right">{of(r.ofNeed)}</td>
                <td className="border-b border-line py-1 pl-2 text-right">{of(r.ofOffered)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </Card>
  )
}
