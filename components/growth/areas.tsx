import { IntervalPlot } from '@/components/charts/interval-plot'
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
        <IntervalPlot
          label={`Perubahan ${head.toLowerCase()} dengan rentang 95 persen`}
          caption="Perubahan dengan rentang 95 persen"
          axis="Poin"
          rows={shown}
        />
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
