import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { SchoolChange } from '@/components/growth/since'
import { SchoolPage } from '@/components/school-page'
import { Shell } from '@/components/shell'
import { orForbidden, requireActor } from '@/lib/access/service'
import { schoolGrowth } from '@/lib/growth/service'
import { schoolView } from '@/lib/mapping/service'
import { idIn } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Satuan pendidikan' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('result:named')
  const id = await idIn(params)
  const view = await orForbidden(schoolView(actor, id))
  if (!view) notFound()
  const change = await schoolGrowth(actor, id)
  return (
    <Shell actor={actor}>
      <SchoolPage view={view} back={{ href: '/bgtk/peta', label: 'Peta provinsi' }}>
        <SchoolChange growth={change} />
      </SchoolPage>
    </Shell>
  )
}
