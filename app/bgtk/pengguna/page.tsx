import type { Metadata } from 'next'
import { NewAccountForm } from '@/components/account/new-account-form'
import { ResetLinkForm } from '@/components/account/reset-link-form'
import { Link } from '@/components/ui/link'
import { RoleFields } from '@/components/account/role-fields'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field } from '@/components/ui/form'
import { Badge, Card, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { switchAccount } from '@/lib/access/actions'
import { inviteToBelajar } from '@/lib/access/identity-actions'
import { roleNames, type Role } from '@/lib/access/model'
import { belajarOffered, factorStates, requireActor, users } from '@/lib/access/service'
import { regions } from '@/lib/roster/service'

export const metadata: Metadata = { title: 'Pengguna' }

export default async function UsersPage() {
  const actor = await requireActor('users:manage')
  const [list, areas, factors] = await Promise.all([users(actor), regions(), factorStates(actor)])
  const areaName = new Map(areas.map((r) => [r.id, r.shortName]))
  return (
    <Shell actor={actor}>
      <PageHead
        title="Pengguna"
        lead="Akun pengelola, pengawas, dan pejabat. Peserta tes tidak memerlukan akun; mereka masuk dengan kartu."
      />
      <Table
        caption="Pengguna"
        rows={list}
        rowKey={(u) => u.id}
        columns={[
          {
            key: 'n',
            head: 'Nama',
            lead: true,
            cell: (u) => (
              <Link
                href={`/bgtk/pengguna/${u.id}`}
                className="inline-flex min-h-9 items-center font-semibold text-leaf underline underline-offset-4"
              >
                {u.name}
              </Link>
            ),
          },
          { key: 'e', head: 'Surel', cell: (u) => u.email },
          {
            key: 'r',
            head: 'Peran',
            cell: (u) =>
              u.grants.map((g) => `${roleNames[g.role as Role]}${g.regionId ? ` (${areaName.get(g.regionId)})` : ''}`).join(', '),
          },
          { key: 's', head: 'Keadaan', cell: (u) => (u.active ? <Badge tone="good">Aktif</Badge> : <Badge>Nonaktif</Badge>) },
          {
            key: 'f',
            head: 'Pengaman kedua',
            cell: (u) => {
              const has = factors.get(u.id)
              const words = [has?.passkeys ? `${has.passkeys} kunci sandi` : '', has?.totp ? 'aplikasi kode' : ''].filter(Boolean)
              return words.join(', ') || 'Belum ada'
            },
          },
          {
            key: 'a',
            head: 'Tindakan',
            cell: (u) => (
              <ActionForm
                action={switchAccount}
                label={`Ubah keadaan ${u.name}`}
                ask={
                  u.active
                    ? {
                        question: `${u.name} keluar dari semua perangkatnya dan tidak dapat masuk sampai diaktifkan lagi.`,
                        yes: 'Ya, nonaktifkan',
                      }
                    : undefined
                }
              >
                <input type="hidden" name="id" value={u.id} />
                <input type="hidden" name="active" value={u.active ? 'tidak' : 'ya'} />
                <Button look="quiet" className="px-3 py-1 text-sm">
                  {u.active ? 'Nonaktifkan' : 'Aktifkan'}
                </Button>
              </ActionForm>
            ),
          },
          ...(belajarOffered()
            ? [
                {
                  key: 'b',
                  head: 'belajar.id',
                  cell: (u: (typeof list)[number]) =>
                    u.active && (
                      <ActionForm action={inviteToBelajar} label={`Undang ${u.name} menghubungkan belajar.id`} className="break-words">
                        <input type="hidden" name="id" value={u.id} />
                        <Button look="quiet" className="px-3 py-1 text-sm">
                          Undang
                        </Button>
                      </ActionForm>
                    ),
                },
              ]
            : []),
        ]}
      />
      <Card title="Tautan atur ulang" className="mt-6">
        <ResetLinkForm people={list.filter((u) => u.active && u.id !== actor.userId).map(({ id, name, email }) => ({ id, name, email }))} />
      </Card>
      <Card title="Akun baru" className="mt-6">
        <p className="mb-4 max-w-prose text-soft">
          Akun dibuat tanpa kata sandi. Setelah dibuat, muncul tautan sekali pakai yang Anda serahkan; pemilik akun memilih kata sandinya
          sendiri.
        </p>
        <NewAccountForm>
          <Field label="Nama" name="name" required minLength={3} autoComplete="off" />
          <Field label="Surel" name="email" type="email" required autoComplete="off" />
          <RoleFields areas={areas} />
        </NewAccountForm>
      </Card>
    </Shell>
  )
}
