import { useState, type FormEvent } from 'react'
import { Button, Field, Notice } from '@/components/ui/form'

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
  const [words, setWords] = useState(first)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    setBusy(true)
    setWords(await onEnter(String(data.get('number')), String(data.get('code'))))
    setBusy(false)
  }
  return (
    <section className="rounded-xl border border-line bg-card p-4 sm:p-5">
      <h1 className="mb-4">{heading}</h1>
      <form onSubmit={(e) => void submit(e)} className="space-y-4" aria-label="Masuk dengan kartu peserta" aria-busy={busy}>
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
          hint="Huruf besar atau kecil dan tanda hubung tidak berpengaruh."
        />
        <Button className="w-full" disabled={busy}>
          {busy ? 'Memeriksa kartu …' : 'Masuk'}
        </Button>
      </form>
      <div aria-live="polite" className={words ? 'mt-3' : ''}>
        {words && <Notice tone="bad">{words}</Notice>}
      </div>
      <p className="mt-4 text-sm text-soft">
        Kartu hilang? Pengawas ruang dapat mencetak yang baru. Bukan peserta?{' '}
        <a href="/masuk" className="font-semibold text-leaf underline underline-offset-4">
          Masuk dengan akun
        </a>
      </p>
    </section>
  )
}
