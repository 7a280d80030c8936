'use client'
import { useActionState } from 'react'
import { PrintButton } from '@/components/print-button'
import { Button, Field, Notice, Select } from '@/components/ui/form'
import { makeLink } from '@/lib/access/reset-actions'
import { formatMoment } from '@/lib/platform/format'

/** The administrator makes a one-time link for somebody; it is shown this once, to be printed or read aloud. */
export function ResetLinkForm({ people }: { people: { id: string; name: string; email: string }[] }) {
  const [state, run, pending] = useActionState(makeLink, null)
  return (
    <div className="space-y-4">
      <form action={run} aria-label="Tautan atur ulang" aria-busy={pending} className="no-print grid gap-4 sm:grid-cols-2">
        <Select id="f-reset-user" label="Untuk" name="id">
          {people.map((p) => (
            <option key={p.id} value={p.id}>
              {p.name} ({p.email})
            </option>
          ))}
        </Select>
        <Select id="f-reset-kind" label="Yang hilang" name="kind">
          <option value="password">Kata sandi saja; pengaman kedua tetap</option>
          <option value="factors">Juga perangkatnya; semua pengaman kedua dihapus</option>
        </Select>
        <Field
          id="f-reset-checked"
          label="Bagaimana identitasnya diperiksa"
          name="checked"
          required
          minLength={5}
          maxLength={200}
          placeholder="Bertemu langsung, KTP dicocokkan"
        />
        <Button className="self-end" disabled={pending}>
          Buat tautan atur ulang
        </Button>
      </form>
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
            <h3>Kata sandi baru untuk {state.value.name}</h3>
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
    </div>
  )
}
