import type { Metadata } from 'next'
import { SchoolPage } from '@/components/school-page'
import { Shell } from '@/components/shell'
import { SchoolPlans } from '@/components/support/school-plans'
import { Empty } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { ownSchool } from '@/lib/mapping/service'
import { schoolPlans } from '@/lib/support/service'

export const metadata: Metadata = { title: 'Sekolah saya' }

export default async function Page() {
  const actor = await requireActor('school:read')
  const [view, plans] = await Promise.all([ownSchool(actor), schoolPlans(actor)])
  return (
    <Shell actor={actor}>
      {view ? (
        <>
          <SchoolPage view={view} />
          <SchoolPlans plans={plans} />
        </>
      ) : (
        <Empty title="Akun ini belum dihubungkan dengan sekolah">
          Hubungi administrator untuk menautkan akun dengan satuan pendidikan.
        </Empty>
      )}
    </Shell>
  )
}
