import { useState } from 'react'
import { Button, Field } from '@/components/ui/form'
import { formatDay } from '@/lib/platform/format'
import type { KeptSeat } from '@/lib/delivery/keep.client'
import { CodeForm } from './code-form'

const whenOf = (seat: KeptSeat['seat']): string =>
  seat.parts.every((p) => p.state === 'done')
    ? 'sudah selesai'
    : seat.parts.every((p) => p.state === 'done' || p.state === 'over')
      ? 'waktunya sudah lewat'
      : seat.practice
        ? 'latihan, boleh dicoba kapan saja'
        : formatDay(new Date(seat.opensAt))

const row = 'flex min-h-11 w-full items-center justify-between gap-3 text-left'

/**
 * A phone that several teachers share. Desks of whoever holds it are chosen with a tap; those of others show their number and open with
 * their own card, so that nothing is mixed and nothing is told.
 */
export function People({
  seats,
  others,
  onChosen,
  onEntered,
}: {
  seats: KeptSeat[]
  others: string[]
  onChosen: (seatId: string) => void
  onEntered: (number: string, code: string) => Promise<string | null>
}) {
  const [chosen, setChosen] = useState<string | null>(null)
  async function enter(data: FormData) {
    const words = await onEntered(chosen!, String(data.get('code')))
    return words === null ? null : { ok: false, message: words, fields: { code: words } }
  }
  const names = new Set(seats.map((s) => s.seat.name))
  // One person with several tests chooses a test; her name stands once.
  const one = names.size === 1 && seats.length > 1 ? [...names][0]! : null
  return (
    <section>
      <h1 className="mb-3">{one ? 'Tes mana yang dibuka?' : 'Siapa yang memakai ponsel ini?'}</h1>
      {one && <p className="mb-3 text-soft">{one}</p>}
      <ul className="space-y-2">
        {seats.map(({ seat }) => (
          <li key={seat.seatId} className="rounded-xl border border-line bg-card p-3">
            <button type="button" className={row} onClick={() => onChosen(seat.seatId)}>
              <span>
                <span className="block font-semibold">{one ? seat.cycleName : seat.name}</span>
                <span className="block text-sm text-soft">
                  {one ? whenOf(seat) : seat.cycleName} · {seat.number}
                </span>
              </span>
            </button>
          </li>
        ))}
        {others.map((number) => (
          <li key={number} className="rounded-xl border border-line bg-card p-3">
            <button type="button" className={row} onClick={() => setChosen(number)} aria-expanded={chosen === number}>
              <span>
                <span className="block font-semibold">Peserta {number}</span>
                <span className="block text-sm text-soft">Terkunci; terbuka dengan kartunya sendiri</span>
              </span>
            </button>
            {chosen === number && (
              <CodeForm send={enter} className="mt-3 space-y-3" label={`Kartu peserta ${number}`}>
                <Field
                  id={`kode-${number}`}
                  label="Kode kartu"
                  name="code"
                  autoComplete="off"
                  autoCapitalize="characters"
                  required
                  autoFocus
                />
                <Button className="w-full">Buka meja saya</Button>
              </CodeForm>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
