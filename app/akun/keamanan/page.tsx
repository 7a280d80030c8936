import type { Metadata } from 'next'
import { PasswordProof, RecoveryForm, TotpForm } from '@/components/account/code-form'
import { FactorSetup } from '@/components/account/factor-setup'
import { PasskeyAnswer } from '@/components/account/passkey-answer'
import { RemakeCodes } from '@/components/account/recovery-codes'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice } from '@/components/ui/form'
import { Card, PageHead } from '@/components/ui/page'
import { dropFactor, newPassword } from '@/lib/access/factor-actions'
import { orForbidden, ownFactors, requireLogin } from '@/lib/access/service'
import { formatMoment } from '@/lib/platform/format'

export const metadata: Metadata = { title: 'Keamanan akun' }

const used = (at: Date | null) => (at ? `terakhir dipakai ${formatMoment(at)}` : 'belum pernah dipakai')

export default async function SecurityPage() {
  const actor = await requireLogin()
  const own = await orForbidden(ownFactors(actor, new Date()))
  const has = own.passkeys.length > 0 || own.totp !== null
  return (
    <Shell actor={actor}>
      <PageHead title="Keamanan akun" back={{ href: '/akun', label: 'Akun saya' }} lead={`${actor.name}, ${own.email}`} />
      <div className="space-y-4">
        {!own.fresh && (
          <Card title="Buktikan dulu bahwa ini Anda">
            <p className="mb-3 max-w-prose text-sm">
              Untuk mengubah kata sandi atau pengaman, buktikan sekali lagi. Berlaku {own.freshMinutes} menit di perangkat ini.
            </p>
            <div className="max-w-md space-y-4">
              {own.passkeys.length > 0 && <PasskeyAnswer>Pakai kunci sandi</PasskeyAnswer>}
              {own.totp && <TotpForm />}
              {has ? <RecoveryForm /> : <PasswordProof email={own.email} />}
            </div>
          </Card>
        )}
        <Card title="Pengaman kedua">
          {!has && (
            <p className="mb-3 text-sm text-soft">Belum ada. {own.must ? 'Peran Anda mewajibkannya.' : 'Disarankan untuk semua akun.'}</p>
          )}
          <ul className="space-y-3">
            {own.passkeys.map((p) => (
              <li key={p.id} className="flex flex-wrap items-center justify-between gap-2 border-b border-line pb-2">
                <span className="min-w-0">
                  <b>{p.name}</b> <span className="text-sm text-soft">kunci sandi, {used(p.lastUsedAt)}</span>
                </span>
                {own.fresh && (
                  <ActionForm
                    action={dropFactor}
                    label={`Hapus ${p.name}`}
                    ask={{
                      question: `${p.name} tidak dapat lagi dipakai untuk masuk. Untuk memakainya lagi, daftarkan sekali lagi.`,
                      yes: 'Ya, hapus',
                    }}
                  >
                    <input type="hidden" name="id" value={p.id} />
                    <Button look="careful">Hapus</Button>
                  </ActionForm>
                )}
              </li>
            ))}
            {own.totp && (
              <li className="flex flex-wrap items-center justify-between gap-2 border-b border-line pb-2">
                <span>
                  <b>Aplikasi kode</b> <span className="text-sm text-soft">{used(own.totp.lastUsedAt)}</span>
                </span>
                {own.fresh && (
                  <ActionForm
                    action={dropFactor}
                    label="Hapus aplikasi kode"
                    ask={{
                      question: 'Kode dari aplikasi ini tidak berlaku lagi. Untuk memakainya lagi, pasang sekali lagi.',
                      yes: 'Ya, hapus',
                    }}
                  >
                    <Button look="careful">Hapus</Button>
                  </ActionForm>
                )}
              </li>
            )}
          </ul>
          {own.retired && (
            <div className="mt-3">
              <Notice>Karena Anda punya kunci sandi, kata sandi saja tidak lagi membuka akun ini.</Notice>
            </div>
          )}
        </Card>
        {own.fresh && <FactorSetup owner={actor.name} waits={false} />}
        {has && (
          <Card title="Kode pemulihan">
            <p className="mb-3 text-sm">
              {own.codes.left} dari 10 kode belum dipakai{own.codes.madeAt ? `, dibuat ${formatMoment(own.codes.madeAt)}` : ''}.
            </p>
            {own.fresh && <RemakeCodes owner={actor.name} />}
          </Card>
        )}
        {own.fresh && own.hasPassword && (
          <Card title="Kata sandi">
            <ActionForm action={newPassword} label="Ganti kata sandi" className="max-w-md space-y-4">
              <input type="text" name="email" defaultValue={own.email} autoComplete="username" readOnly hidden />
              <Field label="Kata sandi sekarang" name="present" type="password" autoComplete="current-password" required />
              <Field
                label="Kata sandi baru"
                name="next"
                type="password"
                autoComplete="new-password"
                required
                hint={`Sedikitnya ${has || own.must ? 8 : 12} karakter; 15 atau lebih disarankan. Semua karakter boleh, juga spasi dan tempelan.`}
              />
              <Button>Ganti kata sandi</Button>
            </ActionForm>
          </Card>
        )}
      </div>
    </Shell>
  )
}
