import type { Metadata } from 'next'
import { SchoolPage } from '@/components/school-page'
import { Shell } from '@/components/shell'
import { Empty } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { ownSchool } from '@/lib/mapping/service'

export const metadata: Metadata = { title: 'Sekolah saya' }

export default async function Page() {
  const actor = await requireActor('school:read')
  const view = await ownSchool(actor)
  return (
    <Shell actor={actor}>
      {view ? (
        <SchoolPage view={view} />
      ) : (
        <Empty title="Akun ini belum dihubungkan dengan sekolah">
          Hubungi administrator untuk menautkan akun dengan satuan pendidikan.
        </Empty>
      )}
    </Shell>
  )
}
