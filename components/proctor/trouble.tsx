'use client'
import { useState } from 'react'
import { Button, Notice } from '@/components/ui/form'
import { byTrouble, type ConsoleRoom } from '@/lib/console/model'
import { formatCount } from '@/lib/platform/format'
import type { Act, Seat } from './seat'
import { PersonRow } from './people'

const SHOWN = 5

/** Who needs a look: the longest silence first, then alerts. */
export function Trouble({ seats, rooms, now, act }: { seats: Seat[]; rooms: ConsoleRoom[]; now: number; act: Act }) {
  const [all, setAll] = useState(false)
  const names = new Map(rooms.map((r) => [r.id, r.name]))
  const sorted = seats.toSorted(byTrouble)
  return (
    <section aria-label="Perlu dilihat">
      <h2 className="mb-2">Perlu dilihat: {formatCount(seats.length)}</h2>
      {seats.length === 0 && <Notice tone="good">Tidak ada yang perlu dilihat sekarang.</Notice>}
      <ul className="space-y-2">
        {sorted.slice(0, all ? undefined : SHOWN).map((s) => (
          <PersonRow key={s.id} seat={s} place={s.room ? names.get(s.room) : undefined} now={now} act={act} />
        ))}
      </ul>
      {seats.length > SHOWN && (
        <Button type="button" look="quiet" className="mt-2 w-full" onClick={() => setAll(!all)}>
          {all ? 'Tampilkan yang teratas saja' : `Tampilkan ${formatCount(seats.length - SHOWN)} lainnya`}
        </Button>
      )}
    </section>
  )
}
