import { Button, Field, Notice } from '@/components/ui/form'
import type { DeskSeat } from '@/lib/delivery/model'
import { formatMoment } from '@/lib/platform/format'
import { CodeForm } from './code-form'

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
  async function open(data: FormData) {
    // The key takes a moment on a cheap phone; the word for it is painted first.
    await new Promise((r) => setTimeout(r, 30))
    const words = await onCode(String(data.get('code')))
    return words === null ? null : { ok: false, message: words, fields: { code: words } }
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
        <CodeForm
          send={open}
          className="space-y-4 rounded-xl border border-line bg-card p-4"
          label="Kode rilis"
          waiting={<p className="text-sm text-soft">Membuka segel …</p>}
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
          <Button className="w-full">Mulai dengan kode</Button>
        </CodeForm>
      )}
    </div>
  )
}
