'use client'
import { useState } from 'react'
import { Field } from '@/components/ui/form'
import { bareNumber } from '@/lib/access/card-number-model'
import type { ConsoleRoom } from '@/lib/console/model'
import type { Act, Seat } from './seat'
import { PersonRow } from './people'

const SHOWN = 10

/** Finds people by number or name in what is already here: works without a network. */
export function Search({ seats, rooms, now, act }: { seats: Seat[]; rooms: ConsoleRoom[]; now: number; act: Act }) {
  const [typed, setTyped] = useState('')
  const words = typed.trim().toLowerCase()
  const number = bareNumber(typed)
  const found =
    words.length < 2
      ? []
      : seats.filter((s) => (number !== '' && bareNumber(s.number).includes(number)) || s.name.toLowerCase().includes(words))
  const names = new Map(rooms.map((r) => [r.id, r.name]))
  return (
    <search>
      <Field
        label="Cari nomor atau nama peserta"
        name="cari"
        type="search"
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
        autoComplete="off"
      />
      <p role="status" className="my-1 text-sm text-soft">
        {words.length < 2 ? '' : found.length > SHOWN ? `${found.length} ditemukan, ${SHOWN} pertama tampil` : `${found.length} ditemukan`}
      </p>
      <ul className="space-y-2">
        {found.slice(0, SHOWN).map((s) => (
          <PersonRow key={s.id} seat={s} place={s.room ? names.get(s.room) : undefined} now={now} act={act} />
        ))}
      </ul>
    </search>
  )
}
