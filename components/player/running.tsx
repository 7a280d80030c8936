import { useEffect, useRef, useState } from 'react'
import { Blocks } from '@/components/content'
import { Button, Notice } from '@/components/ui/form'
import type { ServerClock } from '@/lib/delivery/clock.client'
import { formatClock } from '@/lib/platform/format'
import { completionOf } from './completion'
import type { Change } from './change'
import { Choices, Stem } from './item'
import { Overview } from './overview'
import type { useAttempt } from './session'

const sizes = ['text-base', 'text-lg', 'text-xl'] as const

function readSize(): number {
  try {
    return Math.min(2, Math.max(0, Number(localStorage.getItem('petaguru.size') ?? 0) || 0))
  } catch {
    return 0
  }
}

const two = (n: number) => String(n).padStart(2, '0')
function left(ms: number): string {
  const s = Math.max(0, Math.ceil(ms / 1000))
  return s >= 3600 ? `${Math.floor(s / 3600)}.${two(Math.floor(s / 60) % 60)}.${two(s % 60)}` : `${two(Math.floor(s / 60))}.${two(s % 60)}`
}

/** The line that always tells the truth about what is where. */
function truthOf(a: ReturnType<typeof useAttempt>): string {
  if (a.answered === 0) return 'Belum ada jawaban'
  if (a.waiting === 0) return `${a.answered} jawaban tersimpan di server`
  return `${a.answered - Math.min(a.waiting, a.answered)} dari ${a.answered} tersimpan di server · ${a.waiting} di perangkat ini`
}

type Props = { title: string; clock: ServerClock; attempt: ReturnType<typeof useAttempt> }

