'use client'
import { startRegistration } from '@simplewebauthn/browser'
import { useState } from 'react'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { QrCode } from '@/components/ui/qr-code'
import { SentForm } from '@/components/ui/sent-form'
import { addPasskey, enrolQuestion, finishEnrolment, finishTotp, startTotp } from '@/lib/access/factor-actions'
import { usePasskeys } from './passkey-answer'
import { RecoveryCodes } from './recovery-codes'

type Done = (codes: string[] | null) => void

function PasskeySetup({ done }: { done: Done }) {
  const able = usePasskeys()
  async function add(data: FormData): Promise<Awaited<ReturnType<typeof addPasskey>>> {
    const question = await enrolQuestion()
    if (!question.ok) return question
    const made = await startRegistration({ optionsJSON: question.value }).catch(() => null)
    if (!made)
      return {
        ok: false,
        code: 'passkey',
        message: 'Kunci sandi tidak jadi dibuat. Tidak ada yang berubah; coba lagi, atau pakai perangkat lain.',
      }
    const result = await addPasskey(made, String(data.get('passkeyName')))
    if (result.ok) done(result.value.codes)
    return result
  }
  if (!able) return <p className="text-sm text-soft">Peramban ini belum mengenal kunci sandi. Pakai aplikasi kode di bawah.</p>
  return (
    <SentForm send={add} label="Kunci sandi baru" className="space-y-3">
      <p className="text-sm">
        Masuk dengan sidik jari, wajah, atau PIN ponsel atau komputer ini. Tidak ada yang perlu diingat, dan situs palsu tidak dapat
        menirunya.
      </p>
      <Field label="Nama perangkat" name="passkeyName" placeholder="Ponsel kantor" maxLength={60} autoComplete="off" />
      <Button>Buat kunci sandi</Button>
    </SentForm>
  )
}

function TotpSetup({ done }: { done: Done }) {
  const [shown, setShown] = useState<{ uri: string; typed: string } | null>(null)
  async function begin() {
    const result = await startTotp()
    if (result.ok) setShown(result.value)
    return result
  }
  async function prove(data: FormData) {
    const result = await finishTotp(String(data.get('totpCode')))
    if (result.ok) done(result.value.codes)
    return result
  }
  if (!shown)
    return (
      <SentForm send={begin} label="Aplikasi kode baru" className="space-y-3">
        <p className="text-sm">
          Aplikasi di ponsel (misalnya Google Authenticator atau Aegis) menampilkan enam angka yang berganti setiap setengah menit.
        </p>
        <Button look="quiet">Pasang aplikasi kode</Button>
      </SentForm>
    )
  return (
    <SentForm send={prove} label="Periksa aplikasi kode" className="space-y-3" draft={false}>
      <p className="text-sm">Pindai kode ini dengan aplikasi, atau ketikkan rahasianya. Lalu ketik enam angka yang muncul.</p>
      <QrCode text={shown.uri} label="Kode QR untuk aplikasi kode" />
      <p className="text-sm">
        Rahasia:{' '}
        <code className="break-words font-mono" data-testid="totp-secret">
          {shown.typed}
        </code>
      </p>
      <Field label="Enam angka dari aplikasi" name="totpCode" inputMode="numeric" autoComplete="one-time-code" maxLength={7} required />
      <Button>Periksa dan pasang</Button>
    </SentForm>
  )
}

/** Setting up a passkey or an app; then the codes for the day on which the device is lost. `waits`: a login waits for this. */
export function FactorSetup({ owner, waits }: { owner: string; waits: boolean }) {
  const [done, setDone] = useState<{ codes: string[] | null } | null>(null)
  const finished: Done = (codes) => setDone({ codes })
  if (done)
    return (
      <div className="space-y-4">
        <Notice tone="good" role="status" title="Terpasang">
          Semua sesi lain dari akun ini sudah diakhiri.
        </Notice>
        {done.codes && <RecoveryCodes codes={done.codes} owner={owner} />}
        <ActionForm action={finishEnrolment} className="no-print" label="Lanjutkan">
          <Button>{done.codes ? 'Kode sudah saya simpan, lanjutkan' : 'Lanjutkan'}</Button>
        </ActionForm>
      </div>
    )
  return (
    <div className="space-y-4">
      <div className="grid gap-4 md:grid-cols-2">
        <Card title={waits ? 'Kunci sandi (disarankan)' : 'Kunci sandi baru'}>
          <PasskeySetup done={finished} />
        </Card>
        <Card title="Aplikasi kode">
          <TotpSetup done={finished} />
        </Card>
      </div>
    </div>
  )
}
