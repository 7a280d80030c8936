import { figureWords } from '@/components/map/place-table'
import { Table, type Column } from '@/components/ui/table'
import type { PublicCell, PublicPart } from '@/lib/mapping/public-model'
import { formatCount, formatNumber } from '@/lib/platform/format'

const tested: Column<PublicCell> = {
  key: 'n',
  head: 'Dites / terdata',
  numeric: true,
  cell: (c) =>
    c.n === null
      ? '–'
      : `${formatCount(c.n)} / ${formatCount(c.roster)}${c.roster ? ` (${formatNumber((100 * c.n) / c.roster, 0)} persen)` : ''}`,
}
const mean: Column<PublicCell> = { key: 'mean', head: 'Rata-rata', numeric: true, cell: (c) => figureWords(c, c.mean, c.margin) }
const share: Column<PublicCell> = {
  key: 'share',
  head: 'Kompeten, persen',
  numeric: true,
  cell: (c) => figureWords(c, c.share, c.shareMargin),
}

/** Groups with their figures, error and coverage; in the order in which they are handed over. */
export function GroupTable({
  caption,
  head,
  cells,
  compared = false,
  schools = true,
  idOf,
}: {
  caption: string
  head: string
  cells: PublicCell[]
  compared?: boolean
  schools?: boolean
  idOf?: (cell: PublicCell) => string
}) {
  const known = cells.some((c) => c.share !== null)
  return (
    <Table
      caption={caption}
      rowKey={(c) => c.code}
      rows={cells}
      columns={[
        {
          key: 'name',
          head,
          lead: true,
          cell: (c) => (
            <span id={idOf?.(c)} className="scroll-mt-4 target:bg-gold-pale">
              {c.name}
            </span>
          ),
        },
        mean,
        ...(known ? [share] : []),
        tested,
        ...(schools
          ? [
              {
                key: 'schools',
                head: 'Sekolah belum dites',
                numeric: true,
                cell: (c: PublicCell) => (c.untested === null ? '–' : formatCount(c.untested)),
              },
            ]
          : []),
        ...(compared ? [{ key: 'compared', head: 'Terhadap wilayah lain', cell: (c: PublicCell) => c.compared ?? '–' }] : []),
      ]}
    />
  )
}

/** Indicators of the province by their code. */
export function IndicatorTable({ cells }: { cells: PublicPart['indicators'] }) {
  return (
    <Table
      caption="Rata-rata per indikator"
      rowKey={(c) => c.code}
      rows={cells}
      columns={[
        { key: 'name', head: 'Indikator', lead: true, cell: (c) => `${c.code} ${c.name}` },
        { key: 'mean', head: 'Rata-rata', numeric: true, cell: (c) => figureWords(c, c.mean, c.margin) },
        { key: 'n', head: 'Guru dites', numeric: true, cell: (c) => (c.n === null ? '–' : formatCount(c.n)) },
        { key: 'items', head: 'Butir per tes', numeric: true, cell: (c) => formatCount(c.items) },
      ]}
    />
  )
}
