'use client'
import { PrintButton } from '@/components/print-button'
import type { LinkState } from '@/lib/access/reset-actions'
import { formatMoment } from '@/lib/platform/format'

type Made = Extract<NonNullable<LinkState>, { ok: true }>['value']

/** A one-time link that was just made, shown this once to be printed or read aloud. */
export function OneTimeLink({ made, title }: { made: Made; title: (name: string) => string }) {
  return (
    <section className="space-y-2 rounded-xl border border-line bg-card p-4" aria-label="Tautan yang baru dibuat">
      <h3>{title(made.name)}</h3>
      <p className="text-sm">
        Buka alamat ini, atau buka halaman Masuk, pilih “Lupa kata sandi”, lalu ketik kodenya. Berlaku satu kali, sampai{' '}
        {formatMoment(new Date(made.expiresAt))}.
      </p>
      <p className="break-all text-sm">{made.address}</p>
      <p className="font-mono text-2xl" data-testid="reset-code">
        {made.code}
      </p>
      <p className="text-sm text-soft">
        Kode ini hanya ditampilkan sekarang. Serahkan langsung atau bacakan kepada pemilik akun; jangan lewat orang lain.
      </p>
      <PrintButton>Cetak</PrintButton>
    </section>
  )
}
