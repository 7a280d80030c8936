import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { Shell } from '@/components/shell'
import { Badge, Card, PageHead } from '@/components/ui/page'
import { AddLine, EditLine, OutlineLog, Saved } from '@/components/workshop/outline'
import { requireActor } from '@/lib/access/service'
import { frameworkPage } from '@/lib/instruments/service'
import { changeFramework } from '@/lib/instruments/workshop-actions'
import { formatCount } from '@/lib/platform/format'
import { asked, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Kerangka kompetensi' }

type Lines = Awaited<ReturnType<typeof frameworkPage>>['lines']

function Tree({ lines, chosen }: { lines: Lines; chosen: string | undefined }) {
  const depth = (code: string) => code.split('.').length
  const indent = ['', '', 'pl-4', 'pl-8'] as const
  return (
    <ul className="space-y-1">
      {lines.map((l) => (
        <li key={l.code} className={`${indent[depth(l.code)]} ${depth(l.code) === 1 ? 'pt-3' : ''}`}>
          <Link
            href={`?pilih=${l.code}#ubah`}
            aria-current={l.code === chosen ? 'true' : undefined}
            className={`flex min-h-11 items-baseline gap-3 rounded-lg px-2 py-2 hover:bg-leaf-pale ${l.code === chosen ? 'bg-leaf-pale' : ''} ${depth(l.code) < 3 ? 'font-semibold' : ''}`}
          >
            <span className="w-12 shrink-0 tabular-nums text-soft">{l.code}</span>
            <span className={`min-w-0 flex-1 ${l.retired ? 'text-soft line-through' : ''}`}>{l.title}</span>
            {l.retired && <Badge tone="care">Pensiun</Badge>}
            {depth(l.code) === 3 && (
              <span className="shrink-0 text-sm font-normal tabular-nums text-soft">{formatCount(l.items)} butir</span>
            )}
          </Link>
        </li>
      ))}
    </ul>
  )
}

export default async function FrameworkPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('bank:manage')
  const [{ lines, history, version }, query] = [await frameworkPage(actor), await asked(searchParams, 'pilih', 'tersimpan')]
  const line = lines.find((l) => l.code === query.pilih)
  const depth = line?.code.split('.').length ?? 0
  const hidden = <input type="hidden" name="seen" value={version} />
  return (
    <Shell actor={actor}>
      <PageHead
        title="Kerangka kompetensi"
        lead={`${lines.filter((l) => l.kind === 'indicator' && !l.retired).length} indikator dan ${lines.filter((l) => l.kind === 'subindicator' && !l.retired).length} sub-indikator berlaku${version ? ` · versi ${version}` : ''}`}
        back={{ href: '/bgtk/instrumen', label: 'Instrumen' }}
      />
      {query.tersimpan && <Saved version={version} />}
      <div className="grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="order-2 lg:order-1">
          <Card title="Kompetensi, indikator, dan sub-indikator">
            <Tree lines={lines} chosen={line?.code} />
          </Card>
        </div>
        <div id="ubah" className="order-1 scroll-mt-20 space-y-6 lg:order-2">
          <Card title={line ? `${line.code} ${line.title}` : 'Pilih satu baris'}>
            {!line && (
              <p className="text-sm text-soft">
                Ketuk satu baris untuk mengubah judulnya, memensiunkannya, atau menambah baris di bawahnya.
              </p>
            )}
            {line && depth > 1 && <EditLine key={line.code} line={line} action={changeFramework} hidden={hidden} />}
            {line && depth < 3 && !line.retired && (
              <details className="mt-6">
                <summary className="min-h-11 cursor-pointer py-2 font-semibold text-leaf">
                  Tambah {depth === 1 ? 'indikator' : 'sub-indikator'} di bawah {line.code}
                </summary>
                <AddLine
                  parent={line.code}
                  action={changeFramework}
                  hidden={hidden}
                  label={depth === 1 ? 'Tambah indikator' : 'Tambah sub-indikator'}
                />
              </details>
            )}
          </Card>
          <OutlineLog history={history} />
        </div>
      </div>
    </Shell>
  )
}
