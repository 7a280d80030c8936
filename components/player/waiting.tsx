import { useState, type FormEvent } from 'react'
import { Button, Field, Notice } from '@/components/ui/form'
import type { DeskSeat } from '@/lib/delivery/model'
import { formatMoment } from '@/lib/platform/format'

/** Before the start: the page begins by itself when the server opens the window, or by the code that the proctor reads aloud. */
export function Waiting({
  seat,
  reason,
  canCode,
  onCode,
}: {
  seat: DeskSeat
  reason: 'early' | 'away'
  canCode: boolean
  onCode: (code: string) => Promise<string | null>
}) {
  const [words, setWords] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code'))
    setBusy(true)
    // The key takes a moment on a cheap phone; the word for it is painted first.
    await new Promise((r) => setTimeout(r, 30))
    const said = await onCode(code)
    setBusy(false)
    setWords(said)
  }
  return (
    <div className="space-y-5">
      {reason === 'early' ? (
        <Notice tone="info" title={`Tes dibuka ${formatMoment(new Date(seat.opensAt))}`} role="status">
          Halaman ini boleh dibiarkan terbuka. Tes dimulai sendiri beberapa saat setelah waktunya.
        </Notice>
      ) : (
        <Notice tone="care" title="Server belum dapat dihubungi" role="status">
          Tidak apa-apa, waktu Anda belum berjalan. Halaman ini mencoba lagi sendiri.
          {canCode
            ? ' Bila pengawas membacakan kode rilis, masukkan di bawah; tes berjalan tanpa jaringan.'
            : ' Soal belum ada di ponsel ini, jadi tunggulah jaringan atau bantuan pengawas.'}
        </Notice>
      )}
      {canCode && (
        <form
          onSubmit={(e) => void submit(e)}
          className="space-y-4 rounded-xl border border-line bg-card p-4"
          aria-label="Kode rilis"
          aria-busy={busy}
        >
          <Field
            label="Kode rilis dari pengawas"
            name="code"
            autoComplete="off"
            autoCapitalize="characters"
            inputMode="numeric"
            spellCheck={false}
            required
            minLength={8}
            placeholder="0000 0000 0000 0000"
            hint="Empat kelompok empat angka, dibacakan pengawas ruang. Spasi boleh diketik, boleh tidak."
          />
          <Button className="w-full" disabled={busy}>
            {busy ? 'Membuka segel …' : 'Mulai dengan kode'}
          </Button>
          <div aria-live="polite">{words && <Notice tone="bad">{words}</Notice>}</div>
        </form>
      )}
    </div>
  )
}
