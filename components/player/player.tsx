import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import { Button, Notice, buttonClass } from '@/components/ui/form'
import type { ServerClock } from '@/lib/delivery/clock.client'
import { attemptKey, keptAttempt } from '@/lib/delivery/keep.client'
import type { DeskPart, DeskSeat } from '@/lib/delivery/model'
import { Finishing } from './finishing'
import { Frame } from './frame'
import { rulesOf } from './rules'
import { Running } from './running'
import { useAttempt } from './session'
import { Waiting } from './waiting'

type Props = { seat: DeskSeat; part: DeskPart; clock: ServerClock; onLeave: () => void }

/** One part: the rules first, then the attempt. A part that has begun is taken up again without another tap. */
export function Attempt(props: Props) {
  const { seat, part } = props
  const [begun, setBegun] = useState<boolean | null>(part.state === 'running' ? true : null)
  useEffect(() => {
    // Begun on this phone counts, whether or not the server knows of it yet.
    void keptAttempt(attemptKey(seat.seatId, part.part))
      .catch(() => undefined)
      .then((kept) => setBegun((was) => was ?? kept !== undefined))
  }, [part.part, seat.seatId])
  if (begun) return <Sitting {...props} />
  if (begun === null) return <Frame name={seat.name}> </Frame>
  return (
    <Frame name={seat.name}>
      <Back title={part.title} lead={`${part.minutes} menit · ${seat.cycleName}`} />
      <section>
        <h2 className="mb-2">Sebelum mulai</h2>
        <ol className="list-decimal space-y-2 pl-5">
          {rulesOf(part.part).map((r) => (
            <li key={r}>{r}</li>
          ))}
        </ol>
      </section>
      <Button type="button" className="w-full sm:w-auto" onClick={() => setBegun(true)}>
        Mulai mengerjakan
      </Button>
    </Frame>
  )
}

function Back({ title, lead, heading }: { title: string; lead?: string; heading?: RefObject<HTMLHeadingElement | null> }) {
  return (
    <header>
      <a href="#" className="mb-2 inline-flex min-h-11 items-center text-sm font-semibold text-leaf underline-offset-4 hover:underline">
        ← Meja peserta
      </a>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {lead && <p className="text-soft">{lead}</p>}
    </header>
  )
}

function Sitting({ seat, part, clock, onLeave }: Props) {
  const a = useAttempt(seat, part, clock)
  const { phase } = a
  const running = phase.name === 'running'
  const payload = a.handover
  const give = useCallback(() => payload(), [payload])
  const heading = useRef<HTMLHeadingElement>(null)
  const ran = useRef(false)
  useEffect(() => {
    // What had the focus went with the items.
    if (ran.current && !running) heading.current?.focus()
    ran.current = running
  }, [running])

  useEffect(() => {
    // While a test runs, the frame around it is out of sight for eyes, keyboard and screen reader alike.
    document.body.toggleAttribute('data-testing', running)
    return () => document.body.removeAttribute('data-testing')
  }, [running])
  useEffect(() => onLeave, []) // eslint-disable-line react-hooks/exhaustive-deps -- once, when the part is left

  if (running) return <Running title={part.title} clock={clock} attempt={a} />
  return (
    <Frame name={seat.name}>
      <Back title={part.title} heading={heading} />
      {phase.name === 'opening' && (
        <p role="status" className="py-10 text-center text-soft">
          {phase.words}
        </p>
      )}
      {phase.name === 'waiting' && <Waiting seat={seat} reason={phase.reason} canCode={phase.canCode} onCode={a.enterCode} />}
      {phase.name === 'refused' && (
        <Notice tone="care" title="Tes belum dapat dibuka" role="alert">
          {phase.message}
        </Notice>
      )}
      {phase.name === 'waits' && (
        <Notice tone="info" title="Jawaban Anda sudah dititipkan ke server" role="status">
          {phase.message}
        </Notice>
      )}
      {phase.name === 'twice' && (
        <Notice tone="care" title="Tes ini sudah terbuka di tab lain" role="alert">
          Lanjutkan di tab itu, atau tutup tab itu lalu muat ulang halaman ini. Jawaban Anda aman.
        </Notice>
      )}
      {phase.name === 'elsewhere' && (
        <>
          <Notice tone="care" title="Tes ini sedang dibuka di perangkat lain" role="alert">
            Bila Anda berganti perangkat, lanjutkan di sini. Jawaban dari kedua perangkat digabungkan; tidak ada yang hilang.
          </Notice>
          <Button type="button" onClick={() => void a.takeOver()}>
            Lanjutkan di perangkat ini
          </Button>
        </>
      )}
      {phase.name === 'finishing' && <Finishing online={a.online} pending={a.pending} payload={give} />}
      {phase.name === 'closed' && (
        <>
          <Notice tone="good" title="Bagian ini sudah selesai dan tersimpan di server" role="status">
            Terima kasih. Semua jawaban Anda sudah diterima.
          </Notice>
          <div className="flex flex-wrap gap-2">
            <a href={`/guru/hasil#bagian-${part.part}`} className={buttonClass()}>
              Lihat hasil
            </a>
            <a href="#" className={buttonClass('quiet')}>
              Bagian lain
            </a>
          </div>
        </>
      )}
    </Frame>
  )
}
