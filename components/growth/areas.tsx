import { axisFor } from '@/components/charts/explore/axes'
import { Explore } from '@/components/charts/explore/explore'
import { Card } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import type { GrowthCell, GrowthView } from '@/lib/growth/service'
import { formatCount, formatNumber, formatSigned } from '@/lib/platform/format'
import { changeWord } from './words'

function Cells({ title, head, cells, view }: { title: string; head: string; cells: GrowthCell[]; view: GrowthView }) {
  const { hideBelow, part } = view
  if (cells.length === 0) return null
  const shown = cells.flatMap((c) => (c.change ? [{ name: c.name, ...c.change.raw, n: c.change.n }] : []))
  return (
    <Card title={title} className="mb-6">
      <div className="grid items-start gap-6 lg:grid-cols-2">
        {shown.length > 0 && (
          <Explore
            caption="Perubahan dengan rentang 95 persen"
            label={`Perubahan ${head.toLowerCase()} dengan rentang 95 persen`}
            chart={{
              kind: 'ranges',
              zero: true,
              x: axisFor('Poin', [0, ...shown.flatMap((r) => [r.low, r.high])]),
              rows: shown.map((r) => ({
                name: r.name,
                value: r.value,
                low: r.low,
                high: r.high,
                faint: r.low <= 0 && r.high >= 0,
                words: `${r.name}: ${formatSigned(r.value)} poin, ${formatSigned(r.low)} sampai ${formatSigned(r.high)}; ${formatCount(r.n)} guru`,
              })),
            }}
          />
        )}
        <Table
          caption={title}
          rows={cells}
          rowKey={(c) => c.code}
          columns={[
            { key: 'n', head, lead: true, cell: (c) => c.name },
            {
              key: 'g',
              head: 'Guru',
              numeric: true,
              cell: (c) => (c.change ? formatCount(c.change.n) : `< ${hideBelow} atau menyamarkan`),
            },
            { key: 'c', head: 'Perubahan', numeric: true, cell: (c) => (c.change ? formatSigned(c.change.raw.value) : '–') },
            { key: 'w', head: 'Terbaca', cell: (c) => (c.change ? changeWord(c.change.raw, part) : '–') },
            {
              key: 'd',
              head: 'Terlihat mulai',
              numeric: true,
              cell: (c) => (c.detectable ? `${formatNumber(c.detectable, 0)} poin` : '–'),
            },
          ]}
        />
      </div>
    </Card>
  )
}

/** Kabupaten and subjects in their usual order: never by size of change. */
export function Areas({ view }: { view: GrowthView }) {
  return (
    <>
      <Cells title="Kabupaten/kota" head="Kabupaten/kota" cells={view.regions} view={view} />
      <Cells title="Mata pelajaran" head="Mata pelajaran" cells={view.subjects} view={view} />
    </>
  )
}
