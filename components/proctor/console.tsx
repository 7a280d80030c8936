'use client'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Notice } from '@/components/ui/form'
import { ConsoleLink } from '@/lib/console/console.client'
import { needsLook, stateNames, seatStates, type SeatState, type Snapshot } from '@/lib/console/model'
import { formatCount } from '@/lib/platform/format'
import { Handover } from './handover'
import { IncidentForm, Log } from './log'
import { People } from './people'
import { ReleaseCode, timeToNote, useNoted } from './release-code'
import { Reach, Reached } from './reach'
import { Rooms } from './rooms'
import { Search } from './search'
import { seatsOf, type Act, type Seat } from './seat'
import { SeatSign } from './signs'
import { TimeForm } from './time-form'
import { Trouble } from './trouble'
import { Answers, Pauses, TruthLine, Waiting } from './truth'

/** The server's clock as the console believes it, a step a second; the first picture shows the server's own moment. */
function useClock(link: ConsoleLink, first: number): number {
  const [now, setNow] = useState(first)
  useEffect(() => {
    const timer = setInterval(() => setNow(link.now()), 1000)
    return () => clearInterval(timer)
  }, [link])
  return now
}

function Count({ state, seats }: { state: SeatState; seats: Seat[] }) {
  return (
    <>
      <SeatSign state={state} alert={false} large />
      {stateNames[state]} <strong className="tabular-nums">{formatCount(seats.filter((s) => s.state === state).length)}</strong>
    </>
  )
}

/** How many are in which state; in a room a tap on a count lists those alone, another lists everybody again. */
function Summary({
  seats,
  ready,
  only,
  onOnly,
}: {
  seats: Seat[]
  ready: number
  only: SeatState | null
  onOnly: ((state: SeatState | null) => void) | null
}) {
  const alerts = seats.filter((s) => s.alerts.length).length
  return (
    <ul className="my-3 flex flex-wrap gap-x-4 gap-y-1 text-sm" aria-label="Ringkasan">
      {seatStates.map((state) => (
        <li key={state} className="inline-flex items-center gap-1.5">
          {onOnly ? (
            <button
              type="button"
              aria-pressed={only === state}
              className={`inline-flex min-h-11 items-center gap-1.5 rounded-lg border px-2 ${only === state ? 'border-leaf bg-leaf-pale' : 'border-line bg-card'}`}
              onClick={() => onOnly(only === state ? null : state)}
            >
              <Count state={state} seats={seats} />
            </button>
          ) : (
            <Count state={state} seats={seats} />
          )}
        </li>
      ))}
      <li className={`inline-flex items-center gap-1.5 ${alerts ? 'font-semibold text-manggis' : ''}`}>
        <span aria-hidden="true">!</span> Peringatan <strong className="tabular-nums">{formatCount(alerts)}</strong>
      </li>
      <li>
        <strong className="tabular-nums">
          {formatCount(ready)} dari {formatCount(seats.length)}
        </strong>{' '}
        ponsel siap
      </li>
    </ul>
  )
}

/** Pause and time for everybody at once, at the head of the page: a power cut must not need scrolling. */
function Times({ snapshot, act }: { snapshot: Snapshot; act: Act }) {
  const { head, pauses } = snapshot
  const whole = head.kind === 'sitting'
  const name = whole ? 'seluruh sesi' : 'seluruh ruang'
  const paused = pauses.some((p) => p.target === head.id)
  return (
    <details className="rounded-xl border border-line bg-card open:w-full">
      <summary className="flex min-h-11 items-center px-4 font-semibold">Jeda atau tambah waktu untuk {name}</summary>
      <div className="grid gap-6 border-t border-line p-4 md:grid-cols-2">
        <TimeForm scope={head.kind} target={head.id} name={name} act={act} paused={paused} />
        {head.reach.venue > 1 && (
          <TimeForm
            scope="venue"
            target={head.sittingId}
            name={`seluruh tempat (${head.reach.venue} sesi)`}
            act={act}
            paused={pauses.some((p) => p.scope === 'sitting')}
          />
        )}
      </div>
    </details>
  )
}

