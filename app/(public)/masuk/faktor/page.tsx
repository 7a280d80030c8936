import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { RecoveryForm, TotpForm } from '@/components/account/code-form'
import { FactorSetup } from '@/components/account/factor-setup'
import { PasskeyAnswer } from '@/components/account/passkey-answer'
import { PlainPage } from '@/components/plain-page'
import { Card } from '@/components/ui/page'
import { factorsWaitedFor } from '@/lib/access/service'

export const metadata: Metadata = { title: 'Langkah kedua', referrer: 'no-referrer' }

export default async function SecondStepPage() {
  const waiting = await factorsWaitedFor()
  if (!waiting) redirect('/pulang')
  return (
    <PlainPage>
      {waiting.pending === 'enrol' ? (
        <>
          <h1 className="mb-2">Pasang pengaman kedua</h1>
          <p className="mb-4 max-w-prose text-soft">
            Peran Anda melihat data bernama, jadi kata sandi saja belum cukup. Pasang salah satu cara berikut; sekitar satu menit, dan cukup
            sekali. Nama akun: {waiting.name}.
          </p>
          <FactorSetup owner={waiting.name} waits />
        </>
      ) : (
        <div className="mx-auto max-w-md">
          <h1 className="mb-2">Langkah kedua</h1>
          <p className="mb-4 text-soft">Kata sandi cocok. Buktikan sekali lagi bahwa ini Anda, {waiting.name}.</p>
          <Card>
            <div className="space-y-4">
              {waiting.passkeys > 0 && <PasskeyAnswer>Pakai kunci sandi</PasskeyAnswer>}
              {waiting.totp && <TotpForm />}
              <RecoveryForm />
            </div>
          </Card>
          <p className="mt-4 text-sm text-soft">
            Perangkat dan kode pemulihan sama-sama hilang? Mintalah tautan atur ulang kepada administrator.
          </p>
        </div>
      )}
    </PlainPage>
  )
}
