import type { Metadata } from 'next'
import { ForgetPhone } from '@/components/forget-phone'
import { PhoneAtTheDoor } from '@/components/phone'
import { PlainPage } from '@/components/plain-page'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { loginAccount } from '@/lib/access/actions'
import { CardLogin } from './card-login'

export const metadata: Metadata = { title: 'Masuk' }

export default function LoginPage() {
  return (
    <PlainPage>
      <PhoneAtTheDoor />
      <h1 className="mb-4">Masuk</h1>
      <div className="grid gap-4 md:grid-cols-2">
        <Card title="Peserta tes: pakai kartu">
          <CardLogin />
        </Card>
        <Card title="Pengguna lain: pakai akun">
          <ActionForm action={loginAccount} className="space-y-4" label="Masuk dengan akun">
            <Field label="Surel" name="email" type="email" autoComplete="username" required />
            <Field label="Kata sandi" name="password" type="password" autoComplete="current-password" required />
            <Button look="quiet" className="w-full">
              Masuk dengan akun
            </Button>
          </ActionForm>
        </Card>
      </div>
      <p className="mt-4 text-sm text-soft">
        Kartu hilang atau kode tidak diterima? Pengawas ruang dapat mencetak kartu baru. Jawaban yang sudah tersimpan tidak hilang.
      </p>
      <div className="mt-6">
        <ForgetPhone />
      </div>
    </PlainPage>
  )
}
