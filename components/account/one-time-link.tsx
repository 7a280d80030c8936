'use client'
import { PrintButton } from '@/components/print-button'
import { Notice } from '@/components/ui/form'
import type { LinkState } from '@/lib/access/reset-actions'
import { formatMoment } from '@/lib/platform/format'

/** A one-time link that was just made, shown this once to be printed or read aloud; or why there is none. */
export function OneTimeLink({ state, title }: { state: LinkState; title: (name: string) => string }) {
  return (
    <div aria-live="polite">
      {state && !state.ok && (
        <Notice tone="bad">
          {state.message}
          {state.code === 'confirm' && (
            <a href="/akun/keamanan" className="mt-1 block min-h-8 font-semibold underline underline-offset-4">
              Buktikan di halaman Keamanan akun
            </a>
          )}
        </Notice>
      )}
      {state?.ok && (
        <section className="space-y-2 rounded-xl border border-line bg-card p-4" aria-label="Tautan yang baru dibuat">
          <h3>{title(state.value.name)}</h3>
          <p className="text-sm">
            Buka alamat ini, atau buka halaman Masuk, pilih “Lupa kata sandi”, lalu ketik kodenya. Berlaku satu kali, sampai{' '}
            {formatMoment(new Date(state.value.expiresAt))}.
          </p>
          <p className="break-all text-sm">{state.value.address}</p>
          <p className="font-mono text-2xl" data-testid="reset-code">
            {state.value.code}
          </p>
          <p className="text-sm text-soft">
            Kode ini hanya ditampilkan sekarang. Serahkan langsung atau bacakan kepada pemilik akun; jangan lewat orang lain.
          </p>
          <PrintButton>Cetak</PrintButton>
        </section>
      )}
    </div>
  )
}
