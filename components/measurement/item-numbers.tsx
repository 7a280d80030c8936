import { Table } from '@/components/ui/table'
import { Badge } from '@/components/ui/page'
import { formatCount, formatNumber } from '@/lib/platform/format'
import type { Flag } from '@/lib/calibration/service'

const two = (x: number | null | undefined) => (x === null || x === undefined ? '–' : formatNumber(x, 2))

/** What was seen about an item, why it matters and what to do, gravest first. */
export function Flags({ flags }: { flags: Flag[] }) {
  if (flags.length === 0) return <p className="text-sm text-soft">Tidak ada tanda: butir bekerja seperti yang diharapkan pada data ini.</p>
  return (
    <ul className="space-y-3">
      {flags.map((f, i) => (
        <li
          key={i}
          className={`rounded-lg border-l-4 px-4 py-3 ${f.severity === 'stop' ? 'border-manggis bg-manggis-pale' : 'border-gold bg-gold-pale'}`}
        >
          <p className="font-semibold">
            {f.title}{' '}
            <Badge tone={f.severity === 'stop' ? 'bad' : 'care'}>{f.severity === 'stop' ? 'perlu keputusan' : 'perlu dilihat'}</Badge>
          </p>
          <p className="text-sm">{f.reason}</p>
          <p className="text-sm">
            <strong>Yang dapat dilakukan:</strong> {f.action}
          </p>
        </li>
      ))}
    </ul>
  )
}

type Distractor = { option: string; isKey: boolean; n: number; share: number; r: number | null; low: number; mid: number; high: number }

export function Distractors({ rows }: { rows: Distractor[] }) {
  return (
    <Table
      caption="Pilihan jawaban menurut kelompok skor"
      rows={rows}
      rowKey={(r) => r.option}
      columns={[
        { key: 'o', head: 'Pilihan', lead: true, cell: (r) => (r.isKey ? `${r.option} (kunci)` : r.option) },
        { key: 'n', head: 'Dipilih', numeric: true, cell: (r) => `${formatCount(r.n)} (${formatNumber(100 * r.share, 0)} persen)` },
        { key: 'r', head: 'Korelasi', numeric: true, cell: (r) => two(r.r) },
        { key: 'l', head: 'Bawah, persen', numeric: true, cell: (r) => formatNumber(100 * r.low, 0) },
        { key: 'm', head: 'Tengah, persen', numeric: true, cell: (r) => formatNumber(100 * r.mid, 0) },
        { key: 'h', head: 'Atas, persen', numeric: true, cell: (r) => formatNumber(100 * r.high, 0) },
      ]}
    />
  )
}