/** The running test: one item a screen, time left, and the truth about what is saved. */
export function Running({ title, clock, attempt: a }: Props) {
  const [position, setPosition] = useState(0)
  const [size, setSize] = useState(readSize)
  const [overview, setOverview] = useState(false)
  const [remaining, setRemaining] = useState<number | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const sheet = useRef<HTMLDivElement>(null)
  const { time, finish } = a
  /** Only a clock that was set, or that has run since the start, may end a test; another is shown and asked about. */
  const trusted = clock.sure || a.provisional

  useEffect(() => {
    if (!time) return
    const tick = () => {
      if (time.paused) return
      const ms = time.deadline - clock.now()
      setRemaining(ms)
      if (ms > 0 || !trusted) return
      // What stands under the fingers is written down before the end is.
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      void finish('timeout')
    }
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [time, trusted, clock, finish])

  const go = (to: number) => {
    setPosition(to)
    a.at(to)
    setOverview(false)
    requestAnimationFrame(() => {
      heading.current?.focus({ preventScroll: true })
      sheet.current?.scrollTo(0, 0)
    })
  }

  const item = a.items[position]
  if (!item || !a.packet) return null
  const stimulus = item.stimulusId ? a.packet.stimuli[item.stimulusId] : undefined
  const last = position === a.items.length - 1
  const states = a.items.map((i) => ({ ...completionOf(i.content, a.values.get(i.id)), flagged: a.flags.has(i.id) }))
  const urgent = remaining !== null && remaining < 300_000
  const truth = truthOf(a)
  const answering = {
    id: item.id,
    content: item.content,
    value: a.values.get(item.id),
    seed: a.seed,
    media: a.packet.media,
    disabled: Boolean(time?.paused),
    onChange: (change: Change) => void a.choose(item.id, change),
  }

  return (
    <main className="fixed inset-0 z-20 flex flex-col bg-paper" data-testid="player">
      <header className="border-b border-line bg-card px-3 pb-1 pt-1">
        <div className="mx-auto flex max-w-3xl items-center gap-2">
          <p className="min-w-0 flex-1 truncate text-sm font-semibold">{title}</p>
          <p
            className={`shrink-0 text-base font-bold tabular-nums ${urgent ? 'text-manggis' : ''}`}
            aria-label={remaining === null ? 'Sisa waktu' : `Sisa waktu ${Math.ceil(remaining / 60000)} menit`}
          >
            {time?.paused ? 'Dijeda' : remaining === null ? '––.––' : left(remaining)}
          </p>
          <button
            type="button"
            className="size-10 shrink-0 rounded-lg border border-line text-sm font-semibold"
            aria-label={`Ukuran huruf ${size + 1} dari 3, ketuk untuk mengubah`}
            onClick={() => {
              const next = (size + 1) % 3
              setSize(next)
              try {
                localStorage.setItem('petaguru.size', String(next))
              } catch {
                /* the size is then kept for this page only */
              }
            }}
          >
            A{'+'.repeat(size)}
          </button>
          <button
            type="button"
            className="h-10 shrink-0 rounded-lg border border-line px-3 text-sm font-semibold tabular-nums"
            aria-label={`Nomor ${position + 1} dari ${a.items.length}, buka daftar nomor`}
            onClick={() => setOverview(true)}
          >
            {position + 1}/{a.items.length}
          </button>
        </div>
        <p
          data-testid="truth"
          className={`mx-auto max-w-3xl text-xs leading-snug tabular-nums ${a.online && !a.refusal ? 'text-soft' : 'font-semibold text-manggis'}`}
        >
          {a.online ? '' : 'Luring · '}
          {truth}
          {a.lastSaved ? ` · terakhir ${formatClock(new Date(a.lastSaved), true)}` : ''}
        </p>
      </header>
      <p className="sr-only" role="status">
        {remaining !== null && (Math.ceil(remaining / 60000) === 10 || Math.ceil(remaining / 60000) === 5)
          ? `Sisa waktu ${Math.ceil(remaining / 60000)} menit`
          : ''}
      </p>
      <div ref={sheet} data-testid="item" className="min-h-0 flex-1 overflow-y-auto px-3 py-2">
        <div className={`mx-auto max-w-3xl ${sizes[size]}`}>
          <h1 ref={heading} tabIndex={-1} className="sr-only">
            Nomor {position + 1}
            {a.flags.has(item.id) ? ', ditandai' : ''}
          </h1>
          {time?.paused && (
            <Notice tone="info" title="Tes dijeda oleh pengawas" role="status">
              Waktu Anda berhenti. Jawaban tetap aman; tunggu aba-aba.
            </Notice>
          )}
          <div role="status">
            {a.news && !time?.paused && (
              <Notice tone="info" title="Waktu berubah">
                {a.news}
                <Button type="button" look="quiet" className="mt-2 w-full" onClick={a.newsRead}>
                  Saya mengerti
                </Button>
              </Notice>
            )}
          </div>
          {!a.durable && (
            <Notice tone="care" title="Ponsel ini menolak penyimpanan">
              Setiap pilihan kini langsung disimpan ke server, dan baru tampak terpilih setelah tersimpan di sana. Kosongkan ruang ponsel
              bila penuh.
            </Notice>
          )}
          {a.saving === item.id && !a.durable && (
            <p role="status" className="mb-2 text-sm font-semibold text-manggis">
              Menyimpan pilihan ke server …
            </p>
          )}
          {a.failedWrite && (
            <Notice tone="bad" title="Pilihan terakhir belum tersimpan" role="alert">
              Ponsel menolak menyimpan dan server belum terjangkau. Kosongkan ruang atau tunggu jaringan, lalu ketuk pilihan itu sekali
              lagi. Jawaban sebelumnya aman.
            </Notice>
          )}
          {remaining !== null && remaining <= 0 && !trusted && (
            <Notice tone="care" title="Menurut jam ponsel ini, waktu sudah habis">
              Jam ponsel belum dapat dicocokkan dengan server. Jawaban tetap dicatat dan dinilai menurut jam server; tanyakan sisa waktu
              kepada pengawas.
            </Notice>
          )}
          {a.refusal && (
            <Notice tone="care" role="alert">
              {a.refusal}
            </Notice>
          )}
          {stimulus && (
            <div className="mb-3 rounded-lg border-l-4 border-indigo bg-card p-3">
              <Blocks nodes={stimulus} media={a.packet.media} scope={String(a.seed)} />
            </div>
          )}
          <div className="mb-3" data-testid="stem">
            <Stem key={item.id} {...answering} />
          </div>
          <Choices key={item.id} {...answering} />
        </div>
      </div>
      <nav aria-label="Soal" className="border-t border-line bg-card px-3 py-1.5">
        <div className="mx-auto grid max-w-3xl grid-cols-3 gap-2">
          <Button type="button" look="quiet" className="px-1" disabled={position === 0} onClick={() => go(position - 1)}>
            <span className="text-sm">Sebelumnya</span>
          </Button>
          <Button
            type="button"
            look="quiet"
            aria-pressed={a.flags.has(item.id)}
            className={a.flags.has(item.id) ? 'border-gold bg-gold-pale px-1' : 'px-1'}
            onClick={() => void a.flag(item.id, !a.flags.has(item.id))}
          >
            <span className="text-sm">{a.flags.has(item.id) ? '⚑ Ditandai' : '⚐ Tandai'}</span>
          </Button>
          {last ? (
            <Button type="button" onClick={() => setOverview(true)}>
              <span className="text-sm">Periksa</span>
            </Button>
          ) : (
            <Button type="button" className="px-1" onClick={() => go(position + 1)}>
              <span className="text-sm">Berikutnya</span>
            </Button>
          )}
        </div>
      </nav>
      {overview && (
        <Overview
          states={states}
          position={position}
          onGo={go}
          onClose={() => setOverview(false)}
          onFinish={() => void finish('finished')}
        />
      )}
    </main>
  )
}
