import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { PlainPage } from '@/components/plain-page'
import { ActionForm } from '@/components/ui/action-form'
import { Button, buttonClass, Field } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { askByMail } from '@/lib/access/reset-actions'
import { mailIsSet } from '@/lib/access/service'

export const metadata: Metadata = { title: 'Lupa kata sandi' }
export const dynamic = 'force-dynamic'

export default function ForgottenPage() {
  return (
    <PlainPage>
      <div className="mx-auto max-w-md space-y-4">
        <h1>Lupa kata sandi</h1>
        {mailIsSet() && (
          <Card title="Lewat surel">
            <ActionForm action={askByMail} label="Tautan lewat surel" className="space-y-4">
              <Field label="Surel akun Anda" name="email" type="email" autoComplete="username" required />
              <Button className="w-full">Kirim tautan</Button>
            </ActionForm>
          </Card>
        )}
        <Card title="Lewat administrator">
          <p className="mb-3 text-sm">
            Administrator BGTK memeriksa identitas Anda, lalu memberikan kode sekali pakai di atas kertas atau lewat telepon.
          </p>
          <Link href="/masuk/atur-ulang" className={`${buttonClass('quiet')} w-full`}>
            Saya punya kode
          </Link>
        </Card>
        <Card title="Perangkat dengan kunci sandi hilang">
          <Link href="/masuk/pemulihan" className={`${buttonClass('quiet')} w-full`}>
            Pakai kode pemulihan
          </Link>
        </Card>
      </div>
    </PlainPage>
  )
}
