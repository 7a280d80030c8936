import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { SchoolPage } from '@/components/school-page'
import { Shell } from '@/components/shell'
import { orForbidden, requireActor } from '@/lib/access/service'
import { schoolView } from '@/lib/mapping/service'

export const metadata: Metadata = { title: 'Satuan pendidikan' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('result:named')
  const view = await orForbidden(schoolView(actor, (await params).id))
  if (!view) notFound()
  return (
    <Shell actor={actor}>
      <SchoolPage view={view} back={{ href: '/dinas/peta', label: 'Peta provinsi' }} />
    </Shell>
  )
}
