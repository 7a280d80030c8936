import type { Metadata } from 'next'
import { PrivacyTabs } from '@/components/privacy/tabs'
import { Shell } from '@/components/shell'
import { Notice } from '@/components/ui/form'
import { Badge, Card, Empty, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { policyFields, policyText, policyWords } from '@/lib/access/policy-field-model'
import { requireActor } from '@/lib/access/service'
import { formatCount, formatMoment } from '@/lib/platform/service'
import { healthWords, keptElsewhere, type KeepPath } from '@/lib/privacy/retention-model'
import { retentionView } from '@/lib/privacy/service'

export const metadata: Metadata = { title: 'Lama penyimpanan' }

const states = { done: ['Selesai', 'good'], running: ['Sedang berjalan', 'info'], failed: ['Gagal sebagian', 'bad'] } as const
const parts = { done: '', more: ', sisanya besok', failed: ', gagal' } as const
const labels = new Map<string, string>(policyFields.map((f) => [f.path, f.label.replace(/ disimpan$/, '')]))

export default async function RetentionPage() {
  const actor = await requireActor('privacy:manage')
  const { runs, policy, health } = await retentionView(actor, new Date())
  const limits = policyFields.filter((f) => f.path.startsWith('keepDays.'))
  return (
    <Shell actor={actor}>
      <PageHead
        title="Lama penyimpanan"
        lead="Setiap malam data yang melewati batasnya dihapus sedikit demi sedikit, dan hasilnya dicatat di sini. Batasnya ditetapkan administrator di halaman Keamanan."
      />
      <PrivacyTabs now="/bgtk/privasi/penyimpanan" />
      <Notice tone={health === 'well' ? 'good' : health === 'running' ? 'info' : 'bad'} title="Penghapusan harian" role="status">
        {healthWords[health]}
      </Notice>
      <Card title="Batas yang berlaku" className="mt-6">
        <Table
          caption="Batas yang berlaku"
          rows={limits}
          rowKey={(f) => f.path}
          columns={[
            { key: 'l', head: 'Data', lead: true, cell: (f) => labels.get(f.path) },
            { key: 'd', head: 'Disimpan', cell: (f) => policyWords(f, policyText(policy, f.path)) },
            { key: 'w', head: 'Dihapus oleh', cell: (f) => keptElsewhere[f.path as KeepPath] ?? 'Penghapusan harian.' },
          ]}
        />
      </Card>
      <h2 className="mb-3 mt-8">Yang telah dihapus</h2>
      {runs.length === 0 ? (
        <Empty title="Belum pernah berjalan" />
      ) : (
        <ol className="space-y-3">
          {runs.map((r) => (
            <li key={r.id} className="rounded-xl border border-line bg-card p-4 text-sm">
              <p className="flex flex-wrap items-baseline gap-3">
                <strong>{formatMoment(r.startedAt)}</strong>
                <Badge tone={states[r.state][1]}>{states[r.state][0]}</Badge>
              </p>
              <ul className="mt-1 text-soft">
                {r.results.map((k) => (
                  <li key={k.kind}>
                    {labels.get(k.kind)}: {formatCount(k.removed)} baris{parts[k.state]}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      )}
    </Shell>
  )
}
