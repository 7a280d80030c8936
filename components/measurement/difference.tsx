import type { Difference } from '@/lib/scoring/model'
import { Table } from '@/components/ui/table'
import { formatCount, formatNumber } from '@/lib/platform/format'

/** What a release would change: how many move, by how much, across which level. Counts only, no names. */
export function DifferenceReport({ diff, caption }: { diff: Difference; caption: string }) {
  const moves = [...diff.levels].sort((a, b) => b.n - a.n)
  return (
    <div className="space-y-2">
      <p className="text-sm">
        {diff.basis === 'raw'
          ? `Untuk ${formatCount(diff.n)} hasil ini sebelumnya hanya ada skor mentah. Tingkat lama dihitung dari persen mentah, tingkat baru dari skala.`
          : diff.moved === 0
            ? `${formatCount(diff.n)} hasil dihitung ulang; tidak satu pun berubah.`
            : `${formatCount(diff.moved)} dari ${formatCount(diff.n)} hasil berubah, rata-rata ${formatNumber(diff.meanChange ?? 0)} poin, paling besar ${formatNumber(diff.largest ?? 0, 0)} poin. ${formatCount(diff.crossed.n)} berpindah tingkat; ${formatCount(diff.crossed.up)} naik melewati 500 dan ${formatCount(diff.crossed.down)} turun di bawah 500.`}
      </p>
      <details>
        <summary className="min-h-11 py-2 text-sm font-semibold text-leaf">Perpindahan tingkat penguasaan</summary>
        <Table
          caption={caption}
          rows={moves}
          rowKey={(m) => `${m.from}|${m.to}`}
          columns={[
            { key: 'f', head: 'Dari', lead: true, cell: (m) => m.from },
            { key: 't', head: 'Menjadi', cell: (m) => m.to },
            { key: 'n', head: 'Orang', numeric: true, cell: (m) => formatCount(m.n) },
          ]}
        />
      </details>
    </div>
  )
}
