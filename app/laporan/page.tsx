import type { Metadata } from 'next'
import { ReportPage } from '@/components/report-page'
import { Shell } from '@/components/shell'
import { requireActor } from '@/lib/access/service'
import { mapFilterNames, parseMapFilter } from '@/lib/mapping/model'
import { mapView } from '@/lib/mapping/service'
import { asked, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Laporan' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('report:export')
  const view = await mapView(actor, parseMapFilter(await asked(searchParams, ...mapFilterNames)))
  return (
    <Shell actor={actor}>
      <ReportPage view={view} />
    </Shell>
  )
}
