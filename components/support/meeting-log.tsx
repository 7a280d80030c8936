'use client'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useState, type FormEvent } from 'react'
import { Button, Field, Notice, Select, TextArea } from '@/components/ui/form'
import { dropRefused, putLog, readOutbox, sendOutbox, type Outbox } from '@/lib/support/meetings.client'

const post = (body: string) =>
  fetch('/api/support/pertemuan', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(20_000),
  })

/** One minute to note a meeting, with or without a network: the log lies on the phone until the server has it. */
export function MeetingLog({ pairs, today }: { pairs: { id: string; name: string }[]; today: string }) {
  const router = useRouter()
  const [box, setBox] = useState<Outbox>({ waiting: [], refused: [] })
  const [words, setWords] = useState<{ tone: 'good' | 'care' | 'bad'; text: string } | null>(null)

  const send = useCallback(async () => {
    const end = await sendOutbox(localStorage, post)
    setBox(readOutbox(localStorage))
    if (end === 'sent') {
      setWords({ tone: 'good', text: 'Semua catatan sudah ada di server.' })
      router.refresh()
    }
    if (end === 'away') setWords({ tone: 'care', text: 'Catatan tersimpan di ponsel ini dan dikirim sendiri saat ada jaringan.' })
    if (end === 'login') setWords({ tone: 'care', text: 'Catatan tersimpan di ponsel ini. Masuklah kembali agar dapat dikirim.' })
  }, [router])

  useEffect(() => {
    const now = () => void send()
    const first = setTimeout(now, 0)
    window.addEventListener('online', now)
    const again = setInterval(now, 60_000)
    return () => {
      clearTimeout(first)
      clearInterval(again)
      window.removeEventListener('online', now)
    }
  }, [send])

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    try {
      putLog(localStorage, {
        id: crypto.randomUUID(),
        pairingId: String(data.get('pair')),
        heldOn: String(data.get('on')),
        minutes: Number(data.get('minutes')),
        topic: String(data.get('topic')).trim(),
        note: String(data.get('note')).trim(),
        writtenAt: Date.now(),
      })
    } catch {
      setWords({
        tone: 'bad',
        text: 'Ponsel ini menolak menyimpan catatan. Isiannya masih ada; kosongkan ruang penyimpanan lalu coba lagi.',
      })
      return
    }
    form.reset()
    void send()
  }

  return (
    <section aria-labelledby="catat" className="rounded-xl border border-line bg-card p-4 sm:p-5">
      <h2 id="catat" className="mb-3">
        Catat pertemuan
      </h2>
      <form onSubmit={submit} className="grid gap-3 sm:grid-cols-2" aria-label="Catat pertemuan">
        <Select label="Dengan" name="pair">
          {pairs.map((p) => (
            <option key={p.id} value={p.id}>
              {p.name}
            </option>
          ))}
        </Select>
        <Field label="Tanggal" name="on" type="date" required defaultValue={today} />
        <Field label="Lama (menit)" name="minutes" type="number" required min={5} max={600} defaultValue={60} />
        <Field label="Yang dibahas" name="topic" required minLength={3} maxLength={160} />
        <div className="sm:col-span-2">
          <TextArea label="Catatan (bila perlu)" name="note" maxLength={1000} />
        </div>
        <div>
          <Button>Simpan catatan</Button>
        </div>
      </form>
      <div aria-live="polite" className="mt-3 space-y-2">
        {box.waiting.length > 0 && (
          <Notice tone="care" title={`${box.waiting.length} catatan menunggu di ponsel ini`}>
            Belum ada di server. Jangan hapus data peramban sebelum terkirim.
          </Notice>
        )}
        {words && <Notice tone={words.tone}>{words.text}</Notice>}
        {box.refused.map((r) => (
          <Notice key={r.log.id} tone="bad" title={`Catatan “${r.log.topic}” tidak diterima`}>
            {r.message}{' '}
            <button
              type="button"
              className="min-h-8 font-semibold underline underline-offset-4"
              onClick={() => {
                dropRefused(localStorage, r.log.id)
                setBox(readOutbox(localStorage))
              }}
            >
              Buang catatan ini
            </button>
          </Notice>
        ))}
      </div>
    </section>
  )
}
