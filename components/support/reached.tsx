import { Card } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { formatCount, formatNumber } from '@/lib/platform/format'
import type { TierRules } from '@/lib/plans/model'
import type { TierEffect } from '@/lib/plans/service'

type Reading = TierRules['reading']

/** "2" or "2,5". */
export const lossWords = (loss: number): string => formatNumber(loss, Number.isInteger(loss) ? 0 : 1)

/** How results near a line are read under a rule, in one sentence. */
export const readingWords = (rules: Pick<TierRules, 'reading' | 'loss' | 'sure'>, reading: Reading = rules.reading): string =>
  reading === 'kind'
    ? `Bacaan lunak: dampingan lebih banyak hanya bila peluang di bawah batas sedikitnya ${formatNumber(100 * rules.sure, 0)} dari 100.`
    : `Menurut kerugian: melewatkan guru yang membutuhkan dinilai ${lossWords(rules.loss)} kali lebih merugikan daripada mendampingi yang tidak, jadi dampingan lebih banyak ditawarkan mulai peluang ${formatNumber(100 / (1 + rules.loss), 0)} dari 100.`

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
        <section key={reading} className="mb-4">
          <p className="mb-2 text-sm">
            <strong>{title}.</strong> {readingWords(rules, reading)}
          </p>
          <Table
            caption={`${title}: siapa yang terjangkau`}
            rows={rows}
            rowKey={(r) => r.name}
            columns={[
              { key: 'l', head: 'Di bawah batas', lead: true, cell: (r) => r.name },
              { key: 'g', head: 'Ditawari', numeric: true, cell: (r) => `${formatCount(r.offered)} guru` },
              { key: 'n', head: 'Dari 100 yang membutuhkan, terjangkau', cell: (r) => of(r.ofNeed) },
              { key: 'o', head: 'Dari 100 yang ditawari, membutuhkan', cell: (r) => of(r.ofOffered) },
            ]}
          />
        </section>
      ))}
    </Card>
  )
}
