'use client'
import { useEffect, useRef, useState } from 'react'
import { Blocks } from '@/components/content'
import { Button, Notice, buttonClass } from '@/components/ui/form'
import { formatClock } from '@/lib/platform/format'
import { isAnswered } from '@/lib/items/model'
import { Choices, Stem } from './item'
import { useAttempt } from './session'
import { Overview } from './overview'

type Props = {
  seatId: string
  part: '1' | '2' | '3' | '4'
  title: string
  beginAtOnce: boolean
  resultHref: string
  children: React.ReactNode
}

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

/** The test player: rules before, one item a screen, the truth about what is saved, hand-in after. */
export function Player({ seatId, part, title, beginAtOnce, resultHref, children }: Props) {
  const a = useAttempt(seatId, part, beginAtOnce)
  const [position, setPosition] = useState(0)
  const [size, setSize] = useState(readSize)
  const [overview, setOverview] = useState(false)
  const [remaining, setRemaining] = useState<number | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const sheet = useRef<HTMLDivElement>(null)
  const running = a.phase.name === 'running'

  useEffect(() => {
    if (!running || !a.clock) return
    const { deadline, paused } = a.clock
    const tick = () => {
      if (paused) return
      const ms = deadline - a.now()
      setRemaining(ms)
      if (ms <= 0) void a.finish('timeout')
    }
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [running, a.clock?.deadline, a.clock?.paused]) // eslint-disable-line react-hooks/exhaustive-deps -- the functions are stable, the clock object is not

  useEffect(() => {
    // While a test runs, the frame around it is out of sight for eyes, keyboard and screen reader alike.
    document.body.toggleAttribute('data-testing', running)
    return () => document.body.removeAttribute('data-testing')
  }, [running])

  const go = (to: number) => {
    setPosition(to)
    a.at(to)
    setOverview(false)
    requestAnimationFrame(() => {
      heading.current?.focus({ preventScroll: true })
      sheet.current?.scrollTo(0, 0)
    })
  }

  if (a.phase.name === 'idle') {
    return (
      <>
        {children}
        <Button type="button" className="mt-6 w-full sm:w-auto" onClick={() => void a.begin()}>
          Mulai mengerjakan
        </Button>
      </>
    )
  }
  if (a.phase.name === 'opening')
    return (
      <p role="status" className="py-10 text-center text-soft">
        {a.phase.words}
      </p>
    )
  if (a.phase.name === 'refused') {
    return (
      <div className="space-y-4">
        <Notice tone="care" title="Tes belum dapat dibuka" role="alert">
          {a.phase.message}
        </Notice>
        {a.phase.retry && (
          <Button type="button" onClick={() => void a.begin()}>
            Coba lagi
          </Button>
        )}
      </div>
    )
  }
  if (a.phase.name === 'twice')
    return (
      <Notice tone="care" title="Tes ini sudah terbuka di tab lain" role="alert">
        Lanjutkan di tab itu, atau tutup tab itu lalu muat ulang halaman ini. Jawaban Anda aman.
      </Notice>
    )
  if (a.phase.name === 'elsewhere') {
    return (
      <div className="space-y-4">
        <Notice tone="care" title="Tes ini sedang dibuka di perangkat lain" role="alert">
          Bila Anda berganti perangkat, lanjutkan di sini. Jawaban dari kedua perangkat digabungkan; tidak ada yang hilang.
        </Notice>
        <Button type="button" onClick={() => void a.begin(true)}>
          Lanjutkan di perangkat ini
        </Button>
      </div>
    )
  }
  if (a.phase.name === 'closed') {
    return (
      <div className="space-y-4">
        <Notice tone="good" title="Bagian ini sudah selesai dan tersimpan di server" role="status">
          Terima kasih. Semua jawaban Anda sudah diterima.
        </Notice>
        <a href={resultHref} className={buttonClass()}>
          Lihat hasil
        </a>
      </div>
    )
  }
  if (a.phase.name === 'finishing') {
    return (
      <div className="space-y-4" role="status">
        {a.online ? (
          <Notice tone="info" title="Jawaban sedang diserahkan">
            Tunggu sebentar, {a.pending} catatan masih dikirim.
          </Notice>
        ) : (
          <Notice tone="care" title="Anda sudah selesai; jaringan belum ada">
            {a.pending} catatan tersimpan di perangkat ini dan dikirim sendiri begitu jaringan kembali. Biarkan halaman ini terbuka, dan
            jangan menghapus data peramban.
          </Notice>
        )}
      </div>
    )
  }

  const item = a.items[position]
  if (!item || !a.packet) return null
  const stimulus = item.stimulusId ? a.packet.stimuli[item.stimulusId] : undefined
  const last = position === a.items.length - 1
  const states = a.items.map((i) => ({ answered: isAnswered(a.values.get(i.id)), flagged: a.flags.has(i.id) }))
  const urgent = remaining !== null && remaining < 300_000
  const truth =
    a.answered === 0
      ? 'Belum ada jawaban'
      : a.waiting > 0
        ? `${a.answered - Math.min(a.waiting, a.answered)} dari ${a.answered} tersimpan di server · ${a.waiting} di perangkat ini`
        : `${a.answered} jawaban tersimpan di server`

  return (
    <div className="fixed inset-0 z-20 flex flex-col bg-paper" data-testid="player">
      <header className="border-b border-line bg-card px-3 pb-1 pt-1">
        <div className="mx-auto flex max-w-3xl items-center gap-2">
          <p className="min-w-0 flex-1 truncate text-sm font-semibold">{title}</p>
          <p
            className={`shrink-0 text-base font-bold tabular-nums ${urgent ? 'text-manggis' : ''}`}
            aria-label={remaining === null ? 'Sisa waktu' : `Sisa waktu ${Math.ceil(remaining / 60000)} menit`}
          >
            {a.clock?.paused ? 'Dijeda' : remaining === null ? '––.––' : left(remaining)}
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
          {a.clock?.paused && (
            <Notice tone="info" title="Tes dijeda oleh pengawas" role="status">
              Waktu Anda berhenti. Jawaban tetap aman; tunggu aba-aba.
            </Notice>
          )}
          {!a.durable && (
            <Notice tone="care" title="Peramban ini menolak penyimpanan">
              Jawaban hanya aman setelah terkirim. Buka tes ini di Chrome tanpa mode penyamaran bila memungkinkan.
            </Notice>
          )}
          {a.failedWrite && (
            <Notice tone="bad" title="Pilihan terakhir belum tersimpan" role="alert">
              Penyimpanan perangkat penuh atau ditolak. Kosongkan ruang, lalu ketuk pilihan itu sekali lagi. Jawaban sebelumnya aman.
            </Notice>
          )}
          {a.refusal && (
            <Notice tone="care" role="alert">
              {a.refusal}
            </Notice>
          )}
          {stimulus && (
            <div className="mb-3 rounded-lg border-l-4 border-indigo bg-card p-3">
              <Blocks nodes={stimulus} />
            </div>
          )}
          <div className="mb-3" data-testid="stem">
            <Stem content={item.content} />
          </div>
          <Choices
            key={item.id}
            id={item.id}
            content={item.content}
            value={a.values.get(item.id)}
            seed={a.seed}
            disabled={Boolean(a.clock?.paused)}
            onChange={(v) => void a.choose(item.id, v)}
          />
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
          pending={a.waiting}
          onGo={go}
          onClose={() => setOverview(false)}
          onFinish={() => void a.finish('finished')}
        />
      )}
    </div>
  )
}
