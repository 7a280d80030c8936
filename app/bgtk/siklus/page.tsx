import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { SeriesField } from '@/components/cycle/identity'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field } from '@/components/ui/form'
import { Card, PageHead, Simulated } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { requireActor } from '@/lib/access/service'
import { createCycle } from '@/lib/sittings/actions'
import { competencyNames, competencyOrder, defaultMinutes } from '@/lib/sittings/model'
import { cycles, seriesKnown } from '@/lib/sittings/service'
import { formatCount, formatDate } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Siklus' }

export default async function CyclesPage() {
  const actor = await requireActor('cycle:manage')
  const [list, known] = await Promise.all([cycles(actor), seriesKnown(actor)])
  return (
    <Shell actor={actor}>
      <PageHead
        title="Siklus pemetaan"
        lead="Satu siklus adalah satu gelombang pengukuran dengan empat bagian. Gelombang dengan seri yang sama dibaca bersama di peta."
      />
      <Card className="mb-6">
        <Table
          caption="Siklus"
          rows={list}
          rowKey={(c) => c.id}
          columns={[
            {
              key: 'n',
              head: 'Nama',
              lead: true,
              cell: (c) => (
                <>
                  <Link href={`/bgtk/siklus/${c.id}`} className="text-leaf underline underline-offset-4">
                    {c.name}
                  </Link>{' '}
                  {c.simulated && <Simulated />}
                </>
              ),
            },
            { key: 'k', head: 'Kode', cell: (c) => c.code },
            { key: 's', head: 'Seri', cell: (c) => c.series },
            { key: 'd', head: 'Mulai', cell: (c) => formatDate(c.startsOn) },
            { key: 'p', head: 'Peserta', numeric: true, cell: (c) => formatCount(c.sittings.reduce((a, s) => a + s._count.seats, 0)) },
          ]}
        />
      </Card>
      <Card title="Siklus baru">
        <ActionForm action={createCycle} label="Siklus baru" className="grid gap-4 sm:grid-cols-2">
          <Field label="Nama" name="name" required minLength={5} placeholder="Gelombang III, April 2026" />
          <Field label="Kode" name="code" required pattern="[A-Za-z0-9]{2,10}" hint="Menjadi awal nomor peserta, misalnya 2604." />
          <SeriesField id="f-series" known={known} />
          <Field label="Tanggal mulai" name="startsOn" type="date" required />
          <fieldset className="grid grid-cols-2 gap-3 sm:col-span-2 sm:grid-cols-4">
            <legend className="mb-1 text-sm font-semibold">Lama setiap bagian (menit)</legend>
            {competencyOrder.map((c) => (
              <Field
                key={c}
                label={competencyNames[c]!}
                name={`minutes-${c}`}
                type="number"
                min={5}
                max={240}
                defaultValue={defaultMinutes[c]}
                required
              />
            ))}
          </fieldset>
          <Button className="sm:col-span-2 sm:justify-self-start">Buat siklus</Button>
        </ActionForm>
      </Card>
    </Shell>
  )
}
