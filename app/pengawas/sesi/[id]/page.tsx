import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Console } from '@/components/proctor/console'
import { KeptPage } from '@/components/kept-page'
import { Shell } from '@/components/shell'
import { PageHead, Simulated } from '@/components/ui/page'
import { may, orForbidden, requireActor } from '@/lib/access/service'
import { consoleOf } from '@/lib/console/service'
import { incidentKinds } from '@/lib/sittings/model'
import { formatCount } from '@/lib/platform/service'
import { idIn } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Seluruh sesi' }

export default async function SittingConsolePage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('room:watch')
  const id = await idIn(params)
  const first = await orForbidden(consoleOf(actor, id, new Date()))
  if (!first || first.head.kind !== 'sitting') notFound()
  const { head } = first
  const back = may(actor, 'cycle:manage') ? { href: `/bgtk/sesi/${id}`, label: 'Sesi' } : { href: '/pengawas', label: 'Ruang saya' }
  return (
    <Shell actor={actor}>
      <KeptPage page={`/pengawas/sesi/${id}`} />
      <PageHead
        title={head.title}
        lead={`${head.venueName} · ${head.cycleName} · ${first.rooms.length} ruang, ${formatCount(first.people.length)} peserta`}
        back={back}
      >
        {head.simulated && <Simulated />}
      </PageHead>
      <Console first={first} userId={actor.userId ?? ''} kinds={incidentKinds} />
    </Shell>
  )
}
