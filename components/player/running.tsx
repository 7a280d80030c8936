import { useEffect, useRef, useState } from 'react'
import { Blocks } from '@/components/content'
import { Button, Notice } from '@/components/ui/form'
import type { ServerClock } from '@/lib/delivery/clock.client'
import { completionOf } from './completion'
import type { Change } from './change'
import { Fold, frames } from './frames'
import { Head, sizes, useSize } from './head'
import { Choices, Stem } from './item'
import { Overview } from './overview'
import type { useAttempt } from './session'
import { milestone } from './time-news'
import { truthOf } from './truth'

type Props = { title: string; clock: ServerClock; attempt: ReturnType<typeof useAttempt> }

/** The running test: one item a screen, time left, and the truth about what is saved. */
export function Running({ title, clock, attempt: a }: Props) {
  const [position, setPosition] = useState(a.first)
  const [size, larger] = useSize()
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

  const toHeading = () => heading.current?.focus({ preventScroll: true })
  const go = (to: number) => {
    setPosition(to)
    a.at(to, a.items[to]!.id)
    setOverview(false)
    requestAnimationFrame(() => {
      toHeading()
      sheet.current?.scrollTo(0, 0)
    })
  }

  const item = a.items[position]
  if (!item || !a.packet) return null
  const stimulus = item.stimulusId ? a.packet.stimuli[item.stimulusId] : undefined
  const last = position === a.items.length - 1
  const states = a.items.map((i) => ({ ...completionOf(i.content, a.values.get(i.id)), flagged: a.flags.has(i.id) }))
  const truth = truthOf(a)
  const due = time?.paused ? null : milestone(remaining)
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
    <main
      className="fixed inset-0 z-20 flex flex-col bg-paper [@media(max-height:24rem)]:block [@media(max-height:24rem)]:overflow-y-auto"
      data-testid="player"
    >
      <Head
        title={title}
        remaining={remaining}
        paused={Boolean(time?.paused)}
        size={size}
        onSize={larger}
        position={position}
        count={a.items.length}
        onNumbers={() => setOverview(true)}
        truth={{ ...truth, safe: truth.safe && !a.refusal && !a.failedWrite }}
        lastSaved={a.lastSaved}
      />
      <div className="px-3" data-testid="time-news">
        <div className="mx-auto max-w-3xl" role="status">
          {due && <p className="my-1 rounded-lg border-l-4 border-gold bg-gold-pale px-3 py-1.5 text-sm font-semibold">{due}</p>}
          {a.news && !time?.paused && <p className="mt-1 rounded-lg border-l-4 border-indigo bg-indigo-pale px-3 py-2 text-sm">{a.news}</p>}
        </div>
        {a.news && !time?.paused && (
          <Button
            type="button"
            look="quiet"
            className="mx-auto my-1 flex w-full max-w-3xl"
            onClick={() => {
              a.newsRead()
              toHeading()
            }}
          >
            Saya mengerti
          </Button>
        )}
      </div>
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
            <Fold
              key={item.stimulusId}
              name="Bacaan untuk nomor ini (ketuk untuk melipat)"
              className="mb-3 rounded-lg border-l-4 border-indigo bg-card px-3 pb-2"
            >
              <Blocks nodes={stimulus} media={a.packet.media} frames={frames} scope={String(a.seed)} />
            </Fold>
          )}
          <div className="mb-3" data-testid="stem">
            <Stem key={item.id} {...answering} />
          </div>
          <Choices key={item.id} {...answering} />
        </div>
      </div>
      <nav aria-label="Soal" className="border-t border-line bg-card px-3 py-1.5">
        <div className="mx-auto flex max-w-3xl flex-wrap gap-2 *:min-w-24 *:flex-1">
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