/** A room or a whole sitting, live: trouble first, and every action kept until the server has it. */
export function Console({ first, userId, kinds }: { first: Snapshot; userId: string; kinds: Record<string, string> }) {
  const [link] = useState(() => new ConsoleLink(first, userId))
  useEffect(() => {
    link.start()
    return () => link.stop()
  }, [link])
  const state = useSyncExternalStore(link.subscribe, link.get, link.get)
  const now = useClock(link, first.serverNow)
  const [roomId, setRoomId] = useState<string | null>(null)
  const [only, setOnly] = useState<SeatState | null>(null)
  const { snapshot } = state
  const { head, rooms } = snapshot
  const seats = seatsOf(snapshot)
  const codeDue = timeToNote(head, useNoted(head.id), now)
  const listed = only === null ? seats : seats.filter((s) => s.state === only)
  const whole = head.kind === 'sitting'
  const act: Act = (action) => link.act(action)
  const open = rooms.find((r) => r.id === roomId)
  const loose = seats.filter((s) => s.room === null)
  const shared = { now, act }
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <TruthLine state={state} now={now} />
        <Times snapshot={snapshot} act={act} />
      </div>
      {state.refusal && (
        <Notice tone="bad" role="alert" title="Server menolak">
          {state.refusal}
        </Notice>
      )}
      {codeDue && (
        <Reached part="kode">
          <ReleaseCode head={head} due now={now} />
        </Reached>
      )}
      <Waiting state={state} onRetry={() => link.retry()} />
      <Answers answers={state.answers} onDismiss={(id) => link.dismiss(id)} />
      <Pauses snapshot={snapshot} now={now} act={act} />
      <Summary seats={seats} ready={rooms.reduce((n, r) => n + r.ready, 0)} only={only} onOnly={whole ? null : setOnly} />
      {whole ? (
        <div className="grid items-start gap-6 lg:grid-cols-[18rem_1fr]">
          <div className="space-y-4">
            <Trouble seats={seats.filter(needsLook)} rooms={rooms} {...shared} />
            <Search seats={seats} rooms={rooms} {...shared} />
          </div>
          <div className="min-w-0 space-y-4">
            <Rooms rooms={rooms} seats={seats} open={roomId} onOpen={(id) => setRoomId(id === roomId ? null : id)} />
            {loose.length > 0 && (
              <section aria-label="Belum ditempatkan di ruang">
                <h2 className="mb-2">Belum ditempatkan di ruang: {formatCount(loose.length)}</h2>
                <People seats={loose} {...shared} />
              </section>
            )}
            {open && (
              <section aria-label={open.name} className="rounded-xl border-2 border-leaf p-3">
                <h2 className="mb-2">{open.name}</h2>
                <TimeForm
                  scope="room"
                  target={open.id}
                  name={open.name}
                  act={act}
                  paused={snapshot.pauses.some((p) => p.target === open.id)}
                />
                <div className="mt-3">
                  <People seats={seats.filter((s) => s.room === open.id)} {...shared} />
                </div>
              </section>
            )}
          </div>
        </div>
      ) : (
        <div className="space-y-4">
          <Search seats={seats} rooms={rooms} {...shared} />
          <People seats={listed} {...shared} />
        </div>
      )}
      <div className="mt-6 grid items-start gap-4 md:grid-cols-2 xl:grid-cols-3">
        <Reached part="kejadian">
          <IncidentForm scope={head.kind} target={head.id} kinds={kinds} act={act} />
        </Reached>
        {!codeDue && (
          <Reached part="kode">
            <ReleaseCode head={head} due={false} now={now} />
          </Reached>
        )}
        <Reached part="serah">
          <Handover seats={seats} onPayload={(payload, collector) => link.handOver(payload, collector)} />
        </Reached>
        <Log lines={snapshot.log} />
      </div>
      <Reach />
    </>
  )
}
