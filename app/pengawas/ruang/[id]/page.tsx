import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { notFound } from 'next/navigation'
import { Console } from '@/components/proctor/console'
import { KeptPage } from '@/components/kept-page'
import { Shell } from '@/components/shell'
import { buttonClass } from '@/components/ui/form'
import { PageHead, Simulated } from '@/components/ui/page'
import { orForbidden, requireActor } from '@/lib/access/service'
import { consoleOf } from '@/lib/console/service'
import { incidentKinds } from '@/lib/sittings/model'
import { idIn } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Ruang' }

export default async function RoomPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('room:watch')
  const id = await idIn(params)
  const first = await orForbidden(consoleOf(actor, id, new Date()))
  if (!first || first.head.kind !== 'room') notFound()
  const { head } = first
  return (
    <Shell actor={actor}>
      <KeptPage page={`/pengawas/ruang/${id}`} />
      <PageHead title={head.title} lead={`${head.venueName} · ${head.sittingName}`} back={{ href: '/pengawas', label: 'Ruang saya' }}>
        {head.simulated && <Simulated />}
        {head.reach.sitting && (
          <Link href={`/pengawas/sesi/${head.sittingId}`} className={buttonClass('quiet')}>
            Seluruh sesi
          </Link>
        )}
        <a href={`/api/exports/daftar-hadir?ruang=${id}`} className={buttonClass('quiet')}>
          Daftar hadir
        </a>
        <a href={`/api/exports/berita-acara?ruang=${id}`} className={buttonClass('quiet')}>
          Berita acara
        </a>
      </PageHead>
      <Console first={first} userId={actor.userId ?? ''} kinds={incidentKinds} />
    </Shell>
  )
}
