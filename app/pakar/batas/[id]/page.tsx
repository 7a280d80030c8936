import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { JudgeBook } from '@/components/panel/judge-book'
import { JudgeItem } from '@/components/panel/judge-item'
import { JudgeOverview } from '@/components/panel/judge-overview'
import { Shell } from '@/components/shell'
import { Badge, PageHead, Simulated } from '@/components/ui/page'
import { waitingFor } from '@/lib/agenda/service'
import { orForbidden, requireActor } from '@/lib/access/service'
import { judgePanel, panelMethodNames, panelStateNames } from '@/lib/standards/service'
import { asked, idIn, numberIn, type Search } from '@/lib/platform/address-model'

/** More of what waits stands on the page of tasks. */
const MEANWHILE = 3

export const metadata: Metadata = { title: 'Panel' }

export default async function JudgePage({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Search }) {
  const actor = await requireActor('panel:judge')
  const view = await orForbidden(judgePanel(actor, await idIn(params)))
  if (!view) notFound()
  const { butir, halaman } = await asked(searchParams, 'butir', 'halaman')
  const { panel } = view
  const waiting = (await waitingFor(actor, new Date()))
    .filter((w) => !w.action.href.startsWith(`/pakar/batas/${panel.id}`))
    .slice(0, MEANWHILE)
  const item = numberIn(butir)
  const page = numberIn(halaman)
  const body = view.items[item - 1] ? (
    <JudgeItem view={view} at={item} />
  ) : view.pages[page - 1] ? (
    <JudgeBook view={view} at={page} />
  ) : (
    <JudgeOverview view={view} meanwhile={waiting} />
  )
  const deep = Boolean(view.items[item - 1] ?? view.pages[page - 1])
  return (
    <Shell actor={actor}>
      <PageHead
        title={panel.title}
        lead={deep ? undefined : `${panel.instrumentTitle} · ${panelMethodNames[panel.method]}`}
        back={deep ? { href: `/pakar/batas/${panel.id}`, label: 'Petunjuk dan semua butir' } : { href: '/pakar', label: 'Tugas pakar' }}
      >
        <Badge tone={view.round ? 'care' : 'info'}>{panelStateNames[panel.state]}</Badge>
        {panel.simulated && <Simulated />}
      </PageHead>
      {body}
    </Shell>
  )
}
