import type { Metadata } from 'next'
import { ResetCode } from '@/components/account/reset-code'
import { PlainPage } from '@/components/plain-page'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { resetByLink } from '@/lib/access/reset-actions'

export const metadata: Metadata = { title: 'Kata sandi baru', referrer: 'no-referrer' }

export default function ResetPage() {
  return (
    <PlainPage>
      <div className="mx-auto max-w-md">
        <h1 className="mb-4">Kata sandi baru</h1>
        <Card>
          <ActionForm action={resetByLink} label="Kata sandi baru" className="space-y-4">
            <ResetCode />
            <Field
              label="Kata sandi baru"
              name="next"
              type="password"
              autoComplete="new-password"
              required
              hint="Sedikitnya 12 karakter, atau 8 bila akun Anda memakai pengaman kedua. Beberapa kata yang tidak berhubungan mudah diingat."
            />
            <Button className="w-full">Pakai kata sandi ini</Button>
          </ActionForm>
        </Card>
        <p className="mt-4 text-sm text-soft">Sesudah ini semua sesi akun Anda berakhir, dan Anda masuk seperti biasa.</p>
      </div>
    </PlainPage>
  )
}
