import type { Metadata } from 'next'
import { SchoolChange } from '@/components/growth/since'
import { SchoolPage } from '@/components/school-page'
import { Shell } from '@/components/shell'
import { SchoolPlans } from '@/components/support/school-plans'
import { Empty } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { ownSchool, schoolGrowth } from '@/lib/mapping/service'
import { schoolPlans } from '@/lib/support/service'

export const metadata: Metadata = { title: 'Sekolah saya' }

export default async function Page() {
  const actor = await requireActor('school:read')
  const [view, plans, change] = await Promise.all([ownSchool(actor), schoolPlans(actor), schoolGrowth(actor)])
  return (
    <Shell actor={actor}>
      {view ? (
        <>
          <SchoolPage view={view}>
            <SchoolChange rows={change} />
          </SchoolPage>
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
