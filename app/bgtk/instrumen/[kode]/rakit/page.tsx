import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { notFound } from 'next/navigation'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice } from '@/components/ui/form'
import { Badge, Card, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { CarriedNotice } from '@/components/workshop/carried'
import { requireActor } from '@/lib/access/service'
import { blueprintPage } from '@/lib/assembly/service'
import { formatMoment } from '@/lib/platform/format'
import { assembleForms } from '@/lib/assembly/actions'
import { assemblies } from '@/lib/assembly/service'
import { codesIn } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Rakit formulir' }

const assemblyStates = {
  waiting: { words: 'sedang dirakit', tone: 'info' },
  done: { words: 'menunggu pengesahan', tone: 'care' },
  failed: { words: 'tidak dapat dirakit', tone: 'bad' },
  frozen: { words: 'dibekukan', tone: 'good' },
} as const

export default async function AssemblyListPage({ params }: { params: Promise<{ kode: string }> }) {
  const actor = await requireActor('bank:manage')
  const { kode } = await codesIn(params, 'kode')
  const [page, list] = await Promise.all([blueprintPage(actor, kode), assemblies(actor, kode)])
  if (!page) notFound()
  const at = `/bgtk/instrumen/${page.instrument.code}`
  return (
    <Shell actor={actor}>
      <PageHead title="Rakit formulir" lead={page.instrument.title} back={{ href: at, label: page.instrument.title }} />
      <CarriedNotice page={page} at={at} />
      {page.blueprint ? (
        <Card title="Rakitan baru">
          <p className="mb-3 max-w-prose text-sm text-soft">
            {page.blueprint.length} butir setiap formulir menurut kisi-kisi versi {page.blueprint.version}; {page.ready} butir siap. Bila
            semua butir sudah dikalibrasi, informasi terendah di sekitar batas dibuat setinggi mungkin; bila belum, kesukaran formulir
            disamakan.
          </p>
          <ActionForm action={assembleForms} label="Rakitan baru" className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
            <input type="hidden" name="instrument" value={page.instrument.code} />
            <Field label="Banyak formulir setara" name="forms" type="number" min={1} max={6} defaultValue={2} required />
            <Field
              label="Waktu setiap formulir (menit)"
              name="minutes"
              type="number"
              min={5}
              max={300}
              defaultValue={page.instrument.minutes}
              required
            />
            <Field
              label="Butir jangkar bersama"
              name="anchors"
              type="number"
              min={0}
              max={60}
              defaultValue={0}
              hint="Hanya butir yang ditandai jangkar."
            />
            <Field label="Butir bukan jangkar paling banyak di … formulir" name="most" type="number" min={1} max={6} defaultValue={1} />
            <Field label="Irisan dua formulir, di luar jangkar" name="overlap" type="number" min={0} max={200} defaultValue={0} />
            <Field label="Lewati butir yang dilihat lebih dari … orang" name="exposure" type="number" min={0} placeholder="tanpa batas" />
            <Button className="sm:w-fit">Rakit</Button>
          </ActionForm>
        </Card>
      ) : (
        <Notice tone="care" title="Instrumen ini belum mempunyai kisi-kisi">
          <Link href={`${at}/kisi-kisi`} className="font-semibold underline underline-offset-4">
            Susun kisi-kisinya dahulu
          </Link>
          ; formulir dirakit menurut barisnya.
        </Notice>
      )}
      {list.length > 0 && (
        <section className="mt-8">
          <h2 className="mb-3">Rakitan</h2>
          <Table
            caption="Rakitan"
            rows={list}
            rowKey={(a) => a.id}
            columns={[
              {
                key: 't',
                head: 'Diusulkan',
                lead: true,
                cell: (a) => (
                  <Link href={`${at}/rakit/${a.id}`} className="text-leaf underline underline-offset-4">
                    {formatMoment(a.createdAt)}
                  </Link>
                ),
              },
              { key: 'o', head: 'Oleh', cell: (a) => a.proposedName },
              { key: 'f', head: 'Formulir', numeric: true, cell: (a) => `${a.spec.forms} × ${a.spec.length}` },
              {
                key: 's',
                head: 'Keadaan',
                cell: (a) => <Badge tone={assemblyStates[a.state].tone}>{assemblyStates[a.state].words}</Badge>,
              },
              { key: 'p', head: 'Disahkan', cell: (a) => a.confirmedName ?? '–' },
            ]}
          />
        </section>
      )}
    </Shell>
  )
}
