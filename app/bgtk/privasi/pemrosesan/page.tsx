import type { Metadata } from 'next'
import { RegisterList } from '@/components/privacy/register-list'
import { PrivacyTabs } from '@/components/privacy/tabs'
import { Shell } from '@/components/shell'
import { PrintButton } from '@/components/print-button'
import { PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { register } from '@/lib/privacy/service'

export const metadata: Metadata = { title: 'Daftar pemrosesan' }

export default async function RegisterPage() {
  const actor = await requireActor('privacy:manage')
  const activities = await register(actor)
  return (
    <Shell actor={actor}>
      <PageHead
        title="Daftar kegiatan pemrosesan"
        lead="Perekaman kegiatan pemrosesan menurut UU 27/2022 Pasal 31. Dibuat dari susunan basis data dan batas yang berlaku, sama dengan halaman Privasi untuk umum."
      >
        <PrintButton>Cetak</PrintButton>
      </PageHead>
      <PrivacyTabs now="/bgtk/privasi/pemrosesan" />
      <RegisterList activities={activities} />
    </Shell>
  )
}
