import type { Metadata } from 'next'
import { MapPage } from '@/components/map/map-page'
import { Shell } from '@/components/shell'
import { requireActor } from '@/lib/access/service'
import { parseMapFilter } from '@/lib/mapping/model'
import { mapPage } from '@/lib/mapping/service'

export const metadata: Metadata = { title: 'Peta' }

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const actor = await requireActor('map:read')
  const { view, body } = await mapPage(actor, parseMapFilter(await searchParams))
  return (
    <Shell actor={actor}>
      <MapPage base="/dinas/peta" view={view} body={body} />
    </Shell>
  )
}
