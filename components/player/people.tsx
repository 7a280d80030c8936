import { useState } from 'react'
import { Button, Field } from '@/components/ui/form'
import { SentForm } from '@/components/ui/sent-form'
import type { KeptSeat } from '@/lib/delivery/keep.client'

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
  return (
    <section>
      <h1 className="mb-3">Siapa yang memakai ponsel ini?</h1>
      <ul className="space-y-2">
        {seats.map(({ seat }) => (
          <li key={seat.seatId} className="rounded-xl border border-line bg-card p-3">
            <button type="button" className={row} onClick={() => onChosen(seat.seatId)}>
              <span>
                <span className="block font-semibold">{seat.name}</span>
                <span className="block text-sm text-soft">
                  {seat.number} · {seat.cycleName}
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
              <SentForm send={enter} className="mt-3 space-y-3" label={`Kartu peserta ${number}`} draft={false}>
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
              </SentForm>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
