import type { Metadata } from 'next'
import { ResetLinkForm } from '@/components/account/reset-link-form'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Select } from '@/components/ui/form'
import { Badge, Card, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { switchAccount } from '@/lib/access/actions'
import { inviteToBelajar } from '@/lib/access/identity-actions'
import { roleNames, roles, type Role } from '@/lib/access/model'
import { belajarOffered, factorStates, requireActor, users } from '@/lib/access/service'
import { createAccount } from '@/lib/roster/actions'
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
          { key: 'n', head: 'Nama', lead: true, cell: (u) => u.name },
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
              <ActionForm action={switchAccount} label={`Ubah keadaan ${u.name}`}>
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
        <ActionForm action={createAccount} label="Akun baru" className="grid gap-4 sm:grid-cols-2">
          <Field label="Nama" name="name" required minLength={3} autoComplete="off" />
          <Field label="Surel" name="email" type="email" required autoComplete="off" />
          <Field
            label="Kata sandi awal"
            name="password"
            type="password"
            required
            minLength={12}
            autoComplete="new-password"
            hint="Sedikitnya dua belas karakter; pemilik akun sebaiknya segera menggantinya lewat tautan atur ulang."
          />
          <Select label="Peran" name="role">
            {roles.map((r) => (
              <option key={r} value={r}>
                {roleNames[r]}
              </option>
            ))}
          </Select>
          <Select label="Kabupaten/kota (untuk dinas kabupaten/kota)" name="regionId">
            <option value="">Tidak ada</option>
            {areas.map((r) => (
              <option key={r.id} value={r.id}>
                {r.shortName}
              </option>
            ))}
          </Select>
          <Field label="NPSN sekolah (untuk kepala sekolah)" name="npsn" inputMode="numeric" />
          <Button className="sm:justify-self-start">Buat akun</Button>
        </ActionForm>
      </Card>
    </Shell>
  )
}
