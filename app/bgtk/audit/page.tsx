import type { Metadata } from 'next'
import Link from 'next/link'
import { z } from 'zod'
import { Shell } from '@/components/shell'
import { buttonClass } from '@/components/ui/form'
import { Empty, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { auditLog, requireActor } from '@/lib/access/service'
import { formatClock, formatCount, formatDate } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Catatan akses' }

const words: Record<string, string> = {
  'result:named': 'Membuka hasil bernama',
  'report:export': 'Mengunduh laporan',
  'cards:print': 'Mencetak kartu',
  'roster:import': 'Impor guru',
  'cycle:manage': 'Mengatur siklus',
  'room:act': 'Tindakan di ruang',
  'room:watch': 'Membuka dokumen atau kode rilis ruang',
  'rules:manage': 'Mengubah pengaturan',
  'users:manage': 'Mengatur pengguna',
  'result:release': 'Merilis hasil',
}

export default async function AuditPage({ searchParams }: { searchParams: Promise<{ sebelum?: string }> }) {
  const actor = await requireActor('audit:read')
  const before = z.coerce
    .date()
    .nullable()
    .catch(null)
    .parse((await searchParams).sebelum ?? null)
  const rows = await auditLog(actor, before)
  return (
    <Shell actor={actor}>
      <PageHead
        title="Catatan akses"
        lead="Setiap pembukaan dan pengunduhan hasil bernama serta setiap perubahan penting. Catatan ini hanya bertambah, tidak dapat diubah."
      />
      {rows.length === 0 ? (
        <Empty title="Belum ada catatan" />
      ) : (
        <Table
          caption="Catatan akses"
          rows={rows}
          rowKey={(r) => r.id}
          columns={[
            { key: 't', head: 'Waktu', lead: true, cell: (r) => `${formatDate(r.at)}, ${formatClock(r.at, true)}` },
            { key: 'a', head: 'Siapa', cell: (r) => r.actorName },
            { key: 'w', head: 'Apa', cell: (r) => words[r.action] ?? r.action },
            { key: 'o', head: 'Objek', cell: (r) => <span className="break-all text-xs">{r.object}</span> },
            { key: 'n', head: 'Orang', numeric: true, cell: (r) => (r.count === null ? '–' : formatCount(r.count)) },
          ]}
        />
      )}
      {rows.length === 100 && (
        <Link href={`/bgtk/audit?sebelum=${rows.at(-1)!.at.toISOString()}`} className={`${buttonClass('quiet')} mt-4`}>
          Lebih lama
        </Link>
      )}
    </Shell>
  )
}
