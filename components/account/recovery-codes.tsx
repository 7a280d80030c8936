'use client'
import { useState } from 'react'
import { PrintButton } from '@/components/print-button'
import { Button } from '@/components/ui/form'
import { SentForm } from '@/components/ui/sent-form'
import { newRecoveryCodes } from '@/lib/access/factor-actions'

/** Ten codes, shown once, for printing or copying by hand. */
export function RecoveryCodes({ codes, owner }: { codes: string[]; owner: string }) {
  return (
    <section aria-label="Kode pemulihan" className="space-y-3 rounded-xl border border-line bg-card p-4">
      <h3>Kode pemulihan Petaguru</h3>
      <p className="text-sm">
        Untuk {owner}. Bila ponsel Anda hilang, satu kode menggantikannya satu kali. Cetak atau salin sekarang dan simpan di tempat aman;
        kode ini tidak ditampilkan lagi.
      </p>
      <ol className="grid grid-cols-1 gap-1 font-mono text-base tabular-nums min-[400px]:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <PrintButton>Cetak kode</PrintButton>
    </section>
  )
}

/** Makes new codes in place of the old ones. */
export function RemakeCodes({ owner }: { owner: string }) {
  const [codes, setCodes] = useState<string[] | null>(null)
  async function remake() {
    const made = await newRecoveryCodes()
    if (made.ok) setCodes(made.value)
    return made
  }
  if (codes) return <RecoveryCodes codes={codes} owner={owner} />
  return (
    <SentForm
      send={remake}
      label="Kode pemulihan baru"
      className="space-y-2"
      ask={{ question: 'Sepuluh kode yang lama langsung tidak berlaku, juga yang sudah dicetak.', yes: 'Ya, buat kode baru' }}
    >
      <Button look="quiet">Buat kode pemulihan baru</Button>
      <p className="text-sm text-soft">Kode yang lama langsung tidak berlaku.</p>
    </SentForm>
  )
}
