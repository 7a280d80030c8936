import { Figure } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import type { ProgressView } from '@/lib/plans/service'
import { formatCount } from '@/lib/platform/format'

/** How far plans have come, in total and by kabupaten. */
export function Progress({ view: { total, regions } }: { view: ProgressView }) {
  return (
    <>
      <div className="mb-4 mt-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Figure label="Rencana" value={formatCount(total.plans)} note={`${formatCount(total.accepted)} sudah disepakati`} />
        <Figure label="Langkah selesai" value={formatCount(total.done)} note={`dari ${formatCount(total.steps)}`} />
        <Figure
          label="JP diterima"
          value={formatCount(Math.round(total.hours))}
          note={`dari ${formatCount(total.planned)} JP direncanakan`}
        />
      </div>
      <Table
        caption="Kemajuan rencana per kabupaten/kota"
        rows={regions}
        rowKey={(r) => r.code}
        columns={[
          { key: 'name', head: 'Kabupaten/kota', cell: (r) => r.name, lead: true },
          { key: 'plans', head: 'Rencana', cell: (r) => (r.hidden ? 'disembunyikan' : formatCount(r.plans)), numeric: true },
          { key: 'accepted', head: 'Disepakati', cell: (r) => (r.hidden ? '–' : formatCount(r.accepted)), numeric: true },
          {
            key: 'done',
            head: 'Langkah selesai',
            cell: (r) => (r.hidden ? '–' : `${formatCount(r.done)} dari ${formatCount(r.steps)}`),
            numeric: true,
          },
          {
            key: 'hours',
            head: 'JP diterima',
            cell: (r) => (r.hidden ? '–' : `${formatCount(Math.round(r.hours))} dari ${formatCount(r.planned)}`),
            numeric: true,
          },
        ]}
      />
      {regions.some((r) => r.hidden) && (
        <p className="mt-2 max-w-prose text-sm text-soft">
          Wilayah dengan sedikit rencana disembunyikan, begitu pula wilayah yang akan membukanya; angkanya tetap ikut dalam jumlah
          seluruhnya.
        </p>
      )}
    </>
  )
}
