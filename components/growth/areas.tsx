import { Card } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import type { GrowthCell, GrowthView } from '@/lib/growth/service'
import { formatNumber, formatSigned } from '@/lib/platform/format'
import { ChangeRanges } from './change-ranges'
import { changeWord, peopleWords, rangeWords } from './words'

/** A line of the table: a group's figure, or a test without one; why, stands above. */
type Line = { code: string; name: string; cell: GrowthCell | null }

function Cells({
  title,
  head,
  cells,
  without,
  view,
}: {
  title: string
  head: string
  cells: GrowthCell[]
  without: Line[]
  view: GrowthView
}) {
  const { hideBelow, part } = view
  const lines = [...cells.map((c): Line => ({ code: c.code, name: c.name, cell: c })), ...without]
  if (lines.length === 0) return null
  const shown = cells.flatMap((c) => (c.change ? [{ name: c.name, ...c.change.raw, n: c.n }] : []))
  const change = (l: Line) => l.cell?.change ?? null
  return (
    <Card title={title} className="mb-6">
      <div className="space-y-6">
        {shown.length > 0 && (
          <ChangeRanges
            caption="Perubahan dengan rentang 95 persen"
            label={`Perubahan ${head.toLowerCase()} dengan rentang 95 persen`}
            rows={shown}
            table={false}
          />
        )}
        <Table
          caption={title}
          rows={lines}
          rowKey={(l) => l.code}
          columns={[
            { key: 'n', head, lead: true, cell: (l) => l.name },
            {
              key: 'c',
              head: 'Perubahan',
              numeric: true,
              cell: (l) => (change(l) ? formatSigned(change(l)!.raw.value) : l.cell ? 'disembunyikan' : 'tidak diterbitkan'),
            },
            { key: 'r', head: 'Rentang 95 persen', cell: (l) => (change(l) ? rangeWords(change(l)!.raw) : '–') },
            { key: 'w', head: 'Terbaca', cell: (l) => (change(l) ? changeWord(change(l)!.raw, part) : '–') },
            { key: 'g', head: 'Guru', numeric: true, cell: (l) => (change(l) ? peopleWords(l.cell!.n, hideBelow) : '–') },
            {
              key: 'd',
              head: 'Terlihat mulai',
              numeric: true,
              cell: (l) => (l.cell?.detectable ? `${formatNumber(l.cell.detectable, 0)} poin` : '–'),
            },
          ]}
        />
      </div>
    </Card>
  )
}

/** Kabupaten and subjects in their usual order, never by size of change; tests without a comparison stand in their place. */
export function Areas({ view }: { view: GrowthView }) {
  const without = view.withheld.map((w): Line => ({ code: `tanpa-${w.title}`, name: w.title, cell: null }))
  return (
    <>
      <Cells title="Kabupaten/kota" head="Kabupaten/kota" cells={view.regions} without={[]} view={view} />
      {view.part === '4' && <Cells title="Mata pelajaran" head="Mata pelajaran" cells={view.subjects} without={without} view={view} />}
    </>
  )
}
