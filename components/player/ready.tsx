import { useCallback, useEffect, useState } from 'react'
import { Button, Notice, buttonClass } from '@/components/ui/form'
import type { ServerClock } from '@/lib/delivery/clock.client'
import { reportReady, runChecks, type Check } from '@/lib/delivery/ready.client'
import type { DeskSeat } from '@/lib/delivery/model'
import { Frame } from './frame'

const marks = { good: '✓', care: '!', bad: '✕' } as const
const tones = { good: 'bg-leaf text-white', care: 'bg-gold text-night', bad: 'bg-manggis text-white' } as const
const names = { good: 'baik', care: 'perlu diperhatikan', bad: 'belum baik' } as const

/** Two short notes, so that ears can judge what no program can. */
async function playTone(): Promise<void> {
  const audio = new AudioContext()
  await audio.resume()
  for (const [i, pitch] of [523, 784].entries()) {
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    volume.gain.value = 0.15
    tone.frequency.value = pitch
    tone.connect(volume).connect(audio.destination)
    tone.start(audio.currentTime + i * 0.35)
    tone.stop(audio.currentTime + i * 0.35 + 0.3)
  }
}

/** "Siap ujian": the day before, everything that could go wrong in the morning is tried now. */
export function Ready({ seat, clock }: { seat: DeskSeat; clock: ServerClock }) {
  const [checks, setChecks] = useState<Check[] | null>(null)
  const [progress, setProgress] = useState('')
  const [sound, setSound] = useState(false)
  const [picture, setPicture] = useState(false)
  const [told, setTold] = useState<boolean | null>(null)

  const run = useCallback(async () => {
    setChecks(null)
    setTold(null)
    const found = await runChecks(seat, clock, setProgress)
    setChecks(found)
  }, [clock, seat])

  useEffect(() => {
    const timer = setTimeout(() => void run(), 0)
    return () => clearTimeout(timer)
  }, [run])
  useEffect(() => {
    if (checks) void reportReady(seat, checks, { sound, picture }).then(setTold)
  }, [checks, picture, seat, sound])

  const bad = checks?.some((c) => c.state === 'bad')
  const packed = checks?.some((c) => c.key === 'packet' && c.state === 'good')
  return (
    <Frame name={seat.name}>
      <header>
        <a href="#" className="mb-2 inline-flex min-h-11 items-center text-sm font-semibold text-leaf underline-offset-4 hover:underline">
          ← Meja peserta
        </a>
        <h1>Siap ujian</h1>
        <p className="text-soft">Periksa sekali sehari sebelum tes, di ponsel dan peramban yang akan dipakai.</p>
      </header>
      {!checks ? (
        <p role="status" className="rounded-xl border border-line bg-card p-5">
          <span className="mb-2 block h-2 overflow-hidden rounded-full bg-line">
            <span className="block h-full w-1/3 animate-pulse rounded-full bg-leaf" />
          </span>
          {progress || 'Memulai pemeriksaan …'}
        </p>
      ) : (
        <>
          <div role="status">
            {bad ? (
              <Notice tone="bad" title="Ponsel ini belum siap">
                Perbaiki yang bertanda ✕ di bawah, lalu periksa lagi.
              </Notice>
            ) : packed ? (
              <Notice tone="good" title="Soal sudah ada di perangkat ini">
                Ponsel ini siap. Pada waktunya tes dapat dimulai, dikerjakan, dan diselesaikan walaupun server tidak terjangkau.
              </Notice>
            ) : (
              <Notice tone="care" title="Ponsel baik; soal belum tersedia">
                Ulangi pemeriksaan ini setelah BGTK menyiapkan soal.
              </Notice>
            )}
          </div>
          <ul className="divide-y divide-line rounded-xl border border-line bg-card" data-testid="checks">
            {checks.map((c) => (
              <li key={c.key} className="flex items-start gap-3 px-4 py-3">
                <span
                  aria-hidden="true"
                  className={`mt-0.5 inline-flex size-6 shrink-0 items-center justify-center rounded-full text-sm font-bold ${tones[c.state]}`}
                >
                  {marks[c.state]}
                </span>
                <span>
                  <span className="sr-only">{names[c.state]}: </span>
                  {c.words}
                </span>
              </li>
            ))}
          </ul>
          <section className="rounded-xl border border-line bg-card p-4">
            <h2 className="mb-2">Dengar dan lihat</h2>
            <div className="mb-3 flex flex-wrap items-center gap-4">
              <svg viewBox="0 0 120 60" className="h-16 w-32" role="img" aria-label="Gambar uji: segitiga hijau dan garis emas">
                <path d="M10 52 60 8l50 44Z" fill="#0F5132" />
                <path d="M6 56h108" stroke="#C9982B" strokeWidth="4" />
              </svg>
              <Button type="button" look="quiet" onClick={() => void playTone()}>
                Bunyikan dua nada
              </Button>
            </div>
            <label className="flex min-h-11 items-center gap-3">
              <input
                type="checkbox"
                className="size-5 shrink-0 accent-leaf"
                checked={picture}
                onChange={(e) => setPicture(e.target.checked)}
              />
              Segitiga hijau dan garis emas terlihat jelas
            </label>
            <label className="flex min-h-11 items-center gap-3">
              <input type="checkbox" className="size-5 shrink-0 accent-leaf" checked={sound} onChange={(e) => setSound(e.target.checked)} />
              Dua nada terdengar
            </label>
          </section>
          <p className="text-sm text-soft" role="status">
            {told === null
              ? 'Memberi tahu pengawas …'
              : told
                ? 'Kesiapan ponsel ini sudah diketahui pengawas.'
                : 'Server belum terjangkau; pengawas diberi tahu pada pemeriksaan berikutnya.'}
          </p>
          <div className="flex flex-wrap gap-2">
            <a href="#" className={buttonClass()}>
              Ke meja peserta
            </a>
            <Button type="button" look="quiet" onClick={() => void run()}>
              Periksa lagi
            </Button>
          </div>
        </>
      )}
    </Frame>
  )
}
