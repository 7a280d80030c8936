import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { notFound } from 'next/navigation'
import { Shell } from '@/components/shell'
import { Badge, Card, PageHead } from '@/components/ui/page'
import { AddLine, EditLine, OutlineLog, Saved } from '@/components/workshop/outline'
import { requireActor } from '@/lib/access/service'
import { domainPage } from '@/lib/instruments/service'
import { changeDomains } from '@/lib/instruments/workshop-actions'
import { formatCount } from '@/lib/platform/format'
import { asked, codesIn, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Ranah isi' }

export default async function DomainsPage({ params, searchParams }: { params: Promise<{ kode: string }>; searchParams: Search }) {
  const actor = await requireActor('bank:manage')
  const [page, query] = [await domainPage(actor, (await codesIn(params, 'kode')).kode), await asked(searchParams, 'pilih', 'tersimpan')]
  if (!page) notFound()
  const { instrument, lines, history, version } = page
  const line = lines.find((l) => l.code === query.pilih)
  const hidden = (
    <>
      <input type="hidden" name="seen" value={version} />
      <input type="hidden" name="instrument" value={instrument.code} />
    </>
  )
  return (
    <Shell actor={actor}>
      <PageHead
        title="Ranah isi"
        lead={`${instrument.title} · ${lines.filter((l) => !l.retired).length} ranah berlaku${version ? ` · versi ${version}` : ''}`}
        back={{ href: `/bgtk/instrumen/${instrument.code}`, label: instrument.title }}
      />
      {query.tersimpan && <Saved version={version} />}
      <div className="grid gap-6 lg:grid-cols-2">
        <div>
          <Card title="Ranah">
            <ul className="space-y-1">
              {lines.map((l) => (
                <li key={l.code}>
                  <Link
                    href={`?pilih=${l.code}#ubah`}
                    aria-current={l.code === line?.code ? 'true' : undefined}
                    className={`flex min-h-11 items-baseline gap-3 rounded-lg px-2 py-2 hover:bg-leaf-pale ${l.code === line?.code ? 'bg-leaf-pale' : ''}`}
                  >
                    <span className="w-14 shrink-0 text-soft">{l.code}</span>
                    <span className={`min-w-0 flex-1 ${l.retired ? 'text-soft line-through' : ''}`}>{l.title}</span>
                    {l.retired && <Badge tone="care">Pensiun</Badge>}
                    <span className="shrink-0 text-sm tabular-nums text-soft">{formatCount(l.items)} butir</span>
                  </Link>
                </li>
              ))}
            </ul>
          </Card>
        </div>
        <div id="ubah" className="scroll-mt-20 space-y-6">
          <Card title={line ? line.title : 'Pilih satu ranah'}>
            {line ? (
              <EditLine key={line.code} line={line} action={changeDomains} hidden={hidden} />
            ) : (
              <p className="text-sm text-soft">Ketuk satu ranah untuk mengubah judulnya atau memensiunkannya.</p>
            )}
          </Card>
          <Card title="Ranah baru">
            <AddLine parent={null} action={changeDomains} hidden={hidden} label="Tambah ranah" />
          </Card>
          <OutlineLog history={history} />
        </div>
      </div>
    </Shell>
  )
}
