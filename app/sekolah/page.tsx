import { CutGround } from '@/components/measurement/cut-ground'
import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { z } from 'zod'
import { SchoolChange } from '@/components/growth/since'
import { PrintButton } from '@/components/print-button'
import { NamedNotice, SchoolFigures, SchoolHead } from '@/components/school-page'
import { SchoolTeachers } from '@/components/school-teachers'
import { SchoolTopics } from '@/components/school-topics'
import { Shell } from '@/components/shell'
import { Empty } from '@/components/ui/page'
import { Tabs } from '@/components/ui/tabs'
import { WaitingList } from '@/components/waiting-list'
import type { Actor } from '@/lib/access/model'
import { requireActor } from '@/lib/access/service'
import { waitingFor } from '@/lib/agenda/service'
import { ownSchool, ownSchools, type SchoolView } from '@/lib/mapping/service'
import { schoolGrowth } from '@/lib/growth/service'
import { asked, isId, type Search } from '@/lib/platform/address-model'
import { planStates, type PlanState } from '@/lib/plans/model'
import { schoolPlans } from '@/lib/plans/service'
import { schoolTopics } from '@/lib/response/service'

export const metadata: Metadata = { title: 'Sekolah saya' }

const Query = z.object({
  tampilan: z.enum(['bulan', 'guru']).catch('bulan'),
  cari: z.string().max(80).catch(''),
  rencana: z.union([z.literal(''), z.enum(Object.keys(planStates) as [PlanState, ...PlanState[]])]).catch(''),
  hal: z.coerce.number().int().min(1).max(1_000).catch(1),
})
type Query = z.infer<typeof Query>

/** What the school can do this month; no name stands here. */
async function Month({ actor, id, view }: { actor: Actor; id: string; view: SchoolView }) {
  const now = new Date()
  const [waiting, topics, change] = await Promise.all([waitingFor(actor, now), schoolTopics(actor, id), schoolGrowth(actor, id)])
  return (
    <>
      <WaitingList
        list={waiting}
        now={now}
        empty="Tes yang akan diikuti guru sekolah Anda dan rencana belajar yang belum disepakati tampil di sini."
      />
      <SchoolTopics topics={topics} />
      <CutGround />
      <SchoolFigures parts={view.parts} />
      <SchoolChange growth={change} />
    </>
  )
}

/** The teachers by name with their plans. */
async function Teachers({ actor, id, query }: { actor: Actor; id: string; query: Query }) {
  const plans = new Map((await schoolPlans(actor, id)).map((p) => [p.teacherId, p]))
  const ids = query.rencana ? new Set([...plans.values()].filter((p) => p.state === query.rencana).map((p) => p.teacherId)) : null
  const view = await ownSchool(actor, id, { q: query.cari, ids, page: query.hal })
  if (!view) return null
  const list = { cari: query.cari, rencana: query.rencana, hal: query.hal }
  return (
    <>
      <div className="mb-4">
        <NamedNotice />
      </div>
      <SchoolTeachers
        view={view}
        plans={plans}
        list={list}
        addressOf={(change) => {
          const next = { ...list, ...change }
          return `/sekolah?${new URLSearchParams({ sekolah: id, tampilan: 'guru', cari: next.cari, rencana: next.rencana, hal: String(next.hal) })}`
        }}
      />
    </>
  )
}

export default async function Page({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('school:read')
  const { sekolah, ...rest } = await asked(searchParams, 'sekolah', 'tampilan', 'cari', 'rencana', 'hal')
  const query = Query.parse(rest)
  const schools = await ownSchools(actor)
  const id = isId(sekolah) ? sekolah : schools[0]?.id
  const head = id ? await ownSchool(actor, id, null) : null
  const to = (tampilan: Query['tampilan']) => `/sekolah?${new URLSearchParams({ sekolah: id ?? '', tampilan })}`
  return (
    <Shell actor={actor}>
      {schools.length > 1 && (
        <nav aria-label="Sekolah yang Anda pimpin" className="no-print mb-4 flex flex-wrap gap-x-4">
          {schools.map((s) => (
            <Link
              key={s.id}
              href={`/sekolah?sekolah=${s.id}`}
              aria-current={s.id === head?.school.id ? 'page' : undefined}
              className="inline-flex min-h-11 items-center font-semibold text-leaf underline-offset-4 hover:underline aria-[current]:text-ink aria-[current]:underline"
            >
              {s.name}
            </Link>
          ))}
        </nav>
      )}
      {id && head ? (
        <>
          <SchoolHead view={head}>
            <PrintButton>Cetak</PrintButton>
          </SchoolHead>
          <Tabs
            label="Bagian halaman sekolah"
            parts={[
              { href: to('bulan'), name: 'Bulan ini', current: query.tampilan === 'bulan' },
              { href: to('guru'), name: 'Guru dan rencana', current: query.tampilan === 'guru' },
            ]}
          />
          {query.tampilan === 'guru' ? <Teachers actor={actor} id={id} query={query} /> : <Month actor={actor} id={id} view={head} />}
        </>
      ) : (
        <Empty title="Akun ini belum dihubungkan dengan sekolah">
          Hubungi administrator untuk menautkan akun dengan satuan pendidikan.
        </Empty>
      )}
    </Shell>
  )
}
