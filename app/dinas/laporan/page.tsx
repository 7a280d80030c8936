import type { Metadata } from 'next'
import { ReportPage } from '@/components/report-page'
import { Shell } from '@/components/shell'
import { requireActor } from '@/lib/access/service'
import { parseMapFilter } from '@/lib/mapping/model'
import { mapView } from '@/lib/mapping/service'

export const metadata: Metadata = { title: 'Laporan' }

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const actor = await requireActor('report:export')
  const view = await mapView(actor, parseMapFilter(await searchParams))
  return (
    <Shell actor={actor}>
      <ReportPage view={view} />
    </Shell>
  )
}
