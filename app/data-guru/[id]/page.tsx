import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { notFound, redirect } from 'next/navigation'
import { Changes, Pairs, Plans, Readers, Seats } from '@/components/record/history'
import { CorrectionForm, Identity } from '@/components/record/identity'
import { MoveForm } from '@/components/record/move-form'
import { Shell } from '@/components/shell'
import { buttonClass } from '@/components/ui/form'
import { PageHead, Simulated } from '@/components/ui/page'
import { may, orForbidden, requireActor } from '@/lib/access/service'
import { asked, idIn, type Search } from '@/lib/platform/address-model'
import { recordTakenUpBy, teacherView } from '@/lib/records/service'
import { isCorrectable } from '@/lib/roster/record-model'
import { subjects } from '@/lib/roster/service'

export const metadata: Metadata = { title: 'Catatan guru' }

/** One teacher: who she is, what was changed, her tests, plans and pairs, and who opened it; as far as the reader's grants reach. */
export default async function TeacherPage({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Search }) {
  const actor = await requireActor('result:named')
  const id = await idIn(params)
  const now = new Date()
  const { ubah } = await asked(searchParams, 'ubah')
  const view = await orForbidden(teacherView(actor, id, now))
  if (!view) {
    const other = may(actor, 'roster:read') ? await recordTakenUpBy(actor, id) : null
    if (other) redirect(`/data-guru/${other}`)
    notFound()
  }
  const { teacher } = view
  const back = view.whole
    ? { href: '/bgtk/peserta', label: 'Guru' }
    : {
        href: may(actor, 'map:read') ? `/sekolah/${teacher.schoolId}` : `/sekolah?sekolah=${teacher.schoolId}&tampilan=guru`,
        label: teacher.schoolName,
      }
  return (
    <Shell actor={actor}>
      <PageHead
        title={`${teacher.name}${teacher.title ? `, ${teacher.title}` : ''}`}
        lead={`${teacher.subjectName ?? 'Mata pelajaran belum diisi'} · ${teacher.schoolName}`}
        back={back}
      >
        {teacher.simulated && <Simulated />}
        {view.mayCorrect && (
          <Link href={`/data-guru/${id}/gabung`} className={buttonClass('quiet')}>
            Gabungkan dengan catatan lain
          </Link>
        )}
      </PageHead>
      <div id="ubah">
        {view.mayCorrect && isCorrectable(ubah) && <CorrectionForm teacher={teacher} field={ubah} subjects={await subjects()} />}
        {view.mayCorrect && ubah === 'sekolah' && <MoveForm teacher={teacher} now={now} />}
      </div>
      <Identity view={view} />
      <Seats seats={view.seats} />
      {view.plans && <Plans plans={view.plans} />}
      {view.pairs && <Pairs pairs={view.pairs} />}
      {view.changes && <Changes changes={view.changes} />}
      {view.readers && <Readers readers={view.readers} />}
    </Shell>
  )
}
