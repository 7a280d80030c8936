import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { RegionPage } from '@/components/map/region-page'
import { Shell } from '@/components/shell'
import { requireActor } from '@/lib/access/service'
import { remeasured } from '@/lib/growth/service'
import { mapFilterNames, parseMapFilter } from '@/lib/mapping/model'
import { regionView } from '@/lib/mapping/service'
import { asked, codesIn, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Kabupaten/kota' }

export default async function Page({ params, searchParams }: { params: Promise<{ kode: string }>; searchParams: Search }) {
  const actor = await requireActor('map:read')
  const region = await regionView(actor, (await codesIn(params, 'kode')).kode, parseMapFilter(await asked(searchParams, ...mapFilterNames)))
  if (!region) notFound()
  return (
    <Shell actor={actor}>
      <RegionPage
        base="/peta"
        schoolBase="/sekolah"
        growthBase="/perubahan"
        region={region}
        remeasured={await remeasured(actor, region.view.cycle?.value ?? null)}
      />
    </Shell>
  )
}
