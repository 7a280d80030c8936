import type { Metadata } from 'next'
import { Shell } from '@/components/shell'
import { Empty, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { ownOpeners, requireActor } from '@/lib/access/service'
import { formatClock, formatDate } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Siapa membuka hasil saya' }

/** Every reading of what names this teacher, from the audit log, in words. */
export default async function OpenersPage() {
  const actor = await requireActor('result:own')
  const openers = await ownOpeners(actor)
  return (
    <Shell actor={actor}>
      <PageHead
        title="Siapa membuka hasil saya"
        lead="Setiap kali seseorang membuka atau mengunduh hasil, daftar, atau rencana yang memuat nama Anda, tercatat di sini pada saat itu juga. Yang Anda buka sendiri tidak dicatat. Catatan ini tidak dapat dihapus tanpa ketahuan."
        back={{ href: '/guru/hasil', label: 'Hasil' }}
      />
      {openers.length === 0 ? (
        <Empty title="Belum ada yang membuka">Sampai saat ini belum ada orang lain yang membuka data yang memuat nama Anda.</Empty>
      ) : (
        <Table
          caption="Siapa membuka hasil saya"
          rows={openers}
          rowKey={(o) => o.id}
          columns={[
            { key: 'n', head: 'Siapa', lead: true, cell: (o) => o.name },
            { key: 'r', head: 'Sebagai', cell: (o) => o.role },
            { key: 'w', head: 'Untuk apa', cell: (o) => o.words },
            { key: 't', head: 'Kapan', cell: (o) => `${formatDate(o.at)}, ${formatClock(o.at)}` },
          ]}
        />
      )}
      <p className="mt-4 max-w-prose text-sm text-soft">
        Ada yang menurut Anda tidak semestinya? Sampaikan kepada BGTK dengan menyebut nama dan waktunya. Yang tampil adalah 200 catatan
        terbaru.
      </p>
    </Shell>
  )
}
