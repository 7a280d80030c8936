'use client'
import { startRegistration } from '@simplewebauthn/browser'
import { useState, useTransition } from 'react'
import { encode } from 'uqr'
import { Button, Field, Notice } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { addPasskey, enrolQuestion, finishEnrolment, finishTotp, startTotp } from '@/lib/access/factor-actions'
import { usePasskeys } from './passkey-answer'
import { RecoveryCodes } from './recovery-codes'

function Code({ text }: { text: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 3 })
  const path = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      className="w-56 max-w-full bg-white"
      role="img"
      aria-label="Kode QR untuk aplikasi kode"
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#000" />
    </svg>
  )
}

type Done = (codes: string[] | null) => void
type Trouble = (message: string | null) => void

function PasskeySetup({ done, trouble }: { done: Done; trouble: Trouble }) {
  const [name, setName] = useState('')
  const [busy, start] = useTransition()
  const add = () =>
    start(async () => {
      trouble(null)
      const question = await enrolQuestion()
      if (!question.ok) return trouble(question.message)
      try {
        const made = await startRegistration({ optionsJSON: question.value })
        const result = await addPasskey(made, name)
        if (result.ok) done(result.value.codes)
        else trouble(result.message)
      } catch {
        trouble('Kunci sandi tidak jadi dibuat. Tidak ada yang berubah; coba lagi, atau pakai perangkat lain.')
      }
    })
  if (!usePasskeys()) return <p className="text-sm text-soft">Peramban ini belum mengenal kunci sandi. Pakai aplikasi kode di bawah.</p>
  return (
    <div className="space-y-3">
      <p className="text-sm">
        Masuk dengan sidik jari, wajah, atau PIN ponsel atau komputer ini. Tidak ada yang perlu diingat, dan situs palsu tidak dapat
        menirunya.
      </p>
      <Field
        label="Nama perangkat"
        name="passkeyName"
        value={name}
        onChange={(e) => setName(e.target.value)}
        placeholder="Ponsel kantor"
        maxLength={60}
        autoComplete="off"
      />
      <Button type="button" disabled={busy} onClick={add}>
        Buat kunci sandi
      </Button>
    </div>
  )
}

function TotpSetup({ done, trouble }: { done: Done; trouble: Trouble }) {
  const [shown, setShown] = useState<{ uri: string; typed: string } | null>(null)
  const [code, setCode] = useState('')
  const [busy, start] = useTransition()
  const begin = () =>
    start(async () => {
      trouble(null)
      const result = await startTotp()
      if (result.ok) setShown(result.value)
      else trouble(result.message)
    })
  const prove = () =>
    start(async () => {
      trouble(null)
      const result = await finishTotp(code)
      if (result.ok) done(result.value.codes)
      else trouble(result.message)
    })
  if (!shown)
    return (
      <div className="space-y-3">
        <p className="text-sm">
          Aplikasi di ponsel (misalnya Google Authenticator atau Aegis) menampilkan enam angka yang berganti setiap setengah menit.
        </p>
        <Button type="button" look="quiet" disabled={busy} onClick={begin}>
          Pasang aplikasi kode
        </Button>
      </div>
    )
  return (
    <div className="space-y-3">
      <p className="text-sm">Pindai kode ini dengan aplikasi, atau ketikkan rahasianya. Lalu ketik enam angka yang muncul.</p>
      <Code text={shown.uri} />
      <p className="text-sm">
        Rahasia:{' '}
        <code className="break-words font-mono" data-testid="totp-secret">
          {shown.typed}
        </code>
      </p>
      <Field
        label="Enam angka dari aplikasi"
        name="totpCode"
        value={code}
        onChange={(e) => setCode(e.target.value)}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
      />
      <Button type="button" disabled={busy} onClick={prove}>
        Periksa dan pasang
      </Button>
    </div>
  )
}

/** Setting up a passkey or an app; then the codes for the day on which the device is lost. `waits`: a login waits for this. */
export function FactorSetup({ owner, waits }: { owner: string; waits: boolean }) {
  const [done, setDone] = useState<{ codes: string[] | null } | null>(null)
  const [message, setMessage] = useState<string | null>(null)
  const finished: Done = (codes) => setDone({ codes })
  if (done)
    return (
      <div className="space-y-4">
        <Notice tone="good" role="status" title="Terpasang">
          Semua sesi lain dari akun ini sudah diakhiri.
        </Notice>
        {done.codes && <RecoveryCodes codes={done.codes} owner={owner} />}
        <form action={finishEnrolment} className="no-print">
          <Button>{done.codes ? 'Kode sudah saya simpan, lanjutkan' : 'Lanjutkan'}</Button>
        </form>
      </div>
    )
  return (
    <div className="space-y-4">
      <div aria-live="polite">{message && <Notice tone="bad">{message}</Notice>}</div>
      <div className="grid gap-4 md:grid-cols-2">
        <Card title={waits ? 'Kunci sandi (disarankan)' : 'Kunci sandi baru'}>
          <PasskeySetup done={finished} trouble={setMessage} />
        </Card>
        <Card title="Aplikasi kode">
          <TotpSetup done={finished} trouble={setMessage} />
        </Card>
      </div>
    </div>
  )
}
