import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { Shell } from '@/components/shell'
import { WaitingList } from '@/components/waiting-list'
import { Card, Empty, Figure, PageHead, Simulated } from '@/components/ui/page'
import type { Actor } from '@/lib/access/model'
import { may, requireLogin } from '@/lib/access/service'
import { waitingFor } from '@/lib/agenda/service'
import { parseMapFilter } from '@/lib/mapping/model'
import { mapView } from '@/lib/mapping/service'
import { competencyNames, competencyOrder } from '@/lib/sittings/model'
import { cycles } from '@/lib/sittings/service'
import { formatCount, formatDate, formatNumber } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Beranda' }

/** So many of the newest cycles; the rest stand in their list. */
const CYCLES = 4

/** The four competencies as they are published. */
async function Results({ actor }: { actor: Actor }) {
  const views = await Promise.all(competencyOrder.map((c) => mapView(actor, parseMapFilter({ bagian: c }))))
  return (
    <section aria-labelledby="hasil" className="mb-6">
      <h2 id="hasil" className="mb-2 flex flex-wrap items-center gap-2">
        Hasil {views[0]!.cycle?.label}
        {views[0]!.cycle?.simulated && <Simulated />}
      </h2>
      <div className="grid grid-cols-2 gap-3 xl:grid-cols-4">
        {views.map((v, i) => (
          <Link
            key={competencyOrder[i]}
            href={`/peta?bagian=${competencyOrder[i]}`}
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
    </section>
  )
}

async function Cycles({ actor }: { actor: Actor }) {
  const list = await cycles(actor)
  return (
    <Card title="Siklus">
      {list.length === 0 ? (
        <Empty title="Belum ada siklus">
          <Link href="/bgtk/siklus" className="font-semibold text-leaf underline">
            Buat siklus pertama
          </Link>
        </Empty>
      ) : (
        <ul className="divide-y divide-line">
          {list.slice(0, CYCLES).map((c) => (
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
          {list.length > CYCLES && (
            <li className="py-2">
              <Link href="/bgtk/siklus" className="inline-flex min-h-11 items-center font-semibold text-leaf underline underline-offset-4">
                Semua {formatCount(list.length)} siklus
              </Link>
            </li>
          )}
        </ul>
      )}
    </Card>
  )
}

/** The home of every office: what waits first, then what is published. */
export default async function Home() {
  const actor = await requireLogin()
  const now = new Date()
  const list = await waitingFor(actor, now)
  return (
    <Shell actor={actor}>
      <PageHead title={`Selamat datang, ${actor.name}`} />
      <WaitingList
        list={list}
        now={now}
        empty={
          may(actor, 'cycle:manage')
            ? 'Sesi yang akan datang, skor yang menunggu dirilis, keberatan, permintaan, dan pekerjaan yang gagal tampil di sini, masing-masing dengan satu langkah.'
            : may(actor, 'map:read')
              ? 'Terbitan baru, sesi yang diikuti guru dari jangkauan Anda, rencana belajar yang belum disepakati, dan sekolah yang belum pernah dites tampil di sini.'
              : 'Pekerjaan yang gagal, permintaan hak data, kejadian, dan umur cadangan tampil di sini.'
        }
      />
      {may(actor, 'map:read') && <Results actor={actor} />}
      {may(actor, 'cycle:manage') && <Cycles actor={actor} />}
    </Shell>
  )
}
