import { Card } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { planStates } from '@/lib/plans/model'
import type { SchoolPlanRow } from '@/lib/plans/service'
import { competencyNames } from '@/lib/sittings/model'
import { formatNumber } from '@/lib/platform/service'

/** Plans of the own school by name: what support each teacher has and how far it has come. Alphabetical; no scores. */
export function SchoolPlans({ plans }: { plans: SchoolPlanRow[] }) {
  if (plans.length === 0) return null
  return (
    <Card title="Rencana belajar guru" className="mt-6">
      <p className="mb-3 max-w-prose text-sm text-soft">
        Menurut abjad. Jenjang adalah banyaknya dampingan, bukan nilai diri. Beri waktu pada Hari Belajar Guru agar langkahnya berjalan.
      </p>
      <Table
        caption="Rencana belajar guru di sekolah ini"
        rows={plans}
        rowKey={(p) => p.teacherId}
        columns={[
          { key: 'name', head: 'Guru', lead: true, cell: (p) => p.name },
          { key: 'subject', head: 'Mapel', cell: (p) => p.subject ?? '–' },
          {
            key: 'tiers',
            head: 'Dampingan',
            cell: (p) => p.tiers.map((t) => `${competencyNames[t.part]!.toLowerCase()}: ${t.name.toLowerCase()}`).join('; '),
          },
          { key: 'state', head: 'Rencana', cell: (p) => planStates[p.state] },
          { key: 'done', head: 'Langkah selesai', numeric: true, cell: (p) => `${p.done} dari ${p.steps}` },
          { key: 'hours', head: 'JP diterima', numeric: true, cell: (p) => formatNumber(p.hours, 1) },
        ]}
      />
    </Card>
  )
}
