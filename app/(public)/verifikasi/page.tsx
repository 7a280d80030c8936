import type { Metadata } from 'next'
import { PlainPage } from '@/components/plain-page'
import { CertificateCheck } from '@/components/support/certificate-check'
import { asked, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Verifikasi surat keterangan' }

/**
 * Whether a certificate is genuine, by its code. Scores are never shown here, because none is on it. Earlier links carry the code in
 * the address: it is put into the form, and sent by its reader like a typed one.
 */
export default async function VerificationPage({ searchParams }: { searchParams: Search }) {
  const { kode } = await asked(searchParams, 'kode')
  return (
    <PlainPage>
      <h1 className="mb-4">Verifikasi surat keterangan</h1>
      <CertificateCheck given={kode} />
    </PlainPage>
  )
}
