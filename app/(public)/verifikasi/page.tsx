import type { Metadata } from 'next'
import { PlainPage } from '@/components/plain-page'
import { Empty } from '@/components/ui/page'

export const metadata: Metadata = { title: 'Verifikasi surat keterangan' }

export default function VerificationPage() {
  return (
    <PlainPage>
      <h1 className="mb-4">Verifikasi surat keterangan</h1>
      <Empty title="Belum ada surat keterangan yang diterbitkan">
        Setelah BGTK menerbitkan surat keterangan, keasliannya dapat diperiksa di halaman ini dengan kode pada surat. Nilai tidak pernah
        ditampilkan di sini.
      </Empty>
    </PlainPage>
  )
}
