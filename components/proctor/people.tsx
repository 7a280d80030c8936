'use client'
import { useState } from 'react'
import { Badge } from '@/components/ui/page'
import { byTrouble, spanWords, stateNames, type SeatState } from '@/lib/console/model'
import { formatClock } from '@/lib/platform/format'
import type { Act, Seat } from './seat'
import { SeatSign } from './signs'
import { SeatActions } from './seat-actions'

const tones: Record<SeatState, 'bad' | 'info' | 'care' | 'plain' | 'good'> = {
  silent: 'bad',
  working: 'info',
  between: 'care',
  waiting: 'plain',
  finished: 'good',
  absent: 'plain',
}

/** "Kontak 12 detik lalu · jawaban terbaru di server 08.14" */
function signs(seat: Seat, now: number): string {
  if (!seat.part) return ''
  const contact = seat.contact === null ? 'belum ada kontak' : `kontak ${spanWords(now - seat.contact)} lalu`
  const saved = seat.saved === null ? 'belum ada jawaban di server' : `jawaban terbaru di server ${formatClock(new Date(seat.saved))}`
  return `${contact} · ${saved}`
}

/** One person: a line that opens into what may be done. Alerts stand on a line of their own that nothing else may take. */
export function PersonRow({ seat, place, now, act }: { seat: Seat; place?: string; now: number; act: Act }) {
  const [open, setOpen] = useState(false)
  return (
    <li className={`rounded-xl border bg-card ${seat.alerts.length || seat.state === 'silent' ? 'border-manggis' : 'border-line'}`}>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex min-h-14 w-full items-start gap-3 px-3 py-2 text-left"
      >
        <span className="flex w-7 shrink-0 flex-col items-center gap-1 text-lg font-bold tabular-nums">
          {seat.seat}
          <SeatSign state={seat.state} alert={seat.alerts.length > 0} large />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-start justify-between gap-x-2">
            <span className="font-semibold leading-snug">{seat.name}</span>
            <Badge tone={tones[seat.state]}>{stateNames[seat.state]}</Badge>
          </span>
          <span className="block text-sm text-soft">{[place, seat.number, seat.words].filter(Boolean).join(' · ')}</span>
          {seat.part && <span className="block text-sm text-soft">{signs(seat, now)}</span>}
          {seat.alerts.length > 0 && <span className="block text-sm font-semibold text-manggis">! {seat.alerts.join(' · ')}</span>}
          {seat.tags.length > 0 && <span className="block text-sm text-indigo">{seat.tags.join(' · ')}</span>}
        </span>
      </button>
      {open && <SeatActions seat={seat} act={act} />}
    </li>
  )
}

/** Everybody of a room, trouble first. */
export function People({ seats, now, act }: { seats: Seat[]; now: number; act: Act }) {
  return (
    <ul className="grid items-start gap-2 md:grid-cols-2">
      {seats.toSorted(byTrouble).map((s) => (
        <PersonRow key={s.id} seat={s} now={now} act={act} />
      ))}
    </ul>
  )
}
