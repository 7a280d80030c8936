import { Link } from '@/components/ui/link'
import { Table, type Column } from '@/components/ui/table'
import type { Cell } from '@/lib/mapping/model'
import type { Pictured } from '@/lib/mapping/palette-model'
import { formatCount, formatNumber } from '@/lib/platform/format'

/** A figure with its error; why there is none where there is none. */
export function figureWords(cell: Cell, value: number | null, margin: number | null): string {
  if (value === null) return cell.state === 'hidden' ? 'disembunyikan' : '–'
  return `${formatNumber(value)}${margin === null ? '' : ` ± ${formatNumber(margin)}`}`
}

/** Every kabupaten/kota with its figures, by the alphabet; a line is marked with the place that is pointed at on the map. */
export function PlaceTable({
  cells,
  pictured,
  hrefOf,
  helpOf,
}: {
  cells: Cell[]
  pictured: Pictured
  hrefOf: (code: string) => string
  helpOf: (code: string) => string
}) {
  const mean: Column<Cell> = { key: 'mean', head: 'Rata-rata', numeric: true, cell: (c) => figureWords(c, c.mean, c.margin) }
  const share: Column<Cell> = { key: 'share', head: 'Kompeten, persen', numeric: true, cell: (c) => figureWords(c, c.share, c.shareMargin) }
  const known = cells.some((c) => c.share !== null)
  return (
    <Table
      caption="Rata-rata per kabupaten/kota"
      rowKey={(c) => c.code}
      marks={(c) => c.code}
      rows={[...cells].sort((a, b) => a.name.localeCompare(b.name, 'id'))}
      columns={[
        {
          key: 'name',
          head: 'Kabupaten/kota',
          lead: true,
          cell: (c) => (
            <Link href={hrefOf(c.code)} className="text-leaf underline underline-offset-4">
              {c.name}
            </Link>
          ),
        },
        ...(pictured === 'kompeten' ? [share, mean] : known ? [mean, share] : [mean]),
        {
          key: 'n',
          head: 'Dites / terdata',
          numeric: true,
          cell: (c) => (c.n === null ? '–' : `${formatCount(c.n)} / ${formatCount(c.roster)}`),
        },
        { key: 'compared', head: 'Terhadap wilayah lain', cell: (c) => c.compared ?? '–' },
        {
          key: 'help',
          head: 'Tindakan',
          cell: (c) => (
            <Link
              href={helpOf(c.code)}

              aria-label={`Apa yang dapat dilakukan di ${c.name}`}
              className="no-print inline-flex min-h-8 items-center text-leaf underline underline-offset-4"
            >
              Lihat
            </Link>
          ),
        },
      ]}
    />
  )
}
