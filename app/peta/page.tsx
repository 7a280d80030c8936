import type { Metadata } from 'next'
import { MapPage } from '@/components/map/map-page'
import { Shell } from '@/components/shell'
import { requireActor } from '@/lib/access/service'
import { remeasured } from '@/lib/growth/service'
import { mapFilterNames, parseMapFilter } from '@/lib/mapping/model'
import { mapPage } from '@/lib/mapping/service'
import { asked, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Peta' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('map:read')
  const { view, body } = await mapPage(actor, parseMapFilter(await asked(searchParams, ...mapFilterNames)))
  return (
    <Shell actor={actor}>
      <MapPage
        base="/peta"
        growthBase="/perubahan"
        view={view}
        body={body}
        remeasured={await remeasured(actor, view.cycle?.value ?? null)}
      />
    </Shell>
  )
}
