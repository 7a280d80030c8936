import type { Metadata } from 'next'
import { PlainPage } from '@/components/plain-page'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { loginRecovery } from '@/lib/access/factor-actions'

export const metadata: Metadata = { title: 'Masuk dengan kode pemulihan' }

export default function RecoveryPage() {
  return (
    <PlainPage>
      <div className="mx-auto max-w-md">
        <h1 className="mb-4">Masuk dengan kode pemulihan</h1>
        <Card>
          <ActionForm action={loginRecovery} label="Masuk dengan kode pemulihan" className="space-y-4">
            <Field label="Surel" name="email" type="email" autoComplete="username" required />
            <Field label="Kata sandi" name="password" type="password" autoComplete="current-password" required />
            <Field
              label="Kode pemulihan"
              name="code"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              placeholder="XXXX-XXXX-XXXX"
              required
            />
            <Button className="w-full">Masuk</Button>
          </ActionForm>
        </Card>
        <p className="mt-4 text-sm text-soft">
          Setiap kode berlaku satu kali. Sesudah masuk, hapus kunci sandi yang hilang dan pasang yang baru.
        </p>
      </div>
    </PlainPage>
  )
}
