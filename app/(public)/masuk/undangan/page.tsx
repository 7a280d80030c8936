import type { Metadata } from 'next'
import { PlainPage } from '@/components/plain-page'
import { Notice } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { invitation } from '@/lib/access/service'
import { BelajarButton } from '../belajar-button'
import { asked, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Hubungkan belajar.id', referrer: 'no-referrer' }

/** Where an administrator's invitation leads: linking an account with belajar.id. */
export default async function InvitationPage({ searchParams }: { searchParams: Search }) {
  const { kode } = await asked(searchParams, 'kode')
  const code = /^[\w-]{43}$/.test(kode) ? kode : null
  const user = code ? await invitation(code) : null
  return (
    <PlainPage>
      <h1 className="mb-4">Hubungkan belajar.id</h1>
      <div className="max-w-prose">
        {user && code ? (
          <Card title={user.name}>
            <p className="mb-4">
              Akun Petaguru {user.email} akan dihubungkan dengan akun belajar.id yang Anda pilih. Setelah itu Anda masuk dengan belajar.id.
            </p>
            <BelajarButton invitation={code}>Hubungkan dengan belajar.id</BelajarButton>
            <p className="mt-3 text-sm text-soft">Bukan nama Anda? Tutup halaman ini dan beri tahu administrator.</p>
          </Card>
        ) : (
          <Notice tone="bad">
            Undangan ini tidak berlaku: sudah dipakai, sudah lewat tujuh hari, atau diganti undangan baru. Mintalah undangan baru kepada
            administrator.
          </Notice>
        )}
      </div>
    </PlainPage>
  )
}
