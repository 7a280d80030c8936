import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { RegionPage } from '@/components/map/region-page'
import { Shell } from '@/components/shell'
import { requireActor } from '@/lib/access/service'
import { parseMapFilter } from '@/lib/mapping/model'
import { regionView } from '@/lib/mapping/service'

export const metadata: Metadata = { title: 'Kabupaten/kota' }

export default async function Page({
  params,
  searchParams,
}: {
  params: Promise<{ kode: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const actor = await requireActor('map:read')
  const region = await regionView(actor, (await params).kode, parseMapFilter(await searchParams))
  if (!region) notFound()
  return (
    <Shell actor={actor}>
      <RegionPage base="/bgtk/peta" schoolBase="/bgtk/sekolah" region={region} />
    </Shell>
  )
}
