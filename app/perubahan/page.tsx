import { CutGround } from '@/components/measurement/cut-ground'
import type { Metadata } from 'next'
import { GrowthPage } from '@/components/growth/growth-page'
import { Shell } from '@/components/shell'
import { requireActor } from '@/lib/access/service'
import { growthFilterNames, parseGrowthFilter } from '@/lib/growth/model'
import { growthPage } from '@/lib/growth/service'
import { asked, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Perubahan' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('map:read')
  const filter = parseGrowthFilter(await asked(searchParams, ...growthFilterNames))
  const page = await growthPage(actor, filter)
  return (
    <Shell actor={actor}>
      <CutGround part={filter.bagian} />
      <GrowthPage base="/perubahan" filter={filter} page={page} />
    </Shell>
  )
}
