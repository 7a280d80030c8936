import type { Metadata } from 'next'
import { SchoolChange } from '@/components/growth/since'
import { SchoolPage } from '@/components/school-page'
import { Shell } from '@/components/shell'
import { SchoolPlans } from '@/components/support/school-plans'
import { Empty } from '@/components/ui/page'
import Link from 'next/link'
import { requireActor } from '@/lib/access/service'
import { ownSchool, ownSchools } from '@/lib/mapping/service'
import { schoolGrowth } from '@/lib/growth/service'
import { asked, isId, type Search } from '@/lib/platform/address-model'
import { schoolPlans } from '@/lib/plans/service'

export const metadata: Metadata = { title: 'Sekolah saya' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('school:read')
  const { sekolah } = await asked(searchParams, 'sekolah')
  const schools = await ownSchools(actor)
  const id = isId(sekolah) ? sekolah : schools[0]?.id
  const view = id ? await ownSchool(actor, id) : null
  const [plans, change] = id && view ? await Promise.all([schoolPlans(actor, id), schoolGrowth(actor, id)]) : [[], null]
  return (
    <Shell actor={actor}>
      {schools.length > 1 && (
        <nav aria-label="Sekolah yang Anda pimpin" className="mb-4 flex flex-wrap gap-x-4">
          {schools.map((s) => (
            <Link
              key={s.id}
              href={`/sekolah?sekolah=${s.id}`}
              aria-current={s.id === view?.school.id ? 'page' : undefined}
              className="inline-flex min-h-11 items-center font-semibold text-leaf underline-offset-4 hover:underline aria-[current]:text-ink aria-[current]:underline"
            >
              {s.name}
            </Link>
          ))}
        </nav>
      )}
      {view ? (
        <>
          <SchoolPage view={view}>
            <SchoolChange growth={change} />
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
