import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { notFound } from 'next/navigation'
import { RoleFields } from '@/components/account/role-fields'
import { TeacherLink } from '@/components/account/teacher-link'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field } from '@/components/ui/form'
import { Badge, Card, PageHead } from '@/components/ui/page'
import { endTheirSession, switchAccount, withdrawRole } from '@/lib/access/actions'
import { roleNames, type Role } from '@/lib/access/model'
import { account, requireActor } from '@/lib/access/service'
import { addRole } from '@/lib/roster/actions'
import { linkedTeacher, regions, schoolNames } from '@/lib/roster/service'
import { idIn } from '@/lib/platform/address-model'
import { formatMoment } from '@/lib/platform/format'
import { Sessions } from './sessions'

export const metadata: Metadata = { title: 'Akun pengguna' }

/** One account: its roles, where it is logged in, and whether it may log in at all. */
export default async function AccountPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('users:manage')
  const found = await account(actor, await idIn(params))
  if (!found) notFound()
  const [areas, schools, teacher] = await Promise.all([
    regions(),
    schoolNames(found.grants.flatMap((g) => g.schoolId ?? [])),
    linkedTeacher(actor, found.teacherId),
  ])
  const areaName = new Map(areas.map((r) => [r.id, r.shortName]))
  const reach = (g: (typeof found.grants)[number]) =>
    [g.regionId && areaName.get(g.regionId), g.schoolId && schools.get(g.schoolId), ...g.levelCodes].filter(Boolean).join(', ')
  return (
    <Shell actor={actor}>
      <PageHead
        title={found.name}
        lead={`${found.email} · dibuat ${formatMoment(found.createdAt)}`}
        back={{ href: '/bgtk/pengguna', label: 'Pengguna' }}
      >
        {found.active ? <Badge tone="good">Aktif</Badge> : <Badge>Nonaktif</Badge>}
      </PageHead>
      <Card title="Peran">
        {found.own && (
          <p className="mb-3 max-w-prose text-soft">
            Ini akun Anda. Peran akun sendiri diubah oleh administrator lain, supaya dua orang mengetahuinya.
          </p>
        )}
        <ul className="divide-y divide-line border-y border-line">
          {found.grants.map((g) => (
            <li key={g.id} className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2 py-3">
              <div className="min-w-0">
                <p className="font-semibold">{roleNames[g.role as Role]}</p>
                {reach(g) && <p className="text-sm text-soft">{reach(g)}</p>}
              </div>
              {!found.own && found.grants.length > 1 && (
                <ActionForm
                  action={withdrawRole}
                  label={`Cabut peran ${roleNames[g.role as Role]}${reach(g) && `, ${reach(g)}`}`}
                  className="grid w-full gap-2 sm:w-auto sm:grid-cols-[minmax(0,16rem)_auto] sm:items-end"
                >
                  <input type="hidden" name="id" value={found.id} />
                  <input type="hidden" name="grant" value={g.id} />
                  <Field id={`f-why-${g.id}`} label="Dasar pencabutan" name="reason" required minLength={5} maxLength={200} />
                  <Button look="quiet">Cabut peran</Button>
                </ActionForm>
              )}
            </li>
          ))}
        </ul>
        {found.grants.length === 1 && !found.own && (
          <p className="mt-2 text-sm text-soft">
            Peran satu-satunya tidak dapat dicabut: beri peran lain lebih dahulu, atau nonaktifkan akunnya.
          </p>
        )}
      </Card>
      {!found.own && (
        <Card title="Beri peran" className="mt-6">
          <p className="mb-4 max-w-prose text-soft">
            Begitu peran berubah, semua sesi akun ini berakhir dan pemiliknya masuk kembali dengan hak yang baru. Perubahannya tercatat
            beserta dasarnya. Bila diminta, buktikan dulu di{' '}
            <Link href="/akun/keamanan" className="font-semibold text-leaf underline underline-offset-4">
              Keamanan akun
            </Link>{' '}
            bahwa ini Anda.
          </p>
          <ActionForm action={addRole} label="Beri peran" className="grid gap-4 sm:grid-cols-2">
            <input type="hidden" name="id" value={found.id} />
            <RoleFields areas={areas} />
            <Field label="Dasar perubahan" name="reason" required minLength={5} maxLength={200} placeholder="Surat tugas nomor 12/2027" />
            <Button className="sm:justify-self-start">Beri peran</Button>
          </ActionForm>
        </Card>
      )}
      <TeacherLink userId={found.id} own={found.own} teacher={teacher} />
      <Sessions userId={found.id} own={found.own} sessions={found.sessions} end={endTheirSession} />
      {!found.own && (
        <Card title={found.active ? 'Nonaktifkan akun' : 'Aktifkan akun'} className="mt-6">
          <p className="mb-3 max-w-prose text-soft">
            {found.active
              ? 'Akun yang nonaktif tidak dapat masuk dan semua sesinya berakhir saat itu juga. Apa yang pernah dikerjakannya tetap ada.'
              : 'Akun ini dapat masuk lagi dengan kata sandi dan pengaman yang dimilikinya.'}
          </p>
          <ActionForm
            action={switchAccount}
            label={`Ubah keadaan ${found.name}`}
            ask={
              found.active
                ? {
                    question: `${found.name} keluar dari semua perangkatnya dan tidak dapat masuk sampai diaktifkan lagi.`,
                    yes: 'Ya, nonaktifkan',
                  }
                : undefined
            }
          >
            <input type="hidden" name="id" value={found.id} />
            <input type="hidden" name="active" value={found.active ? 'tidak' : 'ya'} />
            <Button look="quiet">{found.active ? 'Nonaktifkan' : 'Aktifkan'}</Button>
          </ActionForm>
        </Card>
      )}
    </Shell>
  )
}
