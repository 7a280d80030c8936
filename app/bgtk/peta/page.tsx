import type { Metadata } from 'next'
import { MapPage } from '@/components/map/map-page'
import { Shell } from '@/components/shell'
import { requireActor } from '@/lib/access/service'
import { parseMapFilter } from '@/lib/mapping/model'
import { boundaries, heatView, indicatorView, mapView, spreadView } from '@/lib/mapping/service'

export const metadata: Metadata = { title: 'Peta' }

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const actor = await requireActor('map:read')
  const filter = parseMapFilter(await searchParams)
  const [view, heat, spread, indicators, geometry] = await Promise.all([
    mapView(actor, filter),
    filter.tampilan === 'tabel' ? heatView(actor, filter) : null,
    filter.tampilan === 'sebaran' ? spreadView(actor, filter) : null,
    filter.tampilan === 'indikator' ? indicatorView(actor, filter) : null,
    boundaries(),
  ])
  return <Shell actor={actor}><MapPage base="/bgtk/peta" view={view} body={{ heat, spread, indicators, boundaries: geometry }} /></Shell>
}
