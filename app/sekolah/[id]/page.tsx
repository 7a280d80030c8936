import { CutGround } from '@/components/measurement/cut-ground'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { SchoolChange } from '@/components/growth/since'
import { NamedNotice, SchoolFigures, SchoolHead } from '@/components/school-page'
import { SchoolTeachers, type TeacherList } from '@/components/school-teachers'
import { Shell } from '@/components/shell'
import { orForbidden, requireActor } from '@/lib/access/service'
import { schoolGrowth } from '@/lib/growth/service'
import { schoolView } from '@/lib/mapping/service'
import { asked, idIn, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Satuan pendidikan' }

const Query = z.object({ cari: z.string().max(80).catch(''), hal: z.coerce.number().int().min(1).max(1_000).catch(1) })

export default async function Page({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Search }) {
  const actor = await requireActor('result:named')
  const id = await idIn(params)
  const query = Query.parse(await asked(searchParams, 'cari', 'hal'))
  const view = await orForbidden(schoolView(actor, id, { q: query.cari, ids: null, page: query.hal }))
  if (!view) notFound()
  const change = await schoolGrowth(actor, id)
  const list: TeacherList = { ...query, rencana: '' }
  return (
    <Shell actor={actor}>
      <SchoolHead view={view} back={{ href: `/peta/${view.school.regionCode}`, label: view.school.region }} />
      <NamedNotice />
      <CutGround />
      <SchoolFigures parts={view.parts} />
      <SchoolChange growth={change} />
      <SchoolTeachers
        view={view}
        plans={null}
        list={list}
        addressOf={(c) => `/sekolah/${id}?${new URLSearchParams({ cari: c.cari ?? list.cari, hal: String(c.hal ?? list.hal) })}`}
      />
    </Shell>
  )
}
