import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, buttonClass } from '@/components/ui/form'
import { Badge, Card, Empty, PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { formatMoment } from '@/lib/platform/format'
import { makeSnapshot } from '@/lib/publication/actions'
import { snapshotStates } from '@/lib/publication/model'
import { publicationHome } from '@/lib/publication/service'

export const metadata: Metadata = { title: 'Terbitan' }

export default async function PublicationsPage() {
  const actor = await requireActor('publication:manage')
  const { series } = await publicationHome(actor)
  return (
    <Shell actor={actor}>
      <PageHead
        title="Terbitan"
        lead="Peta, laporan, dan halaman sekolah membaca satu terbitan: angka yang dihitung pada satu saat, diperiksa kerahasiaannya, diusulkan oleh satu orang dan diterbitkan oleh orang lain. Sesudah terbit, angkanya tidak berubah."
      >
        <Link href="/halaman-publik" className={buttonClass('quiet')}>
          Halaman publik
        </Link>
      </PageHead>
      {series.length === 0 && (
        <Card>
          <Empty title="Belum ada rangkaian siklus">Terbitan dapat disusun setelah ada siklus dengan tes yang selesai.</Empty>
        </Card>
      )}
      <div className="space-y-6">
        {series.map((s) => (
          <Card key={s.series} title={s.series}>
            <p className="mb-3 max-w-prose text-sm text-soft">{s.cycles.join('; ')}</p>
            {s.snapshots.length === 0 ? (
              <Empty title="Belum ada terbitan">Sampai ada, peta rangkaian ini kosong bagi semua pejabat.</Empty>
            ) : (
              <ul className="divide-y divide-line">
                {s.snapshots.map((x) => (
                  <li key={x.id} className="flex flex-wrap items-baseline gap-x-3 py-2">
                    <Link
                      href={`/bgtk/terbitan/${x.id}`}
                      className="inline-flex min-h-11 items-center font-semibold text-leaf underline underline-offset-4"
                    >
                      Terbitan ke-{x.number}
                    </Link>
                    <Badge tone={x.state === 'published' ? 'good' : x.state === 'failed' ? 'care' : 'plain'}>
                      {snapshotStates[x.state]}
                    </Badge>
                    <span className="text-sm text-soft">
                      {x.publishedAt ? `terbit ${formatMoment(x.publishedAt)}` : `disusun ${formatMoment(x.madeAt)}`}
                    </span>
                    {x.words && <span className="w-full text-sm text-soft">{x.words}</span>}
                  </li>
                ))}
              </ul>
            )}
            <ActionForm action={makeSnapshot} label={`Susun draf ${s.series}`} className="mt-4">
              <input type="hidden" name="series" value={s.series} />
              <Button>Susun draf dari hasil hari ini</Button>
            </ActionForm>
          </Card>
        ))}
      </div>
    </Shell>
  )
}
