import { Button, Field } from '@/components/ui/form'
import { CodeForm } from './code-form'

/** Number and code of the card. A QR opens /tes#k=NUMBER.CODE: the part after # never reaches a server's log. */
export function CardForm({
  onEnter,
  first,
  heading,
}: {
  onEnter: (number: string, code: string) => Promise<string | null>
  first: string | null
  heading: string
}) {
  /** A refusal keeps both fields; which of the two is wrong is told to nobody. */
  async function enter(data: FormData) {
    const words = await onEnter(String(data.get('number')), String(data.get('code')))
    return words === null ? null : { ok: false, message: words, fields: { code: words } }
  }
  return (
    <section className="rounded-xl border border-line bg-card p-4 sm:p-5">
      <h1 className="mb-4">{heading}</h1>
      <CodeForm
        send={enter}
        before={first === null ? null : { ok: false, message: first, fields: { code: first } }}
        className="space-y-4"
        label="Masuk dengan kartu peserta"
        waiting={<p className="text-sm text-soft">Memeriksa kartu …</p>}
      >
        <Field
          label="Nomor peserta"
          name="number"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          required
          placeholder="2510-00001"
        />
        <Field
          label="Kode kartu"
          name="code"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          required
          placeholder="XXXX-XXXX-XXXX"
          hint="Huruf besar atau kecil, spasi, dan tanda hubung tidak berpengaruh, juga pada nomor."
        />
        <Button className="w-full">Masuk</Button>
      </CodeForm>
      <p className="mt-4 text-sm text-soft">
        Kartu hilang? Pengawas ruang dapat mencetak yang baru. Bukan peserta?{' '}
        <a href="/masuk" className="font-semibold text-leaf underline underline-offset-4">
          Masuk dengan akun
        </a>
      </p>
    </section>
  )
}
