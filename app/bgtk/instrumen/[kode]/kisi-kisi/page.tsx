import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field } from '@/components/ui/form'
import { Badge, Card, Empty, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { CarriedNotice } from '@/components/workshop/carried'
import { requireActor } from '@/lib/access/service'
import { blueprintPage } from '@/lib/assembly/service'
import { saveCells } from '@/lib/assembly/actions'
import { itemTypeNames, itemTypes, type ItemType } from '@/lib/items/model'
import { formatCount, formatDate } from '@/lib/platform/format'
import { codesIn } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Kisi-kisi' }

type Page = NonNullable<Awaited<ReturnType<typeof blueprintPage>>>
type Row = Page['rows'][number]

const cellClass = 'min-h-11 w-full rounded-lg border border-line bg-card px-2 text-base'

function EditRow({ page, row, number }: { page: Page; row: Row | undefined; number: number }) {
  const name = (what: string) => `${what}, baris ${number}`
  return (
    <fieldset className="grid grid-cols-2 gap-2 rounded-lg border border-line p-3 md:grid-cols-[3fr_2fr_1fr_2fr_1fr]">
      <legend className="px-1 text-sm font-semibold">Baris {number}</legend>
      <select name="node" aria-label={name('Indikator')} defaultValue={row?.node ?? ''} className={`${cellClass} col-span-2 md:col-span-1`}>
        <option value="">Semua indikator</option>
        {page.nodes.map((n) => (
          <option key={n.code} value={n.code}>
            {n.code} {n.title}
          </option>
        ))}
      </select>
      <select name="domain" aria-label={name('Ranah')} defaultValue={row?.domain ?? ''} className={cellClass}>
        <option value="">Semua ranah</option>
        {page.instrument.domains.map((d) => (
          <option key={d.code} value={d.code}>
            {d.title}
          </option>
        ))}
      </select>
      <select name="level" aria-label={name('Level')} defaultValue={row?.level ?? ''} className={cellClass}>
        <option value="">Semua</option>
        {['L1', 'L2', 'L3'].map((l) => (
          <option key={l}>{l}</option>
        ))}
      </select>
      <select name="type" aria-label={name('Jenis')} defaultValue={row?.type ?? ''} className={cellClass}>
        <option value="">Semua jenis</option>
        {itemTypes.map((t) => (
          <option key={t} value={t}>
            {itemTypeNames[t]}
          </option>
        ))}
      </select>
      <input
        name="count"
        type="number"
        min={0}
        max={100}
        aria-label={name('Banyak butir')}
        defaultValue={row?.count ?? ''}
        placeholder="0"
        className={cellClass}
      />
    </fieldset>
  )
}

export default async function BlueprintPage({ params }: { params: Promise<{ kode: string }> }) {
  const actor = await requireActor('bank:manage')
  const page = await blueprintPage(actor, (await codesIn(params, 'kode')).kode)
  if (!page) notFound()
  const { instrument, blueprint, rows } = page
  const words = (r: Row) =>
    [r.node, r.domain && instrument.domains.find((d) => d.code === r.domain)?.title, r.level, r.type && itemTypeNames[r.type as ItemType]]
      .filter(Boolean)
      .join(' · ') || 'Semua butir'
  return (
    <Shell actor={actor}>
      <PageHead
        title="Kisi-kisi"
        lead={
          blueprint
            ? `${instrument.title} · versi ${blueprint.version}, ${formatDate(blueprint.createdAt)} · ${formatCount(page.ready)} butir siap`
            : instrument.title
        }
        back={{ href: `/bgtk/instrumen/${instrument.code}`, label: instrument.title }}
      />
      <CarriedNotice page={page} at={`/bgtk/instrumen/${instrument.code}`} />
      {rows.length === 0 ? (
        <Empty title="Belum ada kisi-kisi">Tulis baris di bawah: apa yang harus ada di setiap formulir, dan berapa banyak.</Empty>
      ) : (
        <Table
          caption="Keterpenuhan kisi-kisi"
          rows={rows}
          rowKey={(r) => String(r.number)}
          columns={[
            { key: 'n', head: 'Baris', lead: true, cell: (r) => `${r.number}. ${words(r)}` },
            { key: 'b', head: 'Diminta', numeric: true, cell: (r) => r.count },
            { key: 's', head: 'Siap', numeric: true, cell: (r) => r.ready },
            { key: 'g', head: 'Dapat bersama', numeric: true, cell: (r) => r.together },
            { key: 'j', head: 'Dalam proses', numeric: true, cell: (r) => r.coming },
            {
              key: 'c',
              head: 'Cukup untuk',
              cell: (r) =>
                r.forms > 0 ? (
                  <Badge tone="good">paling banyak {r.forms} formulir</Badge>
                ) : (
                  <Badge tone="bad">kurang {r.count - r.together}</Badge>
                ),
            },
          ]}
        />
      )}
      <Card title={blueprint ? 'Ubah kisi-kisi' : 'Susun kisi-kisi'} className="mt-6">
        <p className="mb-3 max-w-prose text-sm text-soft">
          Setiap baris adalah syarat sedikitnya untuk satu formulir; baris boleh saling bertumpang. Kolom kosong berarti apa saja, baris
          tanpa jumlah diabaikan. Perubahan menjadi versi baru.
        </p>
        <ActionForm action={saveCells} label="Kisi-kisi" className="space-y-3">
          <input type="hidden" name="instrument" value={instrument.code} />
          <input type="hidden" name="seen" value={blueprint?.version ?? 0} />
          <div className="max-w-xs">
            <Field
              label="Butir setiap formulir"
              name="length"
              type="number"
              min={1}
              max={200}
              required
              defaultValue={blueprint?.length ?? 20}
            />
          </div>
          {Array.from({ length: rows.length + 4 }, (_, i) => (
            <EditRow key={i} page={page} row={rows[i]} number={i + 1} />
          ))}
          <Button>Simpan kisi-kisi</Button>
        </ActionForm>
      </Card>
    </Shell>
  )
}
