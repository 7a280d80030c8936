import type { Metadata } from 'next'
import { BriefPage } from '@/components/brief/brief-page'
import { Shell } from '@/components/shell'
import { requireActor } from '@/lib/access/service'
import { mapFilterNames, parseMapFilter } from '@/lib/mapping/model'
import { asked, type Search } from '@/lib/platform/address-model'
import { briefFor } from '@/lib/response/service'

export const metadata: Metadata = { title: 'Bahan rapat' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('report:export')
  const brief = await briefFor(actor, parseMapFilter(await asked(searchParams, ...mapFilterNames)))
  return (
    <Shell actor={actor}>
      <BriefPage brief={brief} now={new Date()} />
    </Shell>
  )
}
