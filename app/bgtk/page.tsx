import type { Metadata } from 'next'
import Link from 'next/link'
import { Shell } from '@/components/shell'
import { Notice, buttonClass } from '@/components/ui/form'
import { Card, Empty, Figure, PageHead, Simulated } from '@/components/ui/page'
import { jobsInTrouble, requireActor } from '@/lib/access/service'
import { parseMapFilter } from '@/lib/mapping/model'
import { mapView } from '@/lib/mapping/service'
import { competencyNames, competencyOrder } from '@/lib/sittings/model'
import { cycles } from '@/lib/sittings/service'
import { formatCount, formatDate, formatNumber } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Ringkasan' }

export default async function Overview() {
  const actor = await requireActor('cycle:manage')
  const trouble = await jobsInTrouble(actor, new Date())
  const [list, ...views] = await Promise.all([cycles(actor), ...competencyOrder.map((c) => mapView(actor, parseMapFilter({ bagian: c })))])
  return (
    <Shell actor={actor}>
      <PageHead title="Ringkasan" lead={views[0]!.cycle?.label}>
        {views[0]!.cycle?.simulated && <Simulated />}
        <Link href="/bgtk/peta" className={buttonClass()}>
          Buka peta
        </Link>
      </PageHead>
      {trouble > 0 && (
        <div className="mb-6">
          <Notice tone="bad" title={`${formatCount(trouble)} pekerjaan sistem bermasalah`}>
            Jawaban peserta tetap aman.{' '}
            <Link href="/bgtk/pekerjaan" className="font-semibold underline underline-offset-4">
              Lihat sebabnya dan jalankan lagi
            </Link>
          </Notice>
        </div>
      )}
      <div className="mb-6 grid grid-cols-2 gap-3 lg:grid-cols-4">
        {views.map((v, i) => (
          <Link
            key={competencyOrder[i]}
            href={`/bgtk/peta?bagian=${competencyOrder[i]}`}
            className="rounded-xl hover:outline-2 hover:outline-leaf"
          >
            <Figure
              label={competencyNames[competencyOrder[i]!]!}
              value={v.total.mean === null ? '–' : formatNumber(v.total.mean)}
              note={
                v.total.n
                  ? `± ${v.total.margin === null ? '–' : formatNumber(v.total.margin)} · ${formatCount(v.total.n)} guru`
                  : 'belum ada data'
              }
            />
          </Link>
        ))}
      </div>
      <Card title="Siklus">
        {list.length === 0 ? (
          <Empty title="Belum ada siklus">
            <Link href="/bgtk/siklus" className="font-semibold text-leaf underline">
              Buat siklus pertama
            </Link>
          </Empty>
        ) : (
          <ul className="divide-y divide-line">
            {list.map((c) => (
              <li key={c.id} className="flex flex-wrap items-center justify-between gap-2 py-3">
                <div>
                  <Link href={`/bgtk/siklus/${c.id}`} className="font-semibold text-leaf underline underline-offset-4">
                    {c.name}
                  </Link>
                  <p className="text-sm text-soft">
                    {c.practice ? 'Latihan' : formatDate(c.startsOn)} · {c.sittings.length} sesi ·{' '}
                    {formatCount(c.sittings.reduce((a, s) => a + s._count.seats, 0))} peserta
                  </p>
                </div>
                {c.simulated && <Simulated />}
              </li>
            ))}
          </ul>
        )}
      </Card>
    </Shell>
  )
}
